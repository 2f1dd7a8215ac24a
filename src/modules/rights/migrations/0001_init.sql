-- The register of rights, who holds them, what lies on them, and the dated rules of law it reads.
create table rights_right (
    id text primary key,
    kind text not null check (kind in ('invention', 'utility_model', 'design', 'trademark', 'copyright', 'software',
        'layout_design', 'plant_variety', 'geographical_indication')),
    country text not null,
    title text not null,
    title_en text,
    application_number text,
    publication_number text,
    grant_number text,
    application_date date,
    publication_date date,
    grant_date date,
    variant text not null check (variant in ('ordinary', 'woody_plant', 'natural_person')),
    declared_expiry date,
    expires_on date,
    legal_status text not null check (legal_status in ('pending', 'published', 'granted', 'expired', 'lapsed',
        'invalidated', 'withdrawn', 'refused')),
    encumbrance text not null check (encumbrance in ('free', 'ordinary_licence', 'sole_licence', 'exclusive_licence',
        'listing', 'pledge', 'dispute', 'lapsed')),
    disclosure text not null check (disclosure in ('open', 'undisclosed')),
    main_class text,
    section text not null,
    docket text,
    family text,
    summary text,
    holders text not null,
    inventors text not null,
    city text not null,
    scope text not null,
    fee_year_paid bigint check (fee_year_paid between 1 and 30),
    next_fee_due date,
    source text,
    checked_on date not null,
    version bigint not null,
    check ((encumbrance = 'lapsed') = (legal_status in ('expired', 'lapsed', 'invalidated', 'withdrawn', 'refused'))),
    check (disclosure = 'open' or (legal_status = 'pending' and publication_number is null and grant_number is null))
);
create unique index rights_right_application on rights_right (country, kind, application_number);
create unique index rights_right_publication on rights_right (country, kind, publication_number);
create unique index rights_right_grant on rights_right (country, kind, grant_number);
create index rights_right_by_application on rights_right (application_number);
create index rights_right_by_publication on rights_right (publication_number);
create index rights_right_by_grant on rights_right (grant_number);
create index rights_right_kind on rights_right (kind, id);
create index rights_right_status on rights_right (legal_status, id);
create index rights_right_encumbrance on rights_right (encumbrance, id);
create index rights_right_city on rights_right (city, id);
create index rights_right_section on rights_right (section, id);
create index rights_right_undisclosed on rights_right (id) where disclosure = 'undisclosed';
create index rights_right_checked on rights_right (checked_on, id);
create index rights_right_title on rights_right (title, id);
create index rights_right_fee on rights_right (next_fee_due) where next_fee_due is not null;
create index rights_right_expiry on rights_right (expires_on) where expires_on is not null;
create index rights_right_docket on rights_right (docket) where docket is not null;
create index rights_right_family on rights_right (family) where family is not null;

create table rights_holder (
    id text primary key,
    right_id text not null references rights_right (id),
    position bigint not null,
    organisation_id text references registry_organisation (id),
    name text not null,
    share_ppm bigint not null check (share_ppm between 1 and 1000000),
    unique (right_id, position),
    unique (right_id, name)
);
create index rights_holder_organisation on rights_holder (organisation_id, right_id);

create table rights_inventor (
    id text primary key,
    right_id text not null references rights_right (id),
    position bigint not null,
    name text not null,
    unique (right_id, position)
);

create table rights_classification (
    id text primary key,
    right_id text not null references rights_right (id),
    position bigint not null,
    scheme text not null check (scheme in ('ipc', 'cpc', 'locarno', 'nice')),
    symbol text not null,
    unique (right_id, scheme, symbol)
);

create table rights_encumbrance (
    id text primary key,
    right_id text not null references rights_right (id),
    kind text not null check (kind in ('ordinary_licence', 'sole_licence', 'exclusive_licence', 'listing', 'pledge',
        'dispute')),
    holder_id text references registry_organisation (id),
    holder_name text not null,
    reason text not null,
    source text not null,
    source_id text not null,
    since date not null,
    until date,
    consented boolean not null,
    consent text,
    taken_at timestamptz not null,
    taken_by text not null,
    taken_by_name text not null,
    released_at timestamptz,
    release_reason text,
    version bigint not null,
    check (until is null or until >= since)
);
create index rights_encumbrance_right on rights_encumbrance (right_id, taken_at);
create index rights_encumbrance_until on rights_encumbrance (until) where released_at is null;
create unique index rights_encumbrance_source on rights_encumbrance (source, source_id, right_id) where released_at is null;
create unique index rights_encumbrance_one_exclusive on rights_encumbrance (right_id)
    where released_at is null and kind in ('sole_licence', 'exclusive_licence');
create unique index rights_encumbrance_one_listing on rights_encumbrance (right_id)
    where released_at is null and kind = 'listing';
create unique index rights_encumbrance_one_pledge on rights_encumbrance (right_id)
    where released_at is null and kind = 'pledge';

create table rights_fee_payment (
    id text primary key,
    right_id text not null references rights_right (id),
    fee_year bigint not null check (fee_year between 1 and 30),
    paid_on date not null,
    amount bigint not null check (amount >= 0),
    surcharge bigint not null check (surcharge >= 0),
    receipt text,
    entered_by_name text not null,
    entered_at timestamptz not null,
    unique (right_id, fee_year)
);

-- How many open rights there are of each combination, so that counting never reads the register.
create table rights_tally (
    kind text not null,
    legal_status text not null,
    encumbrance text not null,
    city text not null,
    section text not null,
    rights bigint not null check (rights >= 0),
    primary key (kind, legal_status, encumbrance, city, section)
);

create table rights_term_rule (
    id text primary key,
    kind text not null,
    variant text not null,
    counted_from text not null check (counted_from in ('application', 'grant', 'publication')),
    years bigint not null check (years between 1 and 100),
    to_year_end boolean not null,
    since date not null,
    until date,
    law text not null,
    confirmed boolean not null,
    version bigint not null,
    unique (kind, variant, counted_from, since),
    check (until is null or until > since)
);

create table rights_fee_rule (
    id text primary key,
    kind text not null,
    year_from bigint not null,
    year_to bigint not null,
    amount bigint not null check (amount >= 0),
    since date not null,
    until date,
    law text not null,
    confirmed boolean not null,
    version bigint not null,
    unique (kind, year_from, since),
    check (year_from <= year_to),
    check (until is null or until > since)
);

create table rights_surcharge_rule (
    id text primary key,
    month bigint not null check (month between 1 and 24),
    percent bigint not null check (percent between 0 and 100),
    since date not null,
    until date,
    law text not null,
    confirmed boolean not null,
    version bigint not null,
    unique (month, since),
    check (until is null or until > since)
);

create table rights_compatibility (
    id text primary key,
    wanted text not null,
    held text not null,
    verdict text not null check (verdict in ('consent', 'never')),
    since date not null,
    until date,
    law text not null,
    confirmed boolean not null,
    version bigint not null,
    unique (wanted, held, since),
    check (until is null or until > since)
);

create table rights_requirement (
    id text primary key,
    wanted text not null,
    condition text not null check (condition in ('granted', 'disclosed', 'co_owners_consent', 'fees_paid', 'within_term')),
    since date not null,
    until date,
    law text not null,
    confirmed boolean not null,
    version bigint not null,
    unique (wanted, condition, since),
    check (until is null or until > since)
);

create table rights_mapping (
    id text primary key,
    code text not null unique,
    name text not null,
    rules text not null,
    licence text,
    version bigint not null
);

-- Which reminders of a fee were given: the due date and how many days before.
create table rights_reminder (
    right_id text not null references rights_right (id),
    note text not null,
    primary key (right_id, note)
);
