create table greetings_greeting (
    id text primary key not null,
    newcomer text not null,
    occasion text not null check (occasion in ('settling', 'anniversary')),
    day date not null,
    text text not null,
    version bigint not null
);
create index greetings_greeting_day on greetings_greeting (day, id);
