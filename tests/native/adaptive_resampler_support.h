// A source with a clock of its own, the FIFO between it and a context, and a judge of what comes
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

#include "dsp/adaptive_resampler.h"
#include "resampler_support.h"

namespace quanta::test {

// Frame i of the source, in a channel.
using Signal = std::function<float(uint64_t i, uint32_t channel)>;

class Fifo {
 public:
  explicit Fifo(uint32_t channels) : planes_(channels, std::vector<float>(kCapacity)) {}

  uint32_t unread() const { return pushed_ - popped_; }

  uint32_t room() const { return kCapacity - unread(); }

  void push(uint32_t frames, const Signal& signal) {
    ASSERT_LE(frames, room());
    for (uint32_t channel = 0; channel < planes_.size(); ++channel) {
      for (uint32_t i = 0; i < frames; ++i) {
        planes_[channel][(pushed_ + i) % kCapacity] = signal(position_ + i, channel);
      }
    }
    pushed_ += frames;
    position_ += frames;
  }

  // Frames that the source loses before they reach the FIFO.
  void lose(uint64_t frames) { position_ += frames; }

  std::vector<UnreadFrames> views() const {
    std::vector<UnreadFrames> views;
    const uint32_t start = popped_ % kCapacity;
    const uint32_t until_wrap = std::min(unread(), kCapacity - start);
    for (const auto& plane : planes_) {
      views.push_back({{plane.data() + start, until_wrap}, {plane.data(), unread() - until_wrap}});
    }
    return views;
  }

  void pop(uint32_t frames) {
    ASSERT_LE(frames, unread());
    popped_ += frames;
  }

 private:
  static constexpr uint32_t kCapacity = 1 << 17;
  static constexpr uint32_t kSoonToWrap = 0xffff0000;

  std::vector<std::vector<float>> planes_;
  uint32_t pushed_ = kSoonToWrap;
  uint32_t popped_ = kSoonToWrap;
  uint64_t position_ = 0;  // the source's next frame
};

struct Source {
  uint32_t rate_hz = 48000;
  double ppm = 0;
  uint32_t burst_frames = 480;
  double jitter_seconds = 0;  // each burst comes up to this much late
};

struct Rig {
  static constexpr uint32_t kContextHz = 48000;

  // What a call of process() met and gave.
  struct Call {
    uint32_t unread;
    std::span<float* const> out;
    uint32_t frames;
  };

  Rig(const Source& the_source, const AdaptiveResampler::Settings& settings, Signal the_signal)
      : source(the_source), signal(std::move(the_signal)), fifo(settings.channels) {
    ResamplerKernel kernel;
    EXPECT_TRUE(kernel.configure(block.arena(), source.rate_hz, kContextHz,
                                 ResamplerKernel::Positions::kAny));
    EXPECT_TRUE(resampler.configure(block.arena(), kernel, source.rate_hz, settings));
  }

  // Time passes: the source pushes, the context calls.
  void run(double seconds, const std::function<void(const Call&)>& each = {}) {
    const double end = now + seconds;
    for (; now < end; now += double(quantum) / kContextHz) {
      push_due();
      call(each);
    }
  }

  void call(const std::function<void(const Call&)>& each = {}) {
    std::array<float*, kInputChannels> planes = {left.data(), right.data()};
    const auto views = fifo.views();
    const std::span<float* const> out = std::span(planes).first(views.size());
    const uint32_t unread = fifo.unread();
    fifo.pop(resampler.process(views, out, quantum));
    if (each) each({unread, out, quantum});
  }

  // The source stands still, and what it would have pushed is lost.
  void lose(double seconds) {
    fifo.lose(uint64_t(seconds * source.rate_hz));
    complete += seconds;
    due += seconds;
  }

  // The source works on, but its pushes all come at the end.
  void hold_back(double seconds) { blocked_until = now + seconds; }

  void push_due() {
    while (due <= now && blocked_until <= now) {
      fifo.push(source.burst_frames, signal);
      complete += source.burst_frames / (source.rate_hz * (1 + source.ppm * 1e-6));
      seed = seed * 1664525U + 1013904223U;
      due = complete + source.jitter_seconds * double(seed >> 8) / (1 << 24);
    }
  }

  Source source;
  Signal signal;
  Fifo fifo;
  ArenaBlock block{1 << 21};
  AdaptiveResampler resampler;
  uint32_t quantum = 128;
  std::vector<float> left = std::vector<float>(kMaxQuantumFrames);
  std::vector<float> right = std::vector<float>(kMaxQuantumFrames);
  double now = 0;
  double complete = 0.0037;  // when the source has its next burst together
  double due = 0.0037;       // when it pushes it
  double blocked_until = 0;
  uint32_t seed = 1;
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
