#include "base/mail_address.h"
#include "base/text.h"
#include "kernel/auth/digest.h"
#include "kernel/auth/random.h"
#include "kernel/mail/mail.h"
#include "modules/registry/claims.h"
#include "modules/registry/invitations.h"
#include "modules/registry/registry.h"

#include <algorithm>

namespace sangu::registry {

namespace {

constexpr std::int64_t minute_ms = 60'000, hour_ms = 60 * minute_ms, day_ms = 24 * hour_ms;
constexpr int code_groups = 3; // 60 bits, with five attempts

bool is_open(Claim const& claim) { return claim.state == ClaimState::submitted || claim.state == ClaimState::returned; }

bool is_claimant(Context const& context, Claim const& claim) {
    return context.actor.kind == auth::ActorKind::person && context.actor.account_id == claim.account_id.text;
}

Result<void> require_claimant(Context const& context, Claim const& claim) {
    if (!is_claimant(context, claim)) return refuse(Refusal::forbidden, "error.forbidden");
    if (!is_open(claim)) return refuse(Refusal::conflict, "registry.claim.decided");
    return {};
}

Result<void> require_officer(Context const& context, Claim const& claim) {
    TRY_VOID(context.require(claim_decide, claim.scope));
    if (is_claimant(context, claim)) return refuse(Refusal::forbidden, "registry.claim.self");
    if (claim.state != ClaimState::submitted) return refuse(Refusal::conflict, "registry.claim.decided");
    return {};
}

void forget_code(Claim& claim) {
    claim.code_hash.clear();
    claim.code_until.reset();
}

Result<void> decide(Context& context, Change& change, Claim const& before, ClaimState state, std::string_view action,
                    std::string_view reason = {}) {
    Claim after = before;
    after.state = state;
    after.reason = std::string{reason};
    forget_code(after);
    after.decided_by = context.actor.account_id;
    after.decided_at = context.now();
    TRY_VOID(change.save(before, after, action, before.scope, reason));
    change.publish(action, before.id.text, before.scope, claim_decide,
                   R"({"account":")" + before.account_id.text + R"("})");
    return {};
}

std::string as_typed(std::string_view code) {
    std::string plain;
    for (char const c : trim(code))
        if (c != ' ') plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return plain;
}

void set_code(Claim& claim, std::string_view code, Instant until) {
    claim.code_hash = auth::sha256_hex(as_typed(code));
    claim.code_until = until;
    claim.code_attempts = 0;
}

// Gives the claim a fresh code and queues the mail with it, in the same transaction; the caller stores the claim. The
// pause holds for the organisation, so that nobody fills its mailbox from several accounts or by withdrawing.
Result<void> send_code(Context& context, Change& change, Claim& claim, Organisation const& organisation) {
    db::Transaction& transaction = change.transaction();
    Instant const recent{context.now().ms - mail_wait_minutes * minute_ms};
    if (transaction.exists("select 1 from registry_code_mail where organisation_id = ? and sent_at > ?",
                           {organisation.id.text, to_text(recent)}))
        return refuse(Refusal::too_many, "registry.claim.mail_wait");
    std::string const code = auth::random_code(code_groups);
    set_code(claim, code, Instant{context.now().ms + mail_code_hours * hour_ms});
    std::string const arguments[] = {organisation.name, context.actor.name, code, std::to_string(mail_code_hours)};
    bool const queued =
        mail::queue(context.services.settings, transaction,
                    {.key = "claim:" + new_id(),
                     .to = organisation.email.value_or(""),
                     .to_name = organisation.name,
                     .subject = i18n::message(context.language, "registry.claim.mail.subject", arguments),
                     .text = i18n::message(context.language, "registry.claim.mail.text", arguments),
                     .unsubscribe = {}},
                    context.now());
    if (!queued) return refuse(Problems{{"way", "registry.claim.no_way", {}}});
    transaction.execute("insert into registry_code_mail (organisation_id, claim_id, sent_at) values (?, ?, ?) on "
                        "conflict (organisation_id) do update set claim_id = excluded.claim_id, sent_at = "
                        "excluded.sent_at",
                        {organisation.id.text, claim.id.text, to_text(context.now())});
    return {};
}

Result<void> check_files(Claim const& claim, std::vector<http::Upload> const& files, bool has_files) {
    bool const brings = std::ranges::any_of(files, [](http::Upload const& file) { return file.size > 0; });
    if (claim.way == ClaimWay::document && !brings && !has_files)
        return refuse(Problems{{"files", "registry.claim.files_needed", {}}});
    return {};
}

Result<void> attach_files(Context& context, Change& change, Claim const& claim,
                          std::vector<http::Upload> const& files) {
    for (http::Upload const& file : files)
        if (file.size > 0)
            TRY(files::attach(change.transaction(), context.actor, context.now(), file, Claim::meta.name, claim.id.text,
                              claim_decide, claim.scope, {.count_max = 10}));
    return {};
}

} // namespace

Result<void> become_member(Context& context, Change& change, Id<Organisation> const& organisation,
                           std::string const& account_id, std::string const& position, std::string const& scope) {
    Date const today = context.today();
    if (speaks_for(change.transaction(), account_id, organisation.text, today))
        return refuse(Refusal::conflict, "registry.membership.already");
    // Whoever left today and comes back the same day takes up the old membership.
    bool const resumed =
        change.transaction().execute("update registry_membership set until = null, position = ?, version = version + 1"
                                     " where account_id = ? and organisation_id = ? and since = ?",
                                     {position, account_id, organisation.text, to_text(today)}) == 1;
    if (!resumed)
        change.create(Membership{.id = new_id_of<Membership>(),
                                 .account_id = {account_id},
                                 .organisation_id = organisation,
                                 .position = position,
                                 .since = today},
                      scope);
    return {};
}

std::vector<ClaimWay> ways_for(config::Settings const& settings, Organisation const& organisation) {
    std::vector<ClaimWay> ways{ClaimWay::document};
    if (organisation.address && !organisation.address->empty()) ways.push_back(ClaimWay::letter);
    if (organisation.email && is_mail_address(*organisation.email) && mail::is_enabled(settings))
        ways.push_back(ClaimWay::mail);
    return ways;
}

Result<std::string> submit_claim(Context& context, Organisation const& organisation, Claim typed,
                                 std::vector<http::Upload> const& files) {
    if (context.actor.kind != auth::ActorKind::person) return refuse(Refusal::forbidden, "error.forbidden");
    auto const ways = ways_for(context.services.settings, organisation);
    if (std::ranges::find(ways, typed.way) == ways.end()) return refuse(Problems{{"way", "registry.claim.no_way", {}}});
    return context.change<std::string>([&](Change& change) -> Result<std::string> {
        if (speaks_for(change.transaction(), context.actor.account_id, organisation.id.text, context.today()))
            return refuse(Refusal::conflict, "registry.membership.already");
        auto const earlier = entity::first<Claim>(
            change.transaction(), "where account_id = ? and organisation_id = ? and state in ('submitted', 'returned')",
            {context.actor.account_id, organisation.id.text});
        Claim claim = earlier.value_or(Claim{.id = new_id_of<Claim>()});
        claim.organisation_id = organisation.id;
        claim.account_id = {context.actor.account_id};
        claim.position = typed.position;
        claim.way = typed.way;
        claim.statement = typed.statement;
        claim.state = ClaimState::submitted;
        claim.scope = organisation.scope;
        claim.submitted_at = context.now();
        if (auto problems = entity::validate(claim); !problems.empty()) return refuse(std::move(problems));
        bool const has_files = earlier && !files::list(change.transaction(), Claim::meta.name, claim.id.text).empty();
        TRY_VOID(check_files(claim, files, has_files));
        if (claim.way == ClaimWay::mail)
            TRY_VOID(send_code(context, change, claim, organisation));
        else
            forget_code(claim);
        if (earlier)
            TRY_VOID(change.save(*earlier, claim, "registry.claim.resubmitted", claim.scope));
        else
            change.create(claim, claim.scope);
        TRY_VOID(attach_files(context, change, claim, files));
        change.publish("registry.claim.submitted", claim.id.text, claim.scope, claim_decide);
        return claim.id.text;
    });
}

Result<Claim> visible_claim(Context& context, std::string_view id) {
    auto const claim = is_id(id) ? entity::find(context.reader(), Id<Claim>{std::string{id}}) : std::nullopt;
    if (claim && (is_claimant(context, *claim) || context.may(claim_decide, claim->scope))) return *claim;
    return refuse(Refusal::not_found, "error.not_found");
}

Result<void> withdraw_claim(Context& context, Claim const& claim) {
    TRY_VOID(require_claimant(context, claim));
    return context.change<void>([&](Change& change) -> Result<void> {
        return decide(context, change, claim, ClaimState::withdrawn, "registry.claim.withdrawn");
    });
}

Result<void> approve_claim(Context& context, Claim const& claim) {
    TRY_VOID(require_officer(context, claim));
    return context.change<void>([&](Change& change) -> Result<void> {
        TRY_VOID(decide(context, change, claim, ClaimState::approved, "registry.claim.approved"));
        return become_member(context, change, claim.organisation_id, claim.account_id.text, claim.position,
                             claim.scope);
    });
}

Result<void> return_claim(Context& context, Claim const& claim, std::string_view reason) {
    TRY_VOID(require_officer(context, claim));
    if (trim(reason).empty()) return refuse(Problems{{"reason", "error.required", {}}});
    return context.change<void>([&](Change& change) -> Result<void> {
        return decide(context, change, claim, ClaimState::returned, "registry.claim.returned", trim(reason));
    });
}

Result<std::string> issue_code(Context& context, Claim const& claim) {
    TRY_VOID(require_officer(context, claim));
    if (claim.way != ClaimWay::letter) return refuse(Refusal::invalid, "registry.claim.no_way");
    std::string code = auth::random_code(code_groups);
    Claim after = claim;
    set_code(after, code, Instant{context.now().ms + code_days * day_ms});
    return context.change<std::string>([&](Change& change) -> Result<std::string> {
        TRY_VOID(change.save(claim, after, "registry.claim.code_issued", claim.scope));
        return code;
    });
}

Result<void> mail_code(Context& context, Claim const& claim) {
    TRY_VOID(require_claimant(context, claim));
    auto const organisation = entity::find(context.reader(), claim.organisation_id);
    auto const ways = organisation ? ways_for(context.services.settings, *organisation) : std::vector<ClaimWay>{};
    if (claim.way != ClaimWay::mail || claim.state != ClaimState::submitted ||
        std::ranges::find(ways, ClaimWay::mail) == ways.end())
        return refuse(Refusal::conflict, "registry.claim.no_way");
    return context.change<void>([&](Change& change) -> Result<void> {
        Claim after = claim;
        TRY_VOID(send_code(context, change, after, *organisation));
        return change.save(claim, after, "registry.claim.code_mailed", claim.scope);
    });
}

Result<void> enter_code(Context& context, Claim const& claim, std::string_view code) {
    TRY_VOID(require_claimant(context, claim));
    if (claim.code_hash.empty()) return refuse(Problems{{"code", "registry.claim.no_code", {}}});
    if (!claim.code_until || *claim.code_until <= context.now())
        return refuse(Problems{{"code", "registry.claim.code_old", {}}});
    if (claim.code_attempts >= code_attempts_max) return refuse(Refusal::too_many, "registry.claim.code_locked");
    bool const is_right = auth::equal_in_constant_time(auth::sha256_hex(as_typed(code)), claim.code_hash);
    auto const done = context.change<bool>([&](Change& change) -> Result<bool> {
        if (is_right) {
            TRY_VOID(decide(context, change, claim, ClaimState::approved, "registry.claim.proved"));
            TRY_VOID(become_member(context, change, claim.organisation_id, claim.account_id.text, claim.position,
                                   claim.scope));
            return true;
        }
        Claim after = claim;
        ++after.code_attempts;
        TRY_VOID(change.save(claim, after, "registry.claim.code_wrong", claim.scope));
        return false;
    });
    if (!done) return tl::make_unexpected(done.error());
    if (!*done) return refuse(Problems{{"code", "registry.claim.code_wrong", {}}});
    return {};
}

std::int64_t count_open_claims(db::Session& session, std::string_view) {
    return session
        .integer("select count(*) from (select 1 from registry_claim where state = 'submitted' limit 100) one")
        .value_or(0);
}

} // namespace sangu::registry
