#pragma once

// What nearly every test includes, read once (cmake/Precompile.cmake).

#include "kernel/pch.h"
#include "support/test_app.h"

#include <gtest/gtest.h>
