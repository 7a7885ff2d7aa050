-- SEMANTICS §1: the higher version goes before; §2: the civil day is that of the zone.
create view ranked as
select v.*,
    case when v.timed then v.occurred_at end as clock,
    cast(timezone(v.zone, make_timestamptz(v.occurred_at * 1000)) as date) - date '1970-01-01' as day,
    row_number() over (
        partition by net, patient
        order by version, last_updated nulls first,
            list_position(['PRELIMINARY', 'FINAL', 'AMENDED', 'CORRECTED', 'ENTERED_IN_ERROR'], status), event_id) as rank
from versions v;

-- SEMANTICS §6: what a key holds is dead up to the last erasure under it. A withdrawal tells nothing of the patient; if it
-- died too, what it withdrew would come back.
create table erasure as
select r.net, r.patient, max(r.occurred_at) as until
from ranked r
join horizon h using (net)
where r.event = 'ERASURE' and r.status <> 'ENTERED_IN_ERROR' and r.day <= h.day
group by all;

create macro is_taken(occurred_at, until, status, event) as
    coalesce(occurred_at <= until and status <> 'ENTERED_IN_ERROR' and event is distinct from 'ERASURE', false);

-- All merges and unmerges of a giving key are versions of one link; the highest is in force.
create table link as
with told as (
    select r.*
    from ranked r
    left join erasure e using (net, patient)
    where r.event in ('MERGE', 'UNMERGE') and not is_taken(r.occurred_at, e.until, r.status, r.event)
    qualify row_number() over (partition by r.net, r.patient, r.source, r.fact_id order by r.rank desc) = 1
), in_force as (
    select t.*
    from told t
    join horizon h using (net)
    where t.status <> 'ENTERED_IN_ERROR' and t.day <= h.day
    qualify row_number() over (partition by t.net, t.patient order by t.version desc, t.occurred_at desc, t.rank desc) = 1
)
select net, patient as giving, value as staying
from in_force
where event = 'MERGE' and value <> patient;

-- Hop by hop to the key that gives to nobody; where hops go round, the smallest key of the round stays.
create table relabel as
with recursive hop as (
    select net, patient, [patient] as path, false as round from (select distinct net, patient from versions)
    union all
    select h.net, h.patient, list_append(h.path, l.staying), list_contains(h.path, l.staying)
    from hop h join link l on l.net = h.net and l.giving = h.path[len(h.path)]
    where not h.round
), furthest as (
    select net, patient, path, path[len(path)] as last, round from hop
    qualify row_number() over (partition by net, patient order by len(path) desc) = 1
), reached as (
    select net, patient, path,
        case when round then list_min(list_slice(path, list_position(path, last), len(path))) else last end as staying
    from furthest
)
select net, patient, staying, list_slice(path, 1, list_position(path, staying)) as path from reached;

-- A key gives what no erasure under it took; under each key on the way the same holds.
create table kept as
select v.* replace (r.staying as patient), v.patient as origin
from ranked v
join relabel r using (net, patient)
left join (
    select r.net, r.patient, max(e.until) as until
    from (select net, patient, unnest(path) as way from relabel) r
    join erasure e on e.net = r.net and e.patient = r.way
    group by all) e on e.net = v.net and e.patient = v.patient
where not is_taken(v.occurred_at, e.until, v.status, v.event);

-- Of each fact the live version; of these those up to the horizon.
create table live as
select * exclude (version, last_updated, event_id, occurred_at, timed, rank)
from kept
qualify row_number() over (partition by net, origin, kind, source, fact_id order by rank desc) = 1;

delete from live where status = 'ENTERED_IN_ERROR';

delete from live using horizon where live.net = horizon.net and live.day > horizon.day;

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

-- A patient dies once: of several days told the first.
create table death as
select net, patient, min(day) as day from fact where event = 'DEATH' group by all;
