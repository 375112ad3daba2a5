#include "dsp/adaptive_resampler.h"

#include <algorithm>
#include <cmath>

namespace quanta {
namespace {

constexpr int kPhaseBits = 32;
constexpr uint64_t kOne = uint64_t{1} << kPhaseBits;
constexpr uint64_t kHalf = kOne / 2;

// Errors of the fill that call for no correction while the bits are copied: this many frames and
// this part of what the fill strays by itself.
constexpr double kQuietFrames = 32;
constexpr double kQuietSpread = 1.0 / 8;

// Clocks that differ by less are taken to agree. While the correction is below the landing pace,
// the phase is then led to a source frame at that pace, to copy the bits from there.
constexpr double kAgreement = 3e-6;
constexpr double kLandingPace = 5e-6;
constexpr int64_t kLandingStep = static_cast<int64_t>(kLandingPace * static_cast<double>(kOne));
// What a division by the frames of a call leaves over: below 4e-6 of a frame.
constexpr uint64_t kTouch = kMaxQuantumFrames;

// The largest part of count frames from offset on that lies in one piece.
std::span<const float> piece(const UnreadFrames& unread, size_t offset,
                             size_t count) noexcept REALTIME {
  const bool wrapped = offset >= unread.first.size();
  const std::span<const float> part = wrapped ? unread.second : unread.first;
  const size_t begin = wrapped ? offset - unread.first.size() : offset;
  return part.subspan(begin, std::min(count, part.size() - begin));
}

void silence(std::span<float* const> out, uint32_t begin, uint32_t end) noexcept REALTIME {
  for (float* plane : out) std::fill(plane + begin, plane + end, 0.0F);
}

}  // namespace

bool AdaptiveResampler::configure(Arena& arena, const ResamplerKernel& kernel, uint32_t rate_hz,
                                  const Settings& settings) {
  AdaptiveResampler next;
  for (uint32_t channel = 0; channel < settings.channels; ++channel) {
    if (!next.lines_[channel].configure(arena, kernel.taps())) return false;
  }
  const auto [out, in] = kernel.ratio();
  next.kernel_ = kernel;
  next.settings_ = settings;
  next.loop_.configure(rate_hz);
  next.context_hz_ = static_cast<double>(rate_hz) * out / in;
  next.nominal_step_ = (kOne * in + out / 2) / out;
  next.copying_ = in == out;
  *this = next;
  return true;
}

uint32_t AdaptiveResampler::process(std::span<const UnreadFrames> fifo, std::span<float* const> out,
                                    uint32_t frames) noexcept REALTIME {
  Call call{fifo, out, frames};
  const auto unread = static_cast<uint32_t>(fifo[0].size());
  bursts_.see(popped_ + unread, source_frames(frames), settings_.target_frames);
  skip_backlog(call);
  if (playing_) follow(call);
  const uint32_t begin = playing_ ? 0 : start_offset(call);
  const uint32_t end = playing_ ? play(call, begin) : begin;
  silence(out, 0, begin);
  silence(out, end, frames);
  count_silence(begin + frames - end);
  popped_ += call.popped;
  return call.popped;
}

double AdaptiveResampler::source_frames(uint32_t context_frames) const noexcept REALTIME {
  return static_cast<double>(context_frames) * static_cast<double>(nominal_step_) / kOne;
}

// Source frames that came and that no output frame has reached yet.
double AdaptiveResampler::fill(const Call& call) const noexcept REALTIME {
  const auto unread = static_cast<double>(call.fifo[0].size() - call.popped);
  return unread + static_cast<double>(lines_[0].ahead());
}

void AdaptiveResampler::skip_backlog(Call& call) noexcept REALTIME {
  if (settings_.pace == Pace::kOnDemand) return;
  const double target = settings_.target_frames;
  const double excess = fill(call) - (target + bursts_.above_mean());
  if (excess <= target) return;
  call.popped = std::min(static_cast<uint32_t>(excess), static_cast<uint32_t>(call.fifo[0].size()));
  ++counts_.overruns;
  counts_.skipped_frames += call.popped;
  loop_.restart();
}

// The frame of this call to begin with, so that the fill will have the target as its mean; all
// frames while there is too little.
uint32_t AdaptiveResampler::start_offset(const Call& call) noexcept REALTIME {
  const double wanted = settings_.target_frames + bursts_.above_mean();
  const double lacking = std::max(wanted - fill(call), 0.0);
  const double offset = lacking * kOne / static_cast<double>(nominal_step_);
  if (offset >= call.frames) return call.frames;
  playing_ = true;
  loop_.restart();
  return static_cast<uint32_t>(offset);
}

void AdaptiveResampler::follow(const Call& call) noexcept REALTIME {
  if (settings_.pace == Pace::kOnDemand) return;
  const double seconds = call.frames / context_hz_;
  loop_.observe(fill(call) - settings_.target_frames, seconds);
  const double quiet = kQuietFrames + kQuietSpread * loop_.spread_frames();
  const double error = std::abs(loop_.error_frames());
  if (copying_ && error <= quiet) return;
  // While it corrects, it comes across the beat of bursts and calls: half a call to either side.
  if (error > (copying_ ? quiet : quiet + source_frames(call.frames) / 2) && loop_.settled()) {
    loop_.hurry();
  }
  copying_ = false;
  loop_.correct(seconds);
  landing_ = kernel_.ratio().in == kernel_.ratio().out && loop_.settled() &&
             std::abs(loop_.drift()) <= kAgreement && std::abs(loop_.correction()) <= kLandingPace;
}

uint32_t AdaptiveResampler::play(Call& call, uint32_t begin) noexcept REALTIME {
  const uint64_t step = step_for(call.frames - begin);
  for (uint32_t at = begin; at < call.frames; ++at) {
    const uint64_t last = (phase_ + step * (call.frames - at - 1)) >> kPhaseBits;
    if (!lines_[0].ready() && !fetch(call, last + 1)) {
      playing_ = false;
      ++counts_.underruns;
      counts_.last_gap_frames = 0;
      return at;
    }
    write_frame(call.out, at);
    advance(step);
  }
  if (landing_) land();
  return call.frames;
}

uint64_t AdaptiveResampler::step_for(uint32_t frames) noexcept REALTIME {
  if (copying_) return kOne;
  if (!landing_) {
    const double change = static_cast<double>(nominal_step_) * loop_.correction();
    return nominal_step_ + static_cast<uint64_t>(static_cast<int64_t>(change));
  }
  const int64_t way = static_cast<int64_t>(phase_ < kHalf ? 0 : kOne) - int64_t{phase_};
  const int64_t change = std::clamp(way / int64_t{frames}, -kLandingStep, kLandingStep);
  return kOne + static_cast<uint64_t>(change);
}

// Copies bits from now on if the phase came so close to a source frame that no sample tells.
void AdaptiveResampler::land() noexcept REALTIME {
  const uint64_t behind = phase_;
  if (std::min(behind, kOne - behind) > kTouch) return;
  if (behind >= kHalf) advance(kOne - behind);
  phase_ = 0;
  copying_ = true;
  landing_ = false;
  loop_.release();
}

// Completes the window, as far as the FIFO can; frames: as many as are of use from the window's end
// on.
bool AdaptiveResampler::fetch(Call& call, uint64_t frames) noexcept REALTIME {
  int64_t missing = static_cast<int64_t>(frames) - lines_[0].ahead();
  while (missing > 0) {
    size_t taken = 0;
    for (uint32_t channel = 0; channel < settings_.channels; ++channel) {
      const UnreadFrames& unread = call.fifo[channel];
      taken = lines_[channel].append(piece(unread, call.popped, static_cast<size_t>(missing)));
    }
    if (taken == 0) break;
    call.popped += static_cast<uint32_t>(taken);
    missing -= static_cast<int64_t>(taken);
  }
  return lines_[0].ready();
}

void AdaptiveResampler::write_frame(std::span<float* const> out,
                                    uint32_t at) const noexcept REALTIME {
  constexpr int kPartBits = 24;  // what a float holds exactly
  const uint64_t place = uint64_t{phase_} * kernel_.rows();
  const auto row = static_cast<uint32_t>(place >> kPhaseBits);
  const auto rest = static_cast<uint32_t>(place) >> (kPhaseBits - kPartBits);
  const float part = static_cast<float>(rest) / (1 << kPartBits);
  for (uint32_t channel = 0; channel < settings_.channels; ++channel) {
    const float* window = lines_[channel].window();
    out[channel][at] = copying_ ? window[kernel_.taps() - 1 - kernel_.delay_frames()]
                                : kernel_.between(row, part, window);
  }
}

void AdaptiveResampler::advance(uint64_t step) noexcept REALTIME {
  const uint64_t reached = phase_ + step;
  for (uint32_t channel = 0; channel < settings_.channels; ++channel) {
    lines_[channel].advance(static_cast<size_t>(reached >> kPhaseBits));
  }
  phase_ = static_cast<uint32_t>(reached);
}

void AdaptiveResampler::count_silence(uint32_t frames) noexcept REALTIME {
  if (counts_.underruns == 0) return;  // the silence before the first start is no gap
  counts_.gap_frames += frames;
  counts_.last_gap_frames += frames;
}

}  // namespace quanta
