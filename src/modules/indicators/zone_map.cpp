#include "modules/indicators/zone_map.h"

#include "base/embedded.h"
#include "base/result.h"
#include "kernel/json/json.h"

#include <span>

namespace sangu::embedded {
std::span<EmbeddedFile const> indicators_data();
}

namespace sangu::indicators {

namespace {

ZoneMap::Point point(json::Node node) {
    return {static_cast<int>(node.at(0).integer()), static_cast<int>(node.at(1).integer())};
}

ZoneMap read() {
    std::string_view text;
    for (EmbeddedFile const& file : embedded::indicators_data())
        if (file.name == "zone-map.json") text = file.data;
    auto const document = json::Document::parse(text);
    SANGU_ASSERT(document);
    json::Node const root = document->root(), cities = *root.find("cities");
    ZoneMap map{.width = static_cast<int>(*root.integer_of("width")),
                .height = static_cast<int>(*root.integer_of("height"))};
    for (std::size_t i = 0; i < cities.size(); ++i) {
        json::Node const one = cities.at(i), districts = *one.find("districts");
        ZoneMap::City city{.place = std::string{one.text_of("place")}, .outline = std::string{one.text_of("path")}};
        city.label = point(*one.find("label"));
        city.valley = point(*one.find("valley"));
        for (std::size_t k = 0; k < districts.size(); ++k) city.districts.emplace_back(districts.at(k).text_of("path"));
        map.cities.push_back(std::move(city));
    }
    return map;
}

} // namespace

ZoneMap const& zone_map() {
    static ZoneMap const map = read();
    return map;
}

} // namespace sangu::indicators
