// What an entry is, as far as its reader sees it.

#include "base/text.h"
#include "kernel/module.h"
#include "modules/library/entry_parts.h"
#include "modules/library/parts.h"

namespace sangu::library {

using namespace html;

namespace {

struct Fact {
    std::string label, text;
    bool is_prose = false;
};

// What is filled in; the ways of the section are one of them.
std::vector<Fact> facts_of(Detail const& page, Section const& part) {
    std::vector<Fact> facts;
    auto const add = [&](std::string_view label, std::string text, bool is_prose) {
        if (!text.empty()) facts.push_back({std::string{page.t(label)}, std::move(text), is_prose});
    };
    void const* content = page.filling.content.get();
    if (!part.ways.empty()) add(part.ways, ways_text(page.context, page.kind, part, content), false);
    for (std::string_view const name : part.fields) {
        entity::FieldMeta const* field = page.kind.content->find(name);
        if (field && !is_way(page.kind, part, name))
            add(page.kind.message(name), value_text(page.context, *page.kind.content, *field, content),
                field->multiline);
    }
    return facts;
}

void section_part(Out& out, Detail const& page, Section const& part) {
    if (!page.view.sees(part.layer)) return;
    auto const facts = facts_of(page, part);
    auto const at = rows_at(page.kind, part.rows);
    bool const has_rows = at && !page.filling.rows[*at].empty() && page.view.sees(page.kind.rows[*at].layer);
    if (facts.empty() && !has_rows) return;
    out << section(h2(page.t(part.heading)), [&] {
        if (facts.size() == 1 && facts.front().is_prose && facts.front().label == page.t(part.heading))
            prose(out, facts.front().text);
        else if (!facts.empty())
            out << dl(cls("facts"), [&] {
                for (Fact const& one : facts)
                    out << dt(one.label) << dd([&] {
                        if (one.is_prose)
                            prose(out, one.text);
                        else
                            out << one.text;
                    });
            });
        if (has_rows) rows_table(out, page.context, page.kind.rows[*at], page.filling.rows[*at], !part.fields.empty());
    });
}

} // namespace

void sections_part(Out& out, Detail const& page) {
    Entry const& entry = page.entry();
    if (page.view.sees(Layer::abstract) && !entry.abstract.empty())
        out << section(h2(page.t("library.entry.abstract")),
                       [&] { prose(out, own_words(page.context, entry.abstract)); });
    for (Section const& part : page.kind.sections) section_part(out, page, part);
}

void files_part(Out& out, Detail const& page) {
    if (page.files.empty()) return;
    out << section(
        h2(page.t("library.files")), ul(cls("files"), [&] {
            for (files::Attachment const& one : page.files)
                out << li(
                    a(href(Url::path(page.common(), "files", one.id)), download(true), one.name), " ",
                    small(page.context.t("library.file_size", {number_text(page.context, (one.size + 1023) / 1024)})),
                    [&] {
                        if (page.view.viewer.owner && is_writable(page.entry().state))
                            button_form(out, page.context, page.common() + "/files/" + one.id + "/delete",
                                        page.context.t("library.file_remove", {one.name}), "button small quiet");
                    });
        }));
}

// Cases that ended, counted from threads; nothing is claimed where there are none.
void record_part(Out& out, Detail const& page) {
    if (!page.kind.track_record) return;
    out << section(h2(page.t("library.record")), p(cls("hint"), page.t("library.record.hint")), [&] {
        if (page.record.empty()) {
            out << p(page.t("library.record.none"));
            return;
        }
        out << dl(cls("facts"), [&] {
            for (Case const& one : page.record)
                out << dt(choice_text(page.context, "outcome", one.outcome))
                    << dd(page.context.t("library.record.cases",
                                         {number_text(page.context, one.count), date_text(page.context, one.last_on)}));
        });
    });
}

void neighbours_part(Out& out, Detail const& page) {
    for (Neighbours const& finder : offers_of<Neighbours>(page.context.services.modules)) {
        auto const found = cards(page.context, finder.of(page.context, page.entry().id.text, 6));
        if (found.empty()) continue;
        out << section(h2(page.t("library.similar")), ul(each(found, [&](Card const& one) {
                           return li(a(href(Url::local(one.path)), own_words(page.context, one.title)));
                       })));
    }
}

} // namespace sangu::library
