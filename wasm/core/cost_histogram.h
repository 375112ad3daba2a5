// Durations counted in buckets of a fixed relative width, in a fixed amount of shared memory.
//
// The buckets are those of G. Tene's HdrHistogram: the leading bits of the number.
#ifndef QUANTA_CORE_COST_HISTOGRAM_H_
#define QUANTA_CORE_COST_HISTOGRAM_H_

#include <bit>
#include <cstdint>
#include <span>

#include "shared/deadline_layout.h"
#include "shared/realtime.h"

namespace quanta {

class CostHistogram {
 public:
  using Buckets = std::span<SharedWord<uint32_t>, kDeadlineBuckets>;

  explicit CostHistogram(Buckets buckets) noexcept REALTIME : buckets_(buckets) {}

  // Audio thread only. Wait-free.
  void add(uint32_t ns) noexcept REALTIME {
    SharedWord<uint32_t>& bucket = buckets_[bucket_of(ns)];
    bucket.store(bucket.load() + 1);
  }

  // Which bucket a duration falls into.
  static constexpr uint32_t bucket_of(uint32_t ns) noexcept REALTIME {
    const uint32_t octave = octave_of(ns);
    return octave * kDeadlineOctaveBuckets + (ns - octave_begin(octave)) / width_in(octave);
  }

  // Its shortest duration, in nanoseconds; of the bucket behind the last one 2^32.
  static constexpr uint64_t begin_of(uint32_t bucket) noexcept REALTIME {
    const uint32_t octave = bucket / kDeadlineOctaveBuckets;
    if (octave > kLastOctave) return uint64_t{1} << 32;
    return octave_begin(octave) + uint64_t{bucket % kDeadlineOctaveBuckets} * width_in(octave);
  }

 private:
  static constexpr uint32_t kLinearBits = std::bit_width(kDeadlineLinearNs) - 1;
  static constexpr uint32_t kLastOctave = 32 - kLinearBits;
  static_assert(kDeadlineBuckets == (kLastOctave + 1) * kDeadlineOctaveBuckets);

  // 0: the linear part.
  static constexpr uint32_t octave_of(uint32_t ns) noexcept REALTIME {
    return ns < kDeadlineLinearNs ? 0 : static_cast<uint32_t>(std::bit_width(ns)) - kLinearBits;
  }

  static constexpr uint32_t octave_begin(uint32_t octave) noexcept REALTIME {
    return octave == 0 ? 0 : kDeadlineLinearNs << (octave - 1);
  }

  static constexpr uint32_t width_in(uint32_t octave) noexcept REALTIME {
    return (octave == 0 ? kDeadlineLinearNs : octave_begin(octave)) / kDeadlineOctaveBuckets;
  }

  Buckets buckets_;
};

}  // namespace quanta

#endif  // QUANTA_CORE_COST_HISTOGRAM_H_
