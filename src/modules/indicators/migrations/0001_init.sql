create table indicators_source (
    id text primary key not null,
    code text not null unique,
    title text not null,
    title_en text not null,
    url text not null,
    published date,
    note text not null,
    version bigint not null
);

create table indicators_indicator (
    id text primary key not null,
    code text not null unique,
    series_code text not null,
    name_zh text not null,
    name_en text not null,
    unit text not null,
    unit_en text not null,
    kind text not null check (kind in ('cumulative_count', 'stock', 'flow', 'ratio', 'stock_ratio', 'cagr', 'rank', 'list', 'count')),
    direction text not null check (direction in ('up', 'down')),
    topic text not null check (topic in ('environment', 'input', 'performance', 'competitiveness', 'series')),
    decimals bigint not null check (decimals between 0 and 6),
    numerator_code text not null,
    denominator_code text not null,
    factor double precision not null check (factor > 0),
    definition_zh text not null,
    definition_en text not null,
    formula_zh text not null,
    formula_en text not null,
    position bigint not null,
    status text not null check (status in ('active', 'retired')),
    version bigint not null
);

create table indicators_target (
    id text primary key not null,
    plan text not null,
    indicator text not null references indicators_indicator (code),
    place text not null references registry_place (code),
    from_year bigint not null,
    year bigint not null,
    comparator text not null check (comparator in ('at_least', 'reach', 'strive', 'range', 'at_most', 'list')),
    value double precision,
    value_to double precision,
    soft boolean not null,
    base_value double precision,
    base_year bigint,
    base_derived boolean not null,
    growth_percent double precision,
    source text not null,
    status text not null check (status in ('verified_body_text', 'verified', 'secondary', 'derived', 'reported', 'estimated', 'background', 'missing')),
    note text not null,
    version bigint not null,
    unique (plan, indicator, place, year),
    check (from_year <= year),
    check (value_to is null or value <= value_to)
);

create table indicators_import (
    id text primary key not null,
    kind text not null check (kind in ('sources', 'indicators', 'targets', 'observations')),
    file_name text not null,
    sha256 text not null,
    rows bigint not null,
    inserted bigint not null,
    updated bigint not null,
    imported_by text not null,
    imported_at timestamptz not null,
    unique (kind, sha256)
);

create table indicators_observation (
    id text primary key not null,
    indicator text not null references indicators_indicator (code),
    place text not null references registry_place (code),
    period_kind text not null check (period_kind in ('year', 'half', 'month', 'day', 'other')),
    period text not null,
    period_start date not null,
    period_end date not null,
    as_of date,
    vintage date not null,
    revision bigint not null,
    value double precision not null,
    numerator double precision,
    denominator double precision,
    denominator_note text not null,
    unit text not null,
    approximate boolean not null,
    source text not null references indicators_source (code),
    note text not null,
    note_en text not null,
    status text not null check (status in ('verified_body_text', 'verified', 'secondary', 'derived', 'reported', 'estimated', 'background', 'missing')),
    state text not null check (state in ('draft', 'submitted', 'returned', 'approved', 'published', 'discarded')),
    entered_by text not null,
    entered_by_name text not null,
    entered_at timestamptz not null,
    approved_by text not null,
    approved_by_name text not null,
    approved_at timestamptz,
    known_on date,
    restates text references indicators_observation (id),
    reason text not null,
    import_id text references indicators_import (id),
    version bigint not null,
    check (period_start <= period_end),
    check (state not in ('approved', 'published') or approved_by <> ''),
    check (approved_by = '' or approved_by <> entered_by or entered_by = 'system'),
    check (state <> 'published' or known_on is not null),
    check (restates is null or reason <> '')
);
create unique index indicators_observation_once on indicators_observation
    (indicator, place, period_start, period_end, vintage, source, revision) where state <> 'discarded';
create index indicators_observation_figure on indicators_observation (state, indicator, place, period_end);
create index indicators_observation_place on indicators_observation (place, period_end, period_start);
create index indicators_observation_import on indicators_observation (import_id);
create index indicators_observation_restates on indicators_observation (restates);

create table indicators_period_lock (
    id text primary key not null,
    plan text not null,
    place text not null references registry_place (code),
    period text not null,
    period_start date not null,
    period_end date not null,
    locked_by text not null,
    locked_at timestamptz not null,
    report_id text not null,
    unique (plan, place, period_start, period_end)
);
create index indicators_period_lock_place on indicators_period_lock (place, period_start);
