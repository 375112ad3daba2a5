// The module's only door: each body one statement, each name from QUANTA_EXPORTS in layout.h.
#include "abi/instance.h"
#include "shared/layout.h"

#ifdef __EMSCRIPTEN__
#define QUANTA_EXPORT(name) __attribute__((export_name(#name)))
#else
#define QUANTA_EXPORT(name)
#endif

using quanta::instance;

extern "C" {

QUANTA_EXPORT(get_abi_version) uint32_t get_abi_version() { return quanta::kAbiVersion; }

QUANTA_EXPORT(set_sample_rate) uint32_t set_sample_rate(float rate_hz) {
  return instance().set_sample_rate(rate_hz);
}

QUANTA_EXPORT(init) float* init(uint32_t capacity) {
  return instance().start(capacity, quanta::Engine::Memory::kFresh);
}

QUANTA_EXPORT(resume) float* resume(uint32_t capacity) {
  return instance().start(capacity, quanta::Engine::Memory::kInherited);
}

QUANTA_EXPORT(get_status) uint32_t get_status() { return instance().status(); }

QUANTA_EXPORT(get_input_ptr) float* get_input_ptr() { return instance().engine().input().planes(); }

QUANTA_EXPORT(get_input_capacity) uint32_t get_input_capacity() {
  return instance().engine().input().capacity();
}

QUANTA_EXPORT(get_write_pos) uint32_t get_write_pos() {
  return instance().engine().input().write_pos();
}

QUANTA_EXPORT(set_write_pos) void set_write_pos(uint32_t pos) {
  instance().engine().input().set_write_pos(pos);
}

QUANTA_EXPORT(get_telemetry_ptr) quanta::Telemetry* get_telemetry_ptr() {
  return instance().engine().telemetry();
}

QUANTA_EXPORT(set_frame) void set_frame(uint32_t low, uint32_t high) {
  instance().engine().set_frame(uint64_t{high} << 32 | low);
}

QUANTA_EXPORT(open_push)

uint32_t open_push(uint32_t input, uint32_t rate_hz, uint32_t channels, uint32_t target_frames,
                   uint32_t pace) {
  return instance().open_push(
      input, {rate_hz, channels, target_frames, static_cast<quanta::PushPace>(pace)});
}

QUANTA_EXPORT(close_push) uint32_t close_push(uint32_t input) {
  return instance().close_push(input);
}

QUANTA_EXPORT(start_vad) uint32_t start_vad(uint32_t bytes, uint32_t sources) {
  return instance().start_vad(bytes, sources);
}

QUANTA_EXPORT(stop_vad) void stop_vad() { instance().engine().vad().stop(); }

QUANTA_EXPORT(set_deadline_clock)

void set_deadline_clock(uint32_t clock, uint32_t step_ns, uint32_t jittered, uint32_t every) {
  instance().engine().deadline().follow(
      {static_cast<quanta::DeadlineClock>(clock), step_ns, jittered != 0, every});
}

QUANTA_EXPORT(record_cost) void record_cost(uint32_t ns) { instance().engine().record_cost(ns); }

QUANTA_EXPORT(refuse_cost) void refuse_cost() { instance().engine().deadline().refuse(); }

QUANTA_EXPORT(record_date_cost) void record_date_cost(uint32_t ms) {
  instance().engine().deadline().record_date(ms);
}

QUANTA_EXPORT(process_quantum) uint32_t process_quantum(uint32_t n) {
  return instance().process_quantum(n);
}

QUANTA_EXPORT(process_stage) uint32_t process_stage(uint32_t stage, uint32_t n) {
  return instance().process_stage(stage, n);
}

QUANTA_EXPORT(restore) uint32_t restore(uint32_t bytes) { return instance().restore(bytes); }

}  // extern "C"
