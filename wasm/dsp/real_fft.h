// Fourier transforms of real signals.
#ifndef QUANTA_DSP_REAL_FFT_H_
#define QUANTA_DSP_REAL_FFT_H_

#include <cstdint>
#include <span>

#include "core/arena.h"
#include "dsp/mixed_radix_fft.h"
#include "dsp/real_unpacking.h"
#include "dsp/stockham_fft.h"
#include "shared/realtime.h"

namespace quanta {

// The transform of x[0..N-1]: X[k] = sum of x[n] exp(-j 2 pi k n / N) for k = 0..N/2, real and
// imaginary parts in arrays of their own. X[0] and X[N/2] are real: their imaginary parts are 0.
//
// The N/2 even and the N/2 odd samples are the real and imaginary parts of one complex transform,
// from which the spectrum is unpacked (H. V. Sorensen et al., "Real-valued fast Fourier transform
// algorithms", IEEE Trans. ASSP 35, 1987, section III.C). Powers of two from 256 up take
// stockham_fft.h, all other sizes KissFFT, about nine times the time. The same bits in every build.
//
// configure() anywhere but the audio thread; the rest any thread, one at a time. Wait-free.
class RealFft {
 public:
  static constexpr uint32_t kMinSize = 4;
  static constexpr uint32_t kMaxSize = 65536;

  // Even sizes 2^a 3^b 5^c from kMinSize to kMaxSize.
  static constexpr bool is_size(uint32_t size) noexcept REALTIME {
    if (size < kMinSize || size > kMaxSize || size % 2 != 0) return false;
    for (const uint32_t radix : {2U, 3U, 5U}) {
      while (size % radix == 0) size /= radix;
    }
    return size == 1;
  }

  // Takes 10 bytes a sample and a few hundred. is_size(size). False: the arena is full.
  bool configure(Arena& arena, uint32_t size);

  uint32_t size() const noexcept REALTIME { return size_; }

  uint32_t bins() const noexcept REALTIME { return size_ / 2 + 1; }

  // in: size() samples; re, im: bins() values. No two of them overlap.
  void forward(std::span<const float> in, std::span<float> re,
               std::span<float> im) noexcept REALTIME;

  // Gives back what forward() transformed: the sum over all N bins, divided by N. re, im: bins()
  // values, of which im[0] and im[N/2] are taken as 0; out: size() samples. No two of them overlap.
  void inverse(std::span<const float> re, std::span<const float> im,
               std::span<float> out) noexcept REALTIME;

  // forward() in slices. The arrays stay where they are, and `in` as it is, until the last slice;
  // re and im hold nothing of use before. Another begin() or forward() gives up what was begun.
  void begin(std::span<const float> in, std::span<float> re, std::span<float> im) noexcept REALTIME;

  // Does so much of total_work(), and at most one max_unit_work() more: what a slice did too much,
  // the next one does less. Any sequence of slices gives the bits that forward() gives. True: done.
  bool step(uint32_t work) noexcept REALTIME;

  bool done() const noexcept REALTIME { return spent_ == total_work(); }

  // What forward() takes, in units of about equal time.
  uint32_t total_work() const noexcept REALTIME;

  // The largest part that is done at once: next to nothing in powers of two from 256 up, an eighth
  // of the whole or so in long transforms of other sizes, all of it in short ones.
  uint32_t max_unit_work() const noexcept REALTIME;

  // Since begin().
  uint32_t work_done() const noexcept REALTIME { return spent_; }

 private:
  bool is_power() const noexcept REALTIME { return work_.empty(); }

  void start(const float* in, float* re, float* im) noexcept REALTIME;
  uint32_t run(uint32_t work) noexcept REALTIME;
  void finish() noexcept REALTIME;

  uint32_t size_ = 0;
  StockhamFft stockham_;
  MixedRadixFft mixed_;
  RealUnpacking unpacking_;
  std::span<float> work_;  // of the mixed radices: the complex transform

  float* re_ = nullptr;
  float* im_ = nullptr;
  uint32_t granted_ = 0;
  uint32_t spent_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_DSP_REAL_FFT_H_
