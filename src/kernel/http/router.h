#pragma once

// Finds the route of a path: a tree of segments, literal ones before parameters before "{rest...}".

#include "kernel/http/route.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::http {

class Router {
public:
    // Throws std::logic_error for a malformed pattern, two routes that mean the same, a route without permission
    // or without handler.
    explicit Router(std::vector<Route> routes);

    struct Match {
        Route const* route = nullptr; // null: nothing there, or not with this method
        Pairs parameters;
        std::vector<Method> allowed; // what the path knows, when only the method is wrong
    };
    // HEAD finds the GET route.
    Match find(Method method, std::string_view path) const;
    std::vector<Route> const& routes() const { return routes_; }

private:
    struct Leaf {
        Route const* route;
        std::vector<std::string> names; // of the parameters, in order
    };
    struct Node {
        std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
        std::unique_ptr<Node> parameter;
        std::vector<Leaf> leaves, rest_leaves;
    };
    struct Search;
    void add(Route const& route);
    static bool descend(Node const& node, Search& search, std::size_t at);
    static bool choose(std::vector<Leaf> const& leaves, Search& search);

    std::vector<Route> routes_;
    Node root_;
};

} // namespace sangu::http
