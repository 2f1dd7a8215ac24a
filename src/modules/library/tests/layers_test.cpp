#include "kernel/entity/derive.h"
#include "modules/library/layers.h"

#include <gtest/gtest.h>

#include <array>

namespace sangu::library {
namespace {

using enum Audience;

Entry published(Audience abstract_for, Audience body_for, Audience files_for) {
    Entry entry;
    entry.state = EntryState::published;
    entry.abstract_for = abstract_for;
    entry.body_for = body_for;
    entry.files_for = files_for;
    return entry;
}

constexpr Viewer visitor{}, member{.member = true}, owner{.member = true, .owner = true},
    officer{.member = true, .officer = true}, trusted{.member = true, .granted = Layer::body},
    fully_trusted{.member = true, .granted = Layer::files};

TEST(Layers, OfAPublishedEntryFollowTheChoiceOfItsOwner) {
    struct Row {
        Audience abstract_for, body_for, files_for;
        Layer visitor, member, trusted, fully_trusted;
    };
    constexpr Row rows[] = {
        {members, consent, consent, Layer::title, Layer::abstract, Layer::body, Layer::files},
        {members, undertaking, consent, Layer::title, Layer::abstract, Layer::body, Layer::files},
        {members, members, consent, Layer::title, Layer::body, Layer::body, Layer::files},
        {members, members, members, Layer::title, Layer::files, Layer::files, Layer::files},
        {everyone, members, undertaking, Layer::abstract, Layer::body, Layer::body, Layer::files},
        {everyone, everyone, members, Layer::body, Layer::files, Layer::files, Layer::files},
        {everyone, consent, consent, Layer::abstract, Layer::abstract, Layer::body, Layer::files},
    };
    for (Row const& row : rows) {
        Entry const entry = published(row.abstract_for, row.body_for, row.files_for);
        EXPECT_EQ(layer_of(entry, visitor), row.visitor);
        EXPECT_EQ(layer_of(entry, member), row.member);
        EXPECT_EQ(layer_of(entry, trusted), row.trusted);
        EXPECT_EQ(layer_of(entry, fully_trusted), row.fully_trusted);
        EXPECT_EQ(layer_of(entry, owner), Layer::own);
        EXPECT_EQ(layer_of(entry, officer), Layer::own);
    }
}

TEST(Layers, AnEntryThatIsNotPublicExistsForItsPeopleAlone) {
    using S = EntryState;
    for (S const state : {S::draft, S::submitted, S::returned, S::withdrawn, S::expired, S::discarded}) {
        Entry entry = published(everyone, everyone, members);
        entry.state = state;
        EXPECT_EQ(layer_of(entry, visitor), Layer::none) << name_of(state);
        EXPECT_EQ(layer_of(entry, fully_trusted), Layer::none) << name_of(state);
        EXPECT_EQ(layer_of(entry, owner), state == S::discarded ? Layer::none : Layer::own);
        EXPECT_EQ(layer_of(entry, officer), state == S::discarded || state == S::draft ? Layer::none : Layer::own);
    }
    Entry ended = published(everyone, everyone, members);
    ended.state = EntryState::ended;
    EXPECT_EQ(layer_of(ended, fully_trusted), Layer::title) << "a title and an outcome remain";
}

TEST(Layers, ASearchLooksIntoAbstractsThatMayBeRead) {
    for (Audience const audience : {everyone, members}) {
        Entry const entry = published(audience, consent, consent);
        for (Viewer const& viewer : {visitor, member}) {
            bool const searched =
                searchable_abstracts(viewer.member).find(std::string{"'"} + std::string{name_of(audience)} + "'") !=
                std::string_view::npos;
            EXPECT_EQ(searched, layer_of(entry, viewer) >= Layer::abstract);
        }
    }
}

TEST(Layers, NoneIsWiderThanTheOneBefore) {
    auto const broken = [](Audience a, Audience b, Audience c) {
        Entry entry = published(a, b, c);
        entry.id = new_id_of<Entry>();
        entry.account_id = new_id_of<auth::Account>();
        entry.kind = entry.number = entry.place = entry.scope = "x";
        entry.title = "一种新材料";
        return !entity::validate(entry).empty();
    };
    EXPECT_FALSE(broken(members, consent, consent));
    EXPECT_FALSE(broken(everyone, members, undertaking));
    EXPECT_TRUE(broken(members, everyone, consent));
    EXPECT_TRUE(broken(members, consent, members));
    EXPECT_TRUE(broken(everyone, everyone, everyone));
    EXPECT_TRUE(broken(consent, consent, consent));
}

} // namespace
} // namespace sangu::library
