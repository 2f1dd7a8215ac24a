#include "modules/indicators/indicators.h"

namespace sangu::indicators {

namespace {

std::string in_language(i18n::Language language, std::string const& zh, std::string const& en) {
    switch (language) {
    case i18n::Language::zh_hans: return zh;
    case i18n::Language::zh_hant: return i18n::to_traditional(zh);
    case i18n::Language::en: return en.empty() ? zh : en;
    }
    return zh;
}

} // namespace

std::string name_of(i18n::Language language, Indicator const& indicator) {
    return in_language(language, indicator.name_zh, indicator.name_en);
}

std::string name_of(i18n::Language language, Source const& source) {
    return in_language(language, source.title, source.title_en);
}

std::string definition_of(i18n::Language language, Indicator const& indicator) {
    return in_language(language, indicator.definition_zh, indicator.definition_en);
}

std::string formula_of(i18n::Language language, Indicator const& indicator) {
    return in_language(language, indicator.formula_zh, indicator.formula_en);
}

std::string note_of(i18n::Language language, Observation const& observation) {
    return in_language(language, observation.note, observation.note_en);
}

std::string unit_of(i18n::Language language, Indicator const& indicator) {
    return in_language(language, indicator.unit, indicator.unit_en);
}

std::string number_text(Context const& context, Indicator const& indicator, double value) {
    return i18n::format_number(context.language, value, static_cast<int>(indicator.decimals));
}

std::string value_text(Context const& context, Indicator const& indicator, double value, bool approximate) {
    std::string const number = number_text(context, indicator, value);
    std::string const unit = unit_of(context.language, indicator);
    if (unit == "%") return context.t(approximate ? "indicators.about_percent" : "indicators.percent", {number});
    if (indicator.kind == Measure::rank) return context.t("indicators.rank_value", {number});
    return context.t(approximate ? "indicators.about_value" : "indicators.value", {number, unit});
}

} // namespace sangu::indicators
