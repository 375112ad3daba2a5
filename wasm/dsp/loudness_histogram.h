// Loudness of any number of blocks in a fixed amount of memory, and what the gates let through.
#ifndef QUANTA_DSP_LOUDNESS_HISTOGRAM_H_
#define QUANTA_DSP_LOUDNESS_HISTOGRAM_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/archive.h"
#include "core/arena.h"
#include "shared/realtime.h"

namespace quanta {

// Loudness of a weighted mean square (ITU-R BS.1770-4, annex 1), in LUFS; of 0 minus infinity.
double loudness_of(double mean_square) noexcept REALTIME;

// Counts blocks by loudness in bins of 0.1 LU and keeps the exact power of each bin, so a gated
// mean errs only by which blocks of one bin pass the relative gate. Blocks at or below the absolute
// gate of -70 LUFS are left out.
class LoudnessHistogram {
 public:
  // False: the arena is full.
  bool configure(Arena& arena);

  // Audio thread only. Wait-free, as everything below.
  void add(double mean_square) noexcept REALTIME;

  // Mean of the blocks above a gate that lies so many LU below the mean of all; 0: there is none.
  double gated_mean_square(double relative_gate_lu) const noexcept REALTIME;

  // Distance between two percentiles of the blocks above such a gate, in LU; 0: there are none.
  double spread_lu(double relative_gate_lu, double low, double high) const noexcept REALTIME;

  void clear() noexcept REALTIME;

  // Audio thread only. Wait-free. See archive.h.
  void archive(Archive& a) noexcept REALTIME;

 private:
  bool plausible() const noexcept REALTIME;

  // First bin whose blocks are above the relative gate.
  size_t first_above(double relative_gate_lu) const noexcept REALTIME;

  std::span<double> power_;  // sum of the mean squares in each bin
  std::span<uint32_t> count_;
  double total_power_ = 0;
  uint32_t total_count_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_DSP_LOUDNESS_HISTOGRAM_H_
