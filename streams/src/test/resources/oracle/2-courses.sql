-- SEMANTICS §3: effective doses, in order; those of one treatment at one instant are one.
create table dose as
select d.net, d.patient, d.treatment, d.clinic, d.day, d.clock, d.fact_id, d.source, d.series, d.planned,
    d.number, d.phase, d.place, t.gap
from fact d
join treatment t on t.id = d.treatment
where d.kind = 'DOSE'
    and (d.administration = 'COMPLETED' or (d.administration = 'STOPPED_EARLY' and t.stopped_early_counts))
qualify d.clock is null or row_number() over (
    partition by d.net, d.patient, d.treatment, d.clock order by d.fact_id, d.source) = 1;

-- A dose after more than the gap, or naming another series than the last one named in the course, opens the next.
create table course_dose as
with after_gap as (
    select *, coalesce(day - lag(day) over (partition by net, patient, treatment order by place) > gap, true) as gapped
    from dose
), stretch as (
    select *, count_if(gapped) over (partition by net, patient, treatment order by place) as block
    from after_gap
), named as (
    select *, last_value(series ignore nulls) over (
        partition by net, patient, treatment, block order by place
        rows between unbounded preceding and 1 preceding) as last_named
    from stretch
), numbered as (
    select *, count_if(gapped or coalesce(series <> last_named, false)) over (
        partition by net, patient, treatment order by place) as ordinal
    from named
)
select * exclude (gapped, block, last_named),
    row_number() over (partition by net, patient, treatment, ordinal order by place) as n,
    last_value(planned ignore nulls) over (
        partition by net, patient, treatment, ordinal order by place
        rows between unbounded preceding and current row) as planned_so_far
from numbered;

create table course as
select row_number() over (order by d.net, d.patient, d.place) as course,
    d.net, d.patient, d.treatment, d.ordinal, d.clinic, d.day as opened, d.clock, d.place,
    d.fact_id as first_dose, coalesce(d.number > 1, false) or d.phase = 'MAINTENANCE' as left_truncated,
    w.doses, w.last_day, t.switch_group
from course_dose d
join (select net, patient, treatment, ordinal, count(*) as doses, max(day) as last_day
    from course_dose group by all) w using (net, patient, treatment, ordinal)
join treatment t on t.id = d.treatment
where d.n = 1;

-- The span ends for good when the next course of the treatment, or of its switch group, begins.
create table cut as
select c.course, n.day, n.clock, n.place
from course c
join (
    select a.course, min(b.place) as place
    from course a
    join course b on b.net = a.net and b.patient = a.patient and b.place > a.place
        and (b.treatment = a.treatment or b.switch_group = a.switch_group)
    group by a.course) next using (course)
join dose n on n.net = c.net and n.patient = c.patient and n.place = next.place;

-- Adequate trials before the course: what the latest visit that tells of them says, up to the opening day.
create table prior_trials as
select c.course, arg_max(v.trials, v.place) as trials
from course c
left join fact v on v.net = c.net and v.patient = c.patient and v.kind = 'VISIT' and v.trials is not null and v.day <= c.opened
group by c.course;
