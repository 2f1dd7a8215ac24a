-- Figures of organisations by year and the dated tables that score them.
create table facts_figures (
    id text primary key,
    organisation_id text not null references registry_organisation (id),
    year bigint not null check (year between 1949 and 2100),
    staff bigint,
    rd_staff bigint,
    revenue bigint,
    main_revenue bigint,
    high_tech_income bigint,
    cost bigint,
    rd_spend bigint,
    assets bigint,
    net_assets bigint,
    liabilities bigint,
    tax bigint,
    exports bigint,
    class_one bigint,
    class_one_own bigint,
    class_one_high bigint,
    class_two bigint,
    conversions bigint,
    source text not null,
    state text not null check (state in ('draft', 'submitted', 'returned', 'approved')),
    scope text not null,
    submitted_by text,
    approved_by text,
    approved_at timestamptz,
    reason text not null,
    version bigint not null,
    unique (organisation_id, year),
    -- Another person approves than the one who submitted.
    check (state <> 'approved' or (approved_by is not null and submitted_by is not null and approved_by <> submitted_by))
);
create index facts_figures_state on facts_figures (state, id);

create table facts_band (
    id text primary key,
    scheme text not null,
    item text not null,
    measure text not null,
    lower bigint not null,
    above boolean not null,
    points_min bigint not null,
    points_max bigint not null,
    valid_from date not null,
    valid_to date,
    source text not null,
    confirmed boolean not null,
    version bigint not null,
    unique (scheme, item, measure, lower, valid_from),
    check (points_min <= points_max)
);
