-- Imports of table files: what was sent, how its columns were understood, what was found and what was done, so that a
-- run survives a restart and can be taken back as a whole. The content of a file waits in kernel_blob.
create table kernel_table_import (
    id text primary key,
    resource text not null,
    source text not null,
    file_name text not null,
    sha256 text not null,
    has_file boolean not null,
    account_id text not null,
    account_name text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    state text not null check (state in ('mapping', 'checking', 'refused', 'checked', 'running', 'done', 'stopping',
        'stopped', 'undoing', 'undone')),
    mapping text not null,
    rows_total bigint not null,
    rows_done bigint not null,
    created bigint not null,
    changed bigint not null,
    unchanged bigint not null,
    left_out bigint not null,
    problems bigint not null,
    taken_back bigint not null,
    kept bigint not null
);
create index kernel_table_import_list on kernel_table_import (resource, created_at);
create index kernel_table_import_age on kernel_table_import (state, updated_at);
create index kernel_table_import_sha256 on kernel_table_import (sha256);

-- The first problems of a check or a run, by line and column of the file.
create table kernel_table_import_problem (
    import_id text not null references kernel_table_import (id) on delete cascade,
    seq bigint not null,
    line bigint not null,
    col bigint not null,
    field text not null,
    key text not null,
    arguments text not null,
    primary key (import_id, seq)
);

-- The journal: what each row of the file made of which object; `before` holds the fields that an object had.
create table kernel_table_import_row (
    import_id text not null references kernel_table_import (id) on delete cascade,
    seq bigint not null,
    line bigint not null,
    object_id text not null,
    before text,
    version bigint not null,
    outcome text not null check (outcome in ('stored', 'taken_back', 'edited', 'in_use')),
    primary key (import_id, seq)
);
create index kernel_import_row_outcome on kernel_table_import_row (import_id, outcome, seq);
create index kernel_import_row_object on kernel_table_import_row (import_id, object_id);

-- How the columns of a source were understood last time.
create table kernel_table_import_mapping (
    resource text not null,
    source text not null,
    mapping text not null,
    updated_at timestamptz not null,
    primary key (resource, source)
);
