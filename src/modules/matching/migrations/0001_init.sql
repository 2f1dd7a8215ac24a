create table matching_pair (
    id text primary key,
    from_kind text not null,
    to_kind text not null,
    words_weight bigint not null check (words_weight between 1 and 100),
    field_weight bigint not null check (field_weight between 0 and 100),
    industry_weight bigint not null check (industry_weight between 0 and 100),
    place_weight bigint not null check (place_weight between 0 and 100),
    readiness_weight bigint not null check (readiness_weight between 0 and 100),
    price_weight bigint not null check (price_weight between 0 and 100),
    threshold bigint not null check (threshold between 0 and 100),
    active boolean not null,
    version bigint not null,
    unique (from_kind, to_kind)
);

create table matching_mark (
    id text primary key,
    account_id text not null references kernel_account (id) on delete cascade,
    subject text not null,
    candidate text not null,
    verdict text not null check (verdict in ('shortlisted', 'hidden')),
    because text check (because in ('not_relevant', 'too_expensive', 'wrong_stage', 'too_far', 'known_already', 'other')),
    at timestamptz not null,
    unique (account_id, subject, candidate)
);
