#include "kernel/entity/store.h"

namespace sangu::entity {

void insert(db::Transaction& transaction, EntityMeta const& meta, void const* object) {
    std::vector<Value> parameters;
    parameters.reserve(meta.fields.size());
    for (FieldMeta const& field : meta.fields) parameters.push_back(field.load(object));
    transaction.send(insert_sql(meta), db::Parameters{parameters});
}

namespace {

struct Update {
    std::vector<Value> parameters;
    FieldMeta const* version = nullptr;
    std::int64_t seen = 0;
};

Update update_of(EntityMeta const& meta, void const* object) {
    Update update;
    update.parameters.reserve(meta.fields.size() + 1);
    for (FieldMeta const& field : meta.fields) {
        if (field.key) continue;
        Value value = field.load(object);
        if (field.version) {
            update.version = &field;
            update.seen = std::get<std::int64_t>(value);
            value = update.seen + 1;
        }
        update.parameters.push_back(std::move(value));
    }
    update.parameters.push_back(meta.key().load(object));
    if (update.version) update.parameters.emplace_back(update.seen);
    return update;
}

} // namespace

bool update(db::Session& session, EntityMeta const& meta, void* object) {
    auto const [parameters, version, seen] = update_of(meta, object);
    bool const changed = session.execute(update_sql(meta), parameters) == 1;
    if (changed && version) version->store(object, seen + 1);
    return changed;
}

void send_update(db::Transaction& transaction, EntityMeta const& meta, void* object) {
    auto const [parameters, version, seen] = update_of(meta, object);
    transaction.send_one(update_sql(meta), db::Parameters{parameters}, db::stale);
    if (version) version->store(object, seen + 1);
}

void load_row(EntityMeta const& meta, void* object, db::Row const& row, int first_column) {
    int column = first_column;
    for (FieldMeta const& field : meta.fields)
        if (!field.read(object, row, column++))
            throw db::Fault{"unreadable value in " + meta.table() + "." + std::string{field.name}};
}

namespace {

std::string select_with(EntityMeta const& meta, std::string_view tail) {
    std::string sql = select_sql(meta);
    if (!tail.empty()) sql.append(" ").append(tail);
    return sql;
}

} // namespace

void read(db::Session& session, EntityMeta const& meta, std::string_view tail, db::Parameters parameters,
          FunctionRef<void*()> next) {
    session.query(select_with(meta, tail), parameters, [&](db::Row const& row) { load_row(meta, next(), row); });
}

void each(db::Session& session, EntityMeta const& meta, void* object, std::string_view tail, db::Parameters parameters,
          FunctionRef<void()> row) {
    session.query(select_with(meta, tail), parameters, [&](db::Row const& found) {
        load_row(meta, object, found);
        row();
    });
}

bool erase(db::Session& session, EntityMeta const& meta, std::string_view id) {
    return session.execute("delete from " + meta.table() + " where " + std::string{meta.key().name} + " = ?",
                           {std::string{id}}) == 1;
}

} // namespace sangu::entity
