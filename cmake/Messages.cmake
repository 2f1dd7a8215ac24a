# sangu_messages(<target>): compiles the locale/<tag>.po of the kernel and of every module into one catalogue per language
# and embeds them as sangu::embedded::message_files(). A key that stands in two catalogues stops the build.
function(sangu_messages target)
  find_program(MSGFMT msgfmt REQUIRED)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/messages)
  file(MAKE_DIRECTORY ${folder})
  set(compiled)
  foreach(tag zh-Hans zh-Hant en)
    file(GLOB catalogues CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/kernel/locale/${tag}.po
      ${CMAKE_SOURCE_DIR}/src/kernel/*/locale/${tag}.po ${CMAKE_SOURCE_DIR}/src/modules/*/locale/${tag}.po
      ${CMAKE_SOURCE_DIR}/src/app/locale/${tag}.po)
    add_custom_command(OUTPUT ${folder}/${tag}.mo
      COMMAND ${CMAKE_SOURCE_DIR}/tools/compile_messages ${MSGFMT} ${folder}/${tag}.mo ${catalogues}
      DEPENDS ${catalogues} ${CMAKE_SOURCE_DIR}/tools/compile_messages VERBATIM)
    list(APPEND compiled ${folder}/${tag}.mo)
  endforeach()
  sangu_embed(${target} message_files ${folder} ${compiled})
endfunction()
