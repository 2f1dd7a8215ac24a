-- People are merged as organisations are, with the same journal.
alter table registry_merge add column entity text not null default 'registry.organisation'
    check (entity in ('registry.organisation', 'registry.person'));
create index registry_person_name_en on registry_person (name_en) where name_en is not null;
