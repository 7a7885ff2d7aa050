-- SEMANTICS §3: closings as steps in time, and contact; both depend on each other, since a visit is contact only
-- while the course is not closed by what is known up to its day. A closing is a number: day * 10 + precedence.
create table course_day as
with happened as (
    select c.course, d.day, true as dosed, d.n, d.planned_so_far as planned,
        false as scored, false as visited, null::bigint as ended, d.place
    from course c join course_dose d using (net, patient, treatment, ordinal)
    union all
    select course, day, false, null, null, true, false, null, place from span_score
    union all
    select c.course, v.day, false, null, null, false, true, null, v.place
    from course c join fact v using (net, patient) where v.kind = 'VISIT' and v.day >= c.opened
    union all
    select c.course, e.day, false, null, null, false, false, e.day * 10, null
    from course c join death e using (net, patient) where e.day >= c.opened
    union all
    select c.course, e.day, false, null, null, false, false, e.day * 10 + 6, null
    from course c join fact e using (net, patient)
    where e.event = 'CONSENT' and e.value = 'WITHDRAWN' and e.day >= c.opened
    union all
    select c.course, o.opened, false, null, null, false, false,
        o.opened * 10 + case when o.treatment = c.treatment then 2 else 1 end, o.place
    from course c join course o on o.net = c.net and o.patient = c.patient and o.place > c.place
        and (o.treatment = c.treatment or o.switch_group = c.switch_group)
)
select course, day, bool_or(dosed) as dosed, max(n) as n, arg_max(planned, n) filter (planned is not null) as planned,
    bool_or(scored) as scored, bool_or(visited) as visited,
    -- A course that begins before a dose of the day is undone by it; death is by the day, and no dose of it is later.
    min(ended) filter (place is null or last_dose is null or place > last_dose) as ended,
    row_number() over (partition by course order by day) as i
from (select *, max(place) filter (dosed) over (partition by course, day) as last_dose from happened)
group by course, day;

create macro due(last_dose, n, planned, last_contact, first_after, counted, gap, series_gap, drop_out, until) as
    nullif(least(
        case when last_contact + drop_out + 1 <= until then (last_contact + drop_out + 1) * 10 + 5 else 1e9::bigint end,
        case when counted and n < planned and first_after is not null
                and greatest(last_dose + series_gap + 1, first_after) <= until
            then greatest(last_dose + series_gap + 1, first_after) * 10 + 4 else 1e9::bigint end,
        case when counted and n >= planned and last_dose + gap + 1 <= until
            then (last_dose + gap + 1) * 10 + 3 else 1e9::bigint end), 1e9::bigint);

create table step as
with recursive rule as (
    select c.course, t.counted, t.planned, t.gap, t.series_gap, t.drop_out
    from course c join treatment t on t.id = c.treatment
), fold as (
    select d.course, d.i, d.day, d.day as last_dose, d.n, coalesce(d.planned, r.planned) as planned,
        d.day as last_contact, null::bigint as first_after, d.ended as closed, true as contact
    from course_day d join rule r using (course) where d.i = 1
    union all
    select course, i, day,
        case when dosed then day else last_dose end,
        case when dosed then new_n else n end,
        case when dosed then coalesce(new_planned, planned) else planned end,
        case when dosed or scored or visit_counts then day else last_contact end,
        case when dosed then null when scored or visit_counts then coalesce(first_after, day) else first_after end,
        case when dosed then ended else before end,
        dosed or scored or visit_counts
    from (
        select *, visited and before is null as visit_counts
        from (
            select f.* exclude (i, day, contact), d.i, d.day, d.dosed, d.n as new_n, d.planned as new_planned,
                d.scored, d.visited, d.ended,
                least(f.closed, d.ended, due(f.last_dose, f.n, f.planned, f.last_contact, f.first_after,
                    r.counted, r.gap, r.series_gap, r.drop_out, d.day)) as before
            from fold f
            join course_day d on d.course = f.course and d.i = f.i + 1
            join rule r on r.course = f.course))
)
select * from fold;

create table contact as select course, day from step where contact;

create table closing as
with last_step as (select * from step qualify row_number() over (partition by course order by i desc) = 1),
    closed as (
        select s.course, least(s.closed, due(s.last_dose, s.n, s.planned, s.last_contact, s.first_after,
            t.counted, t.gap, t.series_gap, t.drop_out, h.day)) as code
        from last_step s
        join course c using (course)
        join treatment t on t.id = c.treatment
        join horizon h on h.net = c.net)
select course, code // 10 as day,
    ['DIED', 'SWITCHED', 'NEXT_COURSE', 'COMPLETED', 'INCOMPLETE', 'LOST', 'WITHDRAWN'][(code % 10) + 1] as reason
from closed
where code is not null;
