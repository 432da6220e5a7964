# -DDOSSIER_SANITIZER=address|undefined|thread, or several with commas between, builds everything with them;
# a finding ends the program.
if(DOSSIER_SANITIZER)
  add_compile_options(-fsanitize=${DOSSIER_SANITIZER} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${DOSSIER_SANITIZER})
endif()
