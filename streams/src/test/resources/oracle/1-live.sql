-- SEMANTICS §1: of each fact the live version; §2: those up to the horizon.
create table live as
select v.* exclude (version, last_updated, event_id, occurred_at, timed),
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
