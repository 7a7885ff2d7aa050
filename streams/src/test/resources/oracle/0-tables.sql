create table instrument (id varchar, outcome boolean, construct varchar, floor bigint, remission bigint, reliable bigint,
    recall bigint, consistent bigint, recovery bigint,
    relapse bigint, min_gap bigint, max_gap bigint, single_rise bigint);

-- Lowest totals of the bands of severity above the mildest.
create table band (instrument varchar, low bigint);

create table treatment (id varchar, switch_group varchar, counted boolean, planned bigint, stopped_early_counts boolean,
    gap bigint, series_gap bigint, drop_out bigint, follow_up bigint, baseline_age bigint);

create table source_trust (source varchar, trust bigint);

create table time_window (days bigint);

create table horizon (net bigint, day bigint);

-- Days on which counts are looked at.
create table sample (net bigint, day bigint);

create table versions (net bigint, patient varchar, kind varchar, source varchar, fact_id varchar, event_id varchar,
    version bigint, last_updated bigint, status varchar, clinic varchar, zone varchar, occurred_at bigint, timed boolean,
    treatment varchar, administration varchar, series varchar, planned bigint, number bigint, phase varchar,
    instrument varchar, total bigint, timing varchar, usable boolean, prorated boolean, recall bigint, event varchar,
    value varchar, ended_at bigint, trials bigint);
