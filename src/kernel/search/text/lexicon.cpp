#include "kernel/search/text/lexicon.h"

#include "base/embedded.h"
#include "base/text.h"

namespace sangu::embedded {
std::span<EmbeddedFile const> lexicon_files();
}

namespace sangu::search {
namespace {

std::string shipped_words() {
    std::string words;
    for (auto const& file : embedded::lexicon_files()) words.append(file.data).append("\n");
    return words;
}

} // namespace

Lexicon::Lexicon(std::string_view words) {
    add(words);
    words_.build();
}

void Lexicon::add(std::string_view words) {
    while (!words.empty()) {
        auto const end = std::min(words.find('\n'), words.size());
        std::string_view const line = words.substr(0, end);
        if (!line.starts_with('#')) words_.add(trim(line.substr(0, line.find('\t'))));
        words.remove_prefix(std::min(end + 1, words.size()));
    }
}

std::shared_ptr<Lexicon const> Lexicon::with(std::string_view further_words) {
    return std::make_shared<Lexicon const>(shipped_words().append(further_words));
}

std::shared_ptr<Lexicon const> Lexicon::shipped() {
    static std::shared_ptr<Lexicon const> const lexicon = std::make_shared<Lexicon const>(shipped_words());
    return lexicon;
}

std::uint32_t Lexicon::longest_at(std::span<Character const> text) const {
    auto const match = words_.longest_at(text);
    return match ? match->length : 0;
}

} // namespace sangu::search
