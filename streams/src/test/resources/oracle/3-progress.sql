-- domain.md §1.1: what the scores come to, one after the other. A stay in hospital that begins in the span of a course
-- counts as a step of its own.
create table admission as
select c.course, e.day, e.place
from course c
join treatment t on t.id = c.treatment
join fact e on e.net = c.net and e.patient = c.patient and e.event = 'ADMISSION' and e.place > c.place
left join cut x on x.course = c.course
where (x.course is null or e.place < x.place) and e.day <= c.last_day + t.follow_up;

create table progress as
with relapsing as (
    -- After response or remission: at the level twice in a row, or once with a rise from the best score.
    select f.*, coalesce(f.total >= i.relapse, false)
            and (coalesce(lag(f.total) over in_order >= i.relapse
                    and f.day - lag(f.day) over in_order between i.min_gap and coalesce(i.max_gap, 1000000), false)
                or coalesce(f.total - min(f.total) over earlier >= i.single_rise, false)) as relapses
    from classed f
    join instrument i on i.id = f.instrument
    window in_order as (partition by f.course, f.instrument order by f.place),
        earlier as (partition by f.course, f.instrument order by f.place
            rows between unbounded preceding and 1 preceding)
), happened as (
    select r.course, r.instrument, r.place, r.day, true as scored, r.class = 'RESPONSE' as response, r.remission, r.relapses
    from relapsing r join baseline b using (course, instrument)
    union all
    select a.course, b.instrument, a.place, a.day, false, false, false, true
    from admission a join baseline b using (course)
), improved as (
    select *, relapses and coalesce(bool_or(response or remission) over (
            partition by course, instrument order by place rows between unbounded preceding and 1 preceding), false) as falls
    from happened
), relapse as (
    select *, coalesce(max(place) filter (falls) over so_far > coalesce(max(place) filter (response) over so_far, 0), false)
        as relapsed
    from improved
    window so_far as (partition by course, instrument order by place)
), epoch as (
    -- Remission begins anew with each relapse, and with each score out of remission.
    select *, relapsed and not coalesce(lag(relapsed) over in_order, false) as fell,
        count_if(relapsed) over in_order as epoch,
        count_if(response) over in_order as responses
    from relapse
    window in_order as (partition by course, instrument order by place)
), run as (
    select *, count_if(fell or (scored and not remission)) over in_order as run
    from epoch
    window in_order as (partition by course, instrument order by place)
), remitted as (
    select *, case when remission then min(day) filter (remission) over (
            partition by course, instrument, run order by place) end as remitted_on,
        case when responses > 0 and scored and not response then min(day) filter (scored and not response) over (
            partition by course, instrument, responses order by place) end as below_from
    from run
), held as (
    select r.*, not relapsed and coalesce(remitted_on < day, false) as holds,
        case when not relapsed and day - remitted_on >= i.consistent then remitted_on end as consistent_from, i.recovery
    from remitted r join instrument i on i.id = r.instrument
), reached as (
    select *, bool_or(holds) over so_far as sustained, min(consistent_from) over so_far as onset
    from held
    window so_far as (partition by course, instrument, epoch order by place)
), recovering as (
    select *, not relapsed and bool_or(remission and coalesce(day - onset >= recovery, false)) over (
        partition by course, instrument, epoch order by place) as recovered
    from reached
), ended as (
    select *, fell and coalesce(lag(recovered) over (partition by course, instrument order by place), false) as recurs
    from recovering
)
select *, relapsed and coalesce(arg_max(recurs, place) filter (fell) over (
        partition by course, instrument order by place), false) as recurred
from ended;

create table follow_up as
select f.*, coalesce(p.relapsed, false) as relapsed, coalesce(p.sustained, false) as sustained,
    coalesce(p.onset is not null, false) as consistent, coalesce(p.recovered, false) as recovered,
    coalesce(p.recurred, false) as recurred,
    case when p.below_from is null then 'NONE' when p.below_from < p.day then 'LOST' else 'WARNING' end as loss
from classed f
left join progress p using (course, instrument, place);

create table scale_use as
select f.course, f.instrument, i.construct, bool_or(f.b is not null) as started, min(f.day) as first_day, max(f.day) as last_day
from classed f join instrument i on i.id = f.instrument
group by all;

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
    b.prorated as baseline_prorated,
    case when c.left_truncated then 'LEFT_TRUNCATED'
        when b.total is null and exists (
            -- The old scale has a baseline; it was last used when the new one came, and the new one went on.
            select 1 from scale_use n
            join scale_use o on o.course = n.course and o.construct = n.construct and o.started
            where n.course = r.course and n.instrument = r.instrument
                and o.last_day <= n.first_day + 3 and n.last_day > o.last_day + 3) then 'SCALE_SWITCHED'
        when b.total is null then 'NO_BASELINE'
        when b.total = 0 then 'ZERO_BASELINE'
        when b.total < i.floor then 'BELOW_FLOOR' end as exclusion,
    p.day as relapsed_on
from named r
join course c using (course)
join instrument i on i.id = r.instrument
left join baseline b on b.course = r.course and b.instrument = r.instrument
left join (select course, instrument, arg_min(day, place) as day from progress where fell group by all) p
    on p.course = r.course and p.instrument = r.instrument;
