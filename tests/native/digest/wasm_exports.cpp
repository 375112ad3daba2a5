// The digests as a WebAssembly module, for Node.
#include "fft_digest.h"
#include "vad_digest.h"

namespace {

constinit quanta::FftDigestMemory g_memory{};
constinit quanta::VadDigestMemory g_vad_memory{};

}  // namespace

extern "C" {

__attribute__((export_name("fft_digest"))) uint32_t fft_digest(uint32_t size) {
  return quanta::fft_digest(g_memory, size);
}

__attribute__((export_name("vad_digest"))) uint32_t vad_digest(uint32_t seed) {
  return quanta::vad_digest(g_vad_memory, seed);
}

}  // extern "C"
