# Warnings are errors in our own code; libraries' headers are SYSTEM and stay out of it.
add_library(dossier_warnings INTERFACE)
target_compile_options(dossier_warnings INTERFACE
  -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough
  -Werror -Wno-missing-field-initializers
  $<$<CXX_COMPILER_ID:GNU>:-Wno-error=maybe-uninitialized>
  # clang serves for fuzzing; what it alone warns about should not stop that
  $<$<CXX_COMPILER_ID:Clang>:-Wno-error>)
# GCC 12 sees overlapping copies and copies out of bounds in std::string where there are none (gcc.gnu.org/PR105651,
# PR105329).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(dossier_warnings INTERFACE -Wno-restrict -Wno-array-bounds -Wno-stringop-overread
    -Wno-stringop-overflow)
endif()
