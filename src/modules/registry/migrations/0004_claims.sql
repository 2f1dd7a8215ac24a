-- Who may speak for an organisation: claims with their proof, and invitations by members.
create table registry_claim (
    id text primary key,
    organisation_id text not null references registry_organisation (id),
    account_id text not null references kernel_account (id),
    position text not null,
    way text not null check (way in ('document', 'letter', 'mail')),
    statement text not null,
    state text not null check (state in ('submitted', 'returned', 'approved', 'withdrawn')),
    reason text not null,
    scope text not null,
    code_hash text not null,
    code_until timestamptz,
    code_attempts bigint not null,
    submitted_at timestamptz not null,
    decided_by text,
    decided_at timestamptz,
    version bigint not null
);
create index registry_claim_state on registry_claim (state, submitted_at, id);
create index registry_claim_account on registry_claim (account_id, id);
create index registry_claim_organisation on registry_claim (organisation_id);
-- One account asks for one organisation once at a time.
create unique index registry_claim_open on registry_claim (account_id, organisation_id)
    where state in ('submitted', 'returned');

create table registry_invitation (
    id text primary key,
    organisation_id text not null references registry_organisation (id),
    position text not null,
    token_hash text not null unique,
    invited_by text not null references kernel_account (id),
    expires_at timestamptz not null,
    used_by text references kernel_account (id),
    used_at timestamptz,
    version bigint not null
);
create index registry_invitation_organisation on registry_invitation (organisation_id, id);
