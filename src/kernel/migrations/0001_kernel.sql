create table kernel_audit (
    sequence bigint primary key,
    at timestamptz not null,
    actor_id text not null,
    actor_name text not null,
    action text not null,
    object_kind text not null,
    object_id text not null,
    scope text not null,
    remote text not null,
    request_id text not null,
    details text not null,
    hash text not null
);
create index kernel_audit_object on kernel_audit (object_kind, object_id, sequence);
create index kernel_audit_actor on kernel_audit (actor_id, sequence);
create index kernel_audit_at on kernel_audit (at);

create table kernel_audit_head (
    id integer primary key check (id = 1),
    sequence bigint not null,
    hash text not null
);
insert into kernel_audit_head (id, sequence, hash) values (1, 0, '');

create table kernel_event (
    sequence bigint primary key,
    at timestamptz not null,
    kind text not null,
    object_id text not null,
    scope text not null,
    visibility text not null,
    payload text not null
);

create table kernel_event_head (
    id integer primary key check (id = 1),
    sequence bigint not null
);
insert into kernel_event_head (id, sequence) values (1, 0);

create table kernel_event_cursor (
    listener text primary key,
    sequence bigint not null
);

create table kernel_job (
    id text primary key,
    kind text not null,
    key text not null,
    payload text not null,
    state text not null check (state in ('waiting', 'running', 'done', 'failed')),
    due timestamptz not null,
    lease_until timestamptz,
    attempts bigint not null,
    every_s bigint not null,
    last_error text not null,
    finished_at timestamptz
);
create unique index kernel_job_waiting on kernel_job (kind, key) where state = 'waiting';
create index kernel_job_due on kernel_job (state, due);

create table kernel_attachment (
    id text primary key,
    owner_kind text not null,
    owner_id text not null,
    name text not null,
    content_type text not null,
    sha256 text not null,
    size bigint not null,
    permission text not null,
    scope text not null,
    uploaded_by text not null,
    uploaded_at timestamptz not null
);
create index kernel_attachment_owner on kernel_attachment (owner_kind, owner_id, id);
create index kernel_attachment_sha256 on kernel_attachment (sha256);

create table kernel_blob (
    sha256 text not null,
    seq bigint not null,
    data bytea not null,
    primary key (sha256, seq)
);

create table kernel_calendar_year (
    year bigint primary key,
    source text not null,
    imported_at timestamptz not null
);

create table kernel_calendar_day (
    year bigint not null,
    date date not null,
    off boolean not null,
    name text not null,
    primary key (year, date)
);
