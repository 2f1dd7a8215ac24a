#include "kernel/http/router.h"

#include "base/text.h"

#include <algorithm>
#include <stdexcept>

namespace sangu::http {

namespace {

constexpr std::size_t segments_max = 32;

bool is_parameter(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }

[[noreturn]] void refuse_route(Route const& route, std::string_view why) {
    throw std::logic_error{std::string{name_of(route.method)} + " " + std::string{route.pattern} + ": " +
                           std::string{why}};
}

} // namespace

struct Router::Search {
    Method method;
    std::string_view path;
    std::vector<std::string_view> segments;
    std::vector<std::string_view> values;
    Match match;
};

Router::Router(std::vector<Route> routes) : routes_{std::move(routes)} {
    for (Route const& route : routes_) add(route);
}

void Router::add(Route const& route) {
    if (!route.pattern.starts_with('/')) refuse_route(route, "a pattern begins with /");
    if (route.permission.empty() || !route.handler) refuse_route(route, "a route needs a permission and a handler");
    Leaf leaf{&route, {}};
    Node* node = &root_;
    bool has_rest = false;
    for (std::string_view const segment : split_text(route.pattern.substr(1), '/')) {
        if (has_rest) refuse_route(route, "nothing may follow {rest...}");
        if (!is_parameter(segment)) {
            auto& next = node->literals[std::string{segment}];
            if (!next) next = std::make_unique<Node>();
            node = next.get();
            continue;
        }
        auto name = segment.substr(1, segment.size() - 2);
        has_rest = name.ends_with("...");
        if (has_rest) name.remove_suffix(3);
        if (name.empty()) refuse_route(route, "a parameter has no name");
        leaf.names.emplace_back(name);
        if (has_rest) continue;
        if (!node->parameter) node->parameter = std::make_unique<Node>();
        node = node->parameter.get();
    }
    auto& leaves = has_rest ? node->rest_leaves : node->leaves;
    for (Leaf const& other : leaves)
        if (other.route->method == route.method)
            refuse_route(route, "means the same as " + std::string{other.route->pattern});
    leaves.push_back(std::move(leaf));
}

Router::Match Router::find(Method method, std::string_view path) const {
    Search search{method == Method::head ? Method::get : method, path, {}, {}, {}};
    if (!path.starts_with('/')) return {};
    search.segments = split_text(path.substr(1), '/');
    if (search.segments.empty()) search.segments.emplace_back();
    if (search.segments.size() > segments_max) return {};
    descend(root_, search, 0);
    return std::move(search.match);
}

bool Router::descend(Node const& node, Search& search, std::size_t at) {
    if (at == search.segments.size()) return choose(node.leaves, search);
    auto const segment = search.segments[at];
    if (auto const literal = node.literals.find(segment); literal != node.literals.end())
        if (descend(*literal->second, search, at + 1)) return true;
    if (node.parameter && !segment.empty()) {
        search.values.push_back(segment);
        if (descend(*node.parameter, search, at + 1)) return true;
        search.values.pop_back();
    }
    if (node.rest_leaves.empty()) return false;
    auto const rest = static_cast<std::size_t>(segment.data() - search.path.data());
    search.values.push_back(segment.data() == nullptr ? std::string_view{} : search.path.substr(rest));
    if (choose(node.rest_leaves, search)) return true;
    search.values.pop_back();
    return false;
}

bool Router::choose(std::vector<Leaf> const& leaves, Search& search) {
    for (Leaf const& leaf : leaves) {
        if (leaf.route->method != search.method) {
            search.match.allowed.push_back(leaf.route->method);
            continue;
        }
        search.match.route = leaf.route;
        search.match.allowed.clear();
        for (std::size_t i = 0; i < leaf.names.size(); ++i)
            search.match.parameters.emplace_back(leaf.names[i], std::string{search.values[i]});
        return true;
    }
    return false;
}

} // namespace sangu::http
