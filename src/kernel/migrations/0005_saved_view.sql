-- A list as somebody likes to see it: filters, order and columns under a name of their own.
create table kernel_saved_view (
    id text primary key,
    account_id text not null references kernel_account (id) on delete cascade,
    path text not null,
    name text not null,
    query text not null,
    created_at timestamptz not null,
    unique (account_id, path, name)
);
