// Every message that the program can show exists, in three languages that agree, and none is left over.

#include "kernel/auth/account.h"
#include "kernel/config/settings.h"
#include "kernel/i18n/i18n.h"
#include "kernel/jobs/housekeeping.h"
#include "kernel/module.h"
#include "messages/source_keys.h"
#include "support/files.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

namespace sangu {
#define SANGU_MODULE(name) Module name##_module();
#include "app/modules.def"
#undef SANGU_MODULE
} // namespace sangu

namespace sangu::test {
namespace {

using i18n::Language;

std::vector<Module> modules() {
    std::vector<Module> all;
#define SANGU_MODULE(name) all.push_back(name##_module());
#include "app/modules.def"
#undef SANGU_MODULE
    return all;
}

struct Found {
    std::string key;
    std::string place; // "src/kernel/x.cpp:12"
    bool must_exist = false;
};

// Calls whose argument is always a message key.
bool is_message_argument(Literal const& literal) {
    static std::map<std::string, int, std::less<>> const argument_of{{"t", 0},     {"message", 1}, {"refuse", 1},
                                                                     {"wrong", 0}, {"Problem", 1}, {"has_message", 1}};
    auto const found = argument_of.find(literal.callee);
    return found != argument_of.end() && found->second == literal.argument;
}

std::vector<Found> const& found_in_sources() {
    static std::vector<Found> const all = [] {
        std::vector<Found> found;
        for (auto const& entry : std::filesystem::recursive_directory_iterator{source_folder() / "src"}) {
            auto const name = entry.path().lexically_relative(source_folder()).generic_string();
            bool const is_source = name.ends_with(".cpp") || name.ends_with(".h");
            if (!is_source || name.find("/tests/") != std::string::npos) continue;
            for (Literal const& literal : literals_of(read_file(entry.path()))) {
                bool const is_refusal = literal.text.starts_with("error.") && looks_like_key(literal.text);
                bool const is_argument = is_message_argument(literal) && looks_like_key(literal.text);
                found.push_back({literal.text, name + ':' + std::to_string(literal.line), is_refusal || is_argument});
            }
        }
        return found;
    }();
    return all;
}

struct Derived {
    std::set<std::string> required;
    std::set<std::string> possible; // has a place, but nobody need see it
};

void add_entity(Derived& keys, entity::EntityMeta const& meta) {
    std::string const name{meta.name};
    keys.possible.insert(name);
    for (entity::FieldMeta const& field : meta.fields) {
        std::string const label = name + '.' + std::string{field.name};
        (field.key || field.version || field.hidden ? keys.possible : keys.required).insert(label);
        for (Choice const& choice : field.type->choices) keys.required.insert(label + '.' + std::string{choice.name});
    }
    for (entity::RuleMeta const& rule : meta.rules) keys.required.insert(name + ".rule." + std::string{rule.key});
}

void add_flow(Derived& keys, flow::Flow const& flow) {
    std::string const name{flow.name};
    for (flow::Step const& step : flow.steps) {
        keys.required.insert(name + ".action." + std::string{step.action});
        for (flow::Guard const& guard : step.guards)
            if (guard.holds) keys.required.insert(name + ".guard." + std::string{guard.key});
    }
}

Derived derived() {
    Derived keys;
    for (config::Option const& option : config::options()) keys.required.insert("setting." + std::string{option.key});
    for (auto const* const meta : {&auth::Account::meta, &auth::Grant::meta}) add_entity(keys, *meta);
    for (jobs::Handler const& job : jobs::housekeeping_jobs()) keys.required.insert("job." + std::string{job.kind});
    for (Module const& module : modules()) {
        for (auto const* const meta : module.entities) add_entity(keys, *meta);
        for (auto const* const flow : module.flows) add_flow(keys, *flow);
        for (auto const& resource : module.resources) {
            keys.required.insert(std::string{resource.meta->name} + ".plural");
            keys.possible.insert(std::string{resource.meta->name} + ".new");
        }
        for (auto const& permission : module.permissions) {
            keys.required.insert("permission." + std::string{permission.name});
            for (std::string_view const role : permission.roles)
                if (role != "public" && role != "signed_in") keys.required.insert("role." + std::string{role});
        }
        for (MenuItem const& item : module.menu) {
            if (!item.group.empty()) keys.required.insert(std::string{item.group});
            keys.required.insert(std::string{item.label});
        }
        for (jobs::Handler const& job : module.jobs) keys.required.insert("job." + std::string{job.kind});
        for (auto const& audience : module.audiences) keys.required.insert(std::string{audience.topic});
    }
    return keys;
}

TEST(MessageCatalogues, HaveEveryKeyOfTheSources) {
    for (Found const& found : found_in_sources())
        if (found.must_exist) {
            EXPECT_TRUE(i18n::has_message(Language::zh_hans, found.key)) << found.place << ": " << found.key;
        }
}

TEST(MessageCatalogues, HaveEveryKeyDerivedFromDescriptions) {
    for (std::string const& key : derived().required)
        EXPECT_TRUE(i18n::has_message(Language::zh_hans, key)) << "missing: " << key;
}

TEST(MessageCatalogues, HaveNoUnusedKey) {
    std::set<std::string, std::less<>> used;
    std::vector<std::string> beginnings; // "audit.action." + something
    std::vector<std::string> ends;       // something + ".created"
    for (Found const& found : found_in_sources()) {
        std::string_view const text = found.key;
        if (text.size() > 2 && text.ends_with('.') && looks_like_key(std::string{text} + 'x'))
            beginnings.push_back(found.key);
        else if (text.size() > 2 && text.starts_with('.') && looks_like_key('x' + std::string{text}))
            ends.push_back(found.key);
        else
            used.insert(found.key.substr(found.key.find('=') + 1)); // "/profile?done=done.saved"
    }
    Derived const keys = derived();
    for (std::string_view const key : i18n::keys(Language::zh_hans)) {
        bool const is_derived = keys.required.contains(std::string{key}) || keys.possible.contains(std::string{key});
        bool const is_built =
            std::ranges::any_of(beginnings, [key](auto const& start) { return key.starts_with(start); }) ||
            std::ranges::any_of(ends, [key](auto const& end) { return key.ends_with(end); });
        EXPECT_TRUE(used.contains(key) || is_derived || is_built) << "unused: " << key;
    }
}

TEST(MessageCatalogues, HaveTheSameKeysInEveryLanguage) {
    auto const keys = i18n::keys(Language::zh_hans);
    ASSERT_GT(keys.size(), 20u);
    for (Language const language : i18n::languages) {
        for (std::string_view const key : keys)
            EXPECT_TRUE(i18n::has_message(language, key)) << tag_of(language) << ": " << key;
        for (std::string_view const key : i18n::keys(language))
            EXPECT_TRUE(i18n::has_message(Language::zh_hans, key)) << "only in " << tag_of(language) << ": " << key;
    }
}

std::set<char> arguments_of(std::string_view text) {
    std::set<char> arguments;
    for (std::size_t i = 0; i + 2 < text.size(); ++i)
        if (text[i] == '{' && text[i + 2] == '}') arguments.insert(text[i + 1]);
    return arguments;
}

TEST(MessageCatalogues, HaveTheSameArgumentsInEveryLanguage) {
    for (std::string_view const key : i18n::keys(Language::zh_hans))
        for (Language const language : i18n::languages)
            EXPECT_EQ(arguments_of(i18n::message(language, key)), arguments_of(i18n::message(Language::zh_hans, key)))
                << tag_of(language) << ": " << key;
}

TEST(MessageCatalogues, TraditionalHasNoSimplifiedCharacters) {
    std::istringstream allowed{read_file(source_folder() / "tests/messages/traditional_allowed.txt")};
    std::set<std::string, std::less<>> exceptions;
    for (std::string line; std::getline(allowed, line);) exceptions.insert(line.substr(0, line.find(' ')));
    for (std::string_view const key : i18n::keys(Language::zh_hant)) {
        std::string const text{i18n::message(Language::zh_hant, key)};
        if (!exceptions.contains(key)) {
            EXPECT_EQ(text, i18n::to_traditional(text)) << key << ": run tools/traditional";
        }
    }
}

TEST(MessageCatalogues, EnglishIsEnglish) {
    for (std::string_view const key : i18n::keys(Language::en)) {
        if (key == "page.language" || key.starts_with("language.")) continue; // languages name themselves
        std::string_view const text = i18n::message(Language::en, key);
        bool const has_han = std::ranges::any_of(text, [](char c) {
            return static_cast<unsigned char>(c) >= 0xe3 && static_cast<unsigned char>(c) <= 0xe9;
        });
        EXPECT_FALSE(has_han) << key << ": " << text;
    }
}

TEST(MessageCatalogues, AreSortedAndReviewed) {
    for (auto const& entry : std::filesystem::recursive_directory_iterator{source_folder() / "src"}) {
        if (entry.path().extension() != ".po") continue;
        std::istringstream lines{read_file(entry.path())};
        std::string before;
        for (std::string line; std::getline(lines, line);) {
            EXPECT_FALSE(line.starts_with("#, fuzzy")) << entry.path();
            if (!line.starts_with("msgid \"")) continue;
            EXPECT_LT(before, line) << entry.path() << " is not sorted by msgid";
            before = line;
        }
    }
}

TEST(SourceKeys, AreFoundWhereTheyStand) {
    auto const found =
        literals_of("x(t(\"a.b\"), 1'000, '\"');\n// t(\"no.no\")\nrefuse(Refusal::invalid, flag ? \"c.d\"\n: \"e.f\");"
                    "Problem{\"field\", \"g.h\"}; R\"(\"i.j\")\"");
    ASSERT_EQ(found.size(), 5u);
    EXPECT_EQ(found[0].callee, "t");
    EXPECT_EQ(found[2].text, "e.f");
    EXPECT_EQ(found[2].line, 4);
    EXPECT_EQ(found[2].callee, "refuse");
    EXPECT_EQ(found[2].argument, 1);
    EXPECT_EQ(found[4].callee, "Problem");
    EXPECT_TRUE(looks_like_key("plan.task_2.title"));
    EXPECT_FALSE(looks_like_key("plan"));
    EXPECT_FALSE(looks_like_key("Plan.title"));
}

} // namespace
} // namespace sangu::test
