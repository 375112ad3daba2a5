// The fundamental that partials share, and how a stiff string stretches them.
#ifndef QUANTA_DSP_HARMONICS_H_
#define QUANTA_DSP_HARMONICS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "dsp/partials.h"
#include "shared/realtime.h"

namespace quanta {

// Partial n of a stiff string lies at n f sqrt(1 + B n^2) (H. Fletcher, "Normal vibration
// frequencies of a stiff piano string", JASA 36, 1964).
struct HarmonicSeries {
  double fundamental_hz = 0;  // where partial 1 lies or would lie; 0: there are no partials
  double fundamental_error_hz = 0;
  double inharmonicity = 0;  // B; 0 where the partials do not tell it from 0
  double inharmonicity_error = 0;
  size_t count = 0;  // partials that belong to the series

  // The number n of each partial, in their order; 0 for those that do not belong.
  std::array<uint8_t, PartialFinder::kMaxPartials> numbers{};
};

// Tries the loudest partials as the numbers 1 to 10 of a series, follows each series upwards while
// its stretch shows, and takes the one that explains most of the sound with fewest partials
// missing. Its f and B are then fitted: (f_n / n)^2 is a line over n^2, whose least squares are
// weighted by the partials' errors.
class HarmonicFinder {
 public:
  // Audio thread only, as all below. Wait-free. partials: rising in frequency; they are copied.
  void begin(std::span<const Partial> partials) noexcept REALTIME;

  // Tries one series, which takes below 1 us. True: done, and series() is that of these partials.
  bool step() noexcept REALTIME;

  // Of the last partials that were done.
  const HarmonicSeries& series() const noexcept REALTIME { return series_; }

 private:
  using Numbers = std::array<uint8_t, PartialFinder::kMaxPartials>;

  double try_series(double fundamental_hz, Numbers& numbers) const noexcept REALTIME;
  void pick_next_loudest() noexcept REALTIME;
  HarmonicSeries fit() const noexcept REALTIME;

  std::array<Partial, PartialFinder::kMaxPartials> partials_{};
  // How much each partial counts, from 1 for the loudest to 0.
  std::array<double, PartialFinder::kMaxPartials> weights_{};
  std::array<bool, PartialFinder::kMaxPartials> tried_{};
  size_t count_ = 0;
  size_t left_to_try_ = 0;
  double tried_hz_ = 0;  // the partial that is taken as the number next_number_
  uint32_t next_number_ = 0;
  double best_ = 0;
  Numbers numbers_{};  // of the best series
  HarmonicSeries series_;
};

}  // namespace quanta

#endif  // QUANTA_DSP_HARMONICS_H_
