#include "modules/administration/pages.h"

#include "base/time_zone.h"
#include "kernel/config/settings.h"
#include "kernel/html/page.h"
#include "kernel/jobs/jobs.h"
#include "kernel/mail/mail.h"

namespace sangu::administration {

using namespace html;

namespace {

std::string_view tone_of(std::string_view state) {
    if (state == "failed") return "bad";
    if (state == "running") return "info";
    return "muted";
}

void jobs_table(Out& out, Context const& context, std::vector<jobs::Job> const& all) {
    out << div(cls("table-wrap"), tabindex(0), role("region"), aria_label(context.t("administration.jobs.title")),
               table(cls("table"),
                     thead(tr(th(scope("col"), context.t("administration.jobs.kind")),
                              th(scope("col"), context.t("administration.jobs.state")),
                              th(scope("col"), context.t("administration.jobs.due")),
                              th(scope("col"), context.t("administration.jobs.attempts")),
                              th(scope("col"), context.t("administration.jobs.last_error")))),
                     tbody([&](Out& rows) {
                         for (jobs::Job const& job : all)
                             rows << tr(th(scope("row"), context.t("job." + job.kind), br(), code(job.kind), " ",
                                           small(job.key)),
                                        td([&](Out& cell) {
                                            badge(cell, context.t("administration.jobs.state." + job.state),
                                                  tone_of(job.state));
                                        }),
                                        td(i18n::format_time(context.language, job.due)), td(cls("num"), job.attempts),
                                        td([&](Out& cell) {
                                            cell << job.last_error;
                                            if (job.state != "failed") return;
                                            begin_form(cell, context, "/administration/jobs/" + job.id + "/retry");
                                            end_form(cell, context.t("administration.jobs.retry"));
                                        }));
                     })));
}

} // namespace

http::Reply jobs_page(Context& context, http::Request&) {
    std::vector<jobs::Job> all;
    for (std::string_view const state : {"failed", "running", "waiting"})
        for (jobs::Job& job : jobs::list(context.reader(), state, 100)) all.push_back(std::move(job));
    html::Page const page{.title = std::string{context.t("administration.jobs.title")},
                          .lead = std::string{context.t("administration.jobs.lead")},
                          .wide = true};
    return render(context, page, [&](Out& out) {
        if (all.empty())
            empty_state(out, context.t("administration.jobs.none"), context.t("administration.jobs.none_hint"));
        else
            jobs_table(out, context, all);
    });
}

http::Reply retry_job(Context& context, http::Request& request) {
    std::string const id{request.parameter("id")};
    auto const done = context.change<void>([&](Change& change) -> Result<void> {
        for (jobs::Job const& job : jobs::list(change.transaction(), "failed", 1000)) {
            if (job.id != id) continue;
            jobs::schedule(change.transaction(), job.kind, job.key, context.now(), job.payload);
            change.audit(
                {.action = "administration.job.retried", .object_kind = "job", .object_id = job.kind + " " + job.key});
            return {};
        }
        return refuse(Refusal::not_found, "error.not_found");
    });
    if (!done) return refusal(context, request, done.error());
    return http::see_other("/administration/jobs?done=done.saved");
}

http::Reply settings_page(Context& context, http::Request&) {
    html::Page const page{.title = std::string{context.t("administration.settings.title")},
                          .lead = std::string{context.t("administration.settings.lead")},
                          .wide = true};
    auto const& settings = context.services.settings;
    return render(context, page, [&](Out& out) {
        out << p(cls("note info"), mail::is_enabled(settings)
                                       ? context.t("administration.mail_on", {settings.mail_server, settings.mail_from})
                                       : std::string{context.t("administration.mail_off")});
        out << div(cls("table-wrap"), tabindex(0), role("region"),
                   aria_label(context.t("administration.settings.title")),
                   table(cls("table"),
                         thead(tr(th(scope("col"), context.t("administration.settings.option")),
                                  th(scope("col"), context.t("administration.settings.value")),
                                  th(scope("col"), context.t("administration.settings.meaning")))),
                         tbody([&](Out& rows) {
                             for (config::Option const& option : config::options())
                                 rows << tr(th(scope("row"), code(option.key)),
                                            td(code(config::value_text(context.services.settings, option.key))),
                                            td(config::help_of(option, context.language)));
                         })));
    });
}

} // namespace sangu::administration
