#pragma once

// Reading an XML part of a workbook as events. Document types (and with them entities), deep nesting and endless tokens
// are refused.

#include "kernel/tables/zip.h"

#include <string>
#include <string_view>

struct XML_ParserStruct;

namespace sangu::tables {

// The attributes of one element; names without their prefix.
class Attributes {
public:
    explicit Attributes(char const* const* pairs) : pairs_{pairs} {}
    std::string_view operator[](std::string_view local_name) const; // "" when missing

private:
    char const* const* pairs_;
};

class XmlEvents {
public:
    virtual ~XmlEvents() = default;
    virtual void start(std::string_view local_name, Attributes attributes) = 0;
    virtual void end(std::string_view local_name) = 0;
    virtual void text(std::string_view piece) = 0;
};

class Xml {
public:
    // Reads the entry that `zip` has begun; both outlive this.
    Xml(Zip& zip, XmlEvents& events);
    ~Xml();
    Xml(Xml const&) = delete;
    Xml& operator=(Xml const&) = delete;

    // Runs until an event calls pause() (true) or the part ends (false).
    Result<bool> run();
    void pause();

    // Called by the parser.
    void on_start(char const* name, char const** attributes);
    void on_end(char const* name);
    void on_text(char const* text, int size);
    void on_doctype();

private:
    Result<bool> outcome(int status, bool was_last);

    Zip& zip_;
    XmlEvents& events_;
    XML_ParserStruct* parser_;
    std::int64_t fed_ = 0;
    int depth_ = 0;
    std::string_view forbidden_ = {};
    bool paused_ = false;
    bool last_piece_ = false;
    bool ended_ = false;
};

} // namespace sangu::tables
