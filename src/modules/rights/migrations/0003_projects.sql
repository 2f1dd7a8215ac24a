-- Operation of rights: portfolios, pools, navigation projects, custody.
create table rights_project (
    id text primary key,
    kind text not null check (kind in ('portfolio', 'pool', 'navigation', 'custody')),
    title text not null,
    summary text,
    manager text not null,
    manager_id text references registry_organisation (id),
    state text not null check (state in ('running', 'ended')),
    since date not null,
    until date,
    terms text,
    scope text not null,
    version bigint not null,
    check (until is null or until >= since),
    check (kind <> 'custody' or until is not null)
);
create index rights_project_kind on rights_project (kind, id);
create index rights_project_manager on rights_project (manager_id, id);
create index rights_project_title on rights_project (title, id);

create table rights_project_member (
    id text primary key,
    project_id text not null references rights_project (id),
    right_id text not null references rights_right (id),
    joined_on date not null,
    joined_by_name text not null,
    unique (project_id, right_id)
);
create index rights_project_member_right on rights_project_member (right_id, project_id);
