#pragma once

// The map of the zone as SVG paths, read once from the embedded data/zone-map.json (made by tools/zone-map.mjs).

#include <string>
#include <vector>

namespace sangu::indicators {

struct ZoneMap {
    struct Point {
        int x = 0, y = 0;
    };
    struct City {
        std::string place; // code in the register
        std::string outline;
        std::vector<std::string> districts;
        Point label, valley;
    };
    int width = 0, height = 0;
    std::vector<City> cities;
};

ZoneMap const& zone_map();

} // namespace sangu::indicators
