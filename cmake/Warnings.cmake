# Warnings are errors in our own code; libraries' headers are SYSTEM and stay out of it.
add_library(dossier_warnings INTERFACE)
target_compile_options(dossier_warnings INTERFACE
  -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough
  -Werror -Wno-error=maybe-uninitialized -Wno-missing-field-initializers)
