#include "graph/base/sha256_instructions.h"

#include <cstdlib>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#endif

namespace dossier::sha256_internal {

#if defined(__x86_64__)

namespace {

#define DOSSIER_SHA_TARGET __attribute__((target("sha,ssse3,sse4.1")))

constexpr size_t kBlock = 64;

alignas(16) constexpr uint32_t kRoundConstants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

// The state as the instructions want it: the words a, b, e, f and c, d, g, h of the standard, the last one lowest.
struct State {
  __m128i abef = _mm_set_epi32(0x6a09e667, static_cast<int>(0xbb67ae85), 0x510e527f, static_cast<int>(0x9b05688c));
  __m128i cdgh = _mm_set_epi32(0x3c6ef372, static_cast<int>(0xa54ff53a), 0x1f83d9ab, 0x5be0cd19);
};

// A text as its blocks, the last of which hold its end, a bit and its length.
class Blocks {
 public:
  explicit Blocks(std::string_view text) : text_(text.data()), whole_(text.size() / kBlock) {
    const size_t rest = text.size() % kBlock;
    count_ = whole_ + (rest + 9 > kBlock ? 2 : 1);
    std::memset(end_, 0, sizeof end_);
    if (rest > 0) std::memcpy(end_, text.data() + whole_ * kBlock, rest);
    end_[rest] = 0x80;
    const uint64_t bits = __builtin_bswap64(uint64_t{text.size()} * 8);
    std::memcpy(end_ + (count_ - whole_) * kBlock - sizeof bits, &bits, sizeof bits);
  }
  size_t count() const { return count_; }
  const void* operator[](size_t i) const {
    return i < whole_ ? static_cast<const void*>(text_ + i * kBlock) : end_ + (i - whole_) * kBlock;
  }

 private:
  const char* text_;
  size_t whole_, count_;
  uint8_t end_[2 * kBlock];
};

// Takes one block into each of kTexts states.
template <size_t kTexts>
DOSSIER_SHA_TARGET inline void TakeBlock(const void* const (&blocks)[kTexts], State (&states)[kTexts]) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i words[kTexts][4];  // the sixteen words of the schedule that the next ones are made of
  State before[kTexts];
  for (size_t text = 0; text < kTexts; ++text) {
    before[text] = states[text];
    const auto* const from = static_cast<const __m128i*>(blocks[text]);
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; ++i) words[text][i] = _mm_shuffle_epi8(_mm_loadu_si128(from + i), big_endian);
  }
#pragma GCC unroll 16
  for (size_t i = 0; i < 16; ++i) {  // four rounds each
    const __m128i constants = _mm_load_si128(reinterpret_cast<const __m128i*>(kRoundConstants) + i);
#pragma GCC unroll 2
    for (size_t text = 0; text < kTexts; ++text) {
      State& state = states[text];
      __m128i(&w)[4] = words[text];
      __m128i& now = w[i % 4];
      if (i >= 4) {
        const __m128i spread = _mm_alignr_epi8(w[(i + 3) % 4], w[(i + 2) % 4], 4);
        now = _mm_sha256msg1_epu32(now, w[(i + 1) % 4]);
        now = _mm_sha256msg2_epu32(_mm_add_epi32(now, spread), w[(i + 3) % 4]);
      }
      const __m128i sum = _mm_add_epi32(now, constants);
      state.cdgh = _mm_sha256rnds2_epu32(state.cdgh, state.abef, sum);
      state.abef = _mm_sha256rnds2_epu32(state.abef, state.cdgh, _mm_shuffle_epi32(sum, 0x0E));
    }
  }
  for (size_t text = 0; text < kTexts; ++text) {
    states[text].abef = _mm_add_epi32(states[text].abef, before[text].abef);
    states[text].cdgh = _mm_add_epi32(states[text].cdgh, before[text].cdgh);
  }
}

DOSSIER_SHA_TARGET void TakeRest(const Blocks& blocks, size_t next, State* state) {
  State states[1] = {*state};
  for (; next < blocks.count(); ++next) TakeBlock<1>({blocks[next]}, states);
  *state = states[0];
}

DOSSIER_SHA_TARGET void Write(const State& state, Sha256Digest* digest) {
  alignas(16) uint32_t abef[4], cdgh[4];
  _mm_store_si128(reinterpret_cast<__m128i*>(abef), state.abef);
  _mm_store_si128(reinterpret_cast<__m128i*>(cdgh), state.cdgh);
  const uint32_t words[8] = {abef[3], abef[2], cdgh[3], cdgh[2], abef[1], abef[0], cdgh[1], cdgh[0]};
  for (size_t i = 0; i < 8; ++i) {
    const uint32_t word = __builtin_bswap32(words[i]);
    std::memcpy(digest->data() + 4 * i, &word, sizeof word);
  }
}

}  // namespace

bool HasInstructions() {
  static const bool has = [] {
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & bit_SSSE3) == 0 || (c & bit_SSE4_1) == 0) return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & bit_SHA) != 0;
  }();
  return has;
}

void HashOne(std::string_view text, Sha256Digest* digest) {
  State state;
  TakeRest(Blocks(text), 0, &state);
  Write(state, digest);
}

DOSSIER_SHA_TARGET void HashTwo(std::string_view first, std::string_view second, Sha256Digest* of_first,
                                Sha256Digest* of_second) {
  const Blocks a(first), b(second);
  State states[2];
  const size_t both = std::min(a.count(), b.count());
  for (size_t i = 0; i < both; ++i) TakeBlock<2>({a[i], b[i]}, states);
  TakeRest(a, both, &states[0]);
  TakeRest(b, both, &states[1]);
  Write(states[0], of_first);
  Write(states[1], of_second);
}

#undef DOSSIER_SHA_TARGET

#else  // another processor

bool HasInstructions() { return false; }
void HashOne(std::string_view, Sha256Digest*) { std::abort(); }
void HashTwo(std::string_view, std::string_view, Sha256Digest*, Sha256Digest*) { std::abort(); }

#endif

}  // namespace dossier::sha256_internal
