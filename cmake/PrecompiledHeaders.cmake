# Four fifths of a compiler's time goes into reading the headers of the standard library and abseil, so they are read
# once and kept. What each file needs it includes all the same: public headers are checked for it (DOSSIER_VERIFY_HEADERS
# compiles them without), and -DDOSSIER_PRECOMPILE=OFF builds everything so.
option(DOSSIER_PRECOMPILE "Read the headers that most files use once, and keep the result" ON)

# dossier_precompiled(TARGET OWNER): TARGET is compiled with the headers kept by OWNER, one of the two targets below.
function(dossier_precompiled target owner)
  if(DOSSIER_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${owner})
  endif()
endfunction()

# dossier_precompile(NAME HEADERS ... USES ...): a target that does nothing but keep the headers.
function(dossier_precompile name)
  cmake_parse_arguments(ARG "" "" "HEADERS;USES" ${ARGN})
  if(DOSSIER_PRECOMPILE)
    file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${name}.cc CONTENT "")
    add_library(${name} OBJECT ${CMAKE_CURRENT_BINARY_DIR}/${name}.cc)
    target_link_libraries(${name} PRIVATE ${ARG_USES} dossier_warnings)
    target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
  endif()
endfunction()
