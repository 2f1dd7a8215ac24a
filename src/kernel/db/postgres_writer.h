#pragma once

// The writer's connection of a PostgreSQL database. Each batch holds an advisory lock, so that several servers on
// one database write one after the other and the order of commits is the order of the change feed.

#include "kernel/db/group_writer.h"
#include "kernel/db/postgres_connection.h"

namespace sangu::db {

class PostgresWriter final : public WriterConnection {
public:
    explicit PostgresWriter(std::string const& url) : connection_{url, 0} {}

    void begin() override;
    void savepoint() override;
    void release() override;
    void undo() override;
    void commit() override;
    void rollback() noexcept override;
    State state() const noexcept override;
    Transaction& transaction() override { return connection_; }

private:
    PostgresConnection connection_;
    bool is_begun_ = false;
};

} // namespace sangu::db
