// The passes of stockham_fft.h: loops over butterflies on four points at once.
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

#include "shared/realtime.h"

namespace quanta::stockham {

// What one pass reads: the first and the third quarter; the others follow these.
struct Quarters {
  const float* first;
  const float* third;
};

// Points p, of n / 4, from begin to end, of a multiple of 4: reads pairs of a real and an imaginary
// part, writes Quads, the first of them at `out`. Twiddles of a point: w^0, w^p, w^2p, w^3p with
// w = exp(-j 2 pi / n), real parts, then imaginary parts, all halved, which is what the last pass
// needs. Behind them 0, -0, 0, -0: from memory, because V8 makes a constant anew for each use.
void first_pass(const float* pairs, uint32_t points, const float* twiddles, uint32_t begin,
                uint32_t end, float* out) noexcept REALTIME;

// Rows from begin to end of one Quad each, the first of them to `out`. Twiddles of a row, here and
// below: w^r, w^2r, w^3r, each a real and an imaginary part.
void narrow_pass(Quarters in, uint32_t rows, const float* twiddles, uint32_t begin, uint32_t end,
                 float* out) noexcept REALTIME;

// What a call does of a pass: all rows from `row` to `row_end`, of each the groups of four columns
// from `column` to `column_end`.
struct Part {
  uint32_t row;
  uint32_t row_end;
  uint32_t column;
  uint32_t column_end;
};

// `out` is where column 0 of the first of the rows goes.
void wide_pass(Quarters in, uint32_t rows, uint32_t columns, const float* twiddles,
               const Part& part, float* out) noexcept REALTIME;

// As above, but the real and imaginary parts go to arrays of their own; re, im: where row 0 goes.
void splitting_pass(Quarters in, uint32_t rows, uint32_t columns, const float* twiddles,
                    const Part& part, float* re, float* im) noexcept REALTIME;

// The last pass, of radix 2 or 4, and the unpacking of the real spectrum, in place:
// real_unpacking.h has the formula, of which the first pass did the halving. Bin k and bin n - k
// come from the same two columns, k and n / radix - k. Steps of four columns, from begin to end, of
// n / (8 radix); step 0 starts at column 1. Tables of a step: cos(pi k / n) and sin(pi k / n) of
// its columns k; for radix 4 also those of k + n / 4.
void unpack_radix_2(float* re, float* im, uint32_t points, const float* tables, uint32_t begin,
                    uint32_t end) noexcept REALTIME;

void unpack_radix_4(float* re, float* im, uint32_t points, const float* tables, uint32_t begin,
                    uint32_t end) noexcept REALTIME;

// Column 0 of the same: X[0], X[n] in the place of X[0]'s imaginary part, X[n/2] and, for radix 4,
// X[n/4] and X[3n/4].
void unpack_first_radix_2(float* re, float* im, uint32_t points) noexcept REALTIME;

void unpack_first_radix_4(float* re, float* im, uint32_t points) noexcept REALTIME;

}  // namespace quanta::stockham

#endif  // QUANTA_DSP_STOCKHAM_PASSES_H_
