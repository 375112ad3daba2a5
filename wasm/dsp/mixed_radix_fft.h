// Complex Fourier transforms of every size 2^a 3^b 5^c: KissFFT in arena memory.
#ifndef QUANTA_DSP_MIXED_RADIX_FFT_H_
#define QUANTA_DSP_MIXED_RADIX_FFT_H_

#include <cstddef>
#include <cstdint>

#include "core/arena.h"
#include "shared/realtime.h"

struct kiss_fft_state;

namespace quanta {

// Z[k] = sum of z[m] exp(-j 2 pi k m / points). Complex numbers lie as pairs: real, imaginary.
//
// KissFFT (M. Borgerding) is a recursion: the transform of p m points is p transforms of m points
// and one pass of butterflies over all. run_unit() goes through it in the same order, one part at a
// time, so that the transform can be spread over several calls without changing a bit.
class MixedRadixFft {
 public:
  // No factor but 2, 3 and 5, and at least 2 points; with others KissFFT would take memory inside.
  // False: the arena is full.
  bool configure(Arena& arena, uint32_t points);

  uint32_t points() const noexcept REALTIME { return points_; }

  // In point visits: each point is visited once by every radix.
  uint32_t total_work() const noexcept REALTIME { return points_ * levels_; }

  // What one unit takes at most.
  uint32_t max_unit_work() const noexcept REALTIME { return depth_ > 0 ? points_ : total_work(); }

  // 2 points() floats each; the two do not overlap, and stay where they are until the end.
  void begin(const float* in, float* out) noexcept REALTIME;

  bool done() const noexcept REALTIME { return leaf_ == leaves_; }

  // Does the next part, which must be there, and returns its work.
  uint32_t run_unit() noexcept REALTIME;

 private:
  // One step of the recursion, from the whole transform downwards.
  struct Level {
    uint32_t radix;
    uint32_t points;  // of each of the radix transforms under it
    uint32_t stride;  // between its input points
  };

  static constexpr uint32_t kMaxLevels = 16;

  uint32_t run_leaf() noexcept REALTIME;
  uint32_t run_butterflies() noexcept REALTIME;
  void climb() noexcept REALTIME;
  uint32_t leaf_offset() const noexcept REALTIME;

  kiss_fft_state* state_ = nullptr;
  Level path_[kMaxLevels] = {};
  uint32_t points_ = 0;
  uint32_t levels_ = 0;  // radices altogether
  uint32_t depth_ = 0;   // of the leaves: transforms that are one unit each
  uint32_t leaves_ = 0;
  uint32_t leaf_points_ = 0;

  const float* in_ = nullptr;
  float* out_ = nullptr;
  uint32_t leaf_ = 0;   // the next one, or the one above which butterflies are due
  uint32_t level_ = 0;  // of the butterflies that are due, as an index; depth_: none are
};

}  // namespace quanta

#endif  // QUANTA_DSP_MIXED_RADIX_FFT_H_
