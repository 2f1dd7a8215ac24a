-- Mail that an act has caused, in the transaction of the act. The text goes once the mail is sent.
create table kernel_mail (
    id text primary key not null,
    mail_key text not null unique,
    to_address text not null,
    to_name text not null,
    subject text not null,
    body text not null,
    unsubscribe text not null,
    state text not null check (state in ('queued', 'sent', 'refused')),
    queued_at timestamptz not null,
    finished_at timestamptz
);
create index kernel_mail_finished on kernel_mail (finished_at) where finished_at is not null;

-- Where an account wants its mail; an address counts once its owner has confirmed it.
create table kernel_mail_address (
    account_id text primary key not null references kernel_account (id) on delete cascade,
    address text not null,
    confirmed_at timestamptz not null
);

-- Links in mails: random, stored as a hash, used once, for a while.
create table kernel_mail_token (
    token_hash text primary key not null,
    account_id text not null references kernel_account (id) on delete cascade,
    purpose text not null check (purpose in ('address', 'password')),
    address text not null,
    made_at timestamptz not null,
    expires_at timestamptz not null
);
create index kernel_mail_token_account on kernel_mail_token (account_id, purpose, made_at);
create index kernel_mail_token_expiry on kernel_mail_token (expires_at);
