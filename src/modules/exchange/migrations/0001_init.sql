-- What is served to other servers: when each public record last changed or vanished. Deletions are kept for ever.
create table exchange_record (
    source text not null,
    object_id text not null,
    mark text not null,
    datestamp timestamptz not null,
    deleted boolean not null,
    primary key (source, object_id)
);
create index exchange_record_datestamp on exchange_record (datestamp, source, object_id);
create index exchange_record_source on exchange_record (source, datestamp, object_id);

-- Servers that records are harvested from.
create table exchange_repository (
    id text primary key,
    name text not null unique,
    address text not null,
    set_spec text,
    every_hours bigint not null,
    active boolean not null,
    state text not null check (state in ('new', 'running', 'harvested', 'failed')),
    harvested_until text,
    token text,
    last_error text,
    last_run_at timestamptz,
    records bigint not null,
    version bigint not null
);

-- Records of other servers, waiting for an officer.
create table exchange_harvested (
    id text primary key,
    repository_id text not null references exchange_repository (id),
    identifier text not null,
    datestamp text not null,
    deleted boolean not null,
    title text not null,
    creators text,
    subjects text,
    description text,
    published text,
    kind text,
    language text,
    link text,
    state text not null check (state in ('waiting', 'taken', 'dismissed')),
    harvested_at timestamptz not null,
    version bigint not null,
    unique (repository_id, identifier)
);
create index exchange_harvested_state on exchange_harvested (state, id);
create index exchange_harvested_list on exchange_harvested (repository_id, state, id);
create index exchange_harvested_title on exchange_harvested (title, id);
