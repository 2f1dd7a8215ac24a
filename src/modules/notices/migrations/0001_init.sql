create table notices_entry (
    account_id text not null references kernel_account (id) on delete cascade,
    event bigint not null,
    topic text not null,
    message text not null,
    subject_zh text not null,
    subject_en text not null,
    path text not null,
    at timestamptz not null,
    read_at timestamptz,
    primary key (account_id, event)
);
create index notices_entry_unread on notices_entry (account_id, event) where read_at is null;
create index notices_entry_read on notices_entry (account_id, event) where read_at is not null;
create index notices_entry_read_at on notices_entry (read_at) where read_at is not null;

create table notices_preference (
    account_id text not null references kernel_account (id) on delete cascade,
    topic text not null,
    wanted boolean not null,
    primary key (account_id, topic)
);
create index notices_preference_topic on notices_preference (topic) where wanted = false;
