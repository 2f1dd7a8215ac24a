-- Files that were checked by an import and wait, for one hour, to be imported. The content is in kernel_blob.
create table kernel_kept_upload (
    token_hash text primary key not null,
    account_id text not null,
    purpose text not null,
    sha256 text not null,
    file_name text not null,
    created_at timestamptz not null,
    unique (account_id, purpose)
);
create index kernel_kept_upload_age on kernel_kept_upload (created_at);
create index kernel_kept_upload_sha256 on kernel_kept_upload (sha256);
