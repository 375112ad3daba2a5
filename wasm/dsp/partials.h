// The sines that a frame is made of.
#ifndef QUANTA_DSP_PARTIALS_H_
#define QUANTA_DSP_PARTIALS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "dsp/peak_search.h"
#include "dsp/spectrum.h"
#include "dsp/tone.h"
#include "dsp/tone_inversion.h"
#include "dsp/tone_refinement.h"
#include "shared/realtime.h"

namespace quanta {

struct Partial {
  double frequency_hz;
  double error_hz;    // standard deviation of the frequency under the noise that was measured
  double level_dbfs;  // of the amplitude: a sine from -1 to 1 has 0
  double phase;       // at the frame's centre, of a cosine, -pi to pi
};

// Finds the partials of a frame in steps that are all cheap, none above some microseconds: search a
// block of bins, invert one peak, refine one tone.
class PartialFinder {
 public:
  static constexpr size_t kMaxPartials = PeakSearch::kMaxPeaks;

  struct Options {
    double beta = 12;                    // of the window that the frame was under
    size_t max_partials = kMaxPartials;  // the strongest are kept
    uint32_t sweeps = 2;                 // fits of each tone, if it is refined
  };

  // frames: the N of the spectra.
  void configure(size_t frames, double rate_hz, const Options& options);

  // Audio thread only, as all below. Wait-free. The spectra stay as they are until the last step.
  // Inversion only: 2.5 to 3 times the Cramer-Rao bound.
  void begin(const Spectrum& windowed) noexcept REALTIME;

  // With refinement: at the bound. bare: of the same frame without a window.
  void begin(const Spectrum& windowed, const Spectrum& bare) noexcept REALTIME;

  // About how long the next step takes, in units of 10 ns.
  uint32_t next_work() const noexcept REALTIME;

  // One step. True: done, and partials() are those of this frame.
  bool step() noexcept REALTIME;

  // Rising in frequency; of the last frame that was done.
  std::span<const Partial> partials() const noexcept REALTIME { return {partials_.data(), count_}; }

 private:
  enum class Stage : uint8_t { kSearch, kInvert, kRefine, kList, kDone };

  void invert_next() noexcept REALTIME;
  void refine_next() noexcept REALTIME;
  void list() noexcept REALTIME;
  Partial partial_of(size_t index) const noexcept REALTIME;

  PeakSearch search_;
  ToneInversion inversion_;
  ToneRefinement refinement_;
  double frames_ = 0;
  double bin_hz_ = 0;
  uint32_t sweeps_ = 0;

  Stage stage_ = Stage::kDone;
  Spectrum windowed_;
  Spectrum bare_;
  std::array<Tone, kMaxPartials> tones_{};  // in the order of the peaks
  std::array<double, kMaxPartials> deviations_{};
  size_t next_ = 0;
  uint32_t sweep_ = 0;
  std::array<Partial, kMaxPartials> partials_{};
  size_t count_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_DSP_PARTIALS_H_
