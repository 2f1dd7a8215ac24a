#pragma once

#include "kernel/entity/entity.h"
#include "modules/library/library.h"

#include <optional>
#include <string>

namespace sangu::experts {

// 专家类别
enum class Category : std::uint8_t { technology, management, finance, law, industry };
constexpr auto choices_of(Category) {
    using enum Category;
    return choices<Category>({{technology, "technology"},
                              {management, "management"},
                              {finance, "finance"},
                              {law, "law"},
                              {industry, "industry"}});
}

// Professional rank (职称): 正高级, 副高级, 中级, 其他.
enum class Rank : std::uint8_t { senior, associate_senior, intermediate, other };
constexpr auto choices_of(Rank) {
    using enum Rank;
    return choices<Rank>(
        {{senior, "senior"}, {associate_senior, "associate_senior"}, {intermediate, "intermediate"}, {other, "other"}});
}

enum class Availability : std::uint8_t { available, limited, unavailable };
constexpr auto choices_of(Availability) {
    using enum Availability;
    return choices<Availability>({{available, "available"}, {limited, "limited"}, {unavailable, "unavailable"}});
}

// An expert, by the fields that expert registers ask for; no identity numbers.
struct Expert {
    Id<Expert> id; // that of the library's entry
    std::optional<std::string> name;
    std::optional<Category> category;
    std::optional<Rank> rank;
    std::optional<std::string> employer, department, post;
    std::optional<library::TechField> tech_field;
    std::optional<std::string> industry; // GB/T 4754-2017
    std::optional<std::string> speciality;
    std::string directions; // of research, one a line
    std::optional<Availability> availability;
    std::optional<Date> available_from;
    bool consulting = false, review = false, joint_research = false, training = false, lecturing = false;
    bool chinese = false, english = false, japanese = false, german = false, french = false, russian = false;
    std::string experience;
    std::optional<std::string> phone, email;

    static entity::EntityMeta const meta;
};

enum class EvidenceKind : std::uint8_t { achievement, right, project, paper, standard, award };
constexpr auto choices_of(EvidenceKind) {
    using enum EvidenceKind;
    return choices<EvidenceKind>({{achievement, "achievement"},
                                  {right, "right"},
                                  {project, "project"},
                                  {paper, "paper"},
                                  {standard, "standard"},
                                  {award, "award"}});
}

// What shows that the expert knows the field.
struct Evidence {
    Id<Evidence> id;
    Id<Expert> entry_id;
    std::int64_t position = 0;
    EvidenceKind kind = EvidenceKind::project;
    std::string title;
    std::optional<std::string> reference; // CG-2026-000123, a patent number, a DOI
    std::optional<std::int64_t> year;

    static entity::EntityMeta const meta;
};

enum class Ground : std::uint8_t { employer, co_author, family, other };
constexpr auto choices_of(Ground) {
    using enum Ground;
    return choices<Ground>({{employer, "employer"}, {co_author, "co_author"}, {family, "family"}, {other, "other"}});
}

// A person or organisation the expert does not judge or advise. Seen by the owner of the entry and by officers alone.
struct Avoidance {
    Id<Avoidance> id;
    Id<Expert> entry_id;
    std::int64_t position = 0;
    Ground ground = Ground::other;
    std::string name;

    static entity::EntityMeta const meta;
};

} // namespace sangu::experts
