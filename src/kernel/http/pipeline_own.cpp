#include "base/id.h"
#include "base/text.h"
#include "kernel/html/page.h"
#include "kernel/http/kept_form.h"
#include "kernel/http/pipeline.h"

namespace sangu::http {

namespace {

constexpr int replay_max = 500;

Reply ready(Context& context, Request&) {
    try {
        context.reader().integer("select sequence from kernel_event_head where id = 1");
        return text_reply(200, "ready\n");
    } catch (std::exception const&) {
        return text_reply(503, "database unreachable\n").header("Retry-After", "5");
    }
}

// A proxy on this machine, trusted or not, says that it asks for somebody else.
bool is_from_this_machine(Request const& request) {
    return is_loopback(request.remote) && request.header("x-forwarded-for").empty() &&
           request.header("forwarded").empty();
}

// What the browser has missed since the event it saw last; in the order of the feed.
std::string missed_events(Services& services, EventStream const& stream, std::int64_t last) {
    std::string text;
    auto const reader = services.database.read();
    for (events::Event const& event : events::after(*reader, last, replay_max))
        if ((stream.topic.empty() || stream.topic == events::topic_of(event)) &&
            stream.may_see(event.visibility, event.scope))
            text += events::to_frame(event);
    return text;
}

Reply open_stream(Context& context, Request& request) {
    EventStream stream;
    stream.topic = request.query_value("topic").value_or("");
    auto& services = context.services;
    stream.may_see = [&services, actor = context.actor](std::string_view visibility, std::string_view scope) {
        return services.permissions.allows(actor, visibility, scope);
    };
    auto const seen = parse_integer(request.header("last-event-id"));
    if (seen && *seen >= 0)
        stream.replay = [&services, stream, last = *seen] { return missed_events(services, stream, last); };
    Reply reply;
    reply.header("Cache-Control", "no-store");
    reply.body = std::move(stream);
    return reply;
}

Reply kept_page(Context& context, Request& request) {
    auto const form =
        find_kept_form(context.reader(), request.parameter("token"), request.cookie("sangu_visit"), context.now());
    if (!form) return html::refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    html::Page const page{.title = std::string{context.t("kept.title")}, .lead = std::string{context.t("kept.lead")}};
    return html::render(context, page, [&](html::Out& out) {
        html::begin_form(out, context, form->path);
        for (auto const& [name, value] : form->fields)
            out << html::input(html::type("hidden"), html::name(name), html::value(value));
        html::end_form(out, context.t("kept.send"), "/", context.t("kept.discard"));
    });
}

} // namespace

std::vector<Route> Pipeline::with_own(std::vector<Route> routes) {
    routes.push_back({Method::get, "/readyz", "public", ready});
    routes.push_back({Method::get, "/events", "public", open_stream});
    routes.push_back({Method::get, "/kept/{token}", "public", kept_page});
    routes.push_back({Method::get, "/metrics", "public", [this](Context& context, Request& request) {
                          if (!is_from_this_machine(request) && !context.may("system.metrics.read"))
                              return html::refusal(context, request,
                                                   Error{Refusal::forbidden, "error.forbidden", {}, {}});
                          return metrics_page();
                      }});
    return routes;
}

Reply Pipeline::metrics_page() const {
    std::string text;
    replies_.append_to(text);
    if (services_.server != nullptr) {
        auto const server = services_.server->counters();
        metrics::append_counter(text, "sangu_requests_total", "Requests read", server.requests);
        metrics::append_counter(text, "sangu_requests_refused_total", "Requests and connections refused",
                                server.refused);
        metrics::append_counter(text, "sangu_sent_bytes_total", "Bytes sent", server.bytes_out);
        metrics::append_gauge(text, "sangu_connections", "Open connections", static_cast<double>(server.connections));
        metrics::append_gauge(text, "sangu_streams", "Open event streams", static_cast<double>(server.streams));
        metrics::append_gauge(text, "sangu_queued", "Requests waiting for a worker",
                              static_cast<double>(server.queued));
        metrics::append_gauge(text, "sangu_workers", "Worker threads", static_cast<double>(server.worker_threads));
    }
    auto const database = services_.database.counters();
    metrics::append_counter(text, "sangu_db_commits_total", "Commits of the writer", database.commits);
    metrics::append_counter(text, "sangu_db_commands_total", "Write commands", database.commands);
    metrics::append_counter(text, "sangu_db_reads_total", "Snapshots lent", database.reads);
    metrics::append_counter(text, "sangu_db_queries_total", "Queries of snapshots", database.queries);
    metrics::append_gauge(text, "sangu_db_queue", "Write commands waiting", static_cast<double>(database.queue_length));
    auto const reader = services_.database.read();
    auto const count = [&](std::string_view sql, std::initializer_list<Value> parameters) {
        return static_cast<double>(reader->integer(sql, parameters).value_or(0));
    };
    auto const now = services_.clock.now();
    metrics::append_gauge(text, "sangu_jobs_waiting", "Jobs waiting",
                          count("select count(*) from kernel_job where state = 'waiting'", {}));
    metrics::append_gauge(text, "sangu_jobs_due", "Jobs waiting past their time",
                          count("select count(*) from kernel_job where state = 'waiting' and due < ?", {to_text(now)}));
    metrics::append_gauge(text, "sangu_jobs_failed", "Jobs given up",
                          count("select count(*) from kernel_job where state = 'failed'", {}));
    metrics::append_gauge(text, "sangu_sessions", "Sessions kept", count("select count(*) from kernel_session", {}));
    metrics::append_gauge(text, "sangu_feed_sequence", "Last number of the change feed",
                          count("select sequence from kernel_event_head where id = 1", {}));
    metrics::append_process(text);
    return text_reply(200, std::move(text), "text/plain; version=0.0.4; charset=utf-8");
}

} // namespace sangu::http
