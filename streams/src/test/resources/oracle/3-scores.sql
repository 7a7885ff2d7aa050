-- SEMANTICS §1: scores; of those that say the same, or contradict each other, the one of the smaller id is valid.
create table score as
with usable as (
    select s.net, s.patient, s.fact_id, s.source, s.instrument, s.total, s.timing, s.day, s.clock, s.place,
        i.outcome and s.total is not null as counts
    from fact s
    join instrument i on i.id = s.instrument
    where s.kind = 'SCORE' and s.usable
)
select *, counts and row_number() over (
        partition by net, patient, instrument, counts, clock, case when clock is null then day end, timing
        order by fact_id, source) = 1 as valid
from usable;

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
select c.course, s.instrument, s.total, s.day, s.fact_id
from course c
join treatment t on t.id = c.treatment
join score s on s.net = c.net and s.patient = c.patient
where s.valid and s.timing <> 'POST'
    and is_before(s.day, s.clock, s.timing, c.opened, c.clock)
    and c.opened - s.day <= t.baseline_age
qualify row_number() over (
    partition by c.course, s.instrument
    order by s.place desc) = 1;

create table follow_up as
with told as (
    select s.course, s.instrument, s.day, s.total, s.fact_id,
        row_number() over (partition by s.course, s.instrument order by s.place) as k,
        (select max(d.n) from course_dose d
            join course c on c.course = s.course
            where d.net = s.net and d.patient = s.patient and d.treatment = c.treatment and d.ordinal = c.ordinal
                and not is_before(s.day, s.clock, s.timing, d.day, d.clock)) as dose
    from span_score s
    where s.valid
), classed as (
    select f.*, b.total as b,
        case when b.total is null then 'NO_BASELINE'
            when b.total = 0 then 'NOT_EVALUABLE'
            when 2 * (b.total - f.total) >= b.total then 'RESPONSE'
            when 4 * (b.total - f.total) >= b.total then 'PARTIAL'
            when f.total <= b.total then 'MINIMAL'
            else 'WORSE' end as class,
        coalesce(f.total <= i.remission, false) as remission,
        coalesce(f.total - b.total >= i.reliable, false) as deteriorated
    from told f
    join instrument i on i.id = f.instrument
    left join baseline b on b.course = f.course and b.instrument = f.instrument
), relapsing as (
    -- After response or remission: at the level twice in a row, or once with a rise from the best score.
    select f.*, f.b is not null and coalesce(bool_or(f.class = 'RESPONSE' or f.remission) over earlier, false)
            and coalesce(f.total >= i.relapse, false)
            and (coalesce(lag(f.total) over in_order >= i.relapse
                    and f.day - lag(f.day) over in_order between i.min_gap and coalesce(i.max_gap, 1000000), false)
                or coalesce(f.total - min(f.total) over earlier >= i.single_rise, false)) as relapses
    from classed f
    join instrument i on i.id = f.instrument
    window in_order as (partition by f.course, f.instrument order by f.k),
        earlier as (partition by f.course, f.instrument order by f.k rows between unbounded preceding and 1 preceding)
)
select *, coalesce(max(k) filter (relapses) over so_far > coalesce(max(k) filter (class = 'RESPONSE') over so_far, 0),
        false) as relapsed
from relapsing
window so_far as (partition by course, instrument order by k rows between unbounded preceding and current row);

-- A row for each instrument with a baseline or a follow-up; for a course never scored one of the primary instrument.
create table course_row as
with scored as (
    select course, instrument from baseline
    union
    select course, instrument from follow_up
), named as (
    select * from scored
    union all
    select course, 'phq9' from course where course not in (select course from scored)
)
select r.course, r.instrument, b.total as baseline, b.day as baseline_day, b.fact_id as baseline_id,
    case when c.left_truncated then 'LEFT_TRUNCATED'
        when b.total is null then 'NO_BASELINE'
        when b.total = 0 then 'ZERO_BASELINE'
        when b.total < i.floor then 'BELOW_FLOOR' end as exclusion
from named r
join course c using (course)
join instrument i on i.id = r.instrument
left join baseline b on b.course = r.course and b.instrument = r.instrument;
