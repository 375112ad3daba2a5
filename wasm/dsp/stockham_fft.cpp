#include "dsp/stockham_fft.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <utility>

#include "dsp/exact_math.h"

namespace quanta {
namespace {

// Work of a butterfly on four points, of four points of the first pass, and of a step of the last.
constexpr uint32_t kButterflyWork = 3;
constexpr uint32_t kFirstWork = 5;
constexpr uint32_t kLast2Work = 4;
constexpr uint32_t kLast4Work = 11;

// Of the output of a group of four columns in a row, and of four points of the first pass: four
// numbers, four outputs each.
constexpr uint32_t kPositionFloats = 32;

// exp(-j 2 pi turns).
struct Twiddle {
  explicit Twiddle(double turns)
      : re(static_cast<float>(cos_pi(2 * turns))), im(static_cast<float>(-sin_pi(2 * turns))) {}

  float re;
  float im;
};

void fill_first(std::span<float> tables, uint32_t points) {
  for (uint32_t i = 0; i < points; ++i) {
    const uint32_t p = i / 4;
    const uint32_t j = i % 4;
    const Twiddle w(static_cast<double>(p) * j / points);
    tables[8 * p + j] = w.re / 2;
    tables[8 * p + j + 4] = w.im / 2;
  }
  for (uint32_t i = 0; i < 4; ++i) tables[2 * points + i] = i % 2 == 0 ? 0.0F : -0.0F;
}

void fill_rows(std::span<float> tables, uint32_t rows) {
  for (uint32_t i = 0; i < 3 * rows; ++i) {
    const uint32_t row = i / 3;
    const uint32_t j = i % 3 + 1;
    const Twiddle w(static_cast<double>(row) * j / (4.0 * rows));
    tables[2 * i] = w.re;
    tables[2 * i + 1] = w.im;
  }
}

// For every step of four columns and every one of so many parts of the circle: cosines, then sines.
void fill_last(std::span<float> tables, uint32_t points, uint32_t parts) {
  for (uint32_t i = 0; i < tables.size() / 2; ++i) {
    const uint32_t lane = i % 4;
    const uint32_t part = i / 4 % parts;
    const uint32_t column = 1 + i / 4 / parts * 4 + lane;
    const Twiddle w((column + part * points / 4.0) / (2.0 * points));
    tables[i / 4 * 8 + lane] = w.re;
    tables[i / 4 * 8 + lane + 4] = -w.im;
  }
}

}  // namespace

bool StockhamFft::configure(Arena& arena, uint32_t size) {
  *this = StockhamFft();
  points_ = size / 2;
  work_ = arena.take<float>(size);
  if (work_.empty() || !plan_first(arena) || !plan_middle(arena) || !plan_last(arena)) return false;
  for (uint32_t i = 0; i < passes_; ++i) {
    const bool writes_work = (passes_ - i) % 2 == 1;
    plan_[i].writes_whole = writes_work || plan_[i].kind == Kind::kSplitting;
  }
  pass_ = passes_;
  return true;
}

bool StockhamFft::last_is_radix_2() const noexcept REALTIME {
  constexpr uint32_t kPowersOfFour = 0x55555555;
  return (points_ & kPowersOfFour) == 0;
}

bool StockhamFft::add_pass(const Pass& pass, std::span<float> tables) {
  if (tables.empty()) return false;
  Pass& added = plan_[passes_++];
  added = pass;
  added.tables = tables.data();
  total_work_ += pass.units * pass.unit_work;
  max_unit_work_ = std::max(max_unit_work_, pass.unit_work);
  return true;
}

bool StockhamFft::plan_first(Arena& arena) {
  const auto tables = arena.take<float>(size_t{2} * points_ + 4);
  if (!tables.empty()) fill_first(tables, points_);
  return add_pass({Kind::kFirst, 0, 1, 0, nullptr, points_ / 16, kFirstWork}, tables);
}

bool StockhamFft::plan_middle(Arena& arena) {
  for (uint32_t columns = 1; 4 * columns < points_ / 4; columns *= 4) {
    const uint32_t rows = points_ / 16 / columns;
    const auto tables = arena.take<float>(size_t{6} * rows);
    if (!tables.empty()) fill_rows(tables, rows);
    const bool splitting = rows <= 4;
    const Kind kind = splitting ? Kind::kSplitting : columns == 1 ? Kind::kNarrow : Kind::kWide;
    const uint32_t unit_columns = std::min(columns, kUnitColumns);
    const auto row_shift = static_cast<uint32_t>(std::countr_zero(columns / unit_columns));
    if (!add_pass({kind, rows, columns, row_shift, nullptr, rows << row_shift,
                   kButterflyWork * unit_columns},
                  tables)) {
      return false;
    }
  }
  return true;
}

bool StockhamFft::plan_last(Arena& arena) {
  const uint32_t parts = last_is_radix_2() ? 1 : 2;
  const auto tables = arena.take<float>(points_ / 2);
  if (!tables.empty()) fill_last(tables, points_, parts);
  const uint32_t work = last_is_radix_2() ? kLast2Work : kLast4Work;
  return add_pass({Kind::kLast, 0, 0, 0, nullptr, points_ / (16 * parts), work}, tables);
}

void StockhamFft::begin(const float* in, float* re, float* im) noexcept REALTIME {
  in_ = in;
  re_ = re;
  im_ = im;
  from_ = {re, im};
  to_ = {work_.data(), work_.data() + points_};
  if (first_pass_overwrites_output()) std::swap(from_, to_);
  pass_ = 0;
  unit_ = 0;
}

uint32_t StockhamFft::run(uint32_t work) noexcept REALTIME {
  uint32_t spent = 0;
  do {
    const Pass& pass = plan_[pass_];
    uint32_t units = pass.units - unit_;
    if (work - spent < units * pass.unit_work) {
      units = std::max(1U, (work - spent) / pass.unit_work);
    }
    run_units(pass, unit_, unit_ + units);
    spent += units * pass.unit_work;
    advance(units);
  } while (spent < work && !done());
  return spent;
}

void StockhamFft::advance(uint32_t units) noexcept REALTIME {
  unit_ += units;
  if (unit_ < plan_[pass_].units) return;
  ++pass_;
  unit_ = 0;
  std::swap(from_, to_);
}

void StockhamFft::run_units(const Pass& pass, uint32_t begin, uint32_t end) noexcept REALTIME {
  switch (pass.kind) {
    case Kind::kFirst:
      return run_first(pass, begin, end);
    case Kind::kNarrow:
    case Kind::kWide:
    case Kind::kSplitting:
      return run_middle(pass, begin, end);
    case Kind::kLast:
      return run_last(pass, begin, end);
  }
}

// Where the output at a position goes, and up to which position the output goes on from there.
StockhamFft::Stretch StockhamFft::stretch_at(const Pass& pass, uint32_t position,
                                             uint32_t positions) const noexcept REALTIME {
  const uint32_t floats = kPositionFloats * pass.columns;
  const uint32_t half = positions / 2;
  if (pass.writes_whole) return {to_.low + position * floats, positions};
  if (position < half) return {to_.low + position * floats, half};
  return {to_.high + (position - half) * floats, positions};
}

void StockhamFft::run_first(const Pass& pass, uint32_t begin, uint32_t end) noexcept REALTIME {
  while (begin < end) {
    const Stretch stretch = stretch_at(pass, begin, pass.units);
    const uint32_t stop = std::min(end, stretch.end);
    stockham::first_pass(in_, points_, pass.tables, 4 * begin, 4 * stop, stretch.out);
    begin = stop;
  }
}

// Whole rows as long as there are and the output goes on in one piece; parts of one otherwise.
void StockhamFft::run_middle(const Pass& pass, uint32_t begin, uint32_t end) noexcept REALTIME {
  const uint32_t row_units = 1U << pass.row_shift;
  const uint32_t unit_columns = pass.columns >> pass.row_shift;
  while (begin < end) {
    const uint32_t row = begin >> pass.row_shift;
    const uint32_t unit = begin & (row_units - 1);
    const Stretch stretch = stretch_at(pass, row, pass.rows);
    stockham::Part part = {row, row + 1, unit * unit_columns, pass.columns};
    if (unit == 0 && end - begin >= row_units) {
      part.row_end = std::min(row + ((end - begin) >> pass.row_shift), stretch.end);
      begin = part.row_end << pass.row_shift;
    } else {
      const uint32_t stop = std::min(row_units, unit + (end - begin));
      part.column_end = stop * unit_columns;
      begin += stop - unit;
    }
    run_part(pass, part, stretch.out);
  }
}

void StockhamFft::run_part(const Pass& pass, const stockham::Part& part,
                           float* out) noexcept REALTIME {
  const stockham::Quarters in = {from_.low, from_.high};
  switch (pass.kind) {
    case Kind::kNarrow:
      return stockham::narrow_pass(in, pass.rows, pass.tables, part.row, part.row_end, out);
    case Kind::kSplitting:
      return stockham::splitting_pass(in, pass.rows, pass.columns, pass.tables, part, re_, im_);
    default:
      return stockham::wide_pass(in, pass.rows, pass.columns, pass.tables, part, out);
  }
}

void StockhamFft::run_last(const Pass& pass, uint32_t begin, uint32_t end) noexcept REALTIME {
  if (last_is_radix_2()) {
    if (begin == 0) stockham::unpack_first_radix_2(re_, im_, points_);
    stockham::unpack_radix_2(re_, im_, points_, pass.tables, begin, end);
  } else {
    if (begin == 0) stockham::unpack_first_radix_4(re_, im_, points_);
    stockham::unpack_radix_4(re_, im_, points_, pass.tables, begin, end);
  }
}

}  // namespace quanta
