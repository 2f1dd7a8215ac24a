#pragma once

// What the register of rights stores about a right, who holds it and what lies on it. Rules that change with the law
// are rows of their own (rule_entities.h).

#include "kernel/entity/entity.h"
#include "modules/rights/rights.h"

#include <optional>
#include <string>

namespace sangu::registry {
struct Organisation;
}

namespace sangu::rights {

enum class RightKind : std::uint8_t {
    invention,
    utility_model,
    design,
    trademark,
    copyright,
    software,
    layout_design,
    plant_variety,
    geographical_indication
};
constexpr auto choices_of(RightKind) {
    using enum RightKind;
    return choices<RightKind>({{invention, "invention"},
                               {utility_model, "utility_model"},
                               {design, "design"},
                               {trademark, "trademark"},
                               {copyright, "copyright"},
                               {software, "software"},
                               {layout_design, "layout_design"},
                               {plant_variety, "plant_variety"},
                               {geographical_indication, "geographical_indication"}});
}

// Where a right stands at its office. Everything after `granted` has ended.
enum class LegalStatus : std::uint8_t { pending, published, granted, expired, lapsed, invalidated, withdrawn, refused };
constexpr auto choices_of(LegalStatus) {
    using enum LegalStatus;
    return choices<LegalStatus>({{pending, "pending"},
                                 {published, "published"},
                                 {granted, "granted"},
                                 {expired, "expired"},
                                 {lapsed, "lapsed"},
                                 {invalidated, "invalidated"},
                                 {withdrawn, "withdrawn"},
                                 {refused, "refused"}});
}
constexpr bool has_ended(LegalStatus status) { return status > LegalStatus::granted; }

// What the term depends on beside the kind: woody plants are protected longer, the works of a person for life.
enum class Variant : std::uint8_t { ordinary, woody_plant, natural_person };
constexpr auto choices_of(Variant) {
    return choices<Variant>({{Variant::ordinary, "ordinary"},
                             {Variant::woody_plant, "woody_plant"},
                             {Variant::natural_person, "natural_person"}});
}

enum class Disclosure : std::uint8_t { open, undisclosed };
constexpr auto choices_of(Disclosure) {
    return choices<Disclosure>({{Disclosure::open, "open"}, {Disclosure::undisclosed, "undisclosed"}});
}

struct Right {
    Id<Right> id;
    RightKind kind = RightKind::invention;
    std::string country = "CN"; // office, WIPO ST.3
    std::string title;
    std::optional<std::string> title_en;
    std::optional<std::string> application_number, publication_number, grant_number;
    std::optional<Date> application_date, publication_date, grant_date;
    Variant variant = Variant::ordinary;
    std::optional<Date> declared_expiry; // what the office says, where no rule computes it
    std::optional<Date> expires_on;      // the first day without protection
    LegalStatus legal_status = LegalStatus::pending;
    EncumbranceState encumbrance = EncumbranceState::free; // the gravest that lies on it
    Disclosure disclosure = Disclosure::open;
    std::optional<std::string> main_class;
    std::string section;               // first letter of the main class (IPC); empty without one
    std::optional<std::string> docket; // the holder's own number for it
    std::optional<std::string> family;
    std::optional<std::string> summary;
    std::string holders, inventors;            // their names, for lists and search
    std::string city;                          // code of the first holder's city; empty outside the zone
    std::string scope = "zone";                // of the first holder
    std::optional<std::int64_t> fee_year_paid; // annual fees are known to be paid up to this year of the term
    std::optional<Date> next_fee_due;
    std::optional<std::string> source; // where the entry comes from, with its licence
    Date checked_on;                   // last confirmed by holder or officer
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

struct Holder {
    Id<Holder> id;
    Id<Right> right_id;
    std::int64_t position = 1;
    std::optional<Id<registry::Organisation>> organisation_id;
    std::string name;
    std::int64_t share_ppm = 1'000'000; // of the whole; all holders of a right make 1,000,000

    static entity::EntityMeta const meta;
};

struct Inventor {
    Id<Inventor> id;
    Id<Right> right_id;
    std::int64_t position = 1;
    std::string name;

    static entity::EntityMeta const meta;
};

enum class Scheme : std::uint8_t { ipc, cpc, locarno, nice };
constexpr auto choices_of(Scheme) {
    return choices<Scheme>(
        {{Scheme::ipc, "ipc"}, {Scheme::cpc, "cpc"}, {Scheme::locarno, "locarno"}, {Scheme::nice, "nice"}});
}

struct Classification {
    Id<Classification> id;
    Id<Right> right_id;
    std::int64_t position = 1;
    Scheme scheme = Scheme::ipc;
    std::string symbol; // "B61F 5/38"

    static entity::EntityMeta const meta;
};

// What somebody holds on a right; live while `released_at` is empty. Rows are never deleted: they are the history.
struct Encumbrance {
    Id<Encumbrance> id;
    Id<Right> right_id;
    EncumbranceKind kind = EncumbranceKind::ordinary_licence;
    std::optional<Id<registry::Organisation>> holder_id;
    std::string holder_name;
    std::string reason;
    std::string source, source_id; // the module and object that took it: "trading.listing", its id
    Date since;
    std::optional<Date> until;          // its last day
    bool consented = false;             // those whose consent the rules ask for have given it
    std::optional<std::string> consent; // who consented, in which document
    Instant taken_at;
    std::string taken_by, taken_by_name;
    std::optional<Instant> released_at;
    std::optional<std::string> release_reason;
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

// One annual fee that was paid.
struct FeePayment {
    Id<FeePayment> id;
    Id<Right> right_id;
    std::int64_t fee_year = 1; // year of the term, from the filing date
    Date paid_on;
    Money amount, surcharge;
    std::optional<std::string> receipt;
    std::string entered_by_name;
    Instant entered_at;

    static entity::EntityMeta const meta;
};

} // namespace sangu::rights
