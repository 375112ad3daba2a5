#include "dsp/real_fft.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

#include "malloc_trap.h"

namespace quanta {
namespace {

using Bins = std::vector<std::complex<double>>;

// The transform by definition, split by its smallest factor again and again, in double.
Bins reference_of(const std::vector<std::complex<double>>& x) {
  const size_t n = x.size();
  if (n == 1) return x;
  size_t radix = 2;
  while (n % radix != 0) ++radix;
  const size_t m = n / radix;
  std::vector<Bins> parts;
  for (size_t r = 0; r < radix; ++r) {
    Bins part;
    for (size_t i = r; i < n; i += radix) part.push_back(x[i]);
    parts.push_back(reference_of(part));
  }
  Bins sum(n);
  for (size_t k = 0; k < n; ++k) {
    for (size_t r = 0; r < radix; ++r) {
      const double turns = static_cast<double>(k * r % n) / static_cast<double>(n);
      sum[k] += parts[r][k % m] * std::polar(1.0, -2 * std::numbers::pi * turns);
    }
  }
  return sum;
}

Bins reference_spectrum(const std::vector<float>& samples) {
  Bins bins = reference_of({samples.begin(), samples.end()});
  bins.resize(samples.size() / 2 + 1);
  return bins;
}

std::vector<float> noise(size_t size, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<float> samples(size);
  for (float& x : samples) x = static_cast<float>(static_cast<double>(random()) / 2147483648.0 - 1);
  return samples;
}

// A transform with its memory, and guard words round everything that it writes.
class Fft {
 public:
  explicit Fft(uint32_t size) : memory_(20 * size_t{size} + 8192) {
    Arena arena(memory_);
    EXPECT_TRUE(fft_.configure(arena, size));
    re_.assign(fft_.bins() + 2, kGuard);
    im_ = re_;
    samples_.assign(size + 2, kGuard);
  }

  RealFft& operator*() { return fft_; }

  RealFft* operator->() { return &fft_; }

  std::span<float> re() { return std::span(re_).subspan(1, fft_.bins()); }

  std::span<float> im() { return std::span(im_).subspan(1, fft_.bins()); }

  std::span<float> samples() { return std::span(samples_).subspan(1, fft_.size()); }

  Bins forward(const std::vector<float>& in) {
    fft_.forward(in, re(), im());
    return bins();
  }

  Bins bins() {
    expect_guards();
    Bins bins;
    for (uint32_t k = 0; k < fft_.bins(); ++k) bins.emplace_back(re()[k], im()[k]);
    return bins;
  }

  void expect_guards() const {
    for (const auto* values : {&re_, &im_, &samples_}) {
      EXPECT_EQ(values->front(), kGuard);
      EXPECT_EQ(values->back(), kGuard);
    }
  }

 private:
  static constexpr float kGuard = 1234567;

  std::vector<std::byte> memory_;
  RealFft fft_;
  std::vector<float> re_;
  std::vector<float> im_;
  std::vector<float> samples_;
};

double relative_rms(const Bins& got, const Bins& want) {
  double error = 0;
  double power = 0;
  for (size_t k = 0; k < want.size(); ++k) {
    error += std::norm(got[k] - want[k]);
    power += std::norm(want[k]);
  }
  return std::sqrt(error / power);
}

std::vector<uint32_t> sizes_up_to(uint32_t limit) {
  std::vector<uint32_t> sizes;
  for (uint32_t size = 0; size <= limit; ++size) {
    if (RealFft::is_size(size)) sizes.push_back(size);
  }
  return sizes;
}

// Every size with other code than its neighbours', up to the largest.
const std::vector<uint32_t> kSizes = {4,    6,    8,    10,    16,    30,    64,    250,
                                      256,  450,  512,  1000,  1024,  1536,  2048,  4096,
                                      4374, 8192, 9000, 16384, 31250, 32768, 48000, 65536};

TEST(RealFft, TakesEvenSizesWithoutLargePrimesOnly) {
  for (const uint32_t size : kSizes) EXPECT_TRUE(RealFft::is_size(size)) << size;
  for (const uint32_t size : {0U, 1U, 2U, 3U, 5U, 14U, 15U, 22U, 14336U, 65538U, 131072U}) {
    EXPECT_FALSE(RealFft::is_size(size)) << size;
  }
  EXPECT_EQ(sizes_up_to(70000).size(), 239U);
}

TEST(RealFft, IsTheTransformOfEverySize) {
  for (const uint32_t size : sizes_up_to(4096)) {
    const std::vector<float> x = noise(size, size);
    EXPECT_LE(relative_rms(Fft(size).forward(x), reference_spectrum(x)), 3e-7) << size;
  }
  for (const uint32_t size : kSizes) {
    const std::vector<float> x = noise(size, size);
    EXPECT_LE(relative_rms(Fft(size).forward(x), reference_spectrum(x)), 3e-7) << size;
  }
}

TEST(RealFft, TheInverseGivesTheSamplesBack) {
  for (const uint32_t size : kSizes) {
    const std::vector<float> x = noise(size, size + 1);
    Fft fft(size);
    fft.forward(x);
    fft->inverse(fft.re(), fft.im(), fft.samples());
    fft.expect_guards();
    double error = 0;
    for (uint32_t i = 0; i < size; ++i) error += std::pow(fft.samples()[i] - x[i], 2);
    EXPECT_LE(std::sqrt(error / size), 3e-7) << size;
  }
}

}  // namespace
}  // namespace quanta
