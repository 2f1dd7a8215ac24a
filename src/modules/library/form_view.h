#pragma once

// The form of an entry, for the pages that show it.

#include "kernel/files/files.h"
#include "modules/library/page_parts.h"

#include <algorithm>

namespace sangu::library {

// The form as it is shown: what was typed wins over what is stored.
struct FormView {
    Context& context;
    Kind const& kind;
    Entry const& entry;
    Filling const& filling;
    std::vector<files::Attachment> files = {};
    http::Pairs const* typed = nullptr;
    Error const* error = nullptr;
    bool stale = false;

    std::string_view t(std::string_view key) const { return context.t(key); }
    Problems const& problems() const {
        static Problems const none;
        return error ? error->problems : none;
    }
    std::optional<std::string> typed_text(std::string_view name) const {
        if (!typed) return std::nullopt;
        std::optional<std::string> last;
        for (auto const& [key, text] : *typed)
            if (key == name) last = text;
        return last;
    }
    void const* object_of(entity::FieldMeta const& field) const {
        return kind.content->find(field.name) ? filling.content.get() : static_cast<void const*>(&entry);
    }
    std::string stored(entity::FieldMeta const& field) const {
        return entity::to_plain_text(field, field.load(object_of(field)));
    }
    std::string text_of(entity::FieldMeta const& field) const { return typed_text(field.name).value_or(stored(field)); }
};

// The whole form in sections, with what was wrong or what somebody else stored meanwhile.
http::Reply form_reply(FormView const& form);

} // namespace sangu::library
