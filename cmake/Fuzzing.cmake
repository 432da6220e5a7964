# dossier_fuzzer(NAME SOURCES ... USES ...)
# A fuzz target: sources with an LLVMFuzzerTestOneInput. Under the preset `fuzz` it becomes a libFuzzer program.
# Everywhere else it becomes a test that feeds it the committed files of tests/fuzz/corpus/NAME/ and some thousand
# fixed mutations of them, so that no target rots between two fuzzing sessions.
option(DOSSIER_FUZZ "Build the fuzz targets as libFuzzer programs, and no tests (needs clang)" OFF)

if(DOSSIER_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "DOSSIER_FUZZ needs clang: install it and use the preset 'fuzz'")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link,address -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address)
endif()

function(dossier_fuzzer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_USES} dossier_warnings)
  if(DOSSIER_FUZZ)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    return()
  endif()
  target_sources(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests/fuzz/standalone_main.cc)
  add_test(NAME fuzz.${name} COMMAND ${name} ${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${name})
  set_tests_properties(fuzz.${name} PROPERTIES TIMEOUT 120)
endfunction()
