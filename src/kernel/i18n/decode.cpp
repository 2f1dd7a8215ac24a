#include "kernel/i18n/decode.h"

#include <unicode/ucnv.h>
#include <unicode/ustring.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace sangu::i18n {

struct Gb18030Decoder::State {
    UConverter* converter = nullptr;
    std::array<char16_t, 16 * 1024> units;
    char16_t waiting = 0; // the first half of a surrogate pair, cut by the end of `units`
};

Gb18030Decoder::Gb18030Decoder() : state_{std::make_unique<State>()} {
    UErrorCode status = U_ZERO_ERROR;
    state_->converter = ucnv_open("gb18030", &status);
    if (U_FAILURE(status)) throw std::runtime_error{"ICU has no gb18030 converter"};
    ucnv_setToUCallBack(state_->converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
}

Gb18030Decoder::~Gb18030Decoder() { ucnv_close(state_->converter); }

bool Gb18030Decoder::decode(std::string_view bytes, bool last, std::string& utf8) {
    char const* source = bytes.data();
    char const* const end = source + bytes.size();
    UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
    while (status == U_BUFFER_OVERFLOW_ERROR) {
        char16_t* const start = state_->units.data();
        char16_t* target = start;
        if (state_->waiting) *target++ = std::exchange(state_->waiting, 0);
        status = U_ZERO_ERROR;
        ucnv_toUnicode(state_->converter, &target, start + state_->units.size(), &source, end, nullptr, last, &status);
        if (target > start && U16_IS_LEAD(target[-1])) state_->waiting = *--target;
        std::size_t const old_size = utf8.size();
        utf8.resize(old_size + static_cast<std::size_t>(target - start) * 3);
        std::int32_t length = 0;
        UErrorCode written = U_ZERO_ERROR;
        u_strToUTF8(utf8.data() + old_size, static_cast<std::int32_t>(utf8.size() - old_size), &length, start,
                    static_cast<std::int32_t>(target - start), &written);
        utf8.resize(old_size + static_cast<std::size_t>(U_SUCCESS(written) ? length : 0));
        if (written != U_STRING_NOT_TERMINATED_WARNING && written != U_ZERO_ERROR) return false;
    }
    return U_SUCCESS(status);
}

} // namespace sangu::i18n
