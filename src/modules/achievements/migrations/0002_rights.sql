create table achievements_related_right (
    id text primary key,
    entry_id text not null references achievements_achievement (id) on delete cascade,
    position bigint not null check (position >= 0),
    number text not null,
    unique (entry_id, position),
    unique (entry_id, number)
);
