// What is timed, natively and as WebAssembly, from one source. A benchmark is one line in
// QUANTA_BENCHMARKS and a file of that name that defines the object.
#ifndef QUANTA_TESTS_NATIVE_BENCH_BENCHMARK_H_
#define QUANTA_TESTS_NATIVE_BENCH_BENCHMARK_H_

#include <cstdint>
#include <span>

namespace quanta::bench {

struct Benchmark {
  // Makes everything anew and computes something whose result is known. Null, or what was wrong.
  const char* (*check)();

  // Does it so many times, after check().
  void (*run)(uint32_t operations);

  // Memory that other threads look at meanwhile; null where there is none.
  const void* (*shared)() = nullptr;
};

// Sizes of transforms, and those at which FFTW is a peer. X(size)
#define QUANTA_FFT_SIZES(X) X(256) X(512) X(1024) X(2048) X(4096) X(8192) X(16384) X(32768) X(65536)
#define QUANTA_FFTW_SIZES(X) X(1024) X(4096) X(8192) X(16384) X(32768)

// Everywhere. X(name)
#define QUANTA_BENCHMARKS(X)    \
  X(analysis_32768)             \
  X(analysis_4096)              \
  X(bus_write)                  \
  X(fft_256)                    \
  X(fft_512)                    \
  X(fft_1024)                   \
  X(fft_2048)                   \
  X(fft_4096)                   \
  X(fft_8192)                   \
  X(fft_16384)                  \
  X(fft_32768)                  \
  X(fft_65536)                  \
  X(fft_kiss_256)               \
  X(fft_kiss_512)               \
  X(fft_kiss_1024)              \
  X(fft_kiss_2048)              \
  X(fft_kiss_4096)              \
  X(fft_kiss_8192)              \
  X(fft_kiss_16384)             \
  X(fft_kiss_32768)             \
  X(fft_kiss_65536)             \
  X(hypotheses_frequency)       \
  X(hypotheses_frequency_ramps) \
  X(hypotheses_time)            \
  X(hypotheses_time_eighth)     \
  X(hypotheses_time_ramps)      \
  X(mixer_8)                    \
  X(quantum_all)                \
  X(resampler)                  \
  X(spsc)                       \
  X(spsc_stereo)                \
  X(spsc_long)                  \
  X(vad_quantum)                \
  X(vad_quantum_sources)

// Natively only: peers, where their headers are. X(name)
#if !defined(__wasm__) && __has_include(<boost/lockfree/spsc_queue.hpp>)
#define QUANTA_BOOST_BENCHMARKS(X) X(spsc_boost) X(spsc_stereo_boost) X(spsc_long_boost)
#else
#define QUANTA_BOOST_BENCHMARKS(X)
#endif
#if !defined(__wasm__) && __has_include(<readerwriterqueue/readerwriterqueue.h>)
#define QUANTA_MOODYCAMEL_BENCHMARKS(X) X(spsc_moodycamel)
#else
#define QUANTA_MOODYCAMEL_BENCHMARKS(X)
#endif
// bench.cmake looks for FFTW, which is also a library.
#ifdef QUANTA_HAS_FFTW
#define QUANTA_FFTW_BENCHMARKS(X) \
  X(fft_fftw_1024) X(fft_fftw_4096) X(fft_fftw_8192) X(fft_fftw_16384) X(fft_fftw_32768)
#else
#define QUANTA_FFTW_BENCHMARKS(X)
#endif

#define QUANTA_DECLARE(name) extern const Benchmark name;
QUANTA_BENCHMARKS(QUANTA_DECLARE)
QUANTA_BOOST_BENCHMARKS(QUANTA_DECLARE)
QUANTA_MOODYCAMEL_BENCHMARKS(QUANTA_DECLARE)
QUANTA_FFTW_BENCHMARKS(QUANTA_DECLARE)
#undef QUANTA_DECLARE

struct NamedBenchmark {
  const char* name;
  const Benchmark* benchmark;
};

std::span<const NamedBenchmark> benchmarks();

}  // namespace quanta::bench

#endif  // QUANTA_TESTS_NATIVE_BENCH_BENCHMARK_H_
