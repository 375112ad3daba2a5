// One window of audio, from samples to a harmonic series, in steps that are all cheap.
#ifndef QUANTA_ENGINE_FRAME_ANALYZER_H_
#define QUANTA_ENGINE_FRAME_ANALYZER_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"
#include "core/atomics.h"
#include "core/ring_view.h"
#include "dsp/harmonics.h"
#include "dsp/partials.h"
#include "dsp/real_fft.h"
#include "shared/realtime.h"

namespace quanta {

class FrameAnalyzer {
 public:
  // Published levels: what a reader may copy while the next window overwrites it.
  using Level = RealAtomics::Racy<float>;

  // Below this every bin reads the same.
  static constexpr float kFloorDb = -200;

  struct Settings {
    double beta;          // of the Kaiser window
    size_t max_partials;  // the strongest are kept, at most PartialFinder::kMaxPartials
  };

  // frames: RealFft::is_size, a multiple of 4. False: the arena is full.
  bool configure(Arena& arena, uint32_t frames, double rate_hz, const Settings& settings);

  uint32_t frames() const noexcept REALTIME { return fft_.size(); }

  uint32_t bins() const noexcept REALTIME { return fft_.bins(); }

  // Audio thread only, as all below. Wait-free. samples: frames() of them, which stay as they are
  // until the last step. levels: bins() of them, in dBFS, written in the steps before the partials.
  void begin(const RingView<const float>& samples, bool refine,
             std::span<Level> levels) noexcept REALTIME;

  // One step, and what it cost in units of about 10 ns; 0: done.
  uint32_t step() noexcept REALTIME;

  bool done() const noexcept REALTIME { return phase_ == Phase::kDone; }

  // What the steps of every window cost, in the same units.
  uint32_t least_work() const noexcept REALTIME;

  // Rising in frequency; of the window that was done last.
  std::span<const Partial> partials() const noexcept REALTIME { return partials_.partials(); }

  // Of these partials.
  const HarmonicSeries& series() const noexcept REALTIME { return harmonics_.series(); }

 private:
  enum class Phase : uint8_t {
    kWindow,
    kTransform,
    kLevels,
    kTransformBare,
    kPartials,
    kHarmonics,
    kDone
  };

  void enter(Phase phase) noexcept REALTIME;
  Phase next_phase() const noexcept REALTIME;
  bool window_block() noexcept REALTIME;
  bool levels_block() noexcept REALTIME;

  Spectrum windowed() const noexcept REALTIME { return {re_, im_}; }

  Spectrum bare() const noexcept REALTIME { return {bare_re_, bare_im_}; }

  RealFft fft_;
  PartialFinder partials_;
  HarmonicFinder harmonics_;
  std::span<float> window_;
  std::span<float> frame_;
  std::span<float> windowed_frame_;
  std::span<float> re_;
  std::span<float> im_;
  std::span<float> bare_re_;
  std::span<float> bare_im_;
  float power_scale_ = 0;  // from |X|^2 to the square of a sine's amplitude

  Phase phase_ = Phase::kDone;
  RingView<const float> samples_;
  std::span<Level> levels_;
  bool refine_ = false;
  size_t next_ = 0;  // first sample or bin of the next block
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_FRAME_ANALYZER_H_
