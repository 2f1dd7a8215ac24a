create table library_entry (
    id text primary key,
    kind text not null,
    number text not null unique,
    title text not null,
    abstract text not null,
    organisation_id text references registry_organisation (id),
    account_id text not null references kernel_account (id),
    place text not null references registry_place (code),
    scope text not null,
    state text not null check (state in ('draft', 'submitted', 'returned', 'published', 'withdrawn', 'expired', 'ended', 'discarded')),
    abstract_for text not null check (abstract_for in ('everyone', 'members')),
    body_for text not null check (body_for in ('everyone', 'members', 'undertaking', 'consent')),
    files_for text not null check (files_for in ('members', 'undertaking', 'consent')),
    completeness bigint not null check (completeness between 0 and 100),
    complete boolean not null,
    words text not null,
    abstract_words text not null,
    submitted_at timestamptz,
    published_on date,
    confirmed_on date,
    confirm_by date,
    check_on date,
    freshness text not null check (freshness in ('fresh', 'reminded', 'overdue')),
    outcome text check (outcome in ('transfer', 'licence', 'development', 'investment', 'service', 'employment', 'elsewhere', 'no_agreement', 'not_needed')),
    ended_on date,
    returned_because text not null,
    interests bigint not null check (interests >= 0),
    files bigint not null check (files >= 0),
    version bigint not null,
    check (state <> 'published' or (published_on is not null and confirmed_on is not null and confirm_by is not null)),
    check (state <> 'ended' or (outcome is not null and ended_on is not null)),
    check (abstract_for = 'everyone' or body_for <> 'everyone'),
    check (not (body_for = 'undertaking' and files_for = 'members')),
    check (not (body_for = 'consent' and files_for <> 'consent'))
);
create index library_entry_list on library_entry (kind, state, id);
create index library_entry_recent on library_entry (kind, state, confirmed_on, id);
create index library_entry_queue on library_entry (state, submitted_at, id) where state = 'submitted';
create index library_entry_check on library_entry (check_on, id) where check_on is not null;
create index library_entry_account on library_entry (account_id, id);
create index library_entry_organisation on library_entry (organisation_id, id) where organisation_id is not null;

-- What lists filter by: public values of public entries, also those of drafts until they are public.
create table library_tag (
    entry_id text not null references library_entry (id) on delete cascade,
    facet text not null,
    value text not null,
    primary key (entry_id, facet, value)
);
create index library_tag_value on library_tag (facet, value, entry_id);

-- The last number given in a year.
create table library_number (
    prefix text not null,
    year bigint not null,
    last bigint not null check (last between 0 and 999999),
    primary key (prefix, year)
);

-- Who may read beyond what everybody may, and why.
create table library_access (
    entry_id text not null references library_entry (id) on delete cascade,
    account_id text not null references kernel_account (id) on delete cascade,
    layer text not null check (layer in ('body', 'files')),
    basis text not null check (basis in ('consent', 'undertaking')),
    given_by text not null,
    signed_name text not null,
    at timestamptz not null,
    primary key (entry_id, account_id)
);
create index library_access_account on library_access (account_id, entry_id);

create table library_term (
    id text primary key,
    kind text not null check (kind in ('confirm_days', 'remind_days', 'grace_days', 'answer_workdays')),
    days bigint not null check (days between 1 and 3650),
    valid_from date not null,
    confirmed boolean not null,
    source text not null,
    version bigint not null,
    unique (kind, valid_from)
);

-- Decisions on many entries at once, for undoing them.
create table library_bulk (
    id text primary key,
    account_id text not null references kernel_account (id) on delete cascade,
    at timestamptz not null,
    undone boolean not null
);
create table library_bulk_row (
    bulk_id text not null references library_bulk (id) on delete cascade,
    entry_id text not null references library_entry (id) on delete cascade,
    version_after bigint not null,
    primary key (bulk_id, entry_id)
);
