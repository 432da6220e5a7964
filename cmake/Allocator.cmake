# dossier_program(NAME)
# Gives a program the allocator of tools/allocator.cc. Sanitizers bring one that has to be the only one.
find_library(DOSSIER_JEMALLOC jemalloc REQUIRED)
mark_as_advanced(DOSSIER_JEMALLOC)

function(dossier_program name)
  if(NOT DOSSIER_SANITIZER)
    target_sources(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tools/allocator.cc)
    target_link_libraries(${name} PRIVATE ${DOSSIER_JEMALLOC})
  endif()
endfunction()
