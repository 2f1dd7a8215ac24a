create table intermediaries_intermediary (
    id text primary key references library_entry (id) on delete cascade,
    technology_transfer boolean not null,
    patent_agency boolean not null,
    valuation boolean not null,
    legal boolean not null,
    accounting boolean not null,
    finance boolean not null,
    testing boolean not null,
    incubation boolean not null,
    training boolean not null,
    industry text,
    since date,
    coverage text not null,
    description text not null,
    tariff_terms text not null,
    contact text,
    phone text,
    email text
);

create table intermediaries_licence (
    id text primary key,
    entry_id text not null references intermediaries_intermediary (id) on delete cascade,
    position bigint not null check (position >= 0),
    name text not null,
    number text not null,
    issuer text not null,
    valid_from date,
    valid_until date,
    unique (entry_id, position),
    check (valid_from is null or valid_until is null or valid_from <= valid_until)
);

create table intermediaries_price (
    id text primary key,
    entry_id text not null references intermediaries_intermediary (id) on delete cascade,
    position bigint not null check (position >= 0),
    service text not null,
    basis text not null check (basis in ('fixed', 'share', 'hourly', 'daily', 'agreed')),
    amount bigint check (amount >= 0),
    percent double precision check (percent between 0 and 100),
    unique (entry_id, position),
    check (basis <> 'share' or (percent is not null and amount is null)),
    check (basis not in ('fixed', 'hourly', 'daily') or (amount is not null and percent is null))
);

create table intermediaries_staff (
    id text primary key,
    entry_id text not null references intermediaries_intermediary (id) on delete cascade,
    position bigint not null check (position >= 0),
    name text not null,
    certificate text not null,
    number text,
    valid_until date,
    unique (entry_id, position)
);
