#include "dsp/real_fft.h"

#include <algorithm>
#include <bit>

namespace quanta {
namespace {

// The discrete Hartley transform's input H[k] = Re X[k] - Im X[k], k = 0..N-1.
void fill_hartley(std::span<const float> re, std::span<const float> im,
                  float* hartley) noexcept REALTIME {
  const size_t half = re.size() - 1;
  hartley[0] = re[0];
  hartley[half] = re[half];
  for (size_t k = 1; k < half; ++k) {
    hartley[k] = re[k] - im[k];
    hartley[2 * half - k] = re[k] + im[k];
  }
}

// Of a transform Y, in place: x[i] = (Re Y[i] - Im Y[i]) / N, i = 0..N-1. Re Y[i], i < N / 2, lie
// in x[i], Im Y[i] in x[N/2 + i], except Re Y[N/2], which lies there for i = 0.
void read_hartley(std::span<float> x) noexcept REALTIME {
  const size_t half = x.size() / 2;
  const float scale = 1 / static_cast<float>(x.size());
  x[0] *= scale;
  x[half] *= scale;
  for (size_t i = 1; i <= half - i; ++i) {
    const size_t mirror = half - i;
    const float a_re = x[i];
    const float a_im = x[half + i];
    const float b_re = x[mirror];
    const float b_im = x[half + mirror];
    x[i] = (a_re - a_im) * scale;
    x[half + i] = (b_re + b_im) * scale;
    x[mirror] = (b_re - b_im) * scale;
    x[half + mirror] = (a_re + a_im) * scale;
  }
}

}  // namespace

bool RealFft::configure(Arena& arena, uint32_t size) {
  *this = RealFft();
  if (size >= StockhamFft::kMinSize && std::has_single_bit(size)) {
    if (!stockham_.configure(arena, size)) return false;
  } else {
    work_ = arena.take<float>(size);
    if (work_.empty()) return false;
    if (!mixed_.configure(arena, size / 2) || !unpacking_.configure(arena, size / 2)) return false;
  }
  size_ = size;
  spent_ = total_work();
  return true;
}

uint32_t RealFft::total_work() const noexcept REALTIME {
  return is_power() ? stockham_.total_work() : mixed_.total_work() + size_ / 2;
}

uint32_t RealFft::max_unit_work() const noexcept REALTIME {
  return is_power() ? stockham_.max_unit_work() : mixed_.max_unit_work();
}

void RealFft::begin(std::span<const float> in, std::span<float> re,
                    std::span<float> im) noexcept REALTIME {
  start(in.data(), re.data(), im.data());
}

bool RealFft::step(uint32_t work) noexcept REALTIME {
  if (done()) return true;
  granted_ += std::min(work, total_work() - granted_);
  while (spent_ < granted_) spent_ += run(granted_ - spent_);
  if (done()) finish();
  return done();
}

void RealFft::forward(std::span<const float> in, std::span<float> re,
                      std::span<float> im) noexcept REALTIME {
  begin(in, re, im);
  step(total_work());
}

void RealFft::start(const float* in, float* re, float* im) noexcept REALTIME {
  re_ = re;
  im_ = im;
  granted_ = 0;
  spent_ = 0;
  if (is_power()) {
    stockham_.begin(in, re, im);
  } else {
    mixed_.begin(in, work_.data());
  }
}

uint32_t RealFft::run(uint32_t work) noexcept REALTIME {
  if (is_power()) return stockham_.run(work);
  if (!mixed_.done()) return mixed_.run_unit();
  unpacking_.unpack(work_.data(), re_, im_, 0, unpacking_.pairs());
  return size_ / 2;
}

// X[N/2] to its own place.
void RealFft::finish() noexcept REALTIME {
  const uint32_t half = size_ / 2;
  re_[half] = im_[0];
  im_[half] = 0;
  im_[0] = 0;
}

// The discrete Hartley transform is its own inverse but for the factor N, and follows from the
// Fourier transform of the same real numbers (R. N. Bracewell, "Discrete Hartley transform",
// J. Opt. Soc. Am. 73, 1983).
void RealFft::inverse(std::span<const float> re, std::span<const float> im,
                      std::span<float> out) noexcept REALTIME {
  const bool is_spare = is_power() && stockham_.first_pass_overwrites_output();
  float* const hartley = is_spare ? stockham_.spare().data() : out.data();
  fill_hartley(re, im, hartley);
  start(hartley, out.data(), out.data() + size_ / 2);
  while (!done()) spent_ += run(total_work() - spent_);
  read_hartley(out);
}

}  // namespace quanta
