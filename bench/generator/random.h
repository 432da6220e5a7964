// Random numbers that are the same everywhere: xoshiro256**, seeded by splitmix64. The distributions of <random> are
// left to each library, so that a seed would not give the same graph on two machines.
#ifndef DOSSIER_BENCH_GENERATOR_RANDOM_H_
#define DOSSIER_BENCH_GENERATOR_RANDOM_H_

#include <cmath>
#include <cstdint>

namespace dossier::bench {

class Random {
 public:
  explicit Random(uint64_t seed) {
    for (uint64_t& word : state_) {
      seed += 0x9e3779b97f4a7c15;
      uint64_t mixed = seed;
      mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
      mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
      word = mixed ^ (mixed >> 31);
    }
  }

  // Even over 0 .. limit - 1.
  uint32_t Below(uint64_t limit) {
    return static_cast<uint32_t>((static_cast<unsigned __int128>(Next()) * limit) >> 64);
  }

  // Uneven over 0 .. limit - 1: small numbers are frequent, the more so the larger the exponent. A rank drawn so gives
  // degrees that follow a power law.
  uint32_t Skewed(uint64_t limit, double exponent) {
    const auto number = static_cast<uint64_t>(static_cast<double>(limit) * std::pow(Fraction(), exponent));
    return static_cast<uint32_t>(number < limit ? number : limit - 1);
  }

 private:
  static uint64_t RotateLeft(uint64_t word, int bits) { return (word << bits) | (word >> (64 - bits)); }

  uint64_t Next() {
    const uint64_t result = RotateLeft(state_[1] * 5, 7) * 9;
    const uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = RotateLeft(state_[3], 45);
    return result;
  }

  double Fraction() { return static_cast<double>(Next() >> 11) * 0x1.0p-53; }  // in [0, 1)

  uint64_t state_[4];
};

}  // namespace dossier::bench

#endif  // DOSSIER_BENCH_GENERATOR_RANDOM_H_
