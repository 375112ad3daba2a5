// By how much one signal lags another, to a small part of a sample.
#ifndef QUANTA_DSP_DELAY_ESTIMATOR_H_
#define QUANTA_DSP_DELAY_ESTIMATOR_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"
#include "dsp/real_fft.h"
#include "dsp/shift_hypotheses.h"
#include "dsp/spectrum.h"
#include "shared/realtime.h"

namespace quanta {

struct DelayEstimate {
  double frames = 0;        // positive: the second signal is late
  double error_frames = 0;  // standard deviation, from the coherence that was measured
  double coherence = 0;     // of both signals, 0 to 1, the mean of the band; near 0: no relation
  bool found = false;       // the coherence is more than chance makes of signals without relation
  bool inverted = false;    // the second signal has the opposite sign
};

// Maximum likelihood for Gaussian signals in Gaussian noise (C. H. Knapp, G. C. Carter, "The
// generalized correlation method for estimation of time delay", IEEE Trans. ASSP 24, 1976):
//
// 1. The whole frames of the delay: the peak of the correlation under the phase transform (PHAT),
// of
//    either sign.
// 2. The second frame is cut anew, that many frames later, so that both hold the same sound.
// 3. The part of a frame that is left: the best of 32 hypotheses, then the slope of the phase over
//    frequency, every bin weighted by how far its neighbourhood is coherent, C / (1 - C): the
//    processor of Hannan and Thomson, at the Cramer-Rao bound. Two steps of Newton's method.
//
// The frames are tapered at both ends, which costs 2 % of accuracy.
class DelayEstimator {
 public:
  // frames: 1024 to 65536, a size of RealFft; max_delay: below frames / 2. Takes some 28 bytes for
  // each frame beside what RealFft takes. False: the arena is full.
  bool configure(Arena& arena, uint32_t frames, uint32_t max_delay);

  // Audio thread only, as all below. Wait-free. first: `frames` samples. second: frames + 2 *
  // max_delay samples, of which second[max_delay] was taken at the same instant as first[0]. Both
  // stay as they are until the last step.
  void begin(std::span<const float> first, std::span<const float> second) noexcept REALTIME;

  // A part of the work, none above that of windowing one frame. True: done.
  bool step() noexcept REALTIME;

  // Of the last signals that were done. Delays of whole frames are sought from -max_delay to
  // max_delay.
  const DelayEstimate& estimate() const noexcept REALTIME { return estimate_; }

 private:
  static constexpr size_t kBlocks = 256;
  static constexpr size_t kSmallestBlock = 16;  // bins
  static constexpr size_t kSliceBlocks = 8;

  enum class Stage : uint8_t {
    kTransformFirst,
    kTransformSecond,
    kWhiten,
    kCorrelate,
    kTransformAligned,
    kWhitenAligned,
    kMeasureCoherence,
    kFollowSlope,
    kDone
  };

  // Sums over the bins of a block.
  struct Block {
    double cross_re = 0;
    double cross_im = 0;
    double first = 0;
    double second = 0;
  };

  struct Band {
    std::span<float> re;
    std::span<float> im;

    operator Spectrum() const noexcept REALTIME { return {re, im}; }
  };

  bool take(Arena& arena, uint32_t frames);
  size_t second_start() const noexcept REALTIME;
  void load(std::span<const float> samples, float sign) noexcept REALTIME;
  void load_correlation() noexcept REALTIME;
  bool next_slice(BinRange& slice) noexcept REALTIME;
  void whiten(BinRange slice) noexcept REALTIME;
  void pick_whole_frames() noexcept REALTIME;
  bool pick_hypothesis() noexcept REALTIME;
  void measure(size_t block) noexcept REALTIME;
  void weigh() noexcept REALTIME;
  void follow(size_t block) noexcept REALTIME;
  void take_newton_step() noexcept REALTIME;
  void publish() noexcept REALTIME;

  bool is_transform() const noexcept REALTIME;
  void enter(Stage stage) noexcept REALTIME;
  void work_on(BinRange slice) noexcept REALTIME;
  void leave() noexcept REALTIME;

  RealFft fft_;
  TimeHypotheses hypotheses_;
  std::span<float> taper_;  // of one end
  std::span<float> samples_;
  Band first_;
  Band second_;
  Band cross_;
  std::span<const float> first_samples_;
  std::span<const float> second_samples_;
  uint32_t frames_ = 0;
  uint32_t max_delay_ = 0;
  uint32_t transform_work_ = 1;
  size_t block_bins_ = kSmallestBlock;
  size_t block_count_ = 0;

  Stage stage_ = Stage::kDone;
  size_t next_block_ = 0;
  int32_t whole_ = 0;
  double part_ = 0;
  float sign_ = 1;
  std::array<Block, kBlocks> blocks_{};
  std::array<double, kBlocks> weights_{};  // of the cross-spectrum
  double slope_ = 0;
  double curvature_ = 0;
  uint32_t cuts_ = 0;
  uint32_t newton_steps_ = 0;
  double information_ = 0;  // sum of the squares of the angular frequencies, weighted
  double coherence_ = 0;
  DelayEstimate estimate_;
};

}  // namespace quanta

#endif  // QUANTA_DSP_DELAY_ESTIMATOR_H_
