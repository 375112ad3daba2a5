#include "voice/silero_vad.h"

#include <algorithm>
#include <cmath>

#include "dsp/exact_math.h"
#include "dsp/lanes.h"
#include "dsp/sanitize.h"
#include "dsp/sigmoid.h"

namespace quanta {
namespace {

constexpr uint32_t kFrameEnd = kVadContextFrames + kVadFrames;

}  // namespace

bool SileroVad::configure(Arena& arena, const SileroWeights& weights) {
  *this = SileroVad();
  encoder0_.configure(weights);
  encoder1_.configure(weights);
  encoder2_.configure(weights);
  encoder3_.configure(weights);
  recurrent_.configure(weights);
  voice_ = weights.matrix(VadLayer::kVoice);
  voice_bias_ = *weights.bias(VadLayer::kVoice);
  for (uint32_t i = 0; i < kVadWindowFrames; ++i) {
    window_[i] = static_cast<float>(0.5 - 0.5 * cos_pi(2.0 * i / kVadWindowFrames));
  }
  return fft_.configure(arena, kVadWindowFrames);
}

void SileroVad::reset() noexcept REALTIME {
  recurrent_.reset();
  seen_.fill(0);
  step_ = kSteps;
  probability_ = 0;
}

void SileroVad::begin(std::span<const float, kVadFrames> samples) noexcept REALTIME {
  while (!done()) step();
  std::copy_n(seen_.begin() + kVadFrames, kVadContextFrames, seen_.begin());
  sanitize(samples, std::span(seen_).subspan(kVadContextFrames, kVadFrames));
  // The last sample itself is not repeated.
  for (uint32_t i = 0; i < kSeenFrames - kFrameEnd; ++i) {
    seen_[kFrameEnd + i] = seen_[kFrameEnd - 2 - i];
  }
  step_ = 0;
}

bool SileroVad::step() noexcept REALTIME {
  if (!done()) run(step_++);
  return done();
}

float SileroVad::push(std::span<const float, kVadFrames> samples) noexcept REALTIME {
  begin(samples);
  while (!step()) continue;
  return probability_;
}

void SileroVad::run(uint32_t step) noexcept REALTIME {
  constexpr uint32_t kEncoder0 = kSpectra;
  constexpr uint32_t kEncoder1 = kEncoder0 + Encoder0::kGroups;
  constexpr uint32_t kEncoder2 = kEncoder1 + Encoder1::kGroups;
  constexpr uint32_t kEncoder3 = kEncoder2 + 1;
  constexpr uint32_t kRecurrent = kEncoder3 + 1;
  static_assert(kSteps == kRecurrent + RecurrentLayer::kGroups);
  if (step < kEncoder0) return transform(step);
  if (step < kEncoder1) {
    return encoder0_.run_group(step - kEncoder0, magnitudes_.data(), rows0_.data());
  }
  if (step < kEncoder2) return encoder1_.run_group(step - kEncoder1, rows0_.data(), rows1_.data());
  if (step < kEncoder3) return encoder2_.run(rows1_.data(), rows2_.data());
  if (step < kRecurrent) return encoder3_.run(rows2_.data(), recurrent_.features().data());
  recurrent_.run_group(step - kRecurrent);
  if (step + 1 == kSteps) finish();
}

void SileroVad::transform(uint32_t spectrum) noexcept REALTIME {
  const float* const samples = seen_.data() + spectrum * kHopFrames;
  for (uint32_t i = 0; i < kVadWindowFrames; ++i) windowed_[i] = samples[i] * window_[i];
  fft_.forward(windowed_, re_, im_);
  float* const magnitudes = magnitudes_.data() + spectrum * kBins;
  for (uint32_t k = 0; k < kBins; ++k) {
    magnitudes[k] = std::sqrt(re_[k] * re_[k] + im_[k] * im_[k]);
  }
}

void SileroVad::finish() noexcept REALTIME {
  recurrent_.finish();
  const std::span<const float, kVadHidden> outputs = recurrent_.outputs();
  Float4 sums = {};
  for (uint32_t i = 0; i < kVadHidden; i += 4) {
    sums += load4(voice_ + i) * max4(load4(outputs.data() + i), splat4(0));
  }
  const float sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  probability_ = sigmoid4(splat4(voice_bias_ + sum))[0];
}

}  // namespace quanta
