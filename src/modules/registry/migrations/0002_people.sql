-- What else is known of an organisation; people, where they work and how they are reached.
alter table registry_organisation add column former_names text;
alter table registry_organisation add column address text;
alter table registry_organisation add column email text;
alter table registry_organisation add column founded_on date;
alter table registry_organisation add column division_code text;
alter table registry_organisation add column industry_edition text not null default '2017'
    check (industry_edition in ('2017', '2011'));
alter table registry_organisation add column industry text;
alter table registry_organisation add column strategic_industry text;
alter table registry_organisation add column high_tech_field text;
alter table registry_organisation add column cluster text;
alter table registry_organisation add column confirmed_on date;
create index registry_organisation_cluster on registry_organisation (cluster, id);

create table registry_person (
    id text primary key,
    name text not null,
    name_en text,
    orcid text unique,
    introduction text,
    account_id text unique references kernel_account (id),
    is_public boolean not null,
    erased_at timestamptz,
    version bigint not null
);
create index registry_person_name on registry_person (name, id);

create table registry_affiliation (
    id text primary key,
    person_id text not null references registry_person (id),
    organisation_id text not null references registry_organisation (id),
    position text not null,
    since date,
    until date,
    version bigint not null,
    check (until is null or since is null or until > since)
);
create index registry_affiliation_person on registry_affiliation (person_id);
create index registry_affiliation_organisation on registry_affiliation (organisation_id);

create table registry_contact (
    id text primary key,
    person_id text not null unique references registry_person (id),
    email text,
    phone text,
    audience text not null check (audience in ('nobody', 'organisation', 'signed_in', 'everyone')),
    version bigint not null
);
