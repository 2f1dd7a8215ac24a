#include "base/text.h"
#include "kernel/files/files.h"
#include "modules/registry/claims.h"
#include "modules/registry/page_parts.h"
#include "modules/registry/pages.h"
#include "modules/registry/registry.h"

#include <algorithm>

namespace sangu::registry {

using namespace html;

namespace {

constexpr std::int64_t claims_a_page = 50;

std::string_view tone_of(ClaimState state) {
    if (state == ClaimState::approved) return "good";
    return state == ClaimState::submitted ? "info" : state == ClaimState::returned ? "warn" : "muted";
}

void state_badge(Out& out, Context const& context, ClaimState state) {
    badge(out, context.t("registry.claim.state." + std::string{name_of(state)}), tone_of(state));
}

std::optional<Organisation> organisation_named(Context& context, http::Request const& request) {
    std::string const id{request.parameter("id")};
    return is_id(id) ? entity::find(context.reader(), Id<Organisation>{id}) : std::nullopt;
}

// The form by which somebody asks to speak for an organisation.
http::Reply claim_form(Context& context, Organisation const& organisation, http::Request const* refused,
                       Error const* error) {
    Page page{.title = std::string{context.t("registry.claim.new")},
              .lead = context.t("registry.claim.lead", {organisation.name}),
              .crumbs = {{std::string{context.t("registry.organisation.plural")}, "/organisations"},
                         {organisation.name, "/organisations/" + organisation.id.text}}};
    if (error) page.status = http::status_of(error->refusal);
    Problems const problems = error ? error->problems : Problems{};
    auto const ways = ways_for(context.services.settings, organisation);
    return render(context, page, [&](Out& out) {
        if (error) error_summary(out, context, *error, Claim::meta.name);
        begin_form(out, context, "/organisations/" + organisation.id.text + "/claim", true);
        form_field(out, context, Claim::meta, *Claim::meta.find("position"), typed_or(refused, "position", ""),
                   problems);
        std::string const chosen = typed_or(refused, "way", "document");
        out << fieldset(cls("field"), legend(context.t("registry.claim.way")), each(ways, [&](ClaimWay way) {
                            std::string const value_{name_of(way)}, own = "way-" + value_;
                            return label(
                                cls("choice"), for_(own),
                                input(type("radio"), id(own), name("way"), value(value_), checked(value_ == chosen)),
                                span(context.t("registry.claim.way." + value_), " ",
                                     small(cls("hint"), context.t("registry.claim.hint." + value_))));
                        }));
        bool const wrong = std::ranges::any_of(problems, [](Problem const& one) { return one.field == "files"; });
        out << div(cls(wrong ? "field wrong" : "field"), label(for_("files"), context.t("registry.claim.files")),
                   p(cls("hint"), id("files-hint"), context.t("registry.claim.files_hint")),
                   when(wrong, [&] { return p(cls("field-error"), context.t("registry.claim.files_needed")); }),
                   input(id("files"), type("file"), name("files"), multiple(true), aria_describedby("files-hint")));
        form_field(out, context, Claim::meta, *Claim::meta.find("statement"), typed_or(refused, "statement", ""),
                   problems);
        end_form(out, context.t("registry.claim.submit"), "/organisations/" + organisation.id.text,
                 context.t("resource.cancel"));
    });
}

void step_form(Out& out, Context const& context, Claim const& claim, std::string_view action,
               std::string_view label_key) {
    begin_form(out, context, "/claims/" + claim.id.text + "/" + std::string{action});
    out << button(cls("button"), type("submit"), context.t(label_key));
    out.raw("</form>");
}

void officer_part(Out& out, Context const& context, Claim const& claim) {
    out << h2(context.t("registry.claim.decide"));
    step_form(out, context, claim, "approve", "registry.claim.approve");
    if (claim.way == ClaimWay::letter) step_form(out, context, claim, "code", "registry.claim.issue_code");
    begin_form(out, context, "/claims/" + claim.id.text + "/return");
    out << div(cls("field"), label(for_("reason"), context.t("registry.claim.return_reason")),
               textarea(id("reason"), name("reason"), rows(3), required(true), maxlength(1000)),
               button(cls("button"), type("submit"), context.t("registry.claim.return")));
    out.raw("</form>");
}

void claimant_part(Out& out, Context const& context, Claim const& claim, Error const* error) {
    bool const by_mail = claim.way == ClaimWay::mail;
    if (claim.state == ClaimState::submitted && (by_mail || claim.way == ClaimWay::letter)) {
        out << h2(context.t(by_mail ? "registry.claim.enter_mail_code" : "registry.claim.enter_code"))
            << p(by_mail ? context.t("registry.claim.mail_text", {std::to_string(mail_code_hours)})
                         : std::string{context.t("registry.claim.letter_text")});
        begin_form(out, context, "/claims/" + claim.id.text + "/enter");
        out << div(cls(error ? "field wrong" : "field"), label(for_("code"), context.t("registry.claim.code")),
                   when(error != nullptr && !error->problems.empty(),
                        [&] { return p(cls("field-error"), i18n::format(context.language, error->problems.front())); }),
                   input(id("code"), name("code"), autocomplete("off"), maxlength(40)));
        end_form(out, context.t("registry.claim.enter"));
        if (by_mail) step_form(out, context, claim, "mail", "registry.claim.mail_again");
    }
    if (claim.state == ClaimState::returned)
        out << p(a(cls("button primary"), href(Url::path("/organisations", claim.organisation_id.text, "claim")),
                   context.t("registry.claim.again")));
    step_form(out, context, claim, "withdraw", "registry.claim.withdraw");
}

http::Reply show_claim(Context& context, Claim const& claim, Error const* error, std::string const& code = {}) {
    std::string const ids[] = {claim.organisation_id.text};
    auto const cards = organisations(context.reader(), ids);
    std::string const organisation = cards.empty() ? std::string{} : std::string{cards.front().shown(context.language)};
    auto const account = auth::find_account(context.reader(), claim.account_id.text);
    auto const attached = files::list(context.reader(), Claim::meta.name, claim.id.text);
    bool const mine = claim.account_id.text == context.actor.account_id;
    bool const open = claim.state == ClaimState::submitted || claim.state == ClaimState::returned;
    Page page{.title = context.t("registry.claim.title", {organisation})};
    if (error) page.status = http::status_of(error->refusal);
    return render(context, page, [&](Out& out) {
        if (error) error_summary(out, context, *error, Claim::meta.name);
        if (!code.empty())
            out << div(cls("note good"), role("status"), h2(context.t("registry.claim.code_title")),
                       p(cls("mono"), strong(code)),
                       p(context.t("registry.claim.code_text", {std::to_string(code_days)})));
        out << dl(cls("facts"), dt(context.t("registry.claim.state")),
                  dd([&](Out& cell) { state_badge(cell, context, claim.state); }),
                  dt(context.t("registry.claim.organisation_id")),
                  dd([&](Out& cell) { organisation_link(cell, claim.organisation_id.text, organisation); }),
                  dt(context.t("registry.claim.account_id")), dd(account ? account->name : std::string{}),
                  dt(context.t("registry.claim.position")), dd(claim.position), dt(context.t("registry.claim.way")),
                  dd(context.t("registry.claim.way." + std::string{name_of(claim.way)})),
                  dt(context.t("registry.claim.submitted_at")),
                  dd(i18n::format_time(context.language, claim.submitted_at)), [&](Out& more) {
                      if (!claim.statement.empty())
                          more << dt(context.t("registry.claim.statement")) << dd(claim.statement);
                      if (!claim.reason.empty()) more << dt(context.t("registry.claim.reason")) << dd(claim.reason);
                  });
        if (!attached.empty())
            out << h2(context.t("registry.claim.files")) << ul(each(attached, [&](files::Attachment const& file) {
                return li(a(href(Url::local("/claims/" + claim.id.text + "/files/" + file.id)), file.name));
            }));
        if (mine && open) claimant_part(out, context, claim, error);
        if (!mine && claim.state == ClaimState::submitted && context.may(claim_decide, claim.scope))
            officer_part(out, context, claim);
    });
}

using ClaimStep = Result<void> (*)(Context&, Claim const&, http::Request const&);

http::Reply take(Context& context, http::Request& request, ClaimStep step) {
    auto const claim = visible_claim(context, request.parameter("id"));
    if (!claim) return refusal(context, request, claim.error());
    auto const done = step(context, *claim, request);
    if (done) return http::see_other("/claims/" + claim->id.text + "?done=done.saved");
    context.refresh();
    auto const now = visible_claim(context, claim->id.text);
    return show_claim(context, now ? *now : *claim, &done.error());
}

} // namespace

http::Reply claim_page(Context& context, http::Request& request) {
    auto const organisation = organisation_named(context, request);
    if (!organisation) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    return claim_form(context, *organisation, nullptr, nullptr);
}

http::Reply claim_post(Context& context, http::Request& request) {
    auto const organisation = organisation_named(context, request);
    if (!organisation) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    Claim one;
    Problems problems = entity::from_form(one, request.form);
    auto const done = problems.empty() ? submit_claim(context, *organisation, one, request.uploads)
                                       : Result<std::string>{refuse(std::move(problems))};
    if (done) return http::see_other("/claims/" + *done + "?done=done.saved");
    return claim_form(context, *organisation, &request, &done.error());
}

http::Reply one_claim_page(Context& context, http::Request& request) {
    auto const claim = visible_claim(context, request.parameter("id"));
    if (!claim) return refusal(context, request, claim.error());
    return show_claim(context, *claim, nullptr);
}

http::Reply approve_claim_post(Context& context, http::Request& request) {
    return take(context, request,
                [](Context& c, Claim const& claim, http::Request const&) { return approve_claim(c, claim); });
}

http::Reply return_claim_post(Context& context, http::Request& request) {
    return take(context, request, [](Context& c, Claim const& claim, http::Request const& form_) {
        return return_claim(c, claim, typed(form_, "reason"));
    });
}

http::Reply withdraw_claim_post(Context& context, http::Request& request) {
    return take(context, request,
                [](Context& c, Claim const& claim, http::Request const&) { return withdraw_claim(c, claim); });
}

http::Reply enter_code_post(Context& context, http::Request& request) {
    return take(context, request, [](Context& c, Claim const& claim, http::Request const& form_) {
        return enter_code(c, claim, typed(form_, "code"));
    });
}

http::Reply mail_code_post(Context& context, http::Request& request) {
    return take(context, request,
                [](Context& c, Claim const& claim, http::Request const&) { return mail_code(c, claim); });
}

http::Reply issue_code_post(Context& context, http::Request& request) {
    auto const claim = visible_claim(context, request.parameter("id"));
    if (!claim) return refusal(context, request, claim.error());
    auto const code = issue_code(context, *claim);
    context.refresh();
    auto const now = visible_claim(context, claim->id.text);
    return code ? show_claim(context, *now, nullptr, *code) : show_claim(context, *claim, &code.error());
}

http::Reply claim_file_reply(Context& context, http::Request& request) {
    auto const claim = visible_claim(context, request.parameter("id"));
    auto const file = files::find(context.reader(), request.parameter("file"));
    if (!claim || !file || file->owner_kind != Claim::meta.name || file->owner_id != claim->id.text)
        return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    return http::download(files::open(context.services.database, file->sha256), file->content_type, file->name);
}

http::Reply claims_page(Context& context, http::Request& request) {
    // A queue holds few at a time; those of other places are left out.
    auto claims =
        entity::where<Claim>(context.reader(), "where state = 'submitted' order by submitted_at, id limit 500");
    std::erase_if(claims, [&](Claim const& one) { return !context.may(claim_decide, one.scope); });
    if (claims.empty() && !context.services.permissions.allows_somewhere(context.actor, claim_decide))
        return refusal(context, request, Error{Refusal::forbidden, "error.forbidden", {}, {}});
    claims.resize(std::min<std::size_t>(claims.size(), claims_a_page));
    std::vector<std::string> ids;
    for (Claim const& one : claims) ids.push_back(one.organisation_id.text);
    auto const cards = organisations(context.reader(), ids);
    Page const page{.title = std::string{context.t("registry.claim.plural")},
                    .lead = std::string{context.t("registry.claim.queue_lead")}};
    return render(context, page, [&](Out& out) {
        if (claims.empty()) empty_state(out, context.t("registry.claim.none"), context.t("registry.claim.none_text"));
        out << ul(cls("card-list"), each(claims, [&](Claim const& one) {
                      auto const card = std::ranges::find(cards, one.organisation_id, &OrganisationCard::id);
                      return li(cls("card"),
                                a(href(Url::path("/claims", one.id.text)),
                                  strong(card == cards.end() ? std::string{} : card->name)),
                                p(one.position, " · ", context.t("registry.claim.way." + std::string{name_of(one.way)}),
                                  " · ", i18n::format_time(context.language, one.submitted_at)));
                  }));
    });
}

std::vector<http::Route> claim_routes() {
    using enum http::Method;
    constexpr auto form = http::Body::form;
    return {{get, "/organisations/{id}/claim", "signed_in", claim_page},
            {post, "/organisations/{id}/claim", "signed_in", claim_post, http::Body::upload},
            {get, "/claims", claim_decide, claims_page},
            {get, "/claims/{id}", "signed_in", one_claim_page},
            {get, "/claims/{id}/files/{file}", "signed_in", claim_file_reply},
            {post, "/claims/{id}/approve", "signed_in", approve_claim_post, form},
            {post, "/claims/{id}/return", "signed_in", return_claim_post, form},
            {post, "/claims/{id}/withdraw", "signed_in", withdraw_claim_post, form},
            {post, "/claims/{id}/code", "signed_in", issue_code_post, form},
            {post, "/claims/{id}/mail", "signed_in", mail_code_post, form},
            {post, "/claims/{id}/enter", "signed_in", enter_code_post, form}};
}

} // namespace sangu::registry
