#include "support/database.h"

#include "base/id.h"
#include "support/postgres_server.h"

namespace sangu::test {

namespace {

// Passes everything on and keeps something alive that must outlive the database.
template <class Keep> class Kept final : public db::Database {
public:
    Kept(std::unique_ptr<Keep> keep, std::unique_ptr<db::Database> inner)
        : keep_{std::move(keep)}, inner_{std::move(inner)} {}

    db::Dialect dialect() const override { return inner_->dialect(); }
    db::ReaderLease read() override { return inner_->read(); }
    void write(FunctionRef<void(db::Transaction&)> command) override { inner_->write(command); }
    void write_alone(FunctionRef<void(db::Transaction&)> bulk) override { inner_->write_alone(bulk); }
    std::int64_t copy_in(db::Transaction& transaction, std::string_view table,
                         std::span<std::string_view const> columns,
                         FunctionRef<bool(std::vector<Value>& row)> next) override {
        return inner_->copy_in(transaction, table, columns, next);
    }
    using Database::backup_to;
    void backup_to(std::string const& path, FunctionRef<void(db::Session&)> look) override {
        inner_->backup_to(path, look);
    }
    Counters counters() const override { return inner_->counters(); }

private:
    std::unique_ptr<Keep> keep_;
    std::unique_ptr<db::Database> inner_;
};

} // namespace

TemporaryDirectory::TemporaryDirectory() : path_{std::filesystem::temp_directory_path() / ("sangu-test-" + new_id())} {
    std::filesystem::create_directories(path_);
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::unique_ptr<db::Database> sqlite_database(db::Options options) {
    auto directory = std::make_unique<TemporaryDirectory>();
    options.url = "sqlite:" + (directory->path() / "sangu.db").string();
    auto inner = db::open(options);
    return std::make_unique<Kept<TemporaryDirectory>>(std::move(directory), std::move(inner));
}

std::unique_ptr<db::Database> postgres_database(db::Options options) {
    auto fresh = std::make_unique<FreshPostgresDatabase>();
    options.url = fresh->url();
    auto inner = db::open(options);
    return std::make_unique<Kept<FreshPostgresDatabase>>(std::move(fresh), std::move(inner));
}

std::unique_ptr<db::Database> database_of(std::string const& kind, db::Options options) {
    return kind == "postgres" ? postgres_database(std::move(options)) : sqlite_database(std::move(options));
}

void OnBothDatabases::SetUp() {
    if (is_postgres() && !has_postgres()) GTEST_SKIP() << "no PostgreSQL server can be started here";
}

db::Database& OnBothDatabases::database() {
    if (!database_) database_ = database_of(GetParam());
    return *database_;
}

} // namespace sangu::test
