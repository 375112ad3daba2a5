// The benchmarks as a WebAssembly module. Texts end with a 0 byte.
#include "benchmark.h"

#define QUANTA_EXPORT(name) __attribute__((export_name(#name)))

using quanta::bench::benchmarks;

extern "C" {

QUANTA_EXPORT(bench_count) uint32_t bench_count() {
  return static_cast<uint32_t>(benchmarks().size());
}

QUANTA_EXPORT(bench_name) const char* bench_name(uint32_t index) {
  return benchmarks()[index].name;
}

QUANTA_EXPORT(bench_check) const char* bench_check(uint32_t index) {
  return benchmarks()[index].benchmark->check();
}

QUANTA_EXPORT(bench_run) void bench_run(uint32_t index, uint32_t operations) {
  benchmarks()[index].benchmark->run(operations);
}

QUANTA_EXPORT(bench_shared) const void* bench_shared(uint32_t index) {
  const auto shared = benchmarks()[index].benchmark->shared;
  return shared == nullptr ? nullptr : shared();
}

}  // extern "C"
