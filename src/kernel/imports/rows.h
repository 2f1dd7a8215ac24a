#pragma once

// The rows of a file on their way to objects: read in batches, their references and existing objects found by few
// queries, checked by the description and by the module's own rules. Check and run use the same class, so that a run
// refuses what a check refuses.

#include "kernel/context.h"
#include "kernel/entity/any_object.h"
#include "kernel/imports/cell.h"
#include "kernel/imports/references.h"
#include "kernel/resource/resource.h"
#include "kernel/tables/tables.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sangu::imports {

inline constexpr std::size_t batch_rows = 500;

// One row: what it makes, of what, and what is wrong with it.
struct Item {
    std::int64_t line = 0;
    std::vector<std::string> cells; // of the mapped columns
    std::optional<entity::AnyObject> before, after;
    std::string scope;
    Problems problems;

    bool is_good() const { return problems.empty(); }
    bool is_change() const { return before.has_value(); }
};

class Rows {
public:
    // Opens the file, whose first row must be the header that `mapping` is for.
    static Result<Rows> open(Context& context, resource::Resource const& resource, Mapping const& mapping,
                             std::string const& path);
    Rows(Rows&&) noexcept = default;

    // The next rows, at most `batch_rows`; empty at the end. No database. An Error when the file itself is wrong.
    Result<std::vector<Item>> read();
    // Fills in what the rows make, by what is stored in `session`.
    void resolve(db::Session& session, std::vector<Item>& items);
    Result<void> skip(std::int64_t rows);

    // The column of the file that fills a field, from 1; 0: none.
    std::int64_t column_of(std::string_view field) const;
    entity::EntityMeta const& meta() const { return *resource_->meta; }
    // The field by which a row finds its object; null: every row makes a new one.
    entity::FieldMeta const* key() const { return key_; }

private:
    struct Part {
        entity::FieldMeta const* field;
        std::size_t column; // of the file; npos: a constant
        std::string constant;
        CellReader reader;
        std::optional<References> references;
    };

    Rows(Context& context, resource::Resource const& resource, std::unique_ptr<tables::Reader> file);
    void add_part(entity::FieldMeta const& field, Column const& column, std::size_t at, std::string constant);
    entity::ParsedText value_of(Part const& part, std::string_view cell) const;
    void load_references(db::Session& session, std::vector<Item> const& items);
    std::vector<std::string> load_existing(db::Session& session, std::vector<Item>& items);
    void make(db::Session& session, Item& item);
    void add_problem(Item& item, entity::FieldMeta const& field, std::string_view key,
                     std::vector<std::string> arguments = {});
    void add_problems(Item& item, Problems problems);

    Context* context_;
    resource::Resource const* resource_;
    std::unique_ptr<tables::Reader> file_;
    std::vector<Part> parts_;
    entity::FieldMeta const* key_ = nullptr;
    tables::Row row_;
};

} // namespace sangu::imports
