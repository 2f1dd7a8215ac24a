-- A correction of a figure of an accepted report: asked for by one person with a reason, decided by another.
create table plan_restatement (
    id text primary key not null,
    report_id text not null references plan_report (id),
    indicator text not null,
    value_before double precision,
    as_of_before date,
    value double precision not null,
    as_of date,
    reason text not null check (reason <> ''),
    state text not null check (state in ('asked', 'approved', 'refused', 'withdrawn')),
    asked_by text not null,
    asked_by_name text not null,
    asked_on date not null,
    decided_by text not null,
    decided_by_name text not null,
    decided_on date,
    answer text not null,
    observation_id text not null,
    scope text not null,
    version bigint not null,
    check (state not in ('approved', 'refused') or (decided_by <> '' and decided_on is not null)),
    check (state <> 'approved' or decided_by <> asked_by)
);
create unique index plan_restatement_waiting on plan_restatement (report_id, indicator) where state = 'asked';
create index plan_restatement_report on plan_restatement (report_id, id);
