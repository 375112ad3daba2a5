// A spectrum read at 32 shifts for little more than the price of one: shifted by parts of a bin
// (FrequencyHypotheses) and by parts of a sample (TimeHypotheses). Both begin() at a place and
// add() any slice of bins at a time, so that a long job spreads over many quanta.
#ifndef QUANTA_DSP_SHIFT_HYPOTHESES_H_
#define QUANTA_DSP_SHIFT_HYPOTHESES_H_

#include <array>
#include <cstddef>
#include <span>

#include "core/arena.h"
#include "dsp/lanes.h"
#include "dsp/spectrum.h"
#include "shared/realtime.h"

namespace quanta {

inline constexpr size_t kShiftHypotheses = 32;

// X(k + m / 32), m = 0 to 31, of a frame under a Kaiser window, from the transform of the bare
// frame: what 32 ramps, 32 windowings and 32 transforms would give.
//
// A window multiplies the frame and so convolves the spectrum: X(k + s) is the sum over l of
// V(s - l) X[k + l], with V the transform of the window about the frame's first sample and X[] the
// spectrum of the bare frame. With beta = 17, 17 bins hold all of V but less than 7e-8 of its
// middle per bin; float adds as much. A frame that was windowed before its transform allows no such
// short sum: the shift is a ramp that jumps from the frame's end to its start, and a window that
// dims the jump to 1e-6 has to be part of the kernel.
class FrequencyHypotheses {
 public:
  static constexpr double kBeta = 17;
  static constexpr size_t kReach = 8;  // bins on each side
  static constexpr size_t kTaps = 2 * kReach + 1;

  // Takes room for bands of up to capacity bins. False: the arena is full.
  bool configure(Arena& arena, size_t capacity);

  // Audio thread only. Wait-free. The next results belong to these bins: at most the capacity.
  void begin(BinRange band) noexcept REALTIME;

  // Audio thread only. Wait-free. Evaluates the bins of the slice, which is a part of the band; in
  // any order.
  void add(const Spectrum& bare, BinRange slice) noexcept REALTIME;

  // Real and imaginary part of X(first + i + m / 32) at [i], for the bins that add() has seen, in
  // units of the sum of a window whose middle is 1.
  std::span<const float> re(size_t m) const noexcept REALTIME { return row(re_, m); }

  std::span<const float> im(size_t m) const noexcept REALTIME { return row(im_, m); }

 private:
  static constexpr size_t kLanes = 4;
  static constexpr size_t kHalf = kShiftHypotheses / 2;

  // Weights of Z[k + l] + Z[k - l] and Z[k + l] - Z[k - l] for a shift of m / 32 either way, and
  // the turn of the phase that the shift makes.
  struct Shift {
    std::array<float, kReach + 1> even{};
    std::array<float, kReach + 1> odd{};
    float cosine = 1;
    float sine = 0;
  };

  // Sums and differences of four neighbouring bins' neighbours.
  struct Neighbours;

  std::span<const float> row(std::span<const float> rows, size_t m) const noexcept REALTIME {
    return rows.subspan(m * stride_ + kLanes, band_.count);
  }

  void gather(const Spectrum& bare, BinRange slice) noexcept REALTIME;
  void store(size_t m, size_t place, const Neighbours& near) noexcept REALTIME;

  std::array<Shift, kHalf + 1> shifts_{};
  std::span<float> near_re_;  // the slice's bins and their neighbours
  std::span<float> near_im_;
  std::span<float> re_;  // a row for each m; it begins after kLanes floats of slack
  std::span<float> im_;
  size_t stride_ = 0;
  BinRange band_{};
};

// r(t) = Re sum of G[k] exp(j 2 pi k t / N) at 32 lags, first + m * spacing: what 32 inverse
// transforms of the ramped spectrum would give. With G a cross-spectrum, r is the correlation.
//
// The lags lie in pairs c + u, c - u about their centre c. In a block of bins, the sums of H
// cos(ju) and of H sin(ju), H = G turned by c, serve both lags of a pair, and their tables are the
// same in every block; the block's own phase joins them in double.
class TimeHypotheses {
 public:
  // spacing: frames between two lags, below 4. frames: the N of the spectra. False: the arena is
  // full.
  bool configure(Arena& arena, size_t frames, double spacing = 1.0 / kShiftHypotheses);

  // Audio thread only. Wait-free. Forgets the sums; lags are in frames.
  void begin(double first_lag) noexcept REALTIME;

  // Audio thread only. Wait-free. Adds the bins of the slice to all 32 sums; in any order, each bin
  // once.
  void add(const Spectrum& cross, BinRange slice) noexcept REALTIME;

  double lag(size_t m) const noexcept REALTIME {
    return first_lag_ + static_cast<double>(m) * spacing_;
  }

  // r(lag(m)) over the bins added so far.
  std::span<const double, kShiftHypotheses> sums() const noexcept REALTIME { return sums_; }

 private:
  static constexpr size_t kBlock = 64;  // bins
  static constexpr size_t kPairs = kShiftHypotheses / 2;

  struct Phasor {
    double re;
    double im;
  };

  // Sums over one block for each pair of lags, of H cos and H sin.
  struct Sums;

  Phasor phasor(double turns) const noexcept REALTIME;
  void turn_to_centre(const float* re, const float* im, size_t count) noexcept REALTIME;
  void join(const Sums& sums, size_t first_bin) noexcept REALTIME;

  std::span<float> cosines_;  // kPairs for each bin of a block
  std::span<float> sines_;
  std::array<float, kBlock> centre_re_{};
  std::array<float, kBlock> centre_im_{};
  std::array<float, kBlock> turned_re_{};
  std::array<float, kBlock> turned_im_{};
  std::array<Phasor, kShiftHypotheses> step_{};   // of each lag, over a block
  std::array<Phasor, kShiftHypotheses> place_{};  // of each lag, at the bin next_bin_
  std::array<double, kShiftHypotheses> sums_{};
  double first_lag_ = 0;
  double spacing_ = 0;
  double frames_ = 1;
  size_t next_bin_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_DSP_SHIFT_HYPOTHESES_H_
