#include "engine/push_input.h"

#include <array>
#include <cassert>
#include <new>
#include <utility>

#include "core/seqlock.h"

namespace quanta {
namespace {

constexpr size_t kLinesBytes = size_t{kInputChannels} * kPushLineFrames * sizeof(float);

void count(layout_types::u32& total, uint32_t before, uint32_t now) noexcept REALTIME {
  total.store(total.load() + (now - before));
}

void count(layout_types::u64& total, uint64_t before, uint64_t now) noexcept REALTIME {
  total.add(static_cast<uint32_t>(now - before));
}

}  // namespace

bool PushInput::configure(Arena& arena, std::span<std::byte> ring, PushWords& words) {
  ring_ = ring;
  words_ = &words;
  lines_ = arena.take<std::byte>(kLinesBytes);
  return !lines_.empty();
}

void PushInput::clear() {
  new (words_) PushWords();
  SampleRing::create(ring_, kPushRingFrames, kInputChannels);
}

void PushInput::open(const PushSettings& settings, const ResamplerKernel& kernel) {
  close();
  const uint32_t epoch = words_->epoch.load();
  new (words_) PushWords();
  words_->rate_hz.store(settings.rate_hz);
  words_->channels.store(settings.channels);
  words_->target_frames.store(settings.target_frames);
  words_->pace.store(static_cast<uint32_t>(settings.pace));
  SampleRing::create(ring_, kPushRingFrames, settings.channels);
  words_->epoch.store(epoch + 1);
  start(kernel);
}

void PushInput::resume(const ResamplerKernel& kernel) {
  // An engine that trapped while publishing left the seqlock odd: close it.
  words_->sequence.store((words_->sequence.load() + 1) & ~1U);
  start(kernel);
}

void PushInput::start(const ResamplerKernel& kernel) {
  const PushSettings from = settings();
  const bool on_demand = from.pace == PushPace::kOnDemand;
  const auto pace =
      on_demand ? AdaptiveResampler::Pace::kOnDemand : AdaptiveResampler::Pace::kSourceClock;
  Arena lines(lines_);
  const bool fits =
      resampler_.configure(lines, kernel, from.rate_hz, {from.channels, from.target_frames, pace});
  assert(fits);
  static_cast<void>(fits);
  published_ = {};
  consumer_ = std::move(SampleRing::attach(ring_).consumer);
}

PushSettings PushInput::settings() const noexcept REALTIME {
  return {words_->rate_hz.load(), words_->channels.load(), words_->target_frames.load(),
          static_cast<PushPace>(words_->pace.load())};
}

void PushInput::close() {
  if (!opened()) return;
  words_->playing.store(0);
  words_->copying.store(0);
  words_->epoch.store(words_->epoch.load() + 1);
}

void PushInput::render(uint32_t frames, std::span<float* const> scratch, InputStage& to,
                       uint32_t input) noexcept REALTIME {
  const uint32_t channels = consumer_.channels();
  const uint32_t unread = consumer_.view(kPushRingFrames);
  const uint32_t taken = pull(scratch.first(channels), frames);
  consumer_.pop(taken);
  for (uint32_t channel = 0; channel < channels; ++channel) {
    to.fill(input, channel, {scratch[channel], frames});
  }
  publish(unread, taken);
}

// What was viewed, read at the context's pace; how many frames of it are done with.
uint32_t PushInput::pull(std::span<float* const> out, uint32_t frames) noexcept REALTIME {
  std::array<UnreadFrames, kInputChannels> fifo;
  for (uint32_t channel = 0; channel < out.size(); ++channel) {
    fifo[channel] = consumer_.frames(channel);
  }
  return resampler_.process(std::span(fifo).first(out.size()), out, frames);
}

void PushInput::publish(uint32_t unread, uint32_t taken) noexcept REALTIME {
  const AdaptiveCounts now = resampler_.counts();
  const bool followed =
      resampler_.playing() && words_->pace.load() == static_cast<uint32_t>(PushPace::kSourceClock);
  const SeqlockWrite write(words_->sequence);
  words_->playing.store(resampler_.playing());
  words_->copying.store(resampler_.copying());
  words_->taken_frames.add(taken);
  count(words_->skipped_frames, published_.skipped_frames, now.skipped_frames);
  count(words_->overruns, published_.overruns, now.overruns);
  count(words_->underruns, published_.underruns, now.underruns);
  count(words_->gap_frames, published_.gap_frames, now.gap_frames);
  words_->fill_frames.store(static_cast<float>(followed ? resampler_.fill_frames() : unread));
  words_->correction_ppm.store(static_cast<float>(resampler_.correction_ppm()));
  published_ = now;
}

}  // namespace quanta
