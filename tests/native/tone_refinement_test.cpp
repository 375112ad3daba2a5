#include "dsp/tone_refinement.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <vector>

#include "analysis_support.h"
#include "dsp/tone_inversion.h"

namespace quanta {
namespace {

constexpr size_t kFrames = 32768;
constexpr double kRateHz = 48000;

// A frame's two spectra.
struct Views {
  OwnedSpectrum windowed;
  OwnedSpectrum bare;
};

class Lab {
 public:
  explicit Lab(size_t frames = kFrames) : windowed_(frames, 12), bare_(frames, 0) {
    refinement_.configure(frames);
  }

  Views look(const Frame& frame) { return {windowed_(frame), bare_(frame)}; }

  std::vector<Tone> invert(const Views& views, const std::vector<Sine>& sines) const {
    std::vector<Tone> tones;
    for (const Sine& sine : sines) {
      tones.push_back(
          inversion_.invert(views.windowed, static_cast<size_t>(std::lround(sine.bins))));
    }
    return tones;
  }

  std::vector<ToneRefinement::Fit> refine(const Views& views, std::vector<Tone>& tones,
                                          int sweeps = 2) const {
    std::vector<ToneRefinement::Fit> fits(tones.size());
    for (int sweep = 0; sweep < sweeps; ++sweep) {
      for (size_t i = 0; i < tones.size(); ++i) {
        fits[i] = refinement_.refine(views.bare, tones, i);
        tones[i] = fits[i].tone;
      }
    }
    return fits;
  }

 private:
  FloatTransform windowed_;
  FloatTransform bare_;
  ToneInversion inversion_{12};
  ToneRefinement refinement_;
};

double worst_cents(const std::vector<Tone>& tones, const std::vector<Sine>& sines) {
  double worst = 0;
  for (size_t i = 0; i < tones.size(); ++i) {
    worst = std::fmax(worst, std::fabs(cents(tones[i].bins, sines[i].bins)));
  }
  return worst;
}

TEST(ToneRefinement, FindsATonesFrequencyAmplitudeAndPhaseToTheLastDigitsOfFloat) {
  Lab lab;
  Random random(1);
  for (int i = 0; i < 60; ++i) {
    const double hz = 27.5 * std::pow(20000 / 27.5, (i + random.uniform(0, 1)) / 60);
    const Sine sine{hz * kFrames / kRateHz, random.uniform(0.01, 1), random.uniform(-3, 3)};
    Frame frame(kFrames);
    add_tone(frame, sine);
    const Views views = lab.look(frame);
    std::vector<Tone> tones = lab.invert(views, {sine});
    lab.refine(views, tones);
    EXPECT_LT(worst_cents(tones, {sine}), hz < 110 ? 1e-5 : 2e-6) << hz;
    EXPECT_NEAR(amplitude(tones[0]) / sine.amplitude, 1, 1e-6) << hz;
    EXPECT_NEAR(std::atan2(tones[0].im, tones[0].re), sine.phase, 1e-6) << hz;
  }
}

TEST(ToneRefinement, TakesATonesExactlyOnABin) {
  Lab lab;
  const Sine sine{700, 0.5, 1};
  Frame frame(kFrames);
  add_tone(frame, sine);
  const Views views = lab.look(frame);
  std::vector<Tone> tones = {{700, 0.25, 0}};
  lab.refine(views, tones, 3);
  EXPECT_NEAR(tones[0].bins, 700, 1e-7);
  EXPECT_NEAR(amplitude(tones[0]), 0.5, 1e-6);
}

TEST(ToneRefinement, ReachesTheCramerRaoBoundAndKnowsItsError) {
  Lab lab;
  Random random(2);
  std::vector<Views> noises;
  for (int i = 0; i < 16; ++i) noises.push_back(lab.look(noise(kFrames, 1, random)));
  for (const double snr_db : {10.0, 30.0, 50.0, 70.0}) {
    const double deviation = noise_deviation(snr_db);
    Rms error;
    Rms in_own_deviations;
    Rms noise_found;
    for (int i = 0; i < 24; ++i) {
      const Sine sine{random.uniform(30, 16000), 1, random.uniform(0, kTurn)};
      Frame frame(kFrames);
      add_tone(frame, sine);
      const Views clean = lab.look(frame);
      for (const Views& each : noises) {
        const Views views = {mix(clean.windowed, each.windowed, deviation),
                             mix(clean.bare, each.bare, deviation)};
        std::vector<Tone> tones = lab.invert(views, {sine});
        const ToneRefinement::Fit fit = lab.refine(views, tones)[0];
        error.add(fit.tone.bins - sine.bins);
        in_own_deviations.add((fit.tone.bins - sine.bins) / fit.deviation_bins);
        noise_found.add(std::sqrt(fit.variance) / deviation);
      }
    }
    EXPECT_LT(error.value(), 1.1 * bound_bins(kFrames, snr_db)) << snr_db;
    EXPECT_NEAR(in_own_deviations.value(), 1, 0.1) << snr_db;
    EXPECT_NEAR(noise_found.value(), 1, 0.03) << snr_db;
  }
}

// Partials of a stiff string, each pushed off its place.
std::vector<Sine> inharmonic_partials(Random& random) {
  const double f0_bins = random.uniform(60, 600) * kFrames / kRateHz;
  std::vector<Sine> sines;
  for (int h = 1; h <= 8; ++h) {
    const double stretch = std::sqrt(1 + 4e-4 * h * h) * random.uniform(0.97, 1.03);
    sines.push_back({h * f0_bins * stretch, 1.0 / h, random.uniform(0, kTurn)});
  }
  return sines;
}

TEST(ToneRefinement, EightPartialsInNoiseAreWithinThreeThousandthsOfACent) {
  Lab lab;
  Random random(3);
  for (int trial = 0; trial < 30; ++trial) {
    const std::vector<Sine> sines = inharmonic_partials(random);
    // 60 dB below the first partial.
    Frame frame = noise(kFrames, noise_deviation(60), random);
    for (const Sine& sine : sines) add_tone(frame, sine);
    const Views views = lab.look(frame);
    std::vector<Tone> tones = lab.invert(views, sines);
    EXPECT_LT(worst_cents(tones, sines), 0.003) << trial;
    lab.refine(views, tones);
    EXPECT_LT(worst_cents(tones, sines), 0.001) << trial;
  }
}

TEST(ToneRefinement, EightPartialsWithoutNoiseDoNotDisturbOneAnother) {
  Lab lab;
  Random random(4);
  for (int trial = 0; trial < 10; ++trial) {
    const std::vector<Sine> sines = inharmonic_partials(random);
    Frame frame(kFrames);
    for (const Sine& sine : sines) add_tone(frame, sine);
    const Views views = lab.look(frame);
    std::vector<Tone> tones = lab.invert(views, sines);
    lab.refine(views, tones);
    EXPECT_LT(worst_cents(tones, sines), 1e-5) << trial;
  }
}

TEST(ToneRefinement, ATonesErrorBarGrowsWithWhatTheModelLeavesOut) {
  Lab lab;
  Frame frame(kFrames);
  add_tone(frame, {1000.3, 1, 0});
  add_tone(frame, {1007.7, 0.01, 1});
  const Views views = lab.look(frame);
  std::vector<Tone> alone = {lab.invert(views, {{1000.3, 1, 0}})};
  const double bar = lab.refine(views, alone)[0].deviation_bins;
  EXPECT_GT(bar, std::fabs(alone[0].bins - 1000.3) / 4);
  EXPECT_GT(bar, 1e-5);
}

TEST(ToneRefinement, TonesAtBothEndsOfTheSpectrumAreFittedWithTheirMirrorImages) {
  constexpr size_t kShort = 4096;
  Lab lab(kShort);
  Random random(5);
  for (const double bins : {3.1, 4.7, 9.25, 1024.5, 2030.2, 2043.6}) {
    const Sine sine{bins, 0.5, random.uniform(0, kTurn)};
    Frame frame(kShort);
    add_tone(frame, sine);
    const Views views = lab.look(frame);
    std::vector<Tone> tones = {
        {bins + 0.003, 0.25 * std::cos(sine.phase), 0.25 * std::sin(sine.phase)}};
    lab.refine(views, tones, 3);
    EXPECT_NEAR(tones[0].bins, bins, 1e-6);
    EXPECT_NEAR(amplitude(tones[0]), 0.5, 1e-6) << bins;
  }
}

TEST(ToneRefinement, SilenceLeavesATonesPlaceAndSaysThatItIsUnknown) {
  Lab lab(4096);
  const Views views = lab.look(Frame(4096));
  std::vector<Tone> tones = {{100.2, 0, 0}};
  const ToneRefinement::Fit fit = lab.refine(views, tones)[0];
  EXPECT_EQ(fit.tone.bins, 100.2);
  EXPECT_GE(fit.deviation_bins, 0.5);
}

}  // namespace
}  // namespace quanta
