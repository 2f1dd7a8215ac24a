create table plan_plan (
    id text primary key not null,
    code text not null unique,
    doc_no text not null,
    title_zh text not null,
    title_en text not null,
    issued date,
    year_from bigint not null,
    year_to bigint not null,
    predecessor text not null,
    state text not null check (state in ('drafted', 'in_force', 'ended')),
    url text not null,
    note_zh text not null,
    note_en text not null,
    version bigint not null,
    check (year_from <= year_to)
);

create table plan_section (
    id text primary key not null,
    code text not null unique,
    plan text not null references plan_plan (code),
    parent text not null,
    number text not null,
    title_zh text not null,
    title_en text not null,
    position bigint not null,
    version bigint not null
);
create index plan_section_plan on plan_section (plan, position);

create table plan_task (
    id text primary key not null,
    code text not null unique,
    plan text not null references plan_plan (code),
    section text not null references plan_section (code),
    parent text not null,
    title_zh text not null,
    title_en text not null,
    deliverables_zh text not null,
    deliverables_en text not null,
    places text not null,
    quota text not null,
    soft boolean not null,
    lead_unit text not null,
    lead_unit_id text references registry_organisation (id),
    coop_units text not null,
    due date,
    state text not null check (state in ('drafted', 'assigned', 'under_way', 'reported', 'verified', 'closed', 'delayed', 'suspended')),
    percent bigint not null check (percent between 0 and 100),
    topic text not null,
    source text not null,
    status text not null check (status in ('verified_body_text', 'derived_from_body_text', 'entered')),
    scope text not null,
    reported_by text not null,
    position bigint not null,
    version bigint not null,
    check (lead_unit_id is null or lead_unit <> '')
);
create index plan_task_plan on plan_task (plan, position);
create index plan_task_section on plan_task (section);
create index plan_task_due on plan_task (due, state);
create index plan_task_lead_unit on plan_task (lead_unit_id);

create table plan_task_unit (
    id text primary key not null,
    task text not null references plan_task (code),
    organisation_id text not null references registry_organisation (id),
    role text not null check (role in ('lead', 'cooperating')),
    unique (task, organisation_id)
);
create index plan_task_unit_organisation on plan_task_unit (organisation_id);

create table plan_task_place (
    id text primary key not null,
    task text not null references plan_task (code),
    place text not null references registry_place (code),
    scope text not null,
    unique (task, place)
);
create index plan_task_place_place on plan_task_place (place);

create table plan_task_indicator (
    id text primary key not null,
    code text not null unique,
    task text not null references plan_task (code),
    indicator text not null,
    version bigint not null
);
create index plan_task_indicator_task on plan_task_indicator (task);
create index plan_task_indicator_indicator on plan_task_indicator (indicator);

create table plan_milestone (
    id text primary key not null,
    code text not null unique,
    task text not null references plan_task (code),
    year bigint not null,
    text text not null,
    version bigint not null,
    unique (task, year)
);

create table plan_progress_entry (
    id text primary key not null,
    task text not null references plan_task (code),
    day date not null,
    percent bigint not null check (percent between 0 and 100),
    text text not null,
    entered_by text not null,
    entered_by_name text not null,
    entered_at timestamptz not null
);
create index plan_progress_entry_task on plan_progress_entry (task, id);

create table plan_comment (
    id text primary key not null,
    task text not null references plan_task (code),
    text text not null,
    entered_by text not null,
    entered_by_name text not null,
    entered_at timestamptz not null
);
create index plan_comment_task on plan_comment (task, id);

create table plan_follower (
    id text primary key not null,
    task text not null references plan_task (code),
    account_id text not null,
    unique (task, account_id)
);
create index plan_follower_account on plan_follower (account_id);

create table plan_inbox (
    account_id text not null,
    at timestamptz not null,
    task text not null references plan_task (code),
    kind text not null,
    by_name text not null,
    seen boolean not null,
    primary key (account_id, at, task, kind)
);

create table plan_notice (
    id text primary key not null,
    task text not null references plan_task (code),
    text text not null,
    issued_on date not null,
    days bigint not null check (days between 1 and 250),
    due date not null,
    state text not null check (state in ('open', 'paused', 'answered', 'closed')),
    answer text not null,
    answered_on date,
    issued_by text not null,
    issued_by_name text not null,
    answered_by text not null,
    answered_by_name text not null,
    scope text not null,
    version bigint not null
);
create index plan_notice_state on plan_notice (state, due);
create index plan_notice_task on plan_notice (task, id);

create table plan_notice_pause (
    id text primary key not null,
    notice_id text not null references plan_notice (id),
    from_day date not null,
    to_day date
);
create index plan_notice_pause_notice on plan_notice_pause (notice_id, from_day);

create table plan_term (
    id text primary key not null,
    kind text not null check (kind in ('supervision_answer', 'report_reminder')),
    days bigint not null check (days between 1 and 250),
    valid_from date not null,
    confirmed boolean not null,
    source text not null,
    version bigint not null,
    unique (kind, valid_from)
);

create table plan_bulk (
    id text primary key not null,
    account_id text not null,
    at timestamptz not null,
    undone boolean not null
);

create table plan_bulk_row (
    bulk_id text not null references plan_bulk (id),
    task_id text not null references plan_task (id),
    version_after bigint not null,
    lead_unit text not null,
    due date,
    state text not null,
    primary key (bulk_id, task_id)
);

create table plan_report (
    id text primary key not null,
    plan text not null references plan_plan (code),
    place text not null references registry_place (code),
    kind text not null check (kind in ('half_year', 'annual')),
    period text not null,
    due date not null,
    state text not null check (state in ('open', 'submitted', 'returned', 'accepted', 'published')),
    summary text not null,
    submitted_on date,
    submitted_by text not null,
    submitted_by_name text not null,
    accepted_by text not null,
    accepted_by_name text not null,
    accepted_on date,
    published_by text not null,
    published_by_name text not null,
    published_on date,
    scope text not null,
    version bigint not null,
    unique (plan, place, period),
    check (state not in ('accepted', 'published') or (accepted_by <> '' and accepted_by <> submitted_by)),
    check (state <> 'published' or (published_by <> '' and published_by <> accepted_by))
);
create index plan_report_due on plan_report (state, due);

create table plan_report_figure (
    id text primary key not null,
    report_id text not null references plan_report (id),
    indicator text not null,
    value double precision,
    note text not null,
    observation_id text not null,
    unique (report_id, indicator)
);

create table plan_report_task (
    id text primary key not null,
    report_id text not null references plan_report (id),
    task text not null references plan_task (code),
    percent bigint check (percent between 0 and 100),
    text text not null,
    unique (report_id, task)
);
