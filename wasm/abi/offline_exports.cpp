// The offline module's only door: each body one statement, each name from QUANTA_OFFLINE_EXPORTS in
// offline_layout.h.
#include "abi/offline_instance.h"
#include "shared/offline_layout.h"

#ifdef __EMSCRIPTEN__
#define QUANTA_EXPORT(name) __attribute__((export_name(#name)))
#else
#define QUANTA_EXPORT(name)
#endif

using quanta::offline_instance;

extern "C" {

QUANTA_EXPORT(meter_start)

uint32_t meter_start(uint32_t rate_hz, uint32_t channels, uint32_t channel_mask) {
  return static_cast<uint32_t>(offline_instance().start_meter(rate_hz, channels, channel_mask));
}

QUANTA_EXPORT(meter_add) uint32_t meter_add(uint32_t n) {
  return static_cast<uint32_t>(offline_instance().add_to_meter(n));
}

QUANTA_EXPORT(meter_finish) uint32_t meter_finish() {
  return static_cast<uint32_t>(offline_instance().finish_meter());
}

QUANTA_EXPORT(get_readings_ptr) const quanta::MeterReadings* get_readings_ptr() {
  return &offline_instance().meter().readings();
}

QUANTA_EXPORT(get_channel_readings_ptr)

const quanta::ChannelReadings* get_channel_readings_ptr() {
  return offline_instance().meter().channel_readings().data();
}

QUANTA_EXPORT(resample_start)

uint32_t resample_start(uint32_t in_rate_hz, uint32_t out_rate_hz, uint32_t channels) {
  return static_cast<uint32_t>(
      offline_instance().start_resampler(in_rate_hz, out_rate_hz, channels));
}

QUANTA_EXPORT(get_resampled_frames) double get_resampled_frames(double in_frames) {
  return static_cast<double>(quanta::AlignedResampler::out_frames(
      offline_instance().resampler().ratio(), static_cast<uint64_t>(in_frames)));
}

QUANTA_EXPORT(resample_add) uint32_t resample_add(uint32_t n) {
  return static_cast<uint32_t>(offline_instance().add_to_resampler(n));
}

QUANTA_EXPORT(resample_end) uint32_t resample_end() {
  return static_cast<uint32_t>(offline_instance().end_resampler());
}

QUANTA_EXPORT(resample_read) uint32_t resample_read() {
  return offline_instance().read_resampler();
}

QUANTA_EXPORT(get_output_ptr) const float* get_output_ptr() {
  return offline_instance().resampler().output();
}

QUANTA_EXPORT(get_bad_samples) double get_bad_samples() {
  return static_cast<double>(offline_instance().resampler().bad_samples());
}

QUANTA_EXPORT(analyze_start)

uint32_t analyze_start(uint32_t rate_hz, uint32_t channels, uint32_t window_frames,
                       uint32_t hop_frames, uint32_t channel) {
  return static_cast<uint32_t>(
      offline_instance().start_analyzer(rate_hz, channels, {window_frames, hop_frames, channel}));
}

QUANTA_EXPORT(analyze_add) uint32_t analyze_add(uint32_t n) {
  return static_cast<uint32_t>(offline_instance().add_to_analyzer(n));
}

QUANTA_EXPORT(analyze_read) uint32_t analyze_read() {
  return offline_instance().read_analyzer() ? 1 : 0;
}

QUANTA_EXPORT(get_window_readings_ptr)

const quanta::WindowReadings* get_window_readings_ptr() {
  return &offline_instance().analyzer().readings();
}

QUANTA_EXPORT(get_partial_readings_ptr)

const quanta::PartialReadings* get_partial_readings_ptr() {
  return offline_instance().analyzer().partials().data();
}

QUANTA_EXPORT(delay_start) uint32_t delay_start(uint32_t frames, uint32_t max_delay) {
  return static_cast<uint32_t>(offline_instance().start_delay(frames, max_delay));
}

QUANTA_EXPORT(get_first_ptr) float* get_first_ptr() {
  return offline_instance().delay().first().data();
}

QUANTA_EXPORT(get_second_ptr) float* get_second_ptr() {
  return offline_instance().delay().second().data();
}

QUANTA_EXPORT(delay_sequence) uint32_t delay_sequence(uint32_t order) {
  return static_cast<uint32_t>(offline_instance().write_sequence(order));
}

QUANTA_EXPORT(delay_measure) uint32_t delay_measure() {
  return static_cast<uint32_t>(offline_instance().measure_delay());
}

QUANTA_EXPORT(get_delay_readings_ptr) const quanta::DelayReadings* get_delay_readings_ptr() {
  return &offline_instance().delay().readings();
}

QUANTA_EXPORT(get_block_ptr) float* get_block_ptr() { return offline_instance().block().data(); }

QUANTA_EXPORT(get_block_frames) uint32_t get_block_frames() {
  return offline_instance().block().frames();
}

}  // extern "C"
