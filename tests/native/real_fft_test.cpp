#include "dsp/real_fft.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <limits>
#include <memory>
#include <numbers>
#include <random>
#include <vector>

#include "digest/fft_digest.h"
#include "kiss_oracle.h"

namespace quanta {
namespace {

std::vector<float> noise(size_t size, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<float> samples(size);
  for (float& x : samples) x = static_cast<float>(static_cast<double>(random()) / 0x1p31 - 1);
  return samples;
}

// A transform with its memory, and guard words round everything that it writes.
class Fft {
 public:
  explicit Fft(uint32_t size) : memory_(10 * size_t{size} + 2048) {
    Arena arena(memory_);
    EXPECT_TRUE(fft_.configure(arena, size));
    re_.assign(fft_.bins() + 2, kGuard);
    im_ = re_;
    samples_.assign(size + 2, kGuard);
  }

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

  // Real parts, then imaginary parts, with the bits that they have.
  std::vector<uint32_t> bits() {
    std::vector<uint32_t> bits;
    for (const float x : re()) bits.push_back(__builtin_bit_cast(uint32_t, x));
    for (const float x : im()) bits.push_back(__builtin_bit_cast(uint32_t, x));
    return bits;
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

// One of every kind: all powers of two, and others of all radices.
const std::vector<uint32_t> kSizes = {4,    6,    8,    10,   16,    30,    32,    64,
                                      128,  250,  256,  450,  512,   1000,  1024,  1536,
                                      2048, 4096, 4374, 8192, 16384, 31250, 32768, 65536};
const std::vector<uint32_t> kPowers = {256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536};

constexpr double kTolerance = 3e-7;

TEST(RealFft, TakesEvenSizesWithoutLargePrimesOnly) {
  for (const uint32_t size : kSizes) EXPECT_TRUE(RealFft::is_size(size)) << size;
  for (const uint32_t size : {0U, 1U, 2U, 3U, 5U, 14U, 15U, 22U, 14336U, 65538U, 131072U}) {
    EXPECT_FALSE(RealFft::is_size(size)) << size;
  }
  EXPECT_EQ(sizes_up_to(70000).size(), 239U);
}

TEST(RealFft, TheOracleIsTheTransformByDefinition) {
  for (const uint32_t size : {4U, 30U, 64U, 250U}) {
    const std::vector<float> x = noise(size, size);
    Bins want;
    for (uint32_t k = 0; k <= size / 2; ++k) {
      std::complex<double> sum = 0;
      for (uint32_t i = 0; i < size; ++i) {
        sum += static_cast<double>(x[i]) *
               std::polar(1.0, -2 * std::numbers::pi * (k * i % size) / size);
      }
      want.push_back(sum);
    }
    EXPECT_LE(relative_rms(oracle_spectrum(x), want), 1e-14) << size;
  }
}

TEST(RealFft, IsTheTransformOfNoiseOfEverySize) {
  for (const uint32_t size : sizes_up_to(65536)) {
    const std::vector<float> x = noise(size, size);
    EXPECT_LE(relative_rms(Fft(size).forward(x), oracle_spectrum(x)), kTolerance) << size;
  }
}

// Where an average error would not show: a tone's energy is in three bins.
TEST(RealFft, KeepsTheOtherBinsOfAToneBelowItsRounding) {
  for (const uint32_t size : kSizes) {
    std::vector<float> x(size);
    const double turns = std::floor(size / 5.0) / size;
    for (uint32_t i = 0; i < size; ++i) {
      x[i] = static_cast<float>(std::cos(2 * std::numbers::pi * turns * i));
    }
    const Bins want = oracle_spectrum(x);
    const Bins got = Fft(size).forward(x);
    for (size_t k = 0; k < want.size(); ++k) {
      ASSERT_LE(std::abs(got[k] - want[k]), 4e-7 * size / 2) << size << " " << k;
    }
  }
}

TEST(RealFft, MakesAnImpulseAPhaseRamp) {
  for (const uint32_t size : kSizes) {
    std::vector<float> x(size);
    const uint32_t place = size / 3;
    x[place] = 1;
    const Bins got = Fft(size).forward(x);
    for (uint32_t k = 0; k < got.size(); ++k) {
      const double turns = static_cast<double>(uint64_t{k} * place % size) / size;
      const auto want = std::polar(1.0, -2 * std::numbers::pi * turns);
      ASSERT_LE(std::abs(got[k] - want), 5e-7) << size << " " << k;
    }
  }
}

TEST(RealFft, FirstAndLastBinAreRealAndExactForSmallIntegers) {
  for (const uint32_t size : kSizes) {
    std::vector<float> x(size);
    float sum = 0;
    float alternating = 0;
    for (uint32_t i = 0; i < size; ++i) {
      x[i] = static_cast<float>(static_cast<int>(i * 7 % 5) - 2);
      sum += x[i];
      alternating += i % 2 == 0 ? x[i] : -x[i];
    }
    Fft fft(size);
    fft.forward(x);
    EXPECT_EQ(fft.re().front(), sum) << size;
    EXPECT_EQ(fft.re().back(), alternating) << size;
    EXPECT_EQ(__builtin_bit_cast(uint32_t, fft.im().front()), 0U);
    EXPECT_EQ(__builtin_bit_cast(uint32_t, fft.im().back()), 0U);
  }
}

TEST(RealFft, KeepsTheEnergy) {
  for (const uint32_t size : kSizes) {
    const std::vector<float> x = noise(size, size + 2);
    const Bins bins = Fft(size).forward(x);
    double energy = 0;
    for (const float sample : x)
      energy += static_cast<double>(sample) * static_cast<double>(sample);
    double spectrum = -(std::norm(bins.front()) + std::norm(bins.back())) / 2;
    for (const auto& bin : bins) spectrum += std::norm(bin);
    EXPECT_NEAR(2 * spectrum / size / energy, 1, 5e-7) << size;
  }
}

TEST(RealFft, IsLinear) {
  for (const uint32_t size : kSizes) {
    const std::vector<float> x = noise(size, 1);
    const std::vector<float> y = noise(size, 2);
    std::vector<float> both(size);
    for (uint32_t i = 0; i < size; ++i) both[i] = 0.5F * x[i] - 2 * y[i];
    Fft fft(size);
    const Bins of_x = fft.forward(x);
    const Bins of_y = fft.forward(y);
    Bins want;
    for (size_t k = 0; k < of_x.size(); ++k) want.push_back(0.5 * of_x[k] - 2.0 * of_y[k]);
    EXPECT_LE(relative_rms(fft.forward(both), want), 5e-7) << size;
  }
}

TEST(RealFft, TheInverseGivesTheSamplesBack) {
  for (const uint32_t size : sizes_up_to(65536)) {
    const std::vector<float> x = noise(size, size + 1);
    Fft fft(size);
    fft.forward(x);
    fft->inverse(fft.re(), fft.im(), fft.samples());
    fft.expect_guards();
    double error = 0;
    double energy = 0;
    for (uint32_t i = 0; i < size; ++i) {
      error += std::pow(static_cast<double>(fft.samples()[i]) - static_cast<double>(x[i]), 2);
      energy += std::pow(static_cast<double>(x[i]), 2);
    }
    EXPECT_LE(std::sqrt(error / energy), 4e-7) << size;
  }
}

TEST(RealFft, LeavesItsInputAlone) {
  for (const uint32_t size : kSizes) {
    const std::vector<float> x = noise(size, 3);
    const std::vector<float> copy = x;
    Fft fft(size);
    fft.forward(x);
    EXPECT_EQ(x, copy) << size;
    const Bins bins = fft.bins();
    fft->inverse(fft.re(), fft.im(), fft.samples());
    EXPECT_EQ(fft.bins(), bins) << size;
  }
}

TEST(RealFft, AnySlicesGiveTheSameBits) {
  std::mt19937 random(11);
  for (const uint32_t size : kSizes) {
    const std::vector<float> x = noise(size, size);
    Fft fft(size);
    fft.forward(x);
    const auto want = fft.bits();
    for (const uint32_t most : {1U, 7U, 64U, 1000U, 20000U}) {
      fft->begin(x, fft.re(), fft.im());
      EXPECT_FALSE(fft->done());
      while (!fft->step(static_cast<uint32_t>(random() % (most + 1)))) ASSERT_FALSE(fft->done());
      ASSERT_TRUE(fft->done());
      ASSERT_EQ(fft.bits(), want) << size << " by " << most;
    }
    fft.expect_guards();
  }
}

// What each of so many equal slices does.
std::vector<uint32_t> work_of_slices(RealFft& fft, Fft& memory, uint32_t slices) {
  const std::vector<float> x = noise(fft.size(), 5);
  std::vector<uint32_t> work;
  fft.begin(x, memory.re(), memory.im());
  const uint32_t budget = (fft.total_work() + slices - 1) / slices;
  for (uint32_t before = 0; !fft.step(budget); before = fft.work_done()) {
    work.push_back(fft.work_done() - before);
  }
  return work;
}

TEST(RealFft, NoSliceOfAPowerOfTwoDoesTwiceTheMedian) {
  for (const uint32_t size : kPowers) {
    for (const uint32_t slices : {4U, 16U, size / 256}) {
      Fft fft(size);
      std::vector<uint32_t> work = work_of_slices(*fft.operator->(), fft, slices);
      if (work.size() < 3) continue;
      std::sort(work.begin(), work.end());
      EXPECT_LE(work.back(), 2 * work[work.size() / 2]) << size << " in " << slices;
    }
  }
}

TEST(RealFft, ASliceExceedsItsWorkByAtMostOneUnit) {
  for (const uint32_t size : kSizes) {
    Fft fft(size);
    const std::vector<float> x = noise(size, 6);
    fft->begin(x, fft.re(), fft.im());
    uint32_t granted = 0;
    for (bool done = false; !done;) {
      granted += 10;
      done = fft->step(10);
      if (done) break;
      ASSERT_GE(fft->work_done(), granted) << size;
      ASSERT_LT(fft->work_done(), granted + fft->max_unit_work()) << size;
    }
    EXPECT_EQ(fft->work_done(), fft->total_work()) << size;
  }
}

TEST(RealFft, ForgetsWhatWasNotANumber) {
  for (const uint32_t size : kSizes) {
    const std::vector<float> x = noise(size, 8);
    Fft fft(size);
    fft.forward(x);
    const auto want = fft.bits();
    std::vector<float> bad = x;
    bad[0] = std::numeric_limits<float>::quiet_NaN();
    bad[size / 2] = std::numeric_limits<float>::infinity();
    bad[size - 1] = std::numeric_limits<float>::denorm_min();
    fft.forward(bad);
    fft->inverse(fft.re(), fft.im(), fft.samples());
    fft.expect_guards();
    fft.forward(x);
    EXPECT_EQ(fft.bits(), want) << size;
  }
}

TEST(RealFft, ANewBeginGivesUpTheOldOne) {
  for (const uint32_t size : {450U, 4096U}) {
    const std::vector<float> x = noise(size, 9);
    const std::vector<float> y = noise(size, 10);
    Fft fft(size);
    fft.forward(y);
    const auto want = fft.bits();
    fft->begin(x, fft.re(), fft.im());
    fft->step(fft->total_work() / 3);
    fft->begin(y, fft.re(), fft.im());
    while (!fft->step(100)) ASSERT_LT(fft->work_done(), fft->total_work());
    EXPECT_EQ(fft.bits(), want) << size;
  }
}

// The digests are those of other builds too: tests/unit/same-bits.test.ts.
TEST(RealFft, GivesTheSameBitsInEveryBuild) {
  std::ifstream fixture(QUANTA_FIXTURES "/fft.digests");
  const auto memory = std::make_unique<FftDigestMemory>();
  uint32_t size = 0;
  uint32_t digest = 0;
  int lines = 0;
  for (; fixture >> size >> digest; ++lines) EXPECT_EQ(fft_digest(*memory, size), digest) << size;
  EXPECT_GT(lines, 10);
}

TEST(RealFft, SaysThatTheArenaIsFull) {
  for (const uint32_t size : {450U, 1024U, 2048U}) {
    std::vector<std::byte> memory(10 * size_t{size} + 2048);
    size_t needed = 0;
    RealFft fft;
    while (true) {
      Arena arena({memory.data(), needed});
      if (fft.configure(arena, size)) break;
      ASSERT_LT(needed, memory.size());
      needed += 64;
    }
    EXPECT_GE(needed, size_t{8} * size);
    const std::vector<float> x = noise(size, 12);
    std::vector<float> re(fft.bins());
    std::vector<float> im(fft.bins());
    fft.forward(x, re, im);
    EXPECT_TRUE(fft.done());
  }
}

}  // namespace
}  // namespace quanta
