-- Keys under which names are found again however they are written, pairs that may be one organisation, and the journal
-- of merges.
create table registry_name_key (
    block bigint not null,
    organisation_id text not null references registry_organisation (id) on delete cascade,
    primary key (organisation_id, block)
);
create index registry_name_key_block on registry_name_key (block, organisation_id);

-- The ids are no references: the pair stays when one of the two is merged.
create table registry_duplicate (
    id text primary key,
    first_id text not null,
    second_id text not null,
    reason text not null check (reason in ('identifier', 'same', 'sound', 'near', 'told')),
    state text not null check (state in ('open', 'different', 'merged')),
    found_at timestamptz not null,
    decided_by text,
    decided_at timestamptz,
    version bigint not null,
    unique (first_id, second_id)
);
create index registry_duplicate_state on registry_duplicate (state, id);
create index registry_duplicate_second on registry_duplicate (second_id);

create table registry_merge (
    id text primary key,
    kept_id text not null,
    dropped_id text not null,
    dropped_name text not null,
    dropped_row text not null,
    kept_before text not null,
    kept_after text not null,
    reason text not null,
    scope text not null,
    merged_by text not null,
    merged_at timestamptz not null,
    undone_by text,
    undone_at timestamptz,
    version bigint not null
);
create index registry_merge_dropped on registry_merge (dropped_id, id);
create index registry_merge_kept on registry_merge (kept_id, id);

-- Every reference that a merge moved; with `removed_row` a row that could not stand beside one of the kept organisation.
create table registry_merge_row (
    merge_id text not null references registry_merge (id),
    referring_table text not null,
    referring_column text not null,
    row_key text not null,
    removed_row text,
    primary key (merge_id, referring_table, referring_column, row_key)
);
