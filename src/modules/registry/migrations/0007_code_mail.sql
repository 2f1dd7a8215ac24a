-- When a code was last mailed to the registered address of an organisation: it is not written to without a pause. No
-- reference: the entry may be merged into another.
create table registry_code_mail (
    organisation_id text primary key,
    claim_id text not null,
    sent_at timestamptz not null
);
