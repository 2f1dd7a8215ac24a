create table demands_demand (
    id text primary key references library_entry (id) on delete cascade,
    tech_field text check (tech_field in ('electronics', 'biomedicine', 'aerospace', 'new_materials', 'high_tech_services', 'new_energy', 'environment', 'advanced_manufacturing')),
    industry text,
    deadline date,
    buy boolean not null,
    license boolean not null,
    develop_jointly boolean not null,
    entrust boolean not null,
    consult boolean not null,
    budget_from bigint check (budget_from >= 0),
    budget_to bigint check (budget_to >= 0),
    budget_open boolean not null,
    confidentiality text check (confidentiality in ('open', 'business_secret')),
    problem text not null,
    situation text not null,
    acceptance text not null,
    check (budget_to is null or budget_from is null or budget_from <= budget_to)
);

create table demands_target (
    id text primary key,
    entry_id text not null references demands_demand (id) on delete cascade,
    position bigint not null check (position >= 0),
    name text not null,
    bound text not null check (bound in ('at_least', 'at_most', 'equal')),
    figure double precision not null,
    unit text,
    present text,
    unique (entry_id, position)
);

create table demands_talent (
    id text primary key references library_entry (id) on delete cascade,
    direction text check (direction in ('wanted', 'offered')),
    level text check (level in ('top', 'leading', 'young', 'professional', 'skilled')),
    engagement text check (engagement in ('full_time', 'part_time', 'visiting', 'project', 'postdoctoral')),
    tech_field text check (tech_field in ('electronics', 'biomedicine', 'aerospace', 'new_materials', 'high_tech_services', 'new_energy', 'environment', 'advanced_manufacturing')),
    persons bigint check (persons between 1 and 1000),
    from_on date,
    pay_from bigint check (pay_from >= 0),
    pay_to bigint check (pay_to >= 0),
    duties text not null,
    requirements text not null,
    offer text not null,
    check (pay_to is null or pay_from is null or pay_from <= pay_to)
);
