#include "kernel/calendar/calendar.h"
#include "kernel/html/page.h"
#include "modules/administration/pages.h"

#include <fstream>
#include <sstream>

namespace sangu::administration {

using namespace html;

namespace {

struct Year {
    std::int64_t year = 0, off = 0, working = 0;
    std::string source, imported_at;
};

std::vector<Year> years_of(db::Session& session) {
    std::vector<Year> years;
    session.query("select y.year, y.source, y.imported_at, "
                  "(select count(*) from kernel_calendar_day d where d.year = y.year and d.off), "
                  "(select count(*) from kernel_calendar_day d where d.year = y.year and not d.off) "
                  "from kernel_calendar_year y order by y.year desc limit 60",
                  {}, [&](db::Row const& row) {
                      years.push_back({row.integer(0), row.integer(3), row.integer(4), std::string{row.text(1)},
                                       std::string{row.text(2)}});
                  });
    return years;
}

std::string text_of(http::Upload const& upload) {
    if (upload.path.empty()) return upload.data;
    std::ifstream in{upload.path, std::ios::binary};
    std::ostringstream text;
    text << in.rdbuf();
    return std::move(text).str();
}

http::Reply page_of(Context& context, Error const* error) {
    auto const years = years_of(context.reader());
    auto const days = context.services.working_days();
    int const this_year = year_of(context.today());
    html::Page page{.title = std::string{context.t("administration.calendar.title")},
                    .lead = std::string{context.t("administration.calendar.lead")}};
    if (error) page.status = http::status_of(error->refusal);
    return render(context, page, [&](Out& out) {
        if (error) error_summary(out, context, *error, "administration.calendar");
        for (int const year : {this_year, this_year + 1})
            if (!days->is_official(year))
                out << div(cls("note warn"), role("status"),
                           p(context.t("administration.calendar.missing", {std::to_string(year)})));
        begin_form(out, context, "/administration/calendar", true);
        out << div(cls("field"), label(for_("file"), context.t("administration.calendar.file")),
                   input(type("file"), id("file"), name("file"), accept(".json"), required(true)),
                   p(cls("hint"), context.t("administration.calendar.hint")));
        end_form(out, context.t("administration.calendar.import"));
        out << h2(context.t("administration.calendar.years"));
        out << div(cls("table-wrap"), tabindex(0), role("region"),
                   aria_label(context.t("administration.calendar.years")),
                   table(cls("table"),
                         thead(tr(th(scope("col"), context.t("administration.calendar.year")),
                                  th(scope("col"), context.t("administration.calendar.off")),
                                  th(scope("col"), context.t("administration.calendar.working")),
                                  th(scope("col"), context.t("administration.calendar.source")))),
                         tbody(each(years, [](Year const& one) {
                             return tr(th(scope("row"), one.year), td(cls("num"), one.off), td(cls("num"), one.working),
                                       td(one.source));
                         }))));
    });
}

} // namespace

http::Reply calendar_page(Context& context, http::Request&) { return page_of(context, nullptr); }

http::Reply import_calendar(Context& context, http::Request& request) {
    Error error{Refusal::invalid, "error.invalid", {}, {{"file", "error.file.missing", {}, 0, 0}}};
    for (http::Upload const& upload : request.uploads) {
        if (upload.field != "file" || upload.size == 0) continue;
        auto const done = context.change<int>([&](Change& change) -> Result<int> {
            int const days =
                TRY(calendar::import_years(change.transaction(), text_of(upload), upload.file_name, context.now()));
            change.audit(
                {.action = "administration.calendar.imported", .object_kind = "calendar", .comment = upload.file_name});
            change.publish("administration.calendar.imported", "", "zone", "public");
            return days;
        });
        if (done) {
            context.refresh();
            context.services.set_working_days(
                std::make_shared<calendar::WorkingDays const>(calendar::load(context.reader())));
            return http::see_other("/administration/calendar?done=done.imported");
        }
        error = done.error();
    }
    return page_of(context, &error);
}

} // namespace sangu::administration
