-- SEMANTICS §4, COHORT: courses by month of first dose, as they stand at the horizon.
create table cohort_window as
select * from (values ('P4W', 28 - 7, 28 + 7), ('P8W', 56 - 14, 56 + 14), ('P26W', 182 - 30, 182 + 30),
    ('P52W', 365 - 60, 365 + 60)) w (id, low, high);

-- Induction lasts until the planned number, as last told, or the treatment's default, else the last dose before a
-- series gap. Where doses are not counted no number is planned.
create table induction as
with followed as (
    select c.course, d.n, d.day, t.series_gap,
        case when t.counted then coalesce(last_value(d.planned_so_far) over in_order, t.planned) end as planned,
        lead(d.day) over (partition by c.course order by d.n) as next_day, h.day as as_of
    from course c
    join course_dose d using (net, patient, treatment, ordinal)
    join treatment t on t.id = c.treatment
    join horizon h on h.net = c.net
    window in_order as (partition by c.course order by d.n rows between unbounded preceding and unbounded following)
)
select course, min_by(day, n) as last_day
from followed
where n >= planned or coalesce(next_day, as_of) - day > series_gap
group by course;

-- SEMANTICS §6: the last word on consent up to the horizon.
create table consent as
select net, patient, arg_max(value, place) <> 'WITHDRAWN' as consents from fact where event = 'CONSENT' group by all;

create table course_window as
select c.course, w.id as horizon, c.opened + w.low as low, c.opened + w.high as high
from course c, cohort_window w
union all
select c.course, 'END_OF_INDUCTION', i.last_day + 1, i.last_day + 31
from course c left join induction i using (course);

create table cohort_candidate as
with there as (
    select c.*, k.opened, h.day as as_of
    from candidate c
    join course k using (course)
    join horizon h on h.net = c.net
    where c.from_day <= h.day and (c.until_day is null or h.day < c.until_day)
)
select t.*, strftime(date '1970-01-01' + t.opened::integer, '%Y-%m') as month, w.horizon,
    case when d.day <= coalesce(w.high, 1000000) then 'DIED'
        when w.high is null or t.as_of <= w.high then 'PENDING'
        else t.standing end as counted_as,
    case when t.standing = 'EVALUABLE' then (select count(*) from band a where a.instrument = t.instrument and a.low <= b.total)
        else -1 end as band,
    case when p.trials < 2 then 'UNDER_TWO' when p.trials < 4 then 'TWO_OR_THREE' when p.trials >= 4 then 'FOUR_OR_MORE'
        else 'UNKNOWN' end as prior,
    coalesce(s.consents, true) as consents,
    f.class, f.remission, f.deteriorated, f.relapsed
from there t
join course_window w using (course)
join prior_trials p on p.course = t.course
left join baseline b on b.course = t.course and b.instrument = t.instrument
left join consent s on s.net = t.net and s.patient = t.patient
left join death d on d.net = t.net and d.patient = t.patient
left join (
    select w.course, w.horizon, f.instrument, arg_max(f.k, f.k) as k
    from course_window w join follow_up f on f.course = w.course and f.day between w.low and w.high
    group by all) last on last.course = t.course and last.horizon = w.horizon and last.instrument = t.instrument
left join follow_up f on f.course = t.course and f.instrument = t.instrument and f.k = last.k;

-- In every group a patient has one vote: of several courses of a month the one begun first.
create table cohort_tally as
with grouped as (
    select c.* exclude (clinic, treatment), c.treatment as own_treatment,
        case when every_clinic then '*' else c.clinic end as clinic,
        case when every_treatment then '*' else c.treatment end as treatment
    from cohort_candidate c
    cross join (values (false), (true)) x (every_clinic)
    cross join (values (false), (true)) y (every_treatment)
), patient_vote as (
    select *, counted_as = 'EVALUABLE' and class is not null as measured
    from grouped
    qualify row_number() over (
        partition by net, clinic, treatment, instrument, horizon, month, patient order by place) = 1
)
select net,
    concat_ws(' ', clinic, treatment, instrument, horizon, month, '|', own_treatment, band, prior,
        case when consents then 'consents' else 'does not' end) as cohort,
    count_if(counted_as = 'EVALUABLE') as eligible,
    count_if(measured) as measured,
    count_if(measured and class = 'RESPONSE') as responded,
    count_if(measured and class = 'PARTIAL') as partial,
    count_if(measured and class = 'MINIMAL') as minimal,
    count_if(measured and class = 'WORSE') as worse,
    count_if(measured and deteriorated) as reliably_deteriorated,
    count_if(measured and remission) as remitted,
    count_if(measured and relapsed) as relapsed,
    count_if(counted_as = 'NO_BASELINE') as no_baseline,
    count_if(counted_as = 'BELOW_FLOOR') as below_floor,
    count_if(counted_as = 'PENDING') as pending,
    count_if(counted_as = 'DIED') as died
from patient_vote
group by all;
