#pragma once

// What bench_search measures.

#include <cstddef>
#include <string>

namespace sangu::bench {

// How well the right documents are found, and what each ingredient of the ranking gives.
void quality(std::string const& data);
// CPU time of searches and phrases, documents indexed in a second, size, opening, memory, two threads; with peers.
void speed(std::string const& data, std::size_t documents);
// One document against that many standing needs.
void standing(std::string const& data, std::size_t needs);

} // namespace sangu::bench
