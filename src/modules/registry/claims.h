#pragma once

// Proving that one may speak for an organisation. The first member brings a document that an officer checks, or a code
// that was sent to the registered address or mailbox; members invite the next ones by a link that works once.

#include "kernel/config/settings.h"
#include "kernel/context.h"
#include "kernel/files/files.h"
#include "modules/registry/entities.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::registry {

inline constexpr std::string_view claim_decide = "registry.claim.decide";

enum class ClaimWay : std::uint8_t { document, letter, mail };
constexpr auto choices_of(ClaimWay) {
    using enum ClaimWay;
    return choices<ClaimWay>({{document, "document"}, {letter, "letter"}, {mail, "mail"}});
}
enum class ClaimState : std::uint8_t { submitted, returned, approved, withdrawn };
constexpr auto choices_of(ClaimState) {
    using enum ClaimState;
    return choices<ClaimState>(
        {{submitted, "submitted"}, {returned, "returned"}, {approved, "approved"}, {withdrawn, "withdrawn"}});
}

struct Claim {
    Id<Claim> id;
    Id<Organisation> organisation_id;
    Id<auth::Account> account_id;
    std::string position;
    ClaimWay way = ClaimWay::document;
    std::string statement; // what the documents are
    ClaimState state = ClaimState::submitted;
    std::string reason; // why it was returned
    std::string scope;  // of the organisation, for the officers' queue
    std::string code_hash;
    std::optional<Instant> code_until;
    std::int64_t code_attempts = 0;
    Instant submitted_at;
    std::optional<std::string> decided_by;
    std::optional<Instant> decided_at;
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

struct Invitation {
    Id<Invitation> id;
    Id<Organisation> organisation_id;
    std::string position;
    std::string token_hash;
    Id<auth::Account> invited_by;
    Instant expires_at;
    std::optional<Id<auth::Account>> used_by;
    std::optional<Instant> used_at;
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

inline constexpr int code_days = 30;
inline constexpr int mail_code_hours = 24;   // a code by mail is valid
inline constexpr int mail_wait_minutes = 60; // between two mails to one organisation, whoever asks
inline constexpr int code_attempts_max = 5;
inline constexpr int invitation_days = 7;

// Ways that can work for this organisation: a letter needs its registered address, a mail its registered mailbox and a
// mail server.
std::vector<ClaimWay> ways_for(config::Settings const& settings, Organisation const& organisation);

// Asks to speak for an organisation, or asks again after a return. The way "document" needs at least one file.
Result<std::string> submit_claim(Context& context, Organisation const& organisation, Claim typed,
                                 std::vector<http::Upload> const& files);
// The claimant and officers of the organisation's place; others get "error.not_found".
Result<Claim> visible_claim(Context& context, std::string_view id);
Result<void> withdraw_claim(Context& context, Claim const& claim);
// An officer's decision, never about one's own claim. Approval makes the claimant a member from today.
Result<void> approve_claim(Context& context, Claim const& claim);
Result<void> return_claim(Context& context, Claim const& claim, std::string_view reason);
// A code for the letter to the registered address: valid for code_days, told once. An earlier one ends.
Result<std::string> issue_code(Context& context, Claim const& claim);
// Sends the claimant's code to the registered mailbox, valid for mail_code_hours; an earlier one ends. The way "mail"
// does it when it is submitted. Refuses "registry.claim.mail_wait" when one was sent to this organisation within
// mail_wait_minutes, "registry.claim.no_way" without a mailbox.
Result<void> mail_code(Context& context, Claim const& claim);
// The claimant types the code; after code_attempts_max wrong ones a new letter is needed.
Result<void> enter_code(Context& context, Claim const& claim, std::string_view code);

// A member invites somebody: the token of the link, told once.
Result<std::string> invite(Context& context, Organisation const& organisation, std::string_view position);
std::optional<Invitation> open_invitation(Context& context, std::string_view token);
// The signed-in account becomes a member; the id of the organisation.
Result<std::string> accept_invitation(Context& context, std::string_view token);
Result<void> revoke_invitation(Context& context, std::string_view invitation_id);
// A member leaves, or another member or an officer ends the membership, from today.
Result<void> end_membership(Context& context, std::string_view membership_id);

std::int64_t count_open_claims(db::Session& session, std::string_view account_id);

} // namespace sangu::registry
