#!/usr/bin/env bash
# Durable writes on SQLite and PostgreSQL beside pgbench with a like transaction, on the disk of a directory.
#   bench/durable_writes.sh <build directory> [<directory on the disk to measure>]
# Starts a PostgreSQL of its own there and removes it again.
set -euo pipefail
build=$1
base=$(mktemp -d "${2:-/var/tmp}/sangu-bench-XXXXXX")
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
as=()
if [ "$(id -u)" = 0 ]; then
    chown postgres "$base"
    as=(runuser -u postgres --)
fi
cd "$base"
cleanup() {
    "${as[@]}" "$bin/pg_ctl" -D "$base/data" -m fast stop >/dev/null 2>&1 || true
    rm -rf "$base"
}
trap cleanup EXIT
"${as[@]}" "$bin/initdb" -D "$base/data" -U sangu -A trust -E UTF8 --locale=C >/dev/null
"${as[@]}" "$bin/pg_ctl" -D "$base/data" -l "$base/log" -w \
    -o "-k $base -c listen_addresses= -c max_connections=100 -c shared_buffers=128MB" start >/dev/null
"$bin/createdb" -h "$base" -U sangu bench

"$build/bench/bench_durable_writes" "$base" "postgres:///bench?user=sangu&host=$base"

# pgbench's transaction stores what sangu's "create" stores, into tables with the same columns and indexes: an entity row, an
# audit row and a feed row. It makes no hash chain. "sequence" numbers them by two sequences, which leave holes and do not
# follow the order of commits; "counter" takes both numbers from one row each, as gap-free numbers must be without
# a writer that orders commits.
rows() { # $1 number of the audit row, $2 of the feed row
    cat <<SQL
insert into like_task values (gen_random_uuid()::text, 1, 'A task of ordinary length', 'owner' || :client_id, 180000, '2025-12-31', now());
insert into like_audit values ($1, now(), 'system', 'system', 'bench.task.created', 'bench.task', :client_id::text, 'zone', '10.0.0.1', 'request', repeat('c', 312), repeat('f', 64));
insert into like_event (sequence, at, kind, object_id, scope, visibility, payload) values ($2, now(), 'bench.task.created', :client_id::text, 'zone', 'public', repeat('c', 302));
commit;
SQL
}
{ echo 'begin;'; rows "nextval('like_audit_number')" "nextval('like_event_number')"; } >"$base/sequence.sql"
{
    echo 'begin;'
    echo 'update like_audit_head set sequence = sequence + 1 returning sequence as audit \gset'
    echo 'update like_event_head set sequence = sequence + 1 returning sequence as event \gset'
    rows ':audit' ':event'
} >"$base/counter.sql"
"$bin/psql" -q -h "$base" -U sangu bench <<'SQL'
create table like_task (like bench_task including all);
create table like_audit (like kernel_audit including all);
create table like_event (like kernel_event including all);
create table like_audit_head (like kernel_audit_head);
create table like_event_head (like kernel_event_head);
insert into like_audit_head values (1, 0, '');
insert into like_event_head values (1, 0);
create sequence like_audit_number;
create sequence like_event_number;
SQL
for script in sequence counter; do
    for clients in 1 64; do
        "$bin/psql" -q -h "$base" -U sangu bench -c 'truncate like_task, like_audit, like_event'
        printf 'pgbench  %-8s %2d clients ' "$script" "$clients"
        "$bin/pgbench" -n -M prepared -h "$base" -U sangu -c "$clients" -j 1 -T 3 -f "$base/$script.sql" bench 2>"$base/pgbench.log" |
            sed -n 's/^latency average = \(.*\)$/average \1/p; s/^tps = \([0-9.]*\).*/\1 transactions\/s/p' | paste -sd' '
    done
done
