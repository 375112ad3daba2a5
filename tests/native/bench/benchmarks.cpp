#include "benchmark.h"

namespace quanta::bench {

std::span<const NamedBenchmark> benchmarks() {
#define QUANTA_NAMED(name) {#name, &name},
  static constexpr NamedBenchmark kAll[] = {
      QUANTA_BENCHMARKS(QUANTA_NAMED) QUANTA_BOOST_BENCHMARKS(QUANTA_NAMED)
          QUANTA_MOODYCAMEL_BENCHMARKS(QUANTA_NAMED) QUANTA_FFTW_BENCHMARKS(QUANTA_NAMED)};
#undef QUANTA_NAMED
  return kAll;
}

}  // namespace quanta::bench
