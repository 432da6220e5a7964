# Most of what a compiler reads for a file of ours is headers, so a full build that hands it eight files at a time takes
# half as long; after a change of one file it takes longer. So: on where everything is built once.
option(DOSSIER_UNITY "Compile the libraries' files eight at a time" OFF)

# dossier_library(NAME SOURCES ... PUBLIC_HEADERS ... USES ... PRIVATE_USES ...)
# A folder's library. PUBLIC_HEADERS form a header set, so that each is also compiled alone; tests/layering reads the
# list as well.
function(dossier_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC_HEADERS;USES;PRIVATE_USES" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR} FILES ${ARG_PUBLIC_HEADERS})
  set_target_properties(${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ${DOSSIER_VERIFY_HEADERS})
  file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  list(TRANSFORM ARG_PUBLIC_HEADERS PREPEND ${folder}/)
  set_property(GLOBAL APPEND PROPERTY DOSSIER_PUBLIC_HEADERS ${ARG_PUBLIC_HEADERS})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ARG_USES} PRIVATE ${ARG_PRIVATE_USES} dossier_warnings)
  dossier_precompiled(${name} dossier_headers)
  set_target_properties(${name} PROPERTIES UNITY_BUILD ${DOSSIER_UNITY} UNITY_BUILD_BATCH_SIZE 8)
endfunction()

# dossier_test(NAME SOURCES ... USES ...)
# One test program of GoogleTest; each of its cases shows in ctest under its own name.
function(dossier_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_USES} GTest::gmock GTest::gtest_main dossier_warnings)
  dossier_precompiled(${name} dossier_test_headers)
  if("${ARG_USES}" MATCHES "dossier_query|dossier_tools|oracle|scenarios")
    target_link_libraries(${name} PRIVATE query_defaults_for_tests)
  endif()
  include(GoogleTest)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60)
endfunction()
