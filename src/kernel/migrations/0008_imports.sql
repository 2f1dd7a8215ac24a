-- Imports that were begun: the file waits in kernel_blob until the import's own transaction marks it stored, so that
-- one which was interrupted is found again and stored exactly once.
create table kernel_import (
    id text primary key not null,
    target text not null,
    file_name text not null,
    sha256 text not null,
    state text not null check (state in ('waiting', 'stored', 'refused', 'discarded')),
    begun_by text not null,
    begun_by_name text not null,
    begun_at timestamptz not null,
    attempts bigint not null,
    finished_at timestamptz
);
create unique index kernel_import_waiting on kernel_import (target, sha256, begun_by) where state = 'waiting';
create index kernel_import_target on kernel_import (target, state, begun_at);
create index kernel_import_sha256 on kernel_import (sha256);
