create table experts_expert (
    id text primary key references library_entry (id) on delete cascade,
    name text,
    category text check (category in ('technology', 'management', 'finance', 'law', 'industry')),
    rank text check (rank in ('senior', 'associate_senior', 'intermediate', 'other')),
    employer text,
    department text,
    post text,
    tech_field text check (tech_field in ('electronics', 'biomedicine', 'aerospace', 'new_materials', 'high_tech_services', 'new_energy', 'environment', 'advanced_manufacturing')),
    industry text,
    speciality text,
    directions text not null,
    availability text check (availability in ('available', 'limited', 'unavailable')),
    available_from date,
    consulting boolean not null,
    review boolean not null,
    joint_research boolean not null,
    training boolean not null,
    lecturing boolean not null,
    chinese boolean not null,
    english boolean not null,
    japanese boolean not null,
    german boolean not null,
    french boolean not null,
    russian boolean not null,
    experience text not null,
    phone text,
    email text
);
create index experts_expert_field on experts_expert (tech_field, id) where tech_field is not null;

create table experts_evidence (
    id text primary key,
    entry_id text not null references experts_expert (id) on delete cascade,
    position bigint not null check (position >= 0),
    kind text not null check (kind in ('achievement', 'right', 'project', 'paper', 'standard', 'award')),
    title text not null,
    reference text,
    year bigint check (year between 1900 and 2200),
    unique (entry_id, position)
);

create table experts_avoidance (
    id text primary key,
    entry_id text not null references experts_expert (id) on delete cascade,
    position bigint not null check (position >= 0),
    ground text not null check (ground in ('employer', 'co_author', 'family', 'other')),
    name text not null,
    unique (entry_id, position)
);

-- What the finder looks up: the words of the layer that everybody may read.
create table experts_term (
    term text not null,
    entry_id text not null references experts_expert (id) on delete cascade,
    primary key (term, entry_id)
);
create index experts_term_entry on experts_term (entry_id);
