#pragma once

// The collections of bench_search: real ones with known answers, and large ones grown from their texts.

#include "kernel/search/index/index.h"

#include <cstddef>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace sangu::bench {

double cpu_microseconds(); // of this thread

// Titles, abstracts … of one file of JSON lines, by their names.
using Row = std::map<std::string, std::string>;
std::vector<Row> rows_of(std::string const& file);
std::vector<std::string> lines_of(std::string const& command);

// Questions with what answers them.
struct TestSet {
    std::string name;
    std::vector<search::Document> documents; // one field
    struct Question {
        std::string text;
        std::map<std::string, int> relevant; // key of the document, grade
    };
    std::vector<Question> questions;
};
// Every set of the folder with the project's data.
std::vector<TestSet> test_sets(std::string const& data);

// Documents and needs of any number from the same texts: each is the title of one paper and sentences drawn from all.
class Grown {
public:
    explicit Grown(std::vector<Row> rows, unsigned seed = 20'260'101);
    search::Document document(std::size_t number); // title, text; facet: its discipline
    std::string need(std::size_t sentences);

private:
    template <class T> T const& pick(std::vector<T> const& values) {
        return values[std::uniform_int_distribution<std::size_t>{0, values.size() - 1}(random_)];
    }
    std::vector<Row> rows_;
    std::vector<std::string> sentences_;
    std::mt19937 random_;
};

class Folder {
public:
    Folder();
    ~Folder();
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    std::string const& path() const { return path_; }

private:
    std::string path_;
};

// Schema of one field; only the pivot is measured.
search::Schema schema_for(std::vector<search::Document> const& documents);
// Schema of grown documents.
search::Schema grown_schema();

double quantile(std::vector<double> values, double part);

} // namespace sangu::bench
