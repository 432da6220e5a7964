// The numbers of what may go wrong with a store. Once released a number keeps its meaning; docs/errors.md explains
// each.
#ifndef DOSSIER_STORE_ERROR_CODES_H_
#define DOSSIER_STORE_ERROR_CODES_H_

namespace dossier {

// Opening and making.
inline constexpr int kNoStore = 4001;            // nothing stands at the path
inline constexpr int kStoreExists = 4002;        // a store stands where one was to be made
inline constexpr int kNotAStore = 4003;          // what stands at the path is no store
inline constexpr int kStoreFormat = 4004;        // the store has another format version
inline constexpr int kStoreBusy = 4005;          // another process has the store open for writing
inline constexpr int kStoreReadOnly = 4006;      // the store was opened for reading alone
inline constexpr int kStoreDamaged = 4007;       // a file, record or index of the store is damaged
inline constexpr int kDiskFull = 4008;           // no space is left
inline constexpr int kStoreNotPermitted = 4009;  // the system does not permit reading or writing the files
inline constexpr int kNoSuchNumber = 4010;       // a number that the view does not hold
inline constexpr int kStoreIo = 4011;            // the disk or the engine failed in another way

// Committing.
inline constexpr int kClaimDiffers = 4020;       // a claim with this id is there and says something else
inline constexpr int kEntityTypeChanged = 4021;  // an entity is there with another type
inline constexpr int kDanglingReference = 4022;  // a record refers to what is nowhere
inline constexpr int kRecordTooLarge = 4023;     // a record is larger than the store takes
inline constexpr int kStoreFull = 4024;          // the dense numbers of one kind are used up

// Loading and verifying.
inline constexpr int kNoSuchPath = 4030;         // a file or folder that was named is not there
inline constexpr int kNothingToLoad = 4031;      // a folder without any claim file
inline constexpr int kOtherOntology = 4032;      // a folder's ontology is not the store's
inline constexpr int kNoOntology = 4033;         // a new store needs an ontology, and none was brought
inline constexpr int kRejectsNotWritten = 4034;  // the file of rejected rows cannot be written
inline constexpr int kFileChanged = 4035;        // a file was changed while it was loaded

}  // namespace dossier

#endif  // DOSSIER_STORE_ERROR_CODES_H_
