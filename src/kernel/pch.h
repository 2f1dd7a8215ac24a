#pragma once

// What nearly every source file on the kernel includes, read once (cmake/Precompile.cmake).

#include "base/result.h"
#include "base/text.h"
#include "kernel/context.h"
#include "kernel/entity/store.h"
#include "kernel/html/page.h"
#include "kernel/json/json.h"
#include "kernel/module.h"
#include "kernel/resource/pages.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>
