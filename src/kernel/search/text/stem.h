#pragma once

// Light stemming of Latin words: the English stemmer of Snowball (Porter 2) on words of ASCII letters.

#include <string_view>

struct sb_stemmer;

namespace sangu::search {

// Not thread-safe: one for each thread.
class Stemmer {
public:
    Stemmer(); // throws std::bad_alloc
    ~Stemmer();
    Stemmer(Stemmer const&) = delete;
    Stemmer& operator=(Stemmer const&) = delete;

    // The stem of a lower-case word, valid until the next call; words with other signs than a–z are their own stem.
    std::string_view stem(std::string_view word);

private:
    sb_stemmer* stemmer_;
};

// Words of an English text that say nothing about its subject; in a query they count only when there is nothing else.
bool is_stop_word(std::string_view word);

} // namespace sangu::search
