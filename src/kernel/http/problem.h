#pragma once

// RFC 9457 application/problem+json for API callers, in their language.

#include "kernel/http/message.h"
#include "kernel/i18n/i18n.h"

#include <string_view>

namespace sangu::http {

// {type, title, status, detail, instance, errors: [{field, key, message, line, column}]}; `instance` is the path of
// the request. `status` replaces the one of the refusal; 0: the refusal's.
Reply problem_reply(Error const& error, i18n::Language language, std::string_view instance);
Reply problem_reply(Error const& error, i18n::Language language, std::string_view instance, int status);

} // namespace sangu::http
