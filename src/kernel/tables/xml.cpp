#include "kernel/tables/xml.h"

#include "kernel/tables/problem.h"

#include <expat.h>

#include <new>

namespace sangu::tables {
namespace {

constexpr int piece_bytes = 64 * 1024;
constexpr std::int64_t token_bytes_max = 1 << 20; // one tag with its attributes
constexpr int depth_max = 64;

std::string_view local(std::string_view name) {
    std::size_t const colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

Xml& self(void* data) { return *static_cast<Xml*>(data); }

} // namespace

std::string_view Attributes::operator[](std::string_view local_name) const {
    for (char const* const* pair = pairs_; *pair; pair += 2)
        if (local(*pair) == local_name) return pair[1];
    return {};
}

Xml::Xml(Zip& zip, XmlEvents& events) : zip_{zip}, events_{events}, parser_{XML_ParserCreate(nullptr)} {
    if (!parser_) throw std::bad_alloc{};
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(
        parser_, [](void* data, char const* name, char const** attributes) { self(data).on_start(name, attributes); },
        [](void* data, char const* name) { self(data).on_end(name); });
    XML_SetCharacterDataHandler(parser_,
                                [](void* data, char const* text, int size) { self(data).on_text(text, size); });
    XML_SetStartDoctypeDeclHandler(
        parser_, [](void* data, char const*, char const*, char const*, int) { self(data).on_doctype(); });
}

Xml::~Xml() { XML_ParserFree(parser_); }

void Xml::on_start(char const* name, char const** attributes) {
    if (++depth_ > depth_max) {
        forbidden_ = "depth";
        XML_StopParser(parser_, XML_FALSE);
        return;
    }
    events_.start(local(name), Attributes{attributes});
}

void Xml::on_end(char const* name) {
    --depth_;
    events_.end(local(name));
}

void Xml::on_text(char const* text, int size) { events_.text({text, static_cast<std::size_t>(size)}); }

void Xml::on_doctype() {
    forbidden_ = "DOCTYPE";
    XML_StopParser(parser_, XML_FALSE);
}

void Xml::pause() {
    if (forbidden_.empty()) XML_StopParser(parser_, XML_TRUE);
}

Result<bool> Xml::run() {
    if (paused_) {
        paused_ = false;
        if (TRY(outcome(XML_ResumeParser(parser_), last_piece_))) return true;
    }
    while (!ended_) {
        void* const buffer = XML_GetBuffer(parser_, piece_bytes);
        if (!buffer) throw std::bad_alloc{};
        std::size_t const count = TRY(zip_.read(static_cast<char*>(buffer), piece_bytes));
        fed_ += static_cast<std::int64_t>(count);
        last_piece_ = count == 0;
        if (TRY(outcome(XML_ParseBuffer(parser_, static_cast<int>(count), last_piece_), last_piece_))) return true;
        if (fed_ - XML_GetCurrentByteIndex(parser_) > token_bytes_max)
            return wrong("error.file.xlsx_forbidden", 0, 0, {"XML"});
    }
    return false;
}

Result<bool> Xml::outcome(int status, bool was_last) {
    if (status == XML_STATUS_SUSPENDED) return paused_ = true;
    if (!forbidden_.empty()) return wrong("error.file.xlsx_forbidden", 0, 0, {std::string{forbidden_}});
    if (status != XML_STATUS_OK)
        return wrong("error.file.xlsx_broken", 0, 0,
                     {"XML: " + std::string{XML_ErrorString(XML_GetErrorCode(parser_))}});
    ended_ = was_last;
    return false;
}

} // namespace sangu::tables
