// The passes of stockham_fft.h: loops over butterflies on four points at once. In a header and
// static, so that they end up inside their one caller: calls cost a short transform a tenth of its
// time.
//
// Four complex numbers lie together as a Quad: their real parts, then their imaginary parts; so one
// address serves both. A pass of a transform of n points goes through `columns` groups of 4 columns
// for each of `rows` rows: with s = 4 columns points in a column already transformed, and rows =
// n / (4 s), it makes of every quarter-apart four numbers a, b, c, d
//   y[4 r s + j s + q] = w^(j r) sum of {a, b, c, d}[l] (-j)^(j l),   w = exp(-j 2 pi / (4 rows)),
// where q < s is the column (C. Van Loan, Computational Frameworks for the Fast Fourier Transform,
// 1992, section 1.7: Stockham's radix-4 framework, which needs no bit reversal).
#ifndef QUANTA_DSP_STOCKHAM_PASSES_H_
#define QUANTA_DSP_STOCKHAM_PASSES_H_

#include <cstdint>
#include <numbers>

#include "dsp/complex4.h"
#include "dsp/lanes.h"
#include "shared/realtime.h"

namespace quanta::stockham {

// What one pass reads: the first and the third quarter; the others follow these.
struct Quarters {
  const float* first;
  const float* third;
};

// What a call does of a pass: all rows from `row` to `row_end`, of each the groups of four columns
// from `column` to `column_end`.
struct Part {
  uint32_t row;
  uint32_t row_end;
  uint32_t column;
  uint32_t column_end;
};

inline constexpr uint32_t kPointTwiddles = 8;  // floats, of the first pass
inline constexpr uint32_t kRowTwiddles = 6;    // floats

// Two points of the first pass. Pairs are added as they lie; transposing then parts the real from
// the imaginary parts, and leaves the four outputs of a point side by side, where they belong.
static inline void first_two_points(const float* pairs, uint32_t quarter, const float* twiddles,
                                    Int4 signs, float* out) noexcept REALTIME {
  const Float4 a = load4(pairs);
  const Float4 b = load4(pairs + quarter);
  const Float4 c = load4(pairs + 2 * quarter);
  const Float4 d = load4(pairs + 3 * quarter);
  const Float4 difference = b - d;
  const Float4 exchanged = __builtin_shufflevector(difference, difference, 1, 0, 3, 2);
  const Float4 turned = from_bits(bits_of(exchanged) ^ signs);  // -j times the difference
  Float4 y0 = (a + c) + (b + d);
  Float4 y1 = (a - c) + turned;
  Float4 y2 = (a + c) - (b + d);
  Float4 y3 = (a - c) - turned;
  transpose(y0, y1, y2, y3);
  store_quad(out, Complex4{y0, y1} * load_quad(twiddles));
  store_quad(out + kQuad, Complex4{y2, y3} * load_quad(twiddles + kPointTwiddles));
}

// Four bins k and their mirror images n - k, from Z[k] / 2 and Z[n-k] / 2.
struct Bins {
  Complex4 bins;
  Complex4 mirrored;
};

static inline Bins unpack(Complex4 z, Complex4 mirrored, Float4 cosine,
                          Float4 sine) noexcept REALTIME {
  const Float4 difference = mirrored.re - z.re;
  const Float4 sum = z.im + mirrored.im;
  const Complex4 even = {z.re + mirrored.re, z.im - mirrored.im};
  const Complex4 odd = {cosine * sum + sine * difference, cosine * difference - sine * sum};
  return {{even.re + odd.re, even.im + odd.im}, {even.re - odd.re, odd.im - even.im}};
}

// Where the four outputs of a row go, group of columns by group of columns.
struct Quads {
  void store(uint32_t output, Complex4 value) const noexcept REALTIME {
    store_quad(at + output * width, value);
  }

  void advance() noexcept REALTIME { at += kQuad; }

  float* at;
  uint32_t width;  // of an output, in floats
};

struct SplitArrays {
  void store(uint32_t output, Complex4 value) const noexcept REALTIME {
    store_split(re + output * width, im + output * width, value);
  }

  void advance() noexcept REALTIME {
    re += 4;
    im += 4;
  }

  float* re;
  float* im;
  uint32_t width;
};

struct Unturned {
  explicit Unturned(const float*) noexcept REALTIME {}

  Complex4 turn(uint32_t, Complex4 value) const noexcept REALTIME { return value; }
};

struct Turned {
  explicit Turned(const float* w) noexcept REALTIME
      : twiddles{{}, splat(w), splat(w + 2), splat(w + 4)} {}

  Complex4 turn(uint32_t output, Complex4 value) const noexcept REALTIME {
    return value * twiddles[output];
  }

  Complex4 twiddles[4];
};

template <typename Turns, typename Out>
static inline void run_row(Quarters in, uint32_t quarter, const float* twiddles, uint32_t columns,
                           Out out) noexcept REALTIME {
  const Turns turns(twiddles);
  const float* third = in.third;
  const float* const end = in.first + kQuad * columns;
  for (const float* first = in.first; first != end; first += kQuad) {
    const Butterfly y = butterfly(load_quad(first), load_quad(first + quarter), load_quad(third),
                                  load_quad(third + quarter));
    out.store(0, y.out[0]);
    out.store(1, turns.turn(1, y.out[1]));
    out.store(2, turns.turn(2, y.out[2]));
    out.store(3, turns.turn(3, y.out[3]));
    third += kQuad;
    out.advance();
  }
}

// The twiddles of row 0 are 1.
template <typename Out>
static inline void run_part_of_row(Quarters in, uint32_t quarter, const float* twiddles,
                                   uint32_t row, uint32_t columns, Out out) noexcept REALTIME {
  if (row == 0) {
    run_row<Unturned>(in, quarter, twiddles, columns, out);
  } else {
    run_row<Turned>(in, quarter, twiddles + kRowTwiddles * row, columns, out);
  }
}

// Points p, of n / 4, from begin to end, of a multiple of 4: reads pairs of a real and an imaginary
// part, writes Quads, the first of them at `out`. Twiddles of a point: w^0, w^p, w^2p, w^3p with
// w = exp(-j 2 pi / n), real parts, then imaginary parts, all halved, which is what the last pass
// needs. Behind them 0, -0, 0, -0: from memory, because V8 makes a constant anew for each use.
static inline void first_pass(const float* pairs, uint32_t points, const float* twiddles,
                              uint32_t begin, uint32_t end, float* out) noexcept REALTIME {
  const uint32_t quarter = points / 2;  // floats
  const float* from = pairs + 2 * begin;
  const float* w = twiddles + kPointTwiddles * begin;
  const Int4 signs = bits_of(load4(twiddles + kPointTwiddles / 4 * points));
  for (uint32_t p = begin; p < end; p += 4) {
    first_two_points(from, quarter, w, signs, out);
    first_two_points(from + 4, quarter, w + 2 * kPointTwiddles, signs, out + 2 * kQuad);
    from += 8;
    w += 4 * kPointTwiddles;
    out += 4 * kQuad;
  }
}

// Rows from begin to end of one Quad each, the first of them to `out`. Twiddles of a row, here and
// below: w^r, w^2r, w^3r, each a real and an imaginary part.
static inline void narrow_pass(Quarters in, uint32_t rows, const float* twiddles, uint32_t begin,
                               uint32_t end, float* out) noexcept REALTIME {
  const uint32_t quarter = kQuad * rows;
  const float* third = in.third + kQuad * begin;
  const float* w = twiddles + kRowTwiddles * begin;
  const float* const last = in.first + kQuad * end;
  for (const float* first = in.first + kQuad * begin; first != last; first += kQuad) {
    const Butterfly y = butterfly(load_quad(first), load_quad(first + quarter), load_quad(third),
                                  load_quad(third + quarter));
    store_quad(out, y.out[0]);
    store_quad(out + kQuad, y.out[1] * splat(w));
    store_quad(out + 2 * kQuad, y.out[2] * splat(w + 2));
    store_quad(out + 3 * kQuad, y.out[3] * splat(w + 4));
    third += kQuad;
    w += kRowTwiddles;
    out += 4 * kQuad;
  }
}

// `out` is where column 0 of the first of the rows goes.
static inline void wide_pass(Quarters in, uint32_t rows, uint32_t columns, const float* twiddles,
                             const Part& part, float* out) noexcept REALTIME {
  const uint32_t width = kQuad * columns;
  const uint32_t from = width * part.row + kQuad * part.column;
  Quarters row_in = {in.first + from, in.third + from};
  float* to = out + kQuad * part.column;
  for (uint32_t row = part.row; row < part.row_end; ++row) {
    run_part_of_row(row_in, width * rows, twiddles, row, part.column_end - part.column,
                    Quads{to, width});
    row_in.first += width;
    row_in.third += width;
    to += 4 * width;
  }
}

// As above, but the real and imaginary parts go to arrays of their own; re, im: where row 0 goes.
static inline void splitting_pass(Quarters in, uint32_t rows, uint32_t columns,
                                  const float* twiddles, const Part& part, float* re,
                                  float* im) noexcept REALTIME {
  const uint32_t width = kQuad * columns;
  const uint32_t out_width = 4 * columns;
  for (uint32_t row = part.row; row < part.row_end; ++row) {
    const uint32_t from = width * row + kQuad * part.column;
    const uint32_t to = 4 * out_width * row + 4 * part.column;
    run_part_of_row({in.first + from, in.third + from}, width * rows, twiddles, row,
                    part.column_end - part.column, SplitArrays{re + to, im + to, out_width});
  }
}

// The last pass, of radix 2 or 4, and the unpacking of the real spectrum, in place:
// real_unpacking.h has the formula, of which the first pass did the halving. Bin k and bin n - k
// come from the same two columns, k and n / radix - k. Steps of four columns, from begin to end, of
// n / (8 radix); step 0 starts at column 1. Tables of a step: cos(pi k / n) and sin(pi k / n) of
// its columns k; for radix 4 also those of k + n / 4. A quarter turn further the cosine is minus
// the sine; seen from the mirror image it is the sine itself, so the other pairs of bins are
// unpacked the other way round.
static inline void unpack_radix_2(float* re, float* im, uint32_t points, const float* tables,
                                  uint32_t begin, uint32_t end) noexcept REALTIME {
  const uint32_t half = points / 2;
  for (uint32_t step = begin; step < end; ++step) {
    const uint32_t k = 1 + 4 * step;
    const uint32_t mirror = half - 4 - 4 * step;
    const Complex4 a = load_split(re + k, im + k);
    const Complex4 b = load_split(re + k + half, im + k + half);
    const Complex4 c = reversed(load_split(re + mirror, im + mirror));
    const Complex4 d = reversed(load_split(re + mirror + half, im + mirror + half));
    const Float4 cosine = load4(tables + 8 * step);
    const Float4 sine = load4(tables + 8 * step + 4);
    const Bins outer = unpack(a + b, c - d, cosine, sine);
    store_split(re + k, im + k, outer.bins);
    store_split(re + mirror + half, im + mirror + half, reversed(outer.mirrored));
    const Bins inner = unpack(c + d, a - b, sine, cosine);
    store_split(re + mirror, im + mirror, reversed(inner.bins));
    store_split(re + k + half, im + k + half, inner.mirrored);
  }
}

static inline void unpack_radix_4(float* re, float* im, uint32_t points, const float* tables,
                                  uint32_t begin, uint32_t end) noexcept REALTIME {
  const uint32_t quarter = points / 4;
  for (uint32_t step = begin; step < end; ++step) {
    float* const low_re = re + 1 + 4 * step;
    float* const low_im = im + 1 + 4 * step;
    float* const high_re = re + quarter - 4 - 4 * step;
    float* const high_im = im + quarter - 4 - 4 * step;
    const float* const table = tables + 16 * step;
    const auto low = [&](uint32_t i) noexcept REALTIME {
      return load_split(low_re + i * quarter, low_im + i * quarter);
    };
    const auto high = [&](uint32_t i) noexcept REALTIME {
      return reversed(load_split(high_re + i * quarter, high_im + i * quarter));
    };
    const auto store_low = [&](uint32_t i, Complex4 bins) noexcept REALTIME {
      store_split(low_re + i * quarter, low_im + i * quarter, bins);
    };
    const auto store_high = [&](uint32_t i, Complex4 bins) noexcept REALTIME {
      store_split(high_re + i * quarter, high_im + i * quarter, reversed(bins));
    };
    const Butterfly y = butterfly(low(0), low(1), low(2), low(3));
    const Butterfly z = butterfly(high(0), high(1), high(2), high(3));
    const Bins first = unpack(y.out[0], z.out[3], load4(table), load4(table + 4));
    store_low(0, first.bins);
    store_high(3, first.mirrored);
    const Bins second = unpack(y.out[1], z.out[2], load4(table + 8), load4(table + 12));
    store_low(1, second.bins);
    store_high(2, second.mirrored);
    const Bins third = unpack(z.out[1], y.out[2], load4(table + 4), load4(table));
    store_high(1, third.bins);
    store_low(2, third.mirrored);
    const Bins fourth = unpack(z.out[0], y.out[3], load4(table + 12), load4(table + 8));
    store_high(0, fourth.bins);
    store_low(3, fourth.mirrored);
  }
}

// Column 0 of the same: X[0], X[n] in the place of X[0]'s imaginary part, X[n/2] and, for radix 4,
// X[n/4] and X[3n/4].
static inline void unpack_first_radix_2(float* re, float* im, uint32_t points) noexcept REALTIME {
  const uint32_t half = points / 2;
  const float sum_re = re[0] + re[half];
  const float sum_im = im[0] + im[half];
  re[half] = 2 * (re[0] - re[half]);
  im[half] = 2 * (im[half] - im[0]);
  re[0] = 2 * (sum_re + sum_im);
  im[0] = 2 * (sum_re - sum_im);
}

static inline void unpack_first_radix_4(float* re, float* im, uint32_t points) noexcept REALTIME {
  constexpr auto kCos = static_cast<float>(std::numbers::sqrt2 / 2);  // of pi / 4; the sine too
  const uint32_t quarter = points / 4;
  // Z[n/4] / 2 and Z[3n/4] / 2.
  const float a_re = (re[0] - re[2 * quarter]) + (im[quarter] - im[3 * quarter]);
  const float a_im = (im[0] - im[2 * quarter]) - (re[quarter] - re[3 * quarter]);
  const float b_re = (re[0] - re[2 * quarter]) - (im[quarter] - im[3 * quarter]);
  const float b_im = (im[0] - im[2 * quarter]) + (re[quarter] - re[3 * quarter]);
  // Columns 0 and n / 4 as one of radix 2.
  re[0] += re[2 * quarter];
  im[0] += im[2 * quarter];
  re[2 * quarter] = re[quarter] + re[3 * quarter];
  im[2 * quarter] = im[quarter] + im[3 * quarter];
  unpack_first_radix_2(re, im, points);
  const float odd_re = kCos * (a_im + b_im) + kCos * (b_re - a_re);
  const float odd_im = kCos * (b_re - a_re) - kCos * (a_im + b_im);
  re[quarter] = (a_re + b_re) + odd_re;
  im[quarter] = (a_im - b_im) + odd_im;
  re[3 * quarter] = (a_re + b_re) - odd_re;
  im[3 * quarter] = odd_im - (a_im - b_im);
}

}  // namespace quanta::stockham

#endif  // QUANTA_DSP_STOCKHAM_PASSES_H_
