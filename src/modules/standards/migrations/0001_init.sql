-- The library of standards and who takes part in drafting them.
create table standards_standard (
    id text primary key,
    number text not null unique,
    title text not null,
    title_en text,
    level text not null check (level in ('national_mandatory', 'national', 'sector', 'local', 'association', 'enterprise',
        'international')),
    status text not null check (status in ('drafting', 'approved', 'in_force', 'superseded', 'withdrawn')),
    published_on date,
    in_force_on date,
    ended_on date,
    replaced_by text,
    adoption text not null check (adoption in ('none', 'identical', 'modified', 'not_equivalent')),
    adopted_number text,
    ics text,
    organisations text,
    people text,
    summary text,
    source text,
    scope text not null,
    version bigint not null,
    check (replaced_by is null or replaced_by <> number),
    check ((adoption = 'none') = (adopted_number is null))
);
create index standards_standard_level on standards_standard (level, id);
create index standards_standard_status on standards_standard (status, id);
create index standards_standard_title on standards_standard (title, id);
create index standards_standard_replaced on standards_standard (replaced_by) where replaced_by is not null;

create table standards_drafter (
    id text primary key,
    standard_id text not null references standards_standard (id),
    position bigint not null,
    kind text not null check (kind in ('organisation', 'person')),
    organisation_id text references registry_organisation (id),
    name text not null,
    unique (standard_id, kind, name)
);
create index standards_drafter_organisation on standards_drafter (organisation_id, standard_id);
