-- SEMANTICS §4, PERIOD: in what instrument a course can count, as what, from when and until before when.
create table candidate as
select c.course, c.net, c.patient, c.clinic, c.treatment, c.place, r.instrument,
    case r.exclusion when 'NO_BASELINE' then 'NO_BASELINE' when 'SCALE_SWITCHED' then 'NO_BASELINE' when 'ZERO_BASELINE' then 'BELOW_FLOOR'
        when 'BELOW_FLOOR' then 'BELOW_FLOOR' else 'EVALUABLE' end as standing,
    case when r.exclusion in ('NO_BASELINE', 'SCALE_SWITCHED') then f.first_day else c.opened end as from_day,
    null::bigint as until_day
from course_row r
join course c using (course)
left join (select course, instrument, min(day) as first_day from follow_up group by all) f
    on f.course = r.course and f.instrument = r.instrument
where not c.left_truncated and (r.exclusion is distinct from 'NO_BASELINE' or f.course is not null)
union all
-- Before its first follow-up a course without any baseline counts under the primary instrument.
select c.course, c.net, c.patient, c.clinic, c.treatment, c.place, 'phq9', 'NO_BASELINE', c.opened, f.first_day
from course c
left join (select course, min(day) as first_day from follow_up group by course) f using (course)
where not c.left_truncated and c.course not in (select course from baseline);

create table vote as
select course, instrument, day, class, remission, deteriorated, relapsed
from follow_up
qualify row_number() over (partition by course, instrument, day order by k desc) = 1;

-- Each candidate on each day that is looked at: its last contact and its last vote up to that day.
create table on_day as
with looked_at as (
    select s.day, c.* from sample s join candidate c using (net)
    where s.day >= c.from_day and (c.until_day is null or s.day < c.until_day)
), contacted as (
    select l.*, k.day as contact_day
    from looked_at l asof join contact k on k.course = l.course and k.day <= l.day
)
select c.*, v.day as vote_day, v.class, v.remission, v.deteriorated, v.relapsed
from contacted c
asof left join vote v on v.course = c.course and v.instrument = c.instrument and v.day <= c.day
where c.contact_day >= c.from_day;

-- In every group a patient has one vote.
create table tally as
with counted as (
    select d.net, d.patient, d.instrument, d.day, w.days,
        case when every_clinic then '*' else d.clinic end as clinic,
        case when every_treatment then '*' else d.treatment end as treatment,
        d.standing, d.place, d.standing = 'EVALUABLE' and coalesce(d.day - d.vote_day < w.days, false) as measured,
        d.class, d.remission, d.deteriorated, d.relapsed
    from on_day d
    join time_window w on d.day - d.contact_day < w.days
    cross join (values (false), (true)) c (every_clinic)
    cross join (values (false), (true)) t (every_treatment)
), patient_vote as (
    select net, clinic, treatment, instrument, days, day, patient,
        bool_or(standing = 'EVALUABLE') as eligible,
        max(place) filter (measured) is not null as measured,
        arg_max(class, place) filter (measured) as class,
        arg_max(remission, place) filter (measured) as remission,
        arg_max(deteriorated, place) filter (measured) as deteriorated,
        arg_max(relapsed, place) filter (measured) as relapsed,
        arg_max(standing, place) filter (standing <> 'EVALUABLE') as otherwise
    from counted
    group by all
)
select net, clinic, treatment, instrument, days, day,
    count_if(eligible) as eligible,
    count_if(measured) as measured,
    count_if(class = 'RESPONSE') as responded,
    count_if(class = 'PARTIAL') as partial,
    count_if(class = 'MINIMAL') as minimal,
    count_if(class = 'WORSE') as worse,
    count_if(deteriorated) as reliably_deteriorated,
    count_if(remission) as remitted,
    count_if(relapsed) as relapsed,
    count_if(not eligible and otherwise = 'NO_BASELINE') as no_baseline,
    count_if(not eligible and otherwise = 'BELOW_FLOOR') as below_floor
from patient_vote
group by all;
