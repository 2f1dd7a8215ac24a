-- Which keys have sealed secrets of this database; the keys themselves are in the key file, never here.
create table kernel_secret_key (
    id text primary key not null,
    made_at timestamptz not null
);
