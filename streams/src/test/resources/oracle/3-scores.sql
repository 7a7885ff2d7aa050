-- SEMANTICS §1: scores. Of those that contradict each other the more trusted source decides the total, then the smaller
-- id; of those that tell this total the one of the smaller id is valid.
create table score as
with usable as (
    select s.net, s.patient, s.fact_id, s.source, s.instrument, s.total, s.timing, s.prorated, s.recall,
        s.day, s.clock, s.place, i.outcome and s.total is not null as counts, coalesce(t.trust, 0) as trust
    from fact s
    join instrument i on i.id = s.instrument
    left join source_trust t on t.source = s.source
    where s.kind = 'SCORE' and s.usable
), decided as (
    select *, first_value(total) over (
        partition by net, patient, instrument, counts, clock, case when clock is null then day end, timing
        order by trust desc, fact_id, source) as told
    from usable
)
select *, counts and total = told and row_number() over (
        partition by net, patient, instrument, counts, clock, case when clock is null then day end, timing, total
        order by fact_id, source) = 1 as valid
from decided;

-- SEMANTICS §3: scores after the first dose and before the end of the span.
create table span_score as
select c.course, s.*
from course c
join treatment t on t.id = c.treatment
join score s on s.net = c.net and s.patient = c.patient
left join cut x on x.course = c.course
where not is_before(s.day, s.clock, s.timing, c.opened, c.clock)
    and (x.course is null or is_before(s.day, s.clock, s.timing, x.day, x.clock))
    and s.day <= c.last_day + t.follow_up;

create table baseline as
select c.course, s.instrument, s.total, s.day, s.fact_id, s.prorated
from course c
join treatment t on t.id = c.treatment
join score s on s.net = c.net and s.patient = c.patient
where s.valid and s.timing <> 'POST'
    and is_before(s.day, s.clock, s.timing, c.opened, c.clock)
    and c.opened - s.day <= t.baseline_age
qualify row_number() over (
    partition by c.course, s.instrument
    order by s.place desc) = 1;

create table classed as
with told as (
    select s.course, s.instrument, s.day, s.place, s.total, s.fact_id, s.prorated, s.recall,
        row_number() over (partition by s.course, s.instrument order by s.place) as k,
        (select max(d.n) from course_dose d
            join course c on c.course = s.course
            where d.net = s.net and d.patient = s.patient and d.treatment = c.treatment and d.ordinal = c.ordinal
                and not is_before(s.day, s.clock, s.timing, d.day, d.clock)) as dose
    from span_score s
    where s.valid
)
select f.* exclude (recall), b.total as b,
    case when b.total is null then 'NO_BASELINE'
        when b.total = 0 then 'NOT_EVALUABLE'
        when 2 * (b.total - f.total) >= b.total then 'RESPONSE'
        when 4 * (b.total - f.total) >= b.total then 'PARTIAL'
        when f.total <= b.total then 'MINIMAL'
        else 'WORSE' end as class,
    coalesce(f.total <= i.remission, false) as remission,
    coalesce(f.total - b.total >= i.reliable, false) as deteriorated,
    coalesce(f.day - coalesce(lag(f.day) over (partition by f.course, f.instrument order by f.k), b.day)
        < coalesce(f.recall, i.recall), false) as overlaps
from told f
join instrument i on i.id = f.instrument
left join baseline b on b.course = f.course and b.instrument = f.instrument;
