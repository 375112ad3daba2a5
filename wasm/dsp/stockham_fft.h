// Fourier transforms of real signals of a power of two samples, four points at once.
#ifndef QUANTA_DSP_STOCKHAM_FFT_H_
#define QUANTA_DSP_STOCKHAM_FFT_H_

#include <cstdint>
#include <span>

#include "core/arena.h"
#include "dsp/stockham_passes.h"
#include "shared/realtime.h"

namespace quanta {

// One pass over all points for every radix of 4 (and one of 2 at the end, for odd powers), between
// two buffers in turn. The last pass also makes the spectrum of the real signal out of the complex
// transform of n = size / 2 points. The order of the operations on a number does not depend on how
// the passes are cut.
class StockhamFft {
 public:
  static constexpr uint32_t kMinSize = 256;

  // A power of two from kMinSize up. False: the arena is full.
  bool configure(Arena& arena, uint32_t size);

  // In units of about equal time.
  uint32_t total_work() const noexcept REALTIME { return total_work_; }

  // What run(1) does at most.
  uint32_t max_unit_work() const noexcept REALTIME { return max_unit_work_; }

  // in: size samples. re, im: size / 2 values each, k = 0 to size / 2 - 1, with X[size / 2], which
  // is real as X[0] is, in im[0]. None of them overlap, but see first_pass_overwrites_output().
  void begin(const float* in, float* re, float* im) noexcept REALTIME;

  bool done() const noexcept REALTIME { return pass_ == passes_; }

  // Work for that much, and at most one max_unit_work() more; returns what it was. Not when done().
  uint32_t run(uint32_t work) noexcept REALTIME;

  // Where the first pass writes. True: to re and im, so that the input may lie in spare(). False:
  // to spare(), so that the input may lie where re and im do.
  bool first_pass_overwrites_output() const noexcept REALTIME { return passes_ % 2 == 0; }

  // Memory of size floats that is free between transforms.
  std::span<float> spare() noexcept REALTIME { return work_; }

 private:
  enum class Kind { kFirst, kNarrow, kWide, kSplitting, kLast };

  // Done in units of one size: rows of groups of four columns, or parts of them; four points in the
  // first pass, which are one such group; steps in the last.
  struct Pass {
    Kind kind;
    uint32_t rows;
    uint32_t columns;
    uint32_t row_shift;  // a row has 2^row_shift units
    const float* tables;
    uint32_t units;
    uint32_t unit_work;
    bool writes_whole = false;  // an output that lies in one piece
  };

  // Half a buffer each.
  struct Buffer {
    float* low;
    float* high;
  };

  struct Stretch {
    float* out;
    uint32_t end;
  };

  static constexpr uint32_t kMaxPasses = 8;
  static constexpr uint32_t kUnitColumns = 64;

  bool last_is_radix_2() const noexcept REALTIME;
  Stretch stretch_at(const Pass& pass, uint32_t position,
                     uint32_t positions) const noexcept REALTIME;
  bool plan_first(Arena& arena);
  bool plan_middle(Arena& arena);
  bool plan_last(Arena& arena);
  bool add_pass(const Pass& pass, std::span<float> tables);

  void advance(uint32_t units) noexcept REALTIME;
  void run_units(const Pass& pass, uint32_t begin, uint32_t end) noexcept REALTIME;
  void run_first(const Pass& pass, uint32_t begin, uint32_t end) noexcept REALTIME;
  void run_middle(const Pass& pass, uint32_t begin, uint32_t end) noexcept REALTIME;
  void run_part(const Pass& pass, const stockham::Part& part, float* out) noexcept REALTIME;
  void run_last(const Pass& pass, uint32_t begin, uint32_t end) noexcept REALTIME;

  Pass plan_[kMaxPasses] = {};
  uint32_t passes_ = 0;
  uint32_t points_ = 0;
  uint32_t total_work_ = 0;
  uint32_t max_unit_work_ = 0;
  std::span<float> work_;

  const float* in_ = nullptr;
  float* re_ = nullptr;
  float* im_ = nullptr;
  Buffer from_ = {};  // of the pass in progress
  Buffer to_ = {};
  uint32_t pass_ = 0;
  uint32_t unit_ = 0;  // of that pass: the next one
};

}  // namespace quanta

#endif  // QUANTA_DSP_STOCKHAM_FFT_H_
