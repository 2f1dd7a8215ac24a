create table kernel_idempotency (
    actor text not null,
    key text not null,
    request_hash text not null,
    created_at timestamptz not null,
    status bigint,
    reply bytea,
    primary key (actor, key)
);
create index kernel_idempotency_age on kernel_idempotency (created_at);

create table kernel_kept_form (
    id text primary key,
    visit text not null,
    path text not null,
    fields text not null,
    expires_at timestamptz not null
);
create index kernel_kept_form_expiry on kernel_kept_form (expires_at);
