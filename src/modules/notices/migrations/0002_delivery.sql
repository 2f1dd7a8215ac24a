-- Whether and how often an account gets its notices by mail, and the word that stops them with one click.
create table notices_delivery (
    account_id text primary key not null references kernel_account (id) on delete cascade,
    rhythm text not null check (rhythm in ('at_once', 'daily', 'none')),
    unsubscribe text not null unique,
    last_event bigint not null,
    sent_at timestamptz
);
create index notices_delivery_daily on notices_delivery (account_id) where rhythm = 'daily';

-- Who may see what an entry is about; asked again before it leaves the house.
alter table notices_entry add column visibility text not null default 'public';
alter table notices_entry add column scope text not null default 'zone';
