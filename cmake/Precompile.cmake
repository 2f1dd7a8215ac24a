# Precompiled headers, when SANGU_PCH is on (release; the preset dev builds without, where a missing include shows).
# Most of a compilation here is reading headers: one is made for the kernel, one for all that stands on it, one for tests.

# sangu_precompile(<target>): a library on the kernel, or the program.
function(sangu_precompile target)
  if(SANGU_PCH)
    target_compile_options(${target} PRIVATE -fPIC) # as the header was
    target_precompile_headers(${target} REUSE_FROM sangu_precompiled)
  endif()
endfunction()

# sangu_test_program(<target>): a test says what a user gets, not how fast: it is compiled without optimisation, the
# product it is linked with is not. Position independence as in libraries, so that one precompiled header serves all.
function(sangu_test_program target)
  target_compile_options(${target} PRIVATE "$<$<CONFIG:RelWithDebInfo>:-O0>" -fPIC)
  if(SANGU_PCH AND NOT target STREQUAL sangu_test_support)
    target_precompile_headers(${target} REUSE_FROM sangu_test_support)
  endif()
endfunction()
