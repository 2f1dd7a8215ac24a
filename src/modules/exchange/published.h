#pragma once

// What a source publishes at this moment, read as a stranger reads it.

#include "modules/exchange/records.h"

namespace sangu::exchange {

Context stranger_in(Services& services, i18n::Language language);

// The keys beyond `after` with a mark that moves with every change (the version), in their order, at most `limit`.
void marks(Context& stranger, Source const& source, std::string const& after, int limit,
           FunctionRef<void(std::string_view id, std::string_view mark)> each);

// Of these keys those that anybody may read, whoever asks.
std::vector<Record> records_of(Context& asked, Source const& source, std::vector<std::string> const& ids);

} // namespace sangu::exchange
