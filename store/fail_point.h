// Named places where a test can have the process die as if its power were cut: DOSSIER_FAIL_POINT("commit.written").
// Set DOSSIER_FAIL_AT=NAME or NAME:N (the Nth time, from 1) in the environment of the victim. Empty in release builds,
// unless they are configured with -DDOSSIER_FAIL_POINTS=ON.
#ifndef DOSSIER_STORE_FAIL_POINT_H_
#define DOSSIER_STORE_FAIL_POINT_H_

#ifdef DOSSIER_FAIL_POINTS
namespace dossier::store_internal {
// Kills the process with SIGKILL if `name` is the one asked for and its turn has come.
void ReachFailPoint(const char* name);
}  // namespace dossier::store_internal
#define DOSSIER_FAIL_POINT(name) ::dossier::store_internal::ReachFailPoint(name)
#else
#define DOSSIER_FAIL_POINT(name) static_cast<void>(0)
#endif

#endif  // DOSSIER_STORE_FAIL_POINT_H_
