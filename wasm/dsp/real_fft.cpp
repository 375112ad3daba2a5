#include "dsp/real_fft.h"

#include <algorithm>

namespace quanta {

bool RealFft::configure(Arena& arena, uint32_t size) {
  *this = RealFft();
  work_ = arena.take<float>(size);
  if (work_.empty()) return false;
  if (!mixed_.configure(arena, size / 2) || !unpacking_.configure(arena, size / 2)) return false;
  size_ = size;
  spent_ = total_work();
  return true;
}

uint32_t RealFft::total_work() const noexcept REALTIME {
  return mixed_.total_work() + 2 * unpacking_.pairs();
}

uint32_t RealFft::max_unit_work() const noexcept REALTIME { return mixed_.max_unit_work(); }

void RealFft::begin(std::span<const float> in, std::span<float> re,
                    std::span<float> im) noexcept REALTIME {
  mixed_.begin(in.data(), work_.data());
  re_ = re;
  im_ = im;
  granted_ = 0;
  spent_ = 0;
}

bool RealFft::step(uint32_t work) noexcept REALTIME {
  granted_ += std::min(work, total_work() - granted_);
  while (spent_ < granted_) spent_ += run_unit();
  return done();
}

uint32_t RealFft::run_unit() noexcept REALTIME {
  if (!mixed_.done()) return mixed_.run_unit();
  unpacking_.unpack(work_.data(), re_, im_, 0, unpacking_.pairs());
  return 2 * unpacking_.pairs();
}

void RealFft::forward(std::span<const float> in, std::span<float> re,
                      std::span<float> im) noexcept REALTIME {
  begin(in, re, im);
  step(total_work());
}

void RealFft::inverse(std::span<const float> re, std::span<const float> im,
                      std::span<float> out) noexcept REALTIME {
  unpacking_.pack_exchanged(re, im, out.data());
  mixed_.begin(out.data(), work_.data());
  while (!mixed_.done()) mixed_.run_unit();
  spent_ = total_work();
  const float scale = 2.0F / static_cast<float>(size_);
  for (uint32_t i = 0; i < size_; i += 2) {
    out[i] = work_[i + 1] * scale;
    out[i + 1] = work_[i] * scale;
  }
}

}  // namespace quanta
