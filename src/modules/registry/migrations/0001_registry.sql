-- Places with the scope paths roles hold in, organisations and their members.
create table registry_place (
    id text primary key,
    code text not null unique,
    kind text not null check (kind in ('province', 'zone', 'group', 'city', 'htz', 'valley', 'park')),
    parent_id text references registry_place (id),
    name_zh text not null,
    name_en text not null,
    division_code text,
    position bigint not null,
    path text not null unique,
    version bigint not null
);
create index registry_place_parent on registry_place (parent_id);

create table registry_organisation (
    id text primary key,
    name text not null,
    name_en text,
    kind text not null check (kind in ('enterprise', 'university', 'institute', 'new_rd_institution', 'hospital', 'government',
        'park_operator', 'incubator', 'bank', 'investor', 'insurer', 'guarantor', 'intermediary', 'alliance')),
    uscc text unique,
    place_id text references registry_place (id),
    website text,
    introduction text,
    scope text not null,
    version bigint not null
);
create index registry_organisation_name on registry_organisation (name);
create index registry_organisation_kind on registry_organisation (kind, id);
create index registry_organisation_place on registry_organisation (place_id, id);
create index registry_organisation_scope on registry_organisation (scope, id);

create table registry_membership (
    id text primary key,
    account_id text not null references kernel_account (id),
    organisation_id text not null references registry_organisation (id),
    position text not null,
    since date not null,
    until date,
    version bigint not null,
    check (until is null or until > since),
    unique (account_id, organisation_id, since)
);
create index registry_membership_organisation on registry_membership (organisation_id);
