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

cat >"$base/like.sql" <<'SQL'
begin;
insert into like_task values (gen_random_uuid()::text, 1, 'A task of ordinary length', 'owner', 180000, '2025-12-31', now());
insert into like_audit (at, actor, action, entity, change, hash)
  values (now(), 'a', 'create', 'b', repeat('c', 300), repeat('f', 64));
insert into like_feed (at, topic, content) values (now(), 'task.created', repeat('c', 300));
commit;
SQL
# "counted" takes the feed's number from one row as sangu does; without it the number is a sequence with holes.
sed '2i update like_counter set last = last + 1;' "$base/like.sql" >"$base/counted.sql"
"$bin/psql" -q -h "$base" -U sangu bench <<'SQL'
create table like_task (id text primary key, version bigint, title text, owner text, amount bigint, due date, updated_at timestamptz);
create index on like_task (owner, due);
create table like_audit (number bigserial primary key, at timestamptz, actor text, action text, entity text, change text, hash text);
create table like_feed (number bigserial primary key, at timestamptz, topic text, content text);
create table like_counter (last bigint);
insert into like_counter values (0);
SQL
for script in like counted; do
    for clients in 1 64; do
        printf 'pgbench %-8s %4d clients ' "$script" "$clients"
        "$bin/pgbench" -n -M prepared -h "$base" -U sangu -c "$clients" -j 1 -T 3 -f "$base/$script.sql" bench 2>/dev/null |
            sed -n 's/^latency average = \(.*\)$/average \1/p; s/^tps = \([0-9.]*\).*/\1 transactions\/s/p' | paste -sd' '
    done
done
