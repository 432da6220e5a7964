# Warnings are errors in our own code; libraries' headers are SYSTEM and stay out of it.
add_library(dossier_warnings INTERFACE)
target_compile_options(dossier_warnings INTERFACE
  -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough
  -Werror -Wno-missing-field-initializers
  $<$<CXX_COMPILER_ID:GNU>:-Wno-error=maybe-uninitialized>
  # clang serves for fuzzing; what it alone warns about should not stop that
  $<$<CXX_COMPILER_ID:Clang>:-Wno-error>)
