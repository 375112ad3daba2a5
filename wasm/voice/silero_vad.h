// Voice activity: the probability that someone speaks.
#ifndef QUANTA_VOICE_SILERO_VAD_H_
#define QUANTA_VOICE_SILERO_VAD_H_

#include <array>
#include <cstdint>
#include <span>

#include "core/arena.h"
#include "dsp/real_fft.h"
#include "shared/realtime.h"
#include "shared/voice_layout.h"
#include "voice/convolution.h"
#include "voice/recurrent_layer.h"
#include "voice/silero_weights.h"

namespace quanta {

// Inference of Silero VAD, version 6, at 16 kHz: magnitudes of four spectra, four convolutions, a
// recurrent layer and one output. A frame is kVadFrames samples; the model sees the last
// kVadContextFrames samples before them again, and without these it hears next to no speech.
//
// A frame is done in steps of about equal time, each a few microseconds, so that the audio thread
// can spread it over its quanta; push() does all of it at once and gives the same bits. NaN and
// infinite samples count as 0.
//
// configure() anywhere but the audio thread; the rest any thread, one at a time. Wait-free. The
// same bits in every build.
class SileroVad {
 public:
  // Four spectra, the groups of the first two convolutions, the last two, the recurrent layer's.
  static constexpr uint32_t kSteps = 4 + 16 + 4 + 2 + 16;

  // weights: not empty; they outlive the detector. False: the arena is full.
  bool configure(Arena& arena, const SileroWeights& weights);

  // Forgets everything it heard, a frame in work too.
  void reset() noexcept REALTIME;

  // Takes the next frame's samples, from -1 to 1. A frame in work is finished first.
  void begin(std::span<const float, kVadFrames> samples) noexcept REALTIME;

  // Does the next step, if there is one. True: the frame is done.
  bool step() noexcept REALTIME;

  bool done() const noexcept REALTIME { return step_ == kSteps; }

  // Of the last frame that was done, 0 to 1; 0 before the first.
  float probability() const noexcept REALTIME { return probability_; }

  // A whole frame: its probability.
  float push(std::span<const float, kVadFrames> samples) noexcept REALTIME;

 private:
  static constexpr uint32_t kSpectra = 4;
  static constexpr uint32_t kBins = kVadWindowFrames / 2 + 1;
  static constexpr uint32_t kHopFrames = kVadWindowFrames / 2;
  // The last window ends after so many samples; those beyond the frame are its reflection.
  static constexpr uint32_t kSeenFrames = (kSpectra - 1) * kHopFrames + kVadWindowFrames;

  using Encoder0 = Convolution<VadLayer::kEncoder0, kSpectra, 1>;
  using Encoder1 = Convolution<VadLayer::kEncoder1, Encoder0::kOutFrames, 2>;
  using Encoder2 = Convolution<VadLayer::kEncoder2, Encoder1::kOutFrames, 2>;
  using Encoder3 = Convolution<VadLayer::kEncoder3, Encoder2::kOutFrames, 1>;

  template <typename Layer>
  using Rows = std::array<float, size_t{Layer::kOutFrames} * Layer::kShape.outputs>;

  void run(uint32_t step) noexcept REALTIME;
  void transform(uint32_t spectrum) noexcept REALTIME;
  void finish() noexcept REALTIME;

  RealFft fft_;
  Encoder0 encoder0_;
  Encoder1 encoder1_;
  Encoder2 encoder2_;
  Encoder3 encoder3_;
  RecurrentLayer recurrent_;
  const float* voice_ = nullptr;
  float voice_bias_ = 0;

  alignas(16) std::array<float, kVadWindowFrames> window_{};
  alignas(16) std::array<float, kSeenFrames> seen_{};  // context, frame, reflection
  alignas(16) std::array<float, kVadWindowFrames> windowed_{};
  std::array<float, kBins> re_{};
  std::array<float, kBins> im_{};
  std::array<float, size_t{kSpectra} * kBins> magnitudes_{};
  alignas(16) Rows<Encoder0> rows0_{};
  alignas(16) Rows<Encoder1> rows1_{};
  alignas(16) Rows<Encoder2> rows2_{};

  uint32_t step_ = kSteps;
  float probability_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_VOICE_SILERO_VAD_H_
