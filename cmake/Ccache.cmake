# Compiles through ccache where it is installed: a second clone, preset switch or branch switch then costs seconds.
# The base directory makes two work trees of the project share their results.
find_program(DOSSIER_CCACHE ccache)
mark_as_advanced(DOSSIER_CCACHE)
if(DOSSIER_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${DOSSIER_CCACHE})
endif()
