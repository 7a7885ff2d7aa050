select c.net,
    concat_ws(' ', c.patient, c.treatment, c.ordinal, r.instrument) as course,
    concat_ws(' ', c.clinic, c.opened, c.first_dose) as opening,
    coalesce(x.day || ' ' || x.reason, 'open') as closing,
    c.doses,
    coalesce(p.trials::varchar, 'unknown') as prior_trials,
    coalesce(r.baseline || ' ' || r.baseline_day || ' ' || r.baseline_id || ' ' || r.baseline_prorated, 'none') as baseline,
    coalesce(r.exclusion, 'evaluable') as exclusion,
    coalesce(r.relapsed_on::varchar, 'none') as relapsed_on,
    coalesce((select string_agg(
            concat_ws(' ', f.day, f.fact_id, f.total, f.dose, f.class, f.remission, f.deteriorated, f.loss,
                if(f.overlaps, 'overlap', '-'), if(f.prorated, 'prorated', '-'), if(f.sustained, 'sustained', '-'),
                if(f.consistent, 'consistent', '-'), if(f.recovered, 'recovered', '-'), if(f.relapsed, 'relapsed', '-'),
                if(f.recurred, 'recurred', '-')), '; ' order by f.k)
        from follow_up f where f.course = r.course and f.instrument = r.instrument), '') as follow_ups,
    (select string_agg(day, ' ' order by day) from contact k where k.course = r.course) as contacts
from course_row r
join course c using (course)
join prior_trials p using (course)
left join closing x on x.course = c.course
