// The digest as a WebAssembly module, for Node.
#include "fft_digest.h"

namespace {

constinit quanta::FftDigestMemory g_memory{};

}  // namespace

extern "C" {

__attribute__((export_name("fft_digest"))) uint32_t fft_digest(uint32_t size) {
  return quanta::fft_digest(g_memory, size);
}

}  // extern "C"
