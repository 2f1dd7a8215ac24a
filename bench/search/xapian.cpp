#include "collections.h"
#include "peers.h"

#ifdef SANGU_HAS_XAPIAN
#include <xapian.h>
#endif

#include <algorithm>

namespace sangu::bench {

#ifdef SANGU_HAS_XAPIAN
namespace {

template <class F> void for_each_word(std::string const& text, F const& function) {
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t const end = std::min(text.find(' ', begin), text.size());
        if (end > begin) function(text.substr(begin, end - begin));
        begin = end + 1;
    }
}

Xapian::Document document_of(std::string const& text, bool by_tokens, Xapian::TermGenerator& generator) {
    Xapian::Document document;
    if (by_tokens) {
        for_each_word(text, [&](std::string const& word) { document.add_term(word); });
    } else {
        generator.set_document(document);
        generator.index_text_without_positions(text);
    }
    return document;
}

Xapian::Query query_of(std::string const& text, bool by_tokens, Xapian::TermGenerator& generator) {
    Xapian::Document const terms = document_of(text, by_tokens, generator);
    std::vector<Xapian::Query> parts;
    for (auto term = terms.termlist_begin(); term != terms.termlist_end(); ++term)
        parts.emplace_back(*term, term.get_wdf());
    return {Xapian::Query::OP_OR, parts.begin(), parts.end()};
}

} // namespace

std::optional<PeerResult> xapian(bool by_tokens, std::vector<std::string> const& documents,
                                 std::vector<std::string> const& questions) {
    PeerResult result{by_tokens ? "Xapian, tokens" : "Xapian, own", 0, 0, 0, 0, {}};
    Folder const folder;
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem{"english"});
    generator.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
    double start = cpu_microseconds();
    {
        Xapian::WritableDatabase database{folder.path() + "/index", Xapian::DB_CREATE_OR_OVERWRITE};
        for (std::string const& document : documents)
            database.add_document(document_of(document, by_tokens, generator));
        database.commit();
        database.compact(folder.path() + "/compact");
    }
    result.documents_per_second = static_cast<double>(documents.size()) / (cpu_microseconds() - start) * 1e6;
    for (auto const& file : std::filesystem::recursive_directory_iterator{folder.path() + "/compact"})
        if (file.is_regular_file()) result.megabytes += static_cast<double>(file.file_size()) / 1e6;
    Xapian::Database const database{folder.path() + "/compact"};
    std::vector<double> times;
    for (int round = 0; round < 2; ++round) { // the first warms up
        times.clear();
        result.answers.clear();
        for (std::string const& question : questions) {
            Xapian::Query const query = query_of(question, by_tokens, generator);
            start = cpu_microseconds();
            Xapian::Enquire enquire{database};
            enquire.set_weighting_scheme(Xapian::BM25Weight{1.2, 0, 1000, 0.75, 0.5});
            enquire.set_query(query);
            auto const hits = enquire.get_mset(0, 10);
            auto& answer = result.answers.emplace_back();
            for (auto hit = hits.begin(); hit != hits.end(); ++hit) answer.push_back(*hit - 1);
            times.push_back(cpu_microseconds() - start);
        }
    }
    result.p50 = quantile(times, 0.5);
    result.p99 = quantile(times, 0.99);
    return result;
}
#else
std::optional<PeerResult> xapian(bool /*by_tokens*/, std::vector<std::string> const& /*documents*/,
                                 std::vector<std::string> const& /*questions*/) {
    return std::nullopt;
}
#endif

} // namespace sangu::bench
