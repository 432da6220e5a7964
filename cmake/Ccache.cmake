# Compiles through ccache where it is installed: a second clone, preset switch or branch switch then costs seconds.
# The base directory makes two work trees of the project share their results. The sloppiness is what precompiled headers
# need (ccache's manual, "Precompiled headers"); with the dependency files that the compiler writes, ccache need not
# preprocess each file a second time.
find_program(DOSSIER_CCACHE ccache)
mark_as_advanced(DOSSIER_CCACHE)
if(DOSSIER_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
    CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_DEPEND=1 ${DOSSIER_CCACHE})
endif()
