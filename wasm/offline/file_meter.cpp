#include "offline/file_meter.h"

#include <algorithm>
#include <memory>

#include "dsp/exact_math.h"
#include "dsp/sanitize.h"
#include "offline/channel_weights.h"

namespace quanta {
namespace {

double level_db(float linear) { return gain_to_db(static_cast<double>(linear)); }

}  // namespace

bool FileMeter::configure(Arena& arena, const FileBlock& block, uint32_t rate_hz,
                          uint32_t channel_mask) {
  FileMeter next;
  next.block_ = block;
  const std::span<double> weights = arena.take<double>(block.channels());
  next.channels_ = arena.take<Channel>(block.channels());
  next.channel_readings_ = arena.take<ChannelReadings>(block.channels());
  if (weights.empty() || next.channels_.empty() || next.channel_readings_.empty()) return false;
  channel_weights(channel_mask, weights);
  if (!next.loudness_.configure(arena, rate_hz, weights, block.frames())) return false;
  std::uninitialized_value_construct(next.channels_.begin(), next.channels_.end());
  for (size_t channel = 0; channel < weights.size(); ++channel) {
    next.channel_readings_[channel].weight = weights[channel];
  }
  *this = next;
  return true;
}

void FileMeter::add(size_t n) {
  for (size_t channel = 0; channel < channels_.size(); ++channel) {
    const std::span<float> samples = block_.plane(channel, n);
    bad_samples_ += sanitize(samples, samples).not_finite;
    channels_[channel].level = channels_[channel].level + measure_level(samples);
    channels_[channel].true_peak.update(samples);
  }
  loudness_.add(block_, n);
  frames_ += n;
}

void FileMeter::finish() {
  loudness_.finish();
  read_channels();
  read_loudness();
}

void FileMeter::read_channels() {
  const auto frames = static_cast<double>(std::max<uint64_t>(frames_, 1));
  float peak = 0;
  float true_peak = 0;
  double sum_square = 0;
  for (size_t i = 0; i < channels_.size(); ++i) {
    const Channel& channel = channels_[i];
    ChannelReadings& reading = channel_readings_[i];
    reading.peak_dbfs = level_db(channel.level.peak);
    reading.true_peak_dbtp = level_db(channel.true_peak.peak());
    reading.rms_dbfs = power_to_db(channel.level.sum_square / frames);
    peak = std::max(peak, channel.level.peak);
    true_peak = std::max(true_peak, channel.true_peak.peak());
    sum_square += channel.level.sum_square;
  }
  readings_.peak_dbfs = level_db(peak);
  readings_.true_peak_dbtp = level_db(true_peak);
  readings_.rms_dbfs = power_to_db(sum_square / (frames * static_cast<double>(channels_.size())));
  readings_.bad_samples = static_cast<double>(bad_samples_);
}

void FileMeter::read_loudness() {
  const LoudnessMeter& meter = loudness_.meter();
  readings_.max_momentary_lufs = static_cast<double>(meter.max_momentary());
  readings_.max_short_term_lufs = static_cast<double>(meter.max_short_term());
  readings_.integrated_lufs = static_cast<double>(meter.integrated());
  readings_.range_lu = static_cast<double>(meter.range());
}

}  // namespace quanta
