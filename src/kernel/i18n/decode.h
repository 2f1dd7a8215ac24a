#pragma once

// Decoding of Chinese office files, piece by piece, so that a file never has to stand in memory.

#include <memory>
#include <string>
#include <string_view>

namespace sangu::i18n {

class Gb18030Decoder {
public:
    Gb18030Decoder();
    ~Gb18030Decoder();
    Gb18030Decoder(Gb18030Decoder const&) = delete;
    Gb18030Decoder& operator=(Gb18030Decoder const&) = delete;

    // Appends the UTF-8 of `bytes` to `utf8`; a character cut at the end waits for the next piece. False at the first
    // bytes that are not GB18030 (GBK and GB2312 are subsets), and for a cut character when `last`.
    bool decode(std::string_view bytes, bool last, std::string& utf8);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace sangu::i18n
