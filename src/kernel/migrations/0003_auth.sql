-- Accounts, their secrets, sessions, API tokens, role grants and links to external identities.
-- Secrets stand apart from accounts, so that no generic list, form, export or history can reach them.
create table kernel_account (
    id text primary key,
    login text not null unique,
    name text not null,
    language text not null,
    state text not null,
    demo boolean not null,
    created_at timestamptz not null,
    signed_in_at timestamptz,
    version bigint not null
);

create table kernel_credential (
    account_id text primary key references kernel_account (id) on delete cascade,
    password_hash text not null default '',
    password_at timestamptz,
    failures bigint not null default 0,
    locked_until timestamptz,
    code_hash text not null default '',
    code_until timestamptz,
    totp_secret text not null default '',
    totp_pending text not null default '',
    totp_confirmed boolean not null default false,
    totp_last_step bigint not null default 0
);

create table kernel_recovery_code (
    account_id text not null references kernel_account (id) on delete cascade,
    hash text not null,
    primary key (account_id, hash)
);

create table kernel_session (
    id text primary key,
    account_id text not null references kernel_account (id) on delete cascade,
    started_at timestamptz not null,
    last_seen_at timestamptz not null,
    second_factor boolean not null default false,
    remote text not null,
    user_agent text not null
);
create index kernel_session_account on kernel_session (account_id, started_at);
create index kernel_session_seen on kernel_session (last_seen_at);

create table kernel_token (
    id text primary key,
    account_id text not null references kernel_account (id) on delete cascade,
    hash text not null unique,
    name text not null,
    permissions text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    last_used_at timestamptz
);
create index kernel_token_account on kernel_token (account_id);

create table kernel_role_grant (
    id text primary key,
    account_id text not null references kernel_account (id) on delete cascade,
    role text not null,
    scope text not null,
    valid_from date not null,
    valid_to date,
    granted_by text not null,
    granted_at timestamptz not null,
    unique (account_id, role, scope)
);
create index kernel_role_grant_role on kernel_role_grant (role);
-- The three administrators are separated: one account holds at most one of these roles, at any time.
create unique index kernel_role_grant_one_administrator on kernel_role_grant (account_id)
    where role in ('system_administrator', 'security_administrator', 'audit_administrator');

create table kernel_external_identity (
    issuer text not null,
    subject text not null,
    account_id text not null references kernel_account (id) on delete cascade,
    linked_at timestamptz not null,
    primary key (issuer, subject)
);
create index kernel_external_identity_account on kernel_external_identity (account_id);

create table kernel_external_sign_in (
    state text primary key,
    nonce text not null,
    verifier text not null,
    return_to text not null,
    account_id text not null,
    expires_at timestamptz not null
);
create index kernel_external_sign_in_expiry on kernel_external_sign_in (expires_at);
