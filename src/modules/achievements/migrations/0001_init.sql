create table achievements_achievement (
    id text primary key references library_entry (id) on delete cascade,
    form text check (form in ('technology', 'product', 'process', 'material', 'software', 'variety')),
    stage text check (stage in ('research', 'laboratory', 'pilot', 'prototype', 'production')),
    readiness text check (readiness in ('trl1', 'trl2', 'trl3', 'trl4', 'trl5', 'trl6', 'trl7', 'trl8', 'trl9', 'trl10', 'trl11', 'trl12', 'trl13')),
    tech_field text check (tech_field in ('electronics', 'biomedicine', 'aerospace', 'new_materials', 'high_tech_services', 'new_energy', 'environment', 'advanced_manufacturing')),
    industry text,
    completed_on date,
    registration_number text,
    transfer boolean not null,
    exclusive_licence boolean not null,
    sole_licence boolean not null,
    ordinary_licence boolean not null,
    co_development boolean not null,
    equity boolean not null,
    price_mode text check (price_mode in ('negotiation', 'fixed', 'range')),
    price_from bigint check (price_from >= 0),
    price_to bigint check (price_to >= 0),
    inventors text not null,
    description text not null,
    advantages text not null,
    conditions text not null,
    check (price_to is null or price_from is null or price_from <= price_to)
);
create unique index achievements_registration on achievements_achievement (registration_number) where registration_number is not null;

create table achievements_owner (
    id text primary key,
    entry_id text not null references achievements_achievement (id) on delete cascade,
    position bigint not null check (position >= 0),
    name text not null,
    share double precision not null check (share > 0 and share <= 100),
    unique (entry_id, position)
);
