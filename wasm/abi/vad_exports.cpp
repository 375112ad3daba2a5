// The voice module's only door: each body one statement, each name from QUANTA_VAD_EXPORTS in
// voice_layout.h.
#include "abi/vad_instance.h"
#include "shared/voice_layout.h"

#ifdef __EMSCRIPTEN__
#define QUANTA_EXPORT(name) __attribute__((export_name(#name)))
#else
#define QUANTA_EXPORT(name)
#endif

using quanta::vad_instance;

extern "C" {

QUANTA_EXPORT(get_weights_ptr) uint8_t* get_weights_ptr() {
  return reinterpret_cast<uint8_t*>(vad_instance().file().data());
}

QUANTA_EXPORT(load_weights) uint32_t load_weights(uint32_t bytes) {
  return static_cast<uint32_t>(vad_instance().load(bytes));
}

QUANTA_EXPORT(get_samples_ptr) float* get_samples_ptr() { return vad_instance().samples().data(); }

QUANTA_EXPORT(detect) float detect() { return vad_instance().detect(); }

QUANTA_EXPORT(restart) void restart() { vad_instance().restart(); }

}  // extern "C"
