#pragma once

namespace sangu::i18n {

// The simplified form of one character, whatever stands beside it; itself when it has none. Part of fold (i18n.h).
char32_t simplified(char32_t character);

} // namespace sangu::i18n
