-- SEMANTICS §6: erasure. What a key recorded up to then is dead, in any order of arrival.
create table erasure as
select v.net, v.patient, max(v.occurred_at) as until
from versions v
join horizon h using (net)
where v.event = 'ERASURE'
    and v.status <> 'ENTERED_IN_ERROR'
    and cast(timezone(v.zone, make_timestamptz(v.occurred_at * 1000)) as date) - date '1970-01-01' <= h.day
group by all;

delete from versions v using erasure e
where v.net = e.net and v.patient = e.patient and v.occurred_at <= e.until and v.event is distinct from 'ERASURE';

-- SEMANTICS §1: of each fact the live version; §2: those up to the horizon.
create table live as
select v.* exclude (occurred_at, timed), v.occurred_at,
    case when v.timed then v.occurred_at end as clock,
    cast(timezone(v.zone, make_timestamptz(v.occurred_at * 1000)) as date) - date '1970-01-01' as day
from versions v
qualify row_number() over (
    partition by net, patient, kind, source, fact_id
    order by version desc, last_updated desc nulls last,
        list_position(['PRELIMINARY', 'FINAL', 'AMENDED', 'CORRECTED', 'ENTERED_IN_ERROR'], status) desc,
        event_id desc) = 1;

delete from live where status = 'ENTERED_IN_ERROR';

delete from live using horizon where live.net = horizon.net and live.day > horizon.day;

-- SEMANTICS §6: all merges and unmerges of a giving key are versions of one link; the highest is in force.
create table link as
select net, patient as giving, case when event = 'MERGE' then value end as staying
from live
where event in ('MERGE', 'UNMERGE')
qualify row_number() over (
    partition by net, patient
    order by version desc, occurred_at desc, last_updated desc nulls last,
        list_position(['PRELIMINARY', 'FINAL', 'AMENDED', 'CORRECTED', 'ENTERED_IN_ERROR'], status) desc,
        event_id desc) = 1;

delete from link where staying is null;

-- Hop by hop to the key that gives to nobody; where hops go round, the smallest key of the round stays.
create table relabel as
with recursive hop as (
    select net, giving, staying as end_key, [giving, staying] as path from link
    union all
    select h.net, h.giving, l.staying, list_append(h.path, l.staying)
    from hop h join link l on l.net = h.net and l.giving = h.end_key
    where not list_contains(list_slice(h.path, 1, len(h.path) - 1), h.end_key)
), reached as (
    select * from hop
    qualify row_number() over (partition by net, giving order by len(path) desc) = 1
)
select net, giving,
    case when list_contains(list_slice(path, 1, len(path) - 1), end_key)
        then list_min(list_slice(path, list_position(path, end_key), len(path))) else end_key end as staying
from reached;

update live set patient = r.staying from relabel r where r.net = live.net and r.giving = live.patient;

-- Order of different facts: civil day, then time, a fact without one first, then fact id.
create table fact as
select *, row_number() over (
    partition by net, patient
    order by day, clock nulls first, fact_id, list_position(['VISIT', 'DOSE', 'SCORE', 'PATIENT'], kind), source) as place
from live;

-- Where a score and a dose of one day stand to each other: a mark decides, else the clock if both have a time, else
-- the score comes first. At the very same instant it comes first too.
create macro is_before(score_day, score_clock, timing, dose_day, dose_clock) as
    score_day < dose_day
    or (score_day = dose_day
        and (timing = 'PRE'
            or (timing <> 'POST' and coalesce(score_clock <= dose_clock, true))));
