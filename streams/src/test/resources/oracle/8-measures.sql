-- SEMANTICS §7: an index, a window after it, the last assessment in the window.
create table measure as
select * from (values
    -- months of identification; encounter and known birth asked for; window in months and days; below; fall in percent;
    -- palliative care excludes too
    ('cms159', -14, -2, true, 12, -60, 60, 5, null, true),
    ('remission-6m', -8, 4, false, 6, -60, 60, 5, null, true),
    ('response-6m', -8, 4, false, 6, -60, 60, null, 50, true),
    ('response-12m', -14, -2, false, 12, -60, 60, null, 50, true),
    ('followup', -8, 4, false, 6, -60, 60, null, null, true),
    ('followup-12m', -14, -2, false, 12, -60, 60, null, null, true),
    ('drr-e', -8, 4, false, 0, 120, 240, 5, null, false),
    ('drr-e-response', -8, 4, false, 0, 120, 240, null, 50, false),
    ('drr-e-followup', -8, 4, false, 0, 120, 240, null, null, false)
) m (measure, ident_from, ident_to, strict, months, low, high, below, fall, palliative);

create macro as_date(epoch_day) as date '1970-01-01' + (epoch_day)::integer;
create macro as_day(d) as (d)::date - date '1970-01-01';

create macro day_of_end(zone, ended_at) as
    cast(timezone(zone, make_timestamptz(ended_at * 1000)) as date) - date '1970-01-01';

create table assessment as
select s.net, s.patient, s.day, s.total, s.place, f.clinic
from score s
join fact f on f.net = s.net and f.patient = s.patient and f.place = s.place
where s.valid and s.instrument in ('phq9', 'phq9m') and f.status <> 'PRELIMINARY' and not f.prorated;

create table diagnosis as
select net, patient, day as from_day,
    day_of_end(zone, ended_at) as until_day,
    value in ('F32.1', 'F33.1', 'F33.2', 'F34.1') as depression,
    value in ('F31.9', 'F20.9', 'F60.3', 'F84.0') as excludes
from fact where event = 'DIAGNOSIS';

-- An office visit while a depression lasts, and the days of an assessment that belongs to it.
create table depression_visit as
select v.net, v.patient, v.clinic, v.place, v.day - 7 as low,
    coalesce(day_of_end(v.zone, v.ended_at), v.day) as high
from fact v
where v.kind = 'VISIT' and v.value = '99213'
    and exists (
        from diagnosis d
        where d.net = v.net and d.patient = v.patient and d.depression
            and d.from_day <= coalesce(day_of_end(v.zone, v.ended_at), v.day)
            and coalesce(d.until_day >= v.day, true));

create table index_candidate as
-- An encounter identifies the period by its last day.
select a.net, a.patient, m.measure, p.year, a.day, a.total, a.place, v.clinic, v.place as visit_place
from assessment a
join depression_visit v on v.net = a.net and v.patient = a.patient and a.day between v.low and v.high
cross join measure m
cross join range(2018, 2032) p (year)
where m.strict and a.total > 9
    and as_date(v.high) >= make_date(p.year, 1, 1) + to_months(m.ident_from)
    and as_date(v.high) < make_date(p.year, 1, 1) + to_months(m.ident_to)
union all
select a.net, a.patient, m.measure, p.year, a.day, a.total, a.place, a.clinic, 0
from assessment a
cross join measure m
cross join range(2018, 2032) p (year)
where not m.strict and a.total > 9
    and as_date(a.day) >= make_date(p.year, 1, 1) + to_months(m.ident_from)
    and as_date(a.day) < make_date(p.year, 1, 1) + to_months(m.ident_to);

-- Of births that contradict each other, as after a merge, the one of the smaller id, as of scores.
create table birth as
select net, patient, min_by(day, fact_id) as day from fact where event = 'BIRTH' group by all;

create table population as
with first_index as (
    select * from index_candidate
    qualify row_number() over (partition by net, patient, measure, year order by place, visit_place) = 1
), looked_at as (
    select i.*, m.*exclude (measure),
        as_day(as_date(i.day) + to_months(m.months)) + m.low as from_day,
        as_day(as_date(i.day) + to_months(m.months)) + m.high as to_day,
        as_day(make_date(i.year, 1, 1) + to_months(m.ident_from)) as ident_day,
        date_part('year', age(as_date(i.day), as_date(b.day))) as age
    from first_index i
    join measure m on m.measure = i.measure
    left join birth b on b.net = i.net and b.patient = i.patient
), answered as (
    select l.*,
        (select arg_max(a.total, a.place) from assessment a
            where a.net = l.net and a.patient = l.patient and a.day between l.from_day and l.to_day) as answer,
        exists (from fact e where e.net = l.net and e.patient = l.patient
            and ((e.event = 'DEATH' and e.day <= l.to_day)
                -- Care that is not known to have ended goes on.
                or (e.event = 'HOSPICE' and e.day <= l.to_day and coalesce(day_of_end(e.zone, e.ended_at) >= l.ident_day, true))))
        or exists (from diagnosis d where d.net = l.net and d.patient = l.patient and d.excludes and d.from_day <= l.to_day)
            as excluded
    from looked_at l
    where case when l.strict then coalesce(l.age >= 12, false) else coalesce(l.age >= 12, true) end
)
select a.net, a.patient, a.measure, a.year, a.clinic, a.excluded,
    case when a.age < 18 then '12-17' when a.age >= 18 then '18+' else 'of no age' end as stratum,
    not a.excluded and coalesce(
        case when a.below is not null then a.answer < a.below
            when a.fall is not null then 100 * (a.total - a.answer) >= a.fall * a.total
            else a.answer is not null end, false) as numerator,
    a.to_day < h.day as closed
from answered a
join horizon h on h.net = a.net;
