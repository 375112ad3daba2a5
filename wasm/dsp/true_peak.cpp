#include "dsp/true_peak.h"

#include <algorithm>
#include <numbers>

#include "dsp/exact_math.h"

namespace quanta {
namespace {

constexpr size_t kLanes = 4;
constexpr size_t kPairs = kTruePeakTaps / 2;

// BS.1770-4, annex 2: phases 0 and 1 of the interpolator; 3 and 2 are their mirror images.
constexpr float kOuter[kTruePeakTaps] = {0.0017089843750F,  0.0109863281250F,  -0.0196533203125F,
                                         0.0332031250000F,  -0.0594482421875F, 0.1373291015625F,
                                         0.9721679687500F,  -0.1022949218750F, 0.0476074218750F,
                                         -0.0266113281250F, 0.0148925781250F,  -0.0083007812500F};
constexpr float kInner[kTruePeakTaps] = {-0.0291748046875F, 0.0292968750000F,  -0.0517578125000F,
                                         0.0891113281250F,  -0.1665039062500F, 0.4650878906250F,
                                         0.7797851562500F,  -0.2003173828125F, 0.1015625000000F,
                                         -0.0582275390625F, 0.0330810546875F,  -0.0189208984375F};

// Taps j and 11 - j of a phase as an even and an odd part: e + o is the phase, e - o its mirror.
struct Halves {
  float even[kPairs];
  float odd[kPairs];
};

constexpr Halves halves(const float (&taps)[kTruePeakTaps]) {
  Halves h{};
  for (size_t j = 0; j < kPairs; ++j) {
    h.even[j] = (taps[j] + taps[kTruePeakTaps - 1 - j]) / 2;
    h.odd[j] = (taps[j] - taps[kTruePeakTaps - 1 - j]) / 2;
  }
  return h;
}

constexpr Halves kOuterHalves = halves(kOuter);
constexpr Halves kInnerHalves = halves(kInner);

constexpr size_t kFinePairs = kFinePeakTaps / 2;
constexpr size_t kFinePoints = 12;  // per sample, the sample itself being one
constexpr size_t kMirrored = 5;     // points that have a mirror image
constexpr double kKaiserBeta = 4.5;

// Modified Bessel function I0 of 2 sqrt(y), as a series.
constexpr double bessel(double y) {
  double sum = 1;
  double term = 1;
  for (int k = 1; k < 30; ++k) {
    term *= y / (k * k);
    sum += term;
  }
  return sum;
}

// A sinc under a Kaiser window, at a distance in samples.
constexpr double windowed_sinc(double t) {
  const double x = t / static_cast<double>(kFinePairs);
  const double quarter = kKaiserBeta * kKaiserBeta / 4;
  const double sinc = t == 0 ? 1 : sin_pi(t) / (std::numbers::pi * t);
  return sinc * bessel(quarter * (1 - x * x)) / bessel(quarter);
}

// As Halves, for the points at 1/12 to 5/12 of a sample; the one at 6/12 is its own mirror.
struct FineTaps {
  float even[kMirrored + 1][kFinePairs];
  float odd[kMirrored][kFinePairs];
};

constexpr FineTaps fine_taps() {
  FineTaps taps{};
  for (size_t point = 0; point <= kMirrored; ++point) {
    const double offset = static_cast<double>(point + 1) / kFinePoints;
    for (size_t j = 0; j < kFinePairs; ++j) {
      // The point lies after sample 15; tap j belongs to the sample so far before it.
      const double before = static_cast<double>(kFinePairs - 1 - j) + offset;
      const double after = static_cast<double>(kFinePairs - j) - offset;
      taps.even[point][j] = static_cast<float>((windowed_sinc(before) + windowed_sinc(after)) / 2);
      if (point < kMirrored) {
        taps.odd[point][j] = static_cast<float>((windowed_sinc(after) - windowed_sinc(before)) / 2);
      }
    }
  }
  return taps;
}

constexpr FineTaps kFineTaps = fine_taps();

}  // namespace

Float4 interpolated_peaks(const float* samples) noexcept REALTIME {
  Float4 outer_even = {};
  Float4 outer_odd = {};
  Float4 inner_even = {};
  Float4 inner_odd = {};
  for (size_t j = 0; j < kPairs; ++j) {
    const Float4 early = load4(samples + j);
    const Float4 late = load4(samples + kTruePeakTaps - 1 - j);
    const Float4 sum = late + early;
    const Float4 difference = late - early;
    outer_even += sum * kOuterHalves.even[j];
    outer_odd += difference * kOuterHalves.odd[j];
    inner_even += sum * kInnerHalves.even[j];
    inner_odd += difference * kInnerHalves.odd[j];
  }
  // The larger of |e + o| and |e - o| is |e| + |o|.
  return max4(abs4(outer_even) + abs4(outer_odd), abs4(inner_even) + abs4(inner_odd));
}

// Two sums at a time: more would not stay in registers.
Float4 fine_peaks(const float* samples) noexcept REALTIME {
  Float4 sums[kFinePairs];
  Float4 differences[kFinePairs];
  Float4 middle = {};
  for (size_t j = 0; j < kFinePairs; ++j) {
    const Float4 early = load4(samples + j);
    const Float4 late = load4(samples + kFinePeakTaps - 1 - j);
    sums[j] = late + early;
    differences[j] = late - early;
    middle += sums[j] * kFineTaps.even[kMirrored][j];
  }
  Float4 highest = abs4(middle);
  for (size_t point = 0; point < kMirrored; ++point) {
    Float4 even = {};
    Float4 odd = {};
    for (size_t j = 0; j < kFinePairs; ++j) {
      even += sums[j] * kFineTaps.even[point][j];
      odd += differences[j] * kFineTaps.odd[point][j];
    }
    highest = max4(highest, abs4(even) + abs4(odd));
  }
  return highest;
}

void TruePeakMeter::update(std::span<const float> samples) noexcept REALTIME {
  while (!samples.empty()) {
    const size_t count = std::min(samples.size(), kBlock);
    update_block(samples.first(count));
    samples = samples.subspan(count);
  }
}

void TruePeakMeter::update_block(std::span<const float> samples) noexcept REALTIME {
  float* fresh = window_.data() + kHistory;
  std::copy(samples.begin(), samples.end(), fresh);
  Float4 peaks = {};
  size_t i = 0;
  for (; i + kLanes <= samples.size(); i += kLanes) {
    peaks = max4(peaks, interpolated_peaks(window_.data() + i));
    peaks = max4(peaks, abs4(load4(fresh + i)));
  }
  float highest = max_lane(peaks);
  if (i < samples.size()) {
    // The last lanes would look past the block: they come from a copy and are left out.
    float rest[kHistory + kLanes] = {};
    std::copy(window_.data() + i, fresh + samples.size(), rest);
    const Float4 last = max4(interpolated_peaks(rest), abs4(load4(rest + kHistory)));
    for (size_t lane = 0; i + lane < samples.size(); ++lane) {
      highest = std::max(highest, last[lane]);
    }
  }
  peak_ = std::max(peak_, highest);
  std::copy_n(window_.data() + samples.size(), kHistory, window_.data());
}

}  // namespace quanta
