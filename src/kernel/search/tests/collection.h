#pragma once

// Random collections for the tests of the index: few words, so that ties and long lists are frequent.

#include "kernel/search/index/index.h"
#include "kernel/search/query/weighted.h"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace sangu::search::test {

inline Schema small_schema() {
    return {{{"title", 2.5, 0.5, 6}, {"text", 1, 0.75, 40}, {"codes", 3, 0, 3}}, {"kind", "place"}, 1.2};
}

class Collection {
public:
    explicit Collection(unsigned seed, std::size_t words = 300) : random_{seed}, words_{words} {}

    std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>{0, end - 1}(random_); }

    // Frequent words are very frequent.
    std::string word() {
        double const uniform = std::uniform_real_distribution<double>{0, 1}(random_);
        auto const rank = static_cast<std::size_t>(std::pow(static_cast<double>(words_), uniform)) - 1;
        return "w" + std::to_string(rank);
    }

    std::string text(std::size_t words) {
        std::string text;
        for (std::size_t at = 0; at < words; ++at) text.append(word()).append(" ");
        return text;
    }

    Document document(std::string key) {
        Document document;
        document.key = std::move(key);
        document.fields = {text(below(8)), text(below(60)), below(4) == 0 ? text(2) : ""};
        document.facets = {{0, "k" + std::to_string(below(3))}};
        for (std::size_t at = below(3); at > 0; --at) document.facets.push_back({1, "p" + std::to_string(below(20))});
        document.boost = below(5) == 0 ? 0.5 : 1;
        return document;
    }

    std::vector<Document> documents(std::size_t count, std::size_t first = 0) {
        std::vector<Document> documents;
        for (std::size_t at = 0; at < count; ++at) documents.push_back(document("d" + std::to_string(first + at)));
        return documents;
    }

    WeightedQuery query(std::size_t terms) {
        WeightedQuery query;
        for (std::size_t at = 0; at < terms; ++at) {
            auto const fields = below(6) == 0 ? static_cast<std::uint8_t>(1U << below(3)) : every_field;
            query.push_back({word(), below(3) == 0 ? 0.25 : 1.0, fields});
        }
        return query;
    }

private:
    std::mt19937 random_;
    std::size_t words_;
};

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "sangu-search-XXXXXX").string();
        if (!mkdtemp(name.data())) throw std::runtime_error{"no temporary folder"};
        path_ = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
    std::string const& path() const { return path_; }

private:
    std::string path_;
};

} // namespace sangu::search::test
