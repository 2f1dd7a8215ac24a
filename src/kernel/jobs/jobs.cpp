#include "kernel/jobs/jobs.h"

#include "base/id.h"

namespace sangu::jobs {

void schedule(db::Transaction& transaction, std::string_view kind, std::string_view key, Instant due,
              std::string_view payload) {
    transaction.execute(
        "insert into kernel_job (id, kind, key, payload, state, due, attempts, every_s, last_error) "
        "values (?, ?, ?, ?, 'waiting', ?, 0, 0, '') "
        "on conflict (kind, key) where state = 'waiting' do update set due = excluded.due, payload = excluded.payload",
        {new_id(), std::string{kind}, std::string{key}, std::string{payload}, to_text(due)});
}

void cancel(db::Transaction& transaction, std::string_view kind, std::string_view key) {
    transaction.execute("delete from kernel_job where kind = ? and key = ? and state = 'waiting'",
                        {std::string{kind}, std::string{key}});
}

std::vector<Job> list(db::Session& session, std::string_view state, int limit) {
    std::vector<Job> jobs;
    session.query(
        "select id, kind, key, payload, state, last_error, due, lease_until, attempts from kernel_job where state = ? "
        "order by due, id limit ?",
        {std::string{state}, std::int64_t{limit}}, [&](db::Row const& row) {
            Job job;
            job.id = row.text(0);
            job.kind = row.text(1);
            job.key = row.text(2);
            job.payload = row.text(3);
            job.state = row.text(4);
            job.last_error = row.text(5);
            job.due = parse_instant(row.text(6)).value_or(Instant{});
            if (!row.is_null(7)) job.lease_until = parse_instant(row.text(7)).value_or(Instant{});
            job.attempts = row.integer(8);
            jobs.push_back(std::move(job));
        });
    return jobs;
}

} // namespace sangu::jobs
