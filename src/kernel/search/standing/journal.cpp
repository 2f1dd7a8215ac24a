#include "kernel/search/standing/journal.h"

#include "kernel/search/index/manifest.h"
#include "kernel/search/segment/bytes.h"
#include "kernel/search/segment/checksum.h"
#include "kernel/search/segment/layout.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

namespace sangu::search {
namespace {

constexpr std::string_view first_line = "sangu standing queries 1\t";
constexpr std::size_t head_bytes = sizeof(std::uint32_t) + sizeof(std::uint64_t);
enum class Kind : char { query = 'q', removed = 'r', position = 'p' };

[[noreturn]] void fail(char const* what) { throw std::system_error{errno, std::generic_category(), what}; }

void append_text(std::string& bytes, std::string_view text) {
    append_varint(bytes, text.size());
    bytes += text;
}

// Reads a record; nothing is believed of its lengths.
class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_{bytes} {}

    template <class T> T value() {
        T const value = load<T>(take(sizeof(T)).data());
        return value;
    }
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            auto const byte = static_cast<unsigned char>(take(1)[0]);
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if (byte < 0x80) break;
        }
        return value;
    }
    std::size_t count() { // of things of at least one byte each
        std::uint64_t const count = number();
        if (count > rest_.size()) throw CorruptIndex{"a standing query is not whole"};
        return static_cast<std::size_t>(count);
    }
    std::string_view text() { return take(count()); }
    std::string_view rest() const { return rest_; }

private:
    std::string_view take(std::size_t size) {
        if (size > rest_.size()) throw CorruptIndex{"a standing query is not whole"};
        std::string_view const taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }
    std::string_view rest_;
};

void append_filter(std::string& bytes, Filter const& filter) {
    append_varint(bytes, filter.groups.size());
    for (auto const& group : filter.groups) {
        append_varint(bytes, group.size());
        for (Condition const& condition : group) {
            append_varint(bytes, condition.facet << 1 | (condition.is_negated ? 1U : 0U));
            append_varint(bytes, condition.any_of.size());
            for (std::string const& value : condition.any_of) append_text(bytes, value);
        }
    }
}

Filter read_filter(Reader& reader) {
    Filter filter;
    for (std::size_t groups = reader.count(); groups > 0; --groups) {
        auto& group = filter.groups.emplace_back();
        for (std::size_t conditions = reader.count(); conditions > 0; --conditions) {
            auto const facet = static_cast<std::uint32_t>(reader.number());
            Condition condition{facet >> 1, {}, (facet & 1) != 0};
            for (std::size_t values = reader.count(); values > 0; --values)
                condition.any_of.emplace_back(reader.text());
            group.push_back(std::move(condition));
        }
    }
    return filter;
}

std::string to_bytes(StandingQuery const& query) {
    std::string bytes{static_cast<char>(Kind::query)};
    append_text(bytes, query.key);
    append_value(bytes, query.least);
    append_text(bytes, query.expert);
    append_filter(bytes, query.filter);
    append_varint(bytes, query.terms.size());
    for (QueryTerm const& term : query.terms) {
        append_text(bytes, term.term);
        append_value(bytes, static_cast<float>(term.weight));
        append_value(bytes, term.fields);
    }
    return bytes;
}

StandingQuery read_query(Reader& reader) {
    StandingQuery query;
    query.key = reader.text();
    query.least = reader.value<double>();
    query.expert = reader.text();
    query.filter = read_filter(reader);
    for (std::size_t terms = reader.count(); terms > 0; --terms) {
        QueryTerm term{std::string{reader.text()}};
        term.weight = static_cast<double>(reader.value<float>());
        term.fields = reader.value<std::uint8_t>();
        query.terms.push_back(std::move(term));
    }
    return query;
}

void read_record(std::string_view content, Journal::Readers const& readers) {
    Reader reader{content};
    switch (reader.value<Kind>()) {
    case Kind::query: readers.query(read_query(reader)); return;
    case Kind::removed: readers.removed(reader.rest()); return;
    case Kind::position: readers.position(reader.value<std::uint64_t>()); return;
    }
    throw CorruptIndex{"a standing query of an unknown kind"};
}

} // namespace

Journal::Journal(std::string path, std::string mark, Readers const& readers)
    : path_{std::move(path)}, mark_{std::string{first_line}.append(mark).append("\n")} {
    read(readers);
    open();
}

Journal::~Journal() {
    if (file_ >= 0) ::close(file_);
}

void Journal::open() {
    file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0640);
    if (file_ < 0) fail("open standing queries");
}

void Journal::read(Readers const& readers) {
    std::string const bytes = read_whole(path_).value_or("");
    std::string_view rest = bytes;
    if (!rest.starts_with(mark_)) {
        if (rest.starts_with(first_line) && rest.find('\n') != std::string_view::npos)
            throw CorruptIndex{"the standing queries have another schema"};
        waiting_ = mark_; // nothing, or not even the first line is whole
        return;
    }
    rest.remove_prefix(mark_.size());
    while (rest.size() >= head_bytes) {
        auto const size = load<std::uint32_t>(rest.data());
        if (size > rest.size() - head_bytes) break;
        std::string_view const content = rest.substr(head_bytes, size);
        if (checksum(content) != load<std::uint64_t>(rest.data() + sizeof size)) break;
        read_record(content, readers);
        rest.remove_prefix(head_bytes + size);
    }
    written_ = bytes.size() - rest.size();
}

void Journal::add_record(std::string_view content) {
    append_value(waiting_, static_cast<std::uint32_t>(content.size()));
    append_value(waiting_, checksum(content));
    waiting_ += content;
}

void Journal::add(StandingQuery const& query) { add_record(to_bytes(query)); }

void Journal::add_removed(std::string_view key) {
    add_record(std::string{static_cast<char>(Kind::removed)}.append(key));
}

void Journal::add_position(std::uint64_t position) {
    std::string content{static_cast<char>(Kind::position)};
    append_value(content, position);
    add_record(content);
}

void Journal::flush() {
    // What a crash or a full disk left behind the whole records goes first.
    if (::ftruncate(file_, static_cast<off_t>(written_)) != 0) fail("cut standing queries");
    for (std::size_t done = 0; done < waiting_.size();) {
        auto const count =
            ::pwrite(file_, waiting_.data() + done, waiting_.size() - done, static_cast<off_t>(written_ + done));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) fail("write standing queries");
        done += static_cast<std::size_t>(count);
    }
    if (::fsync(file_) != 0) fail("sync standing queries");
    written_ += waiting_.size();
    waiting_.clear();
}

void Journal::replace(std::function<void()> const& write) {
    std::string waiting = std::exchange(waiting_, mark_);
    write();
    std::string const whole = std::exchange(waiting_, std::move(waiting));
    replace_whole(path_, whole);
    ::close(file_);
    open();
    written_ = whole.size();
    waiting_.clear();
}

} // namespace sangu::search
