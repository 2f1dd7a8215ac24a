#include "kernel/imports/rows.h"

#include "base/id.h"
#include "base/text.h"
#include "kernel/imports/lookup.h"
#include "kernel/resource/service.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace sangu::imports {

using entity::AnyObject;
using entity::EntityMeta;
using entity::FieldMeta;

Rows::Rows(Context& context, resource::Resource const& resource, std::unique_ptr<tables::Reader> file)
    : context_{&context}, resource_{&resource}, file_{std::move(file)} {}

void Rows::add_part(FieldMeta const& field, Column const& column, std::size_t at, std::string constant) {
    std::optional<References> references;
    if (References::is_reference(*resource_, field)) references.emplace(*context_, *resource_, field);
    parts_.push_back({&field, at, std::move(constant), CellReader{meta(), field, column}, std::move(references)});
}

Result<Rows> Rows::open(Context& context, resource::Resource const& resource, Mapping const& mapping,
                        std::string const& path) {
    Rows rows { context, resource, TRY(tables::open(path)) };
    std::int64_t line = 0;
    if (!TRY(rows.file_->next(rows.row_, line))) return refuse({Problem{"", "error.file.empty", {}, 1, 1}});
    EntityMeta const& meta = *resource.meta;
    for (std::size_t i = 0; i < mapping.columns.size() && i < rows.row_.size(); ++i)
        if (FieldMeta const* field = meta.find(mapping.columns[i].field); field && is_importable(*field))
            rows.add_part(*field, mapping.columns[i], i, {});
    for (auto const& [name, text] : mapping.constants)
        if (FieldMeta const* field = meta.find(name); field && is_importable(*field) && !text.empty())
            rows.add_part(*field, {}, std::string::npos, text);
    FieldMeta const* key = resource.import_key.empty() ? nullptr : meta.find(resource.import_key);
    if (key && std::ranges::find(rows.parts_, key, &Part::field) != rows.parts_.end()) rows.key_ = key;
    return rows;
}

std::int64_t Rows::column_of(std::string_view field) const {
    for (Part const& part : parts_)
        if (part.field->name == field && part.column != std::string::npos)
            return static_cast<std::int64_t>(part.column) + 1;
    return 0;
}

Result<std::vector<Item>> Rows::read() {
    std::vector<Item> items;
    while (items.size() < batch_rows) {
        Item item;
        if (!TRY(file_->next(row_, item.line))) break;
        for (Part const& part : parts_)
            item.cells.push_back(part.column == std::string::npos ? part.constant
                                 : part.column < row_.size()      ? row_[part.column]
                                                                  : std::string{});
        items.push_back(std::move(item));
    }
    return items;
}

Result<void> Rows::skip(std::int64_t rows) {
    std::int64_t line = 0;
    for (; rows > 0; --rows)
        if (!TRY(file_->next(row_, line))) break;
    return {};
}

void Rows::add_problem(Item& item, FieldMeta const& field, std::string_view key, std::vector<std::string> arguments) {
    item.problems.push_back(
        {std::string{field.name}, std::string{key}, std::move(arguments), item.line, column_of(field.name)});
}

void Rows::add_problems(Item& item, Problems problems) {
    for (Problem& problem : problems) {
        problem.line = item.line;
        problem.column = column_of(problem.field);
        item.problems.push_back(std::move(problem));
    }
}

entity::ParsedText Rows::value_of(Part const& part, std::string_view cell) const {
    cell = trim(cell);
    if (part.references && !cell.empty()) return part.references->find(cell);
    return part.reader.read(cell);
}

void Rows::load_references(db::Session& session, std::vector<Item> const& items) {
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        if (!parts_[i].references) continue;
        std::set<std::string> texts;
        for (Item const& item : items)
            if (auto const text = trim(item.cells[i]); !text.empty()) texts.emplace(text);
        parts_[i].references->load(session, texts);
    }
}

// Puts the object that a row's key names into `before`; gives the keys that name more than one.
std::vector<std::string> Rows::load_existing(db::Session& session, std::vector<Item>& items) {
    std::vector<std::string> doubled;
    if (!key_) return doubled;
    Part const& part = *std::ranges::find(parts_, key_, &Part::field);
    auto const at = static_cast<std::size_t>(&part - parts_.data());
    std::unordered_multimap<std::string, Item*> wanted;
    std::vector<std::string> values;
    for (Item& item : items) {
        auto const parsed = value_of(part, item.cells[at]);
        std::string text = entity::to_plain_text(*key_, parsed.value);
        if (text.empty()) continue;
        values.push_back(text);
        wanted.emplace(std::move(text), &item);
    }
    AnyObject found{meta()};
    each_of(session, entity::select_sql(meta()), key_->name, values, [&](db::Row const& row) {
        entity::load_row(meta(), found.get(), row);
        std::string const text = entity::to_plain_text(*key_, key_->load(found.get()));
        auto const [first, last] = wanted.equal_range(text);
        for (auto one = first; one != last; ++one) {
            if (one->second->before && one->second->before->id() != found.id()) doubled.push_back(text);
            one->second->before = found;
        }
    });
    return doubled;
}

void Rows::make(db::Session& session, Item& item) {
    if (item.before)
        item.after = item.before;
    else
        item.after.emplace(meta());
    AnyObject& after = *item.after;
    if (!item.before) meta().key().store(after.get(), Value{new_id()});
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        auto const parsed = value_of(parts_[i], item.cells[i]);
        if (!parsed.problem.empty())
            add_problem(item, *parts_[i].field, parsed.problem, {shorten(trim(item.cells[i]), 60)});
        else if (!parts_[i].field->store(after.get(), parsed.value))
            add_problem(item, *parts_[i].field, "error.invalid");
    }
    if (!item.problems.empty()) return;
    void const* const before = item.before ? item.before->get() : nullptr;
    if (auto const checked = resource::check_written(*context_, session, *resource_, before, after.get()); !checked)
        add_problems(item, checked.error().problems.empty()
                               ? Problems{{"", checked.error().key, checked.error().arguments}}
                               : checked.error().problems);
    // The check may have derived the scope from what was entered.
    item.scope = resource::scope_of(*resource_, after.get());
    for (std::string const& scope : {item.before ? resource::scope_of(*resource_, before) : item.scope, item.scope})
        if (item.problems.empty())
            if (auto const allowed = context_->require(resource_->import_permission, scope); !allowed)
                add_problems(item, {{"", allowed.error().key, allowed.error().arguments}});
}

void Rows::resolve(db::Session& session, std::vector<Item>& items) {
    load_references(session, items);
    std::vector<std::string> const doubled = load_existing(session, items);
    for (Item& item : items) {
        make(session, item);
        if (doubled.empty() || !key_ || !item.before) continue;
        std::string const text = entity::to_plain_text(*key_, key_->load(item.before->get()));
        if (std::ranges::find(doubled, text) != doubled.end()) add_problem(item, *key_, "error.import.several", {text});
    }
}

} // namespace sangu::imports
