#include "base/text.h"
#include "kernel/config/settings.h"
#include "modules/rights/right_view.h"

namespace sangu::rights {

using namespace html;

namespace {

constexpr int months_ahead = 12, rows_max = 500;

// The rights whose next annual fee falls within the coming year, of the reader's organisations or, for others, of all
// rights he may know of.
std::vector<Right> due_rights(Context& context) {
    std::string condition = "next_fee_due >= ? and next_fee_due < ?";
    Date const today = context.today();
    std::vector<Value> values{to_text(months_after(today, -6)), to_text(months_after(today, months_ahead))};
    auto const own = own_organisations(context);
    if (!own.empty()) {
        std::string marks;
        for (registry::OrganisationCard const& card : own) {
            marks += marks.empty() ? "?" : ", ?";
            values.emplace_back(card.id.text);
        }
        condition += " and id in (select right_id from rights_holder where organisation_id in (" + marks + "))";
    } else if (auto const visible = visible_rows(context); !visible.sql.empty()) {
        condition += " and (" + visible.sql + ")";
        values.insert(values.end(), visible.parameters.begin(), visible.parameters.end());
    }
    values.emplace_back(std::int64_t{rows_max});
    std::vector<Right> found;
    Right one;
    entity::each(context.reader(), Right::meta, &one, "where " + condition + " order by next_fee_due, id limit ?",
                 db::Parameters{values}, [&] { found.push_back(one); });
    return found;
}

std::string ical_text(std::string_view text) {
    std::string out;
    for (char const c : text) {
        if (c == ',' || c == ';' || c == '\\') out += '\\';
        out += c == '\n' || c == '\r' ? ' ' : c;
    }
    return out;
}

// Lines of iCalendar are at most 75 octets; a fold never cuts a character (RFC 5545, 3.1).
void ical_line(std::string& out, std::string_view line) {
    std::size_t used = 0;
    for (std::size_t i = 0; i < line.size();) {
        std::size_t width = 1;
        while (i + width < line.size() && (static_cast<unsigned char>(line[i + width]) & 0xc0) == 0x80) ++width;
        if (used + width > 74) {
            out += "\r\n ";
            used = 1;
        }
        out.append(line.substr(i, width));
        used += width;
        i += width;
    }
    out += "\r\n";
}

std::string ical_date(Date date) {
    std::string text = to_text(date);
    std::erase(text, '-');
    return text;
}

} // namespace

http::Reply fee_calendar_page(Context& context, http::Request&) {
    auto const rights = due_rights(context);
    auto const rules = fee_rules(context.reader());
    auto const days = context.services.working_days();
    html::Page const page{.title = std::string{context.t("rights.fees.title")},
                          .lead = std::string{context.t("rights.fees.lead")},
                          .crumbs = {{std::string{context.t("rights.right.plural")}, "/rights"}},
                          .actions = markup(a(cls("button"), href("/rights/fees.ics"), context.t("rights.fees.ical")))};
    return render(context, page, [&](Out& out) {
        if (rights.empty()) {
            empty_state(out, context.t("rights.fees.empty"), context.t("rights.fees.empty_hint"));
            return;
        }
        std::string month;
        bool open = false;
        for (Right const& right : rights) {
            std::string const own_month = to_text(*right.next_fee_due).substr(0, 7);
            if (own_month != month) {
                if (open) out.raw("</ul>");
                CivilDate const civil_day = civil(*right.next_fee_due);
                out << h2(
                    context.t("rights.fees.month", {std::to_string(civil_day.year), std::to_string(civil_day.month)}));
                out.raw("<ul class=\"card-list\">");
                month = own_month;
                open = true;
            }
            auto const fees = fees_of(right, rules, *days, context.today());
            Fee const* const fee = next_fee(fees);
            out << li(
                time(datetime(to_text(*right.next_fee_due)), date_text(context, *right.next_fee_due)), " ",
                a(href(Url::path("/rights", right.id.text)), right.title), " ",
                span(cls("mono nowrap"), main_number(right)), " ", [&] {
                    if (!fee || !fee->rule) return;
                    out << context.t("rights.fees.amount",
                                     {std::to_string(fee->year), money_text(context, fee->rule->amount)});
                    if (!fee->rule->confirmed) unconfirmed_mark(out, context);
                    if (fee->state == FeeState::grace || fee->state == FeeState::overdue) {
                        out << " ";
                        badge(out, context.t(fee->state == FeeState::grace ? "rights.fee.grace" : "rights.fee.overdue"),
                              "bad");
                    }
                });
        }
        if (open) out.raw("</ul>");
    });
}

http::Reply fee_calendar_file(Context& context, http::Request&) {
    std::string out;
    for (std::string_view const line :
         {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//sangu//rights//ZH", "CALSCALE:GREGORIAN"})
        ical_line(out, line);
    ical_line(out, "X-WR-CALNAME:" + ical_text(context.t("rights.fees.title")));
    std::string stamp = to_text(context.now()).substr(0, 19) + "Z";
    std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
    for (Right const& right : due_rights(context)) {
        ical_line(out, "BEGIN:VEVENT");
        ical_line(out, "UID:" + right.id.text + "-" + ical_date(*right.next_fee_due) + "@sangu");
        ical_line(out, "DTSTAMP:" + stamp);
        ical_line(out, "DTSTART;VALUE=DATE:" + ical_date(*right.next_fee_due));
        ical_line(out, "SUMMARY:" + ical_text(context.t("rights.fees.event", {right.title, main_number(right)})));
        ical_line(out, "URL:" + context.services.settings.public_url + "/rights/" + right.id.text);
        ical_line(out, "TRANSP:TRANSPARENT");
        ical_line(out, "END:VEVENT");
    }
    ical_line(out, "END:VCALENDAR");
    return http::download(std::move(out), "text/calendar; charset=utf-8", "annual-fees.ics");
}

namespace {

// The refused form by itself, with what was typed.
http::Reply refused_payment(Context& context, http::Request const& request, Error const& error) {
    auto const right = visible_right(context, request.parameter("id"));
    if (!right || error.refusal != Refusal::invalid) return refusal(context, request, error);
    auto const fees = fees_of(*right, fee_rules(context.reader()), *context.services.working_days(), context.today());
    std::string const path = "/rights/" + right->id.text;
    html::Page const page{.title = std::string{context.t("rights.fee.record")},
                          .lead = right->title,
                          .crumbs = {{right->title, path}},
                          .status = http::status_of(error.refusal)};
    return render(context, page, [&](Out& out) {
        error_summary(out, context, error, FeePayment::meta.name);
        pay_form(out, context, path, fees, request.form, error.problems);
    });
}

} // namespace

http::Reply pay_fee_post(Context& context, http::Request& request) {
    FeePayment payment;
    std::string const id{request.parameter("id")};
    Problems problems = entity::from_form(FeePayment::meta, &payment, request.form);
    auto const done = problems.empty() ? pay_fee(context, id, payment) : Result<void>{refuse(std::move(problems))};
    if (!done) return refused_payment(context, request, done.error());
    return http::see_other("/rights/" + id + "?done=done.saved#fees");
}

} // namespace sangu::rights
