create table registry_place (
    id text primary key not null,
    code text not null unique,
    kind text not null check (kind in ('province', 'zone', 'group', 'city', 'htz', 'valley', 'park')),
    parent_id text references registry_place (id),
    name_zh text not null,
    name_en text not null,
    division_code text,
    position integer not null,
    path text not null unique,
    version integer not null
) strict;


create table registry_organisation (
    id text primary key not null,
    name text not null,
    name_en text,
    kind text not null check (kind in ('enterprise', 'university', 'institute', 'new_rd_institution', 'hospital', 'government', 'park_operator', 'incubator', 'bank', 'investor', 'insurer', 'guarantor', 'intermediary', 'alliance')),
    uscc text unique,
    place_id text references registry_place (id),
    website text,
    introduction text,
    former_names text,
    address text,
    email text,
    founded_on text,
    division_code text,
    industry_edition text not null check (industry_edition in ('2017', '2011')),
    industry text,
    strategic_industry text,
    high_tech_field text,
    cluster text,
    confirmed_on text,
    scope text not null,
    version integer not null
) strict;


create table registry_membership (
    id text primary key not null,
    account_id text not null references kernel_account (id),
    organisation_id text not null references registry_organisation (id),
    position text not null,
    since text not null,
    until text,
    version integer not null
) strict;


create table registry_person (
    id text primary key not null,
    name text not null,
    name_en text,
    orcid text unique,
    introduction text,
    account_id text unique references kernel_account (id),
    is_public integer not null,
    erased_at text,
    version integer not null
) strict;


create table registry_affiliation (
    id text primary key not null,
    person_id text not null references registry_person (id),
    organisation_id text not null references registry_organisation (id),
    position text not null,
    since text,
    until text,
    version integer not null
) strict;


create table registry_contact (
    id text primary key not null,
    person_id text not null unique references registry_person (id),
    email text,
    phone text,
    audience text not null check (audience in ('nobody', 'organisation', 'signed_in', 'everyone')),
    version integer not null
) strict;


create table registry_merge (
    id text primary key not null,
    entity text not null,
    kept_id text not null,
    dropped_id text not null,
    dropped_name text not null,
    dropped_row text not null,
    kept_before text not null,
    kept_after text not null,
    reason text not null,
    scope text not null,
    merged_by text not null,
    merged_at text not null,
    undone_by text,
    undone_at text,
    version integer not null
) strict;


create table registry_duplicate (
    id text primary key not null,
    first_id text not null,
    second_id text not null,
    reason text not null check (reason in ('identifier', 'same', 'sound', 'near', 'told')),
    state text not null check (state in ('open', 'different', 'merged')),
    found_at text not null,
    decided_by text,
    decided_at text,
    version integer not null
) strict;


create table registry_claim (
    id text primary key not null,
    organisation_id text not null references registry_organisation (id),
    account_id text not null references kernel_account (id),
    position text not null,
    way text not null check (way in ('document', 'letter', 'mail')),
    statement text not null,
    state text not null check (state in ('submitted', 'returned', 'approved', 'withdrawn')),
    reason text not null,
    scope text not null,
    code_hash text not null,
    code_until text,
    code_attempts integer not null,
    submitted_at text not null,
    decided_by text,
    decided_at text,
    version integer not null
) strict;


create table registry_invitation (
    id text primary key not null,
    organisation_id text not null references registry_organisation (id),
    position text not null,
    token_hash text not null unique,
    invited_by text not null references kernel_account (id),
    expires_at text not null,
    used_by text references kernel_account (id),
    used_at text,
    version integer not null
) strict;


create table facts_figures (
    id text primary key not null,
    organisation_id text not null references registry_organisation (id),
    year integer not null,
    staff integer,
    rd_staff integer,
    revenue integer,
    main_revenue integer,
    high_tech_income integer,
    cost integer,
    rd_spend integer,
    assets integer,
    net_assets integer,
    liabilities integer,
    tax integer,
    exports integer,
    class_one integer,
    class_one_own integer,
    class_one_high integer,
    class_two integer,
    conversions integer,
    source text not null,
    state text not null check (state in ('draft', 'submitted', 'returned', 'approved')),
    scope text not null,
    submitted_by text,
    approved_by text,
    approved_at text,
    reason text not null,
    version integer not null
) strict;


create table facts_band (
    id text primary key not null,
    scheme text not null,
    item text not null,
    measure text not null,
    lower integer not null,
    above integer not null,
    points_min integer not null,
    points_max integer not null,
    valid_from text not null,
    valid_to text,
    source text not null,
    confirmed integer not null,
    version integer not null
) strict;


create table kernel_account (
    id text primary key not null,
    login text not null unique,
    name text not null,
    language text not null,
    state text not null check (state in ('active', 'suspended')),
    demo integer not null,
    created_at text not null,
    signed_in_at text,
    version integer not null
) strict;


create table kernel_role_grant (
    id text primary key not null,
    account_id text not null references kernel_account (id),
    role text not null,
    scope text not null,
    valid_from text not null,
    valid_to text,
    granted_by text not null,
    granted_at text not null
) strict;


create table rights_right (
    id text primary key not null,
    kind text not null check (kind in ('invention', 'utility_model', 'design', 'trademark', 'copyright', 'software', 'layout_design', 'plant_variety', 'geographical_indication')),
    country text not null,
    title text not null,
    title_en text,
    application_number text,
    publication_number text,
    grant_number text,
    application_date text,
    publication_date text,
    grant_date text,
    variant text not null check (variant in ('ordinary', 'woody_plant', 'natural_person')),
    declared_expiry text,
    expires_on text,
    legal_status text not null check (legal_status in ('pending', 'published', 'granted', 'expired', 'lapsed', 'invalidated', 'withdrawn', 'refused')),
    encumbrance text not null check (encumbrance in ('free', 'ordinary_licence', 'sole_licence', 'exclusive_licence', 'listing', 'pledge', 'dispute', 'lapsed')),
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
    fee_year_paid integer,
    next_fee_due text,
    source text,
    checked_on text not null,
    version integer not null
) strict;


create table rights_holder (
    id text primary key not null,
    right_id text not null references rights_right (id),
    position integer not null,
    organisation_id text references registry_organisation (id),
    name text not null,
    share_ppm integer not null
) strict;


create table rights_inventor (
    id text primary key not null,
    right_id text not null references rights_right (id),
    position integer not null,
    name text not null
) strict;


create table rights_classification (
    id text primary key not null,
    right_id text not null references rights_right (id),
    position integer not null,
    scheme text not null check (scheme in ('ipc', 'cpc', 'locarno', 'nice')),
    symbol text not null
) strict;


create table rights_encumbrance (
    id text primary key not null,
    right_id text not null references rights_right (id),
    kind text not null check (kind in ('ordinary_licence', 'sole_licence', 'exclusive_licence', 'listing', 'pledge', 'dispute')),
    holder_id text references registry_organisation (id),
    holder_name text not null,
    reason text not null,
    source text not null,
    source_id text not null,
    since text not null,
    until text,
    consented integer not null,
    consent text,
    taken_at text not null,
    taken_by text not null,
    taken_by_name text not null,
    released_at text,
    release_reason text,
    version integer not null
) strict;


create table rights_fee_payment (
    id text primary key not null,
    right_id text not null references rights_right (id),
    fee_year integer not null,
    paid_on text not null,
    amount integer not null,
    surcharge integer not null,
    receipt text,
    entered_by_name text not null,
    entered_at text not null
) strict;


create table rights_project (
    id text primary key not null,
    kind text not null check (kind in ('portfolio', 'pool', 'navigation', 'custody')),
    title text not null,
    summary text,
    manager text not null,
    manager_id text references registry_organisation (id),
    state text not null check (state in ('running', 'ended')),
    since text not null,
    until text,
    terms text,
    scope text not null,
    version integer not null
) strict;


create table rights_project_member (
    id text primary key not null,
    project_id text not null references rights_project (id),
    right_id text not null references rights_right (id),
    joined_on text not null,
    joined_by_name text not null
) strict;


create table rights_term_rule (
    id text primary key not null,
    kind text not null check (kind in ('invention', 'utility_model', 'design', 'trademark', 'copyright', 'software', 'layout_design', 'plant_variety', 'geographical_indication')),
    variant text not null check (variant in ('ordinary', 'woody_plant', 'natural_person')),
    counted_from text not null check (counted_from in ('application', 'grant', 'publication')),
    years integer not null,
    to_year_end integer not null,
    since text not null,
    until text,
    law text not null,
    confirmed integer not null,
    version integer not null
) strict;


create table rights_fee_rule (
    id text primary key not null,
    kind text not null check (kind in ('invention', 'utility_model', 'design', 'trademark', 'copyright', 'software', 'layout_design', 'plant_variety', 'geographical_indication')),
    year_from integer not null,
    year_to integer not null,
    amount integer not null,
    since text not null,
    until text,
    law text not null,
    confirmed integer not null,
    version integer not null
) strict;


create table rights_surcharge_rule (
    id text primary key not null,
    month integer not null,
    percent integer not null,
    since text not null,
    until text,
    law text not null,
    confirmed integer not null,
    version integer not null
) strict;


create table rights_compatibility (
    id text primary key not null,
    wanted text not null check (wanted in ('ordinary_licence', 'sole_licence', 'exclusive_licence', 'listing', 'pledge', 'dispute')),
    held text not null check (held in ('ordinary_licence', 'sole_licence', 'exclusive_licence', 'listing', 'pledge', 'dispute')),
    verdict text not null check (verdict in ('consent', 'never')),
    since text not null,
    until text,
    law text not null,
    confirmed integer not null,
    version integer not null
) strict;


create table rights_requirement (
    id text primary key not null,
    wanted text not null check (wanted in ('ordinary_licence', 'sole_licence', 'exclusive_licence', 'listing', 'pledge', 'dispute')),
    condition text not null check (condition in ('granted', 'disclosed', 'co_owners_consent', 'fees_paid', 'within_term')),
    since text not null,
    until text,
    law text not null,
    confirmed integer not null,
    version integer not null
) strict;


create table rights_mapping (
    id text primary key not null,
    code text not null unique,
    name text not null,
    rules text not null,
    licence text,
    version integer not null
) strict;


create table standards_standard (
    id text primary key not null,
    number text not null unique,
    title text not null,
    title_en text,
    level text not null check (level in ('national_mandatory', 'national', 'sector', 'local', 'association', 'enterprise', 'international')),
    status text not null check (status in ('drafting', 'approved', 'in_force', 'superseded', 'withdrawn')),
    published_on text,
    in_force_on text,
    ended_on text,
    replaced_by text,
    adoption text not null check (adoption in ('none', 'identical', 'modified', 'not_equivalent')),
    adopted_number text,
    ics text,
    organisations text,
    people text,
    summary text,
    source text,
    scope text not null,
    version integer not null
) strict;


create table standards_drafter (
    id text primary key not null,
    standard_id text not null references standards_standard (id),
    position integer not null,
    kind text not null check (kind in ('organisation', 'person')),
    organisation_id text references registry_organisation (id),
    name text not null
) strict;


create table indicators_source (
    id text primary key not null,
    code text not null unique,
    title text not null,
    title_en text not null,
    url text not null,
    published text,
    note text not null,
    version integer not null
) strict;


create table indicators_indicator (
    id text primary key not null,
    code text not null unique,
    series_code text not null,
    name_zh text not null,
    name_en text not null,
    unit text not null,
    unit_en text not null,
    kind text not null check (kind in ('cumulative_count', 'stock', 'flow', 'ratio', 'stock_ratio', 'cagr', 'rank', 'list', 'count')),
    direction text not null check (direction in ('up', 'down')),
    topic text not null check (topic in ('environment', 'input', 'performance', 'competitiveness', 'series')),
    decimals integer not null,
    numerator_code text not null,
    denominator_code text not null,
    factor real not null,
    definition_zh text not null,
    definition_en text not null,
    formula_zh text not null,
    formula_en text not null,
    position integer not null,
    status text not null check (status in ('active', 'retired')),
    version integer not null
) strict;


create table indicators_target (
    id text primary key not null,
    indicator text not null,
    place text not null,
    from_year integer not null,
    year integer not null,
    comparator text not null check (comparator in ('at_least', 'reach', 'strive', 'range', 'at_most', 'list')),
    value real,
    value_to real,
    soft integer not null,
    base_value real,
    base_year integer,
    base_derived integer not null,
    growth_percent real,
    source text not null,
    status text not null check (status in ('verified_body_text', 'verified', 'secondary', 'derived', 'reported', 'estimated', 'background', 'missing')),
    plan text not null,
    note text not null,
    version integer not null
) strict;


create table indicators_import (
    id text primary key not null,
    kind text not null check (kind in ('sources', 'indicators', 'targets', 'observations')),
    file_name text not null,
    sha256 text not null,
    rows integer not null,
    inserted integer not null,
    updated integer not null,
    imported_by text not null,
    imported_at text not null
) strict;


create table indicators_observation (
    id text primary key not null,
    indicator text not null,
    place text not null,
    period_kind text not null check (period_kind in ('year', 'half', 'month', 'day', 'other')),
    period text not null,
    period_start text not null,
    period_end text not null,
    as_of text,
    vintage text not null,
    revision integer not null,
    value real not null,
    numerator real,
    denominator real,
    denominator_note text not null,
    unit text not null,
    approximate integer not null,
    source text not null,
    note text not null,
    note_en text not null,
    status text not null check (status in ('verified_body_text', 'verified', 'secondary', 'derived', 'reported', 'estimated', 'background', 'missing')),
    state text not null check (state in ('draft', 'submitted', 'returned', 'approved', 'published', 'discarded')),
    entered_by text not null,
    entered_by_name text not null,
    entered_at text not null,
    approved_by text not null,
    approved_by_name text not null,
    approved_at text,
    known_on text,
    restates text references indicators_observation (id),
    reason text not null,
    import_id text references indicators_import (id),
    version integer not null
) strict;


create table indicators_period_lock (
    id text primary key not null,
    plan text not null,
    place text not null,
    period text not null,
    period_start text not null,
    period_end text not null,
    locked_by text not null,
    locked_at text not null,
    report_id text not null
) strict;


create table plan_plan (
    id text primary key not null,
    code text not null unique,
    doc_no text not null,
    title_zh text not null,
    title_en text not null,
    issued text,
    year_from integer not null,
    year_to integer not null,
    predecessor text not null,
    state text not null check (state in ('drafted', 'in_force', 'ended')),
    url text not null,
    note_zh text not null,
    note_en text not null,
    version integer not null
) strict;


create table plan_section (
    id text primary key not null,
    code text not null unique,
    plan text not null,
    parent text not null,
    number text not null,
    title_zh text not null,
    title_en text not null,
    position integer not null,
    version integer not null
) strict;


create table plan_task (
    id text primary key not null,
    code text not null unique,
    plan text not null,
    section text not null,
    parent text not null,
    title_zh text not null,
    title_en text not null,
    deliverables_zh text not null,
    deliverables_en text not null,
    places text not null,
    quota text not null,
    soft integer not null,
    lead_unit text not null,
    lead_unit_id text references registry_organisation (id),
    coop_units text not null,
    due text,
    state text not null check (state in ('drafted', 'assigned', 'under_way', 'reported', 'verified', 'closed', 'delayed', 'suspended')),
    percent integer not null,
    topic text not null,
    source text not null,
    status text not null check (status in ('verified_body_text', 'derived_from_body_text', 'entered')),
    scope text not null,
    reported_by text not null,
    position integer not null,
    version integer not null
) strict;


create table plan_task_unit (
    id text primary key not null,
    task text not null,
    organisation_id text not null references registry_organisation (id),
    role text not null check (role in ('lead', 'cooperating'))
) strict;


create table plan_task_place (
    id text primary key not null,
    task text not null,
    place text not null,
    scope text not null
) strict;


create table plan_task_indicator (
    id text primary key not null,
    code text not null unique,
    task text not null,
    indicator text not null,
    version integer not null
) strict;


create table plan_milestone (
    id text primary key not null,
    code text not null unique,
    task text not null,
    year integer not null,
    text text not null,
    version integer not null
) strict;


create table plan_progress_entry (
    id text primary key not null,
    task text not null,
    day text not null,
    percent integer not null,
    text text not null,
    entered_by text not null,
    entered_by_name text not null,
    entered_at text not null
) strict;


create table plan_comment (
    id text primary key not null,
    task text not null,
    text text not null,
    entered_by text not null,
    entered_by_name text not null,
    entered_at text not null
) strict;


create table plan_follower (
    id text primary key not null,
    task text not null,
    account_id text not null
) strict;


create table plan_notice (
    id text primary key not null,
    task text not null,
    text text not null,
    issued_on text not null,
    days integer not null,
    due text not null,
    state text not null check (state in ('open', 'paused', 'answered', 'closed')),
    answer text not null,
    answered_on text,
    issued_by text not null,
    issued_by_name text not null,
    answered_by text not null,
    answered_by_name text not null,
    scope text not null,
    version integer not null
) strict;


create table plan_notice_pause (
    id text primary key not null,
    notice_id text not null references plan_notice (id),
    from_day text not null,
    to_day text
) strict;


create table plan_term (
    id text primary key not null,
    kind text not null check (kind in ('supervision_answer', 'report_reminder')),
    days integer not null,
    valid_from text not null,
    confirmed integer not null,
    source text not null,
    version integer not null
) strict;


create table plan_report (
    id text primary key not null,
    plan text not null,
    place text not null,
    kind text not null check (kind in ('half_year', 'annual')),
    period text not null,
    due text not null,
    state text not null check (state in ('open', 'submitted', 'returned', 'accepted', 'published')),
    summary text not null,
    submitted_on text,
    submitted_by text not null,
    submitted_by_name text not null,
    accepted_by text not null,
    accepted_by_name text not null,
    accepted_on text,
    published_by text not null,
    published_by_name text not null,
    published_on text,
    scope text not null,
    version integer not null
) strict;


create table plan_report_figure (
    id text primary key not null,
    report_id text not null references plan_report (id),
    indicator text not null,
    value real,
    note text not null,
    observation_id text not null
) strict;


create table plan_report_task (
    id text primary key not null,
    report_id text not null references plan_report (id),
    task text not null,
    percent integer,
    text text not null
) strict;


create table plan_restatement (
    id text primary key not null,
    report_id text not null references plan_report (id),
    indicator text not null,
    value_before real,
    as_of_before text,
    value real not null,
    as_of text,
    reason text not null,
    state text not null check (state in ('asked', 'approved', 'refused', 'withdrawn')),
    asked_by text not null,
    asked_by_name text not null,
    asked_on text not null,
    decided_by text not null,
    decided_by_name text not null,
    decided_on text,
    answer text not null,
    observation_id text not null,
    scope text not null,
    version integer not null
) strict;


create table library_entry (
    id text primary key not null,
    kind text not null,
    number text not null unique,
    title text not null,
    abstract text not null,
    organisation_id text references registry_organisation (id),
    account_id text not null references kernel_account (id),
    place text not null,
    scope text not null,
    state text not null check (state in ('draft', 'submitted', 'returned', 'published', 'withdrawn', 'expired', 'ended', 'discarded')),
    abstract_for text not null check (abstract_for in ('everyone', 'members', 'undertaking', 'consent')),
    body_for text not null check (body_for in ('everyone', 'members', 'undertaking', 'consent')),
    files_for text not null check (files_for in ('everyone', 'members', 'undertaking', 'consent')),
    completeness integer not null,
    complete integer not null,
    words text not null,
    abstract_words text not null,
    submitted_at text,
    published_on text,
    confirmed_on text,
    confirm_by text,
    check_on text,
    freshness text not null check (freshness in ('fresh', 'reminded', 'overdue')),
    outcome text check (outcome in ('transfer', 'licence', 'development', 'investment', 'service', 'employment', 'elsewhere', 'no_agreement', 'not_needed')),
    ended_on text,
    returned_because text not null,
    interests integer not null,
    files integer not null,
    version integer not null
) strict;


create table library_thread (
    id text primary key not null,
    entry_id text not null references library_entry (id),
    account_id text not null references kernel_account (id),
    account_name text not null,
    state text not null check (state in ('waiting', 'escalated', 'answered', 'closed')),
    wish text not null check (wish in ('nothing', 'body', 'files')),
    opened_at text not null,
    answer_due text not null,
    answered_on text,
    escalated_on text,
    officer_id text references kernel_account (id),
    officer_name text not null,
    outcome text check (outcome in ('transfer', 'licence', 'development', 'investment', 'service', 'employment', 'elsewhere', 'no_agreement', 'not_needed')),
    closed_on text,
    version integer not null
) strict;


create table library_term (
    id text primary key not null,
    kind text not null check (kind in ('confirm_days', 'remind_days', 'grace_days', 'answer_workdays')),
    days integer not null,
    valid_from text not null,
    confirmed integer not null,
    source text not null,
    version integer not null
) strict;


create table achievements_achievement (
    id text primary key not null,
    form text check (form in ('technology', 'product', 'process', 'material', 'software', 'variety')),
    stage text check (stage in ('research', 'laboratory', 'pilot', 'prototype', 'production')),
    readiness text check (readiness in ('trl1', 'trl2', 'trl3', 'trl4', 'trl5', 'trl6', 'trl7', 'trl8', 'trl9', 'trl10', 'trl11', 'trl12', 'trl13')),
    tech_field text check (tech_field in ('electronics', 'biomedicine', 'aerospace', 'new_materials', 'high_tech_services', 'new_energy', 'environment', 'advanced_manufacturing')),
    industry text,
    completed_on text,
    registration_number text,
    transfer integer not null,
    exclusive_licence integer not null,
    sole_licence integer not null,
    ordinary_licence integer not null,
    co_development integer not null,
    equity integer not null,
    price_mode text check (price_mode in ('negotiation', 'fixed', 'range')),
    price_from integer,
    price_to integer,
    inventors text not null,
    description text not null,
    advantages text not null,
    conditions text not null
) strict;


create table achievements_owner (
    id text primary key not null,
    entry_id text not null references achievements_achievement (id),
    position integer not null,
    name text not null,
    share real not null
) strict;


create table achievements_related_right (
    id text primary key not null,
    entry_id text not null references achievements_achievement (id),
    position integer not null,
    number text not null
) strict;


create table demands_demand (
    id text primary key not null,
    tech_field text check (tech_field in ('electronics', 'biomedicine', 'aerospace', 'new_materials', 'high_tech_services', 'new_energy', 'environment', 'advanced_manufacturing')),
    industry text,
    deadline text,
    buy integer not null,
    license integer not null,
    develop_jointly integer not null,
    entrust integer not null,
    consult integer not null,
    budget_from integer,
    budget_to integer,
    budget_open integer not null,
    confidentiality text check (confidentiality in ('open', 'business_secret')),
    problem text not null,
    situation text not null,
    acceptance text not null
) strict;


create table demands_target (
    id text primary key not null,
    entry_id text not null references demands_demand (id),
    position integer not null,
    name text not null,
    bound text not null check (bound in ('at_least', 'at_most', 'equal')),
    figure real not null,
    unit text,
    present text
) strict;


create table demands_talent (
    id text primary key not null,
    direction text check (direction in ('wanted', 'offered')),
    level text check (level in ('top', 'leading', 'young', 'professional', 'skilled')),
    engagement text check (engagement in ('full_time', 'part_time', 'visiting', 'project', 'postdoctoral')),
    tech_field text check (tech_field in ('electronics', 'biomedicine', 'aerospace', 'new_materials', 'high_tech_services', 'new_energy', 'environment', 'advanced_manufacturing')),
    persons integer,
    from_on text,
    pay_from integer,
    pay_to integer,
    duties text not null,
    requirements text not null,
    offer text not null
) strict;


create table experts_expert (
    id text primary key not null,
    name text,
    category text check (category in ('technology', 'management', 'finance', 'law', 'industry')),
    rank text check (rank in ('senior', 'associate_senior', 'intermediate', 'other')),
    employer text,
    department text,
    post text,
    tech_field text check (tech_field in ('electronics', 'biomedicine', 'aerospace', 'new_materials', 'high_tech_services', 'new_energy', 'environment', 'advanced_manufacturing')),
    industry text,
    speciality text,
    directions text not null,
    availability text check (availability in ('available', 'limited', 'unavailable')),
    available_from text,
    consulting integer not null,
    review integer not null,
    joint_research integer not null,
    training integer not null,
    lecturing integer not null,
    chinese integer not null,
    english integer not null,
    japanese integer not null,
    german integer not null,
    french integer not null,
    russian integer not null,
    experience text not null,
    phone text,
    email text
) strict;


create table experts_evidence (
    id text primary key not null,
    entry_id text not null references experts_expert (id),
    position integer not null,
    kind text not null check (kind in ('achievement', 'right', 'project', 'paper', 'standard', 'award')),
    title text not null,
    reference text,
    year integer
) strict;


create table experts_avoidance (
    id text primary key not null,
    entry_id text not null references experts_expert (id),
    position integer not null,
    ground text not null check (ground in ('employer', 'co_author', 'family', 'other')),
    name text not null
) strict;


create table intermediaries_intermediary (
    id text primary key not null,
    technology_transfer integer not null,
    patent_agency integer not null,
    valuation integer not null,
    legal integer not null,
    accounting integer not null,
    finance integer not null,
    testing integer not null,
    incubation integer not null,
    training integer not null,
    industry text,
    since text,
    coverage text not null,
    description text not null,
    tariff_terms text not null,
    contact text,
    phone text,
    email text
) strict;


create table intermediaries_licence (
    id text primary key not null,
    entry_id text not null references intermediaries_intermediary (id),
    position integer not null,
    name text not null,
    number text not null,
    issuer text not null,
    valid_from text,
    valid_until text
) strict;


create table intermediaries_price (
    id text primary key not null,
    entry_id text not null references intermediaries_intermediary (id),
    position integer not null,
    service text not null,
    basis text not null check (basis in ('fixed', 'share', 'hourly', 'daily', 'agreed')),
    amount integer,
    percent real
) strict;


create table intermediaries_staff (
    id text primary key not null,
    entry_id text not null references intermediaries_intermediary (id),
    position integer not null,
    name text not null,
    certificate text not null,
    number text,
    valid_until text
) strict;


create table matching_pair (
    id text primary key not null,
    from_kind text not null,
    to_kind text not null,
    words_weight integer not null,
    field_weight integer not null,
    industry_weight integer not null,
    place_weight integer not null,
    readiness_weight integer not null,
    price_weight integer not null,
    threshold integer not null,
    active integer not null,
    version integer not null
) strict;


create table matching_mark (
    id text primary key not null,
    account_id text not null references kernel_account (id),
    subject text not null,
    candidate text not null,
    verdict text not null check (verdict in ('shortlisted', 'hidden')),
    because text check (because in ('not_relevant', 'too_expensive', 'wrong_stage', 'too_far', 'known_already', 'other')),
    at text not null
) strict;


create table exchange_repository (
    id text primary key not null,
    name text not null unique,
    address text not null,
    set_spec text,
    every_hours integer not null,
    active integer not null,
    state text not null check (state in ('new', 'running', 'harvested', 'failed')),
    harvested_until text,
    token text,
    last_error text,
    last_run_at text,
    records integer not null,
    version integer not null
) strict;


create table exchange_harvested (
    id text primary key not null,
    title text not null,
    repository_id text not null references exchange_repository (id),
    identifier text not null,
    datestamp text not null,
    deleted integer not null,
    creators text,
    subjects text,
    description text,
    published text,
    kind text,
    language text,
    link text,
    state text not null check (state in ('waiting', 'taken', 'dismissed')),
    harvested_at text not null,
    version integer not null
) strict;


