create table library_thread (
    id text primary key,
    entry_id text not null references library_entry (id) on delete cascade,
    account_id text not null references kernel_account (id),
    account_name text not null,
    state text not null check (state in ('waiting', 'escalated', 'answered', 'closed')),
    wish text not null check (wish in ('nothing', 'body', 'files')),
    opened_at timestamptz not null,
    answer_due date not null,
    answered_on date,
    escalated_on date,
    officer_id text references kernel_account (id),
    officer_name text not null,
    outcome text check (outcome in ('transfer', 'licence', 'development', 'investment', 'service', 'employment', 'elsewhere', 'no_agreement', 'not_needed')),
    closed_on date,
    version bigint not null,
    check (state <> 'closed' or (outcome is not null and closed_on is not null))
);
create unique index library_thread_open on library_thread (entry_id, account_id) where state <> 'closed';
create index library_thread_account on library_thread (account_id, id);
create index library_thread_officer on library_thread (officer_id, id) where officer_id is not null;
create index library_thread_due on library_thread (answer_due);

create table library_message (
    id text primary key,
    thread_id text not null references library_thread (id) on delete cascade,
    account_id text not null references kernel_account (id),
    account_name text not null,
    text text not null,
    at timestamptz not null,
    day date
);
create index library_message_thread on library_message (thread_id, id);

-- Views that somebody wants to be told about when an entry appears on them.
create table library_subscription (
    account_id text not null references kernel_account (id) on delete cascade,
    kind text not null,
    name text not null,
    query text not null,
    primary key (account_id, kind, name)
);
create index library_subscription_kind on library_subscription (kind, account_id);

-- Public counters, renewed by the clock.
create table library_counter (
    kind text not null,
    name text not null,
    value bigint not null,
    as_of timestamptz not null,
    primary key (kind, name)
);
