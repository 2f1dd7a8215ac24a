#pragma once

// Prepared statements of one connection by their text, the least recently used leaves first.
// Not thread-safe, like the connection. `Statement` has a bool member `busy`: busy ones stay.

#include <functional>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace sangu::db {

template <class Statement> class StatementCache {
public:
    explicit StatementCache(std::size_t capacity) : capacity_{capacity} {}

    // The statement with exactly this text, or null. The pointer stays valid until it leaves the cache.
    Statement* find(std::string_view sql) {
        auto const found = by_text_.find(sql);
        if (found == by_text_.end()) return nullptr;
        entries_.splice(entries_.begin(), entries_, found->second);
        return &found->second->second;
    }

    Statement& insert(std::string_view sql, Statement statement) {
        entries_.emplace_front(std::string{sql}, std::move(statement));
        by_text_.emplace(entries_.front().first, entries_.begin());
        return entries_.front().second;
    }

    void erase(std::string_view sql) {
        if (auto const found = by_text_.find(sql); found != by_text_.end()) {
            auto const entry = found->second;
            by_text_.erase(found);
            entries_.erase(entry);
        }
    }

    // When the cache is full: removes an idle statement and gives it back.
    std::optional<Statement> make_room() {
        if (entries_.size() < capacity_) return std::nullopt;
        for (auto entry = std::prev(entries_.end());; --entry) {
            if (!entry->second.busy) {
                std::optional<Statement> removed{std::move(entry->second)};
                by_text_.erase(std::string_view{entry->first});
                entries_.erase(entry);
                return removed;
            }
            if (entry == entries_.begin()) return std::nullopt;
        }
    }

    void clear() {
        by_text_.clear();
        entries_.clear();
    }

private:
    using Entries = std::list<std::pair<std::string, Statement>>;

    std::size_t capacity_;
    Entries entries_; // most recently used first
    std::unordered_map<std::string_view, typename Entries::iterator> by_text_;
};

} // namespace sangu::db
