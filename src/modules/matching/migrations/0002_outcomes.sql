create table matching_showing (
    account_id text not null references kernel_account (id) on delete cascade,
    subject text not null,
    candidate text not null,
    from_kind text not null,
    to_kind text not null,
    place bigint not null check (place > 0),
    step text not null check (step in ('shown', 'opened', 'shortlisted', 'hidden', 'contacted', 'met', 'agreed', 'failed')),
    shown_at timestamptz not null,
    step_at timestamptz not null,
    primary key (account_id, subject, candidate)
);
create index matching_showing_candidate on matching_showing (account_id, candidate);

create table matching_quality (
    from_kind text not null,
    to_kind text not null,
    name text not null,
    value double precision not null,
    as_of timestamptz not null,
    primary key (from_kind, to_kind, name)
);
