// A source with a clock of its own, the ring between it and a context, and a judge of what comes
// out, in simulated time.
#ifndef QUANTA_TESTS_NATIVE_ADAPTIVE_RESAMPLER_SUPPORT_H_
#define QUANTA_TESTS_NATIVE_ADAPTIVE_RESAMPLER_SUPPORT_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numbers>
#include <span>
#include <vector>

#include "core/sample_ring.h"
#include "dsp/adaptive_resampler.h"
#include "resampler_support.h"
#include "support/ring_block.h"

namespace quanta::test {

// Frame i of the source, in a channel.
using Signal = std::function<float(uint64_t i, uint32_t channel)>;

struct Source {
  uint32_t rate_hz = 48000;
  double ppm = 0;
  uint32_t burst_frames = 480;
  double jitter_seconds = 0;  // each burst comes up to this much late
};

// A source in simulated time: what it pushes when.
struct SourceSide {
  SourceSide(const Source& the_source, Signal the_signal)
      : source(the_source), signal(std::move(the_signal)) {}

  void push(SampleRing::Producer& producer, uint32_t frames) {
    std::vector<float> staged[kInputChannels];
    std::array<const float*, kInputChannels> planes = {};
    for (uint32_t channel = 0; channel < producer.channels(); ++channel) {
      for (uint32_t i = 0; i < frames; ++i)
        staged[channel].push_back(signal(position + i, channel));
      planes[channel] = staged[channel].data();
    }
    ASSERT_TRUE(producer.push_all(std::span(planes).first(producer.channels()), frames));
    position += frames;
  }

  void push_due(SampleRing::Producer& producer, double now) {
    while (due <= now && blocked_until <= now) {
      push(producer, source.burst_frames);
      complete += source.burst_frames / (source.rate_hz * (1 + source.ppm * 1e-6));
      seed = seed * 1664525U + 1013904223U;
      due = complete + source.jitter_seconds * double(seed >> 8) / (1 << 24);
    }
  }

  // The source stands still, and goes on where it was.
  void pause(double seconds) {
    complete += seconds;
    due += seconds;
  }

  // The source stands still, and what it would have pushed is lost.
  void lose(double seconds) {
    position += uint64_t(seconds * source.rate_hz);
    pause(seconds);
  }

  Source source;
  Signal signal;
  uint64_t position = 0;     // the source's next frame
  double complete = 0.0037;  // when the source has its next burst together
  double due = 0.0037;       // when it pushes it
  double blocked_until = 0;
  uint32_t seed = 1;
};

struct Rig : SourceSide {
  static constexpr uint32_t kContextHz = 48000;

  // What a call of process() met and gave.
  struct Call {
    uint32_t unread;
    std::span<float* const> out;
    uint32_t frames;
  };

  static constexpr uint32_t kCapacity = 1 << 17;
  static constexpr uint32_t kSoonToWrap = 0xffff0000;

  Rig(const Source& the_source, const AdaptiveResampler::Settings& settings, Signal the_signal)
      : SourceSide(the_source, std::move(the_signal)),
        ring_block(SampleRing::bytes(kCapacity, settings.channels)),
        ring(SampleRing::create(ring_block.bytes(), kCapacity, settings.channels, kSoonToWrap)) {
    ResamplerKernel kernel;
    EXPECT_TRUE(kernel.configure(block.arena(), source.rate_hz, kContextHz,
                                 ResamplerKernel::Positions::kAny));
    EXPECT_TRUE(resampler.configure(block.arena(), kernel, source.rate_hz, settings));
  }

  // Time passes: the source pushes, the context calls.
  void run(double seconds, const std::function<void(const Call&)>& each = {}) {
    const double end = now + seconds;
    for (; now < end; now += double(quantum) / kContextHz) {
      push_due(ring.producer, now);
      call(each);
    }
  }

  void call(const std::function<void(const Call&)>& each = {}) {
    const uint32_t unread = ring.consumer.view(kCapacity);
    std::vector<UnreadFrames> fifo;
    for (uint32_t channel = 0; channel < ring.consumer.channels(); ++channel) {
      fifo.push_back(ring.consumer.frames(channel));
    }
    std::array<float*, kInputChannels> planes = {left.data(), right.data()};
    const std::span<float* const> out = std::span(planes).first(fifo.size());
    const uint32_t popped = resampler.process(fifo, out, quantum);
    ASSERT_LE(popped, unread);
    ring.consumer.pop(popped);
    if (each) each({unread, out, quantum});
  }

  void push(uint32_t frames) { SourceSide::push(ring.producer, frames); }

  // The source works on, but its pushes all come at the end.
  void hold_back(double seconds) { blocked_until = now + seconds; }

  RingBlock ring_block;
  SampleRing::Halves ring;
  ArenaBlock block{1 << 21};
  AdaptiveResampler resampler;
  uint32_t quantum = 128;
  std::vector<float> left = std::vector<float>(kMaxQuantumFrames);
  std::vector<float> right = std::vector<float>(kMaxQuantumFrames);
  double now = 0;
};

// Listens for clicks: in each window of a sine, what a sine of steady and one of linearly growing
// amplitude (a small error of frequency, too) leave unexplained.
class ClickDetector {
 public:
  static constexpr size_t kWindow = 512;

  explicit ClickDetector(double cycles_per_frame) {
    for (size_t i = 0; i < kWindow; ++i) {
      const double angle = 2 * std::numbers::pi * cycles_per_frame * double(i);
      const double slope = double(i) / kWindow - 0.5;
      basis_[0][i] = std::sin(angle);
      basis_[1][i] = std::cos(angle);
      basis_[2][i] = slope * std::sin(angle);
      basis_[3][i] = slope * std::cos(angle);
    }
    for (size_t k = 0; k < basis_.size(); ++k) make_orthonormal(k);
  }

  void hear(std::span<const float> samples) {
    for (const float sample : samples) {
      window_[count_++] = double(sample);
      if (count_ == kWindow) judge();
    }
  }

  size_t windows() const { return windows_; }

  // RMS of the worst window's rest over that of its sine.
  double worst_db() const { return to_db(std::sqrt(worst_)); }

 private:
  using Window = std::array<double, kWindow>;

  static double dot(const Window& a, const Window& b) {
    double sum = 0;
    for (size_t i = 0; i < kWindow; ++i) sum += a[i] * b[i];
    return sum;
  }

  static void take_out(Window& from, const Window& unit) {
    const double share = dot(from, unit);
    for (size_t i = 0; i < kWindow; ++i) from[i] -= share * unit[i];
  }

  void make_orthonormal(size_t k) {
    for (size_t j = 0; j < k; ++j) take_out(basis_[k], basis_[j]);
    const double scale = 1 / std::sqrt(dot(basis_[k], basis_[k]));
    for (double& value : basis_[k]) value *= scale;
  }

  void judge() {
    const double power = dot(window_, window_);
    for (const Window& unit : basis_) take_out(window_, unit);
    worst_ = std::max(worst_, dot(window_, window_) / power);
    count_ = 0;
    ++windows_;
  }

  std::array<Window, 4> basis_;
  Window window_;
  size_t count_ = 0;
  size_t windows_ = 0;
  double worst_ = 0;
};

}  // namespace quanta::test

#endif  // QUANTA_TESTS_NATIVE_ADAPTIVE_RESAMPLER_SUPPORT_H_
