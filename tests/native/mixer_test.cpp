#include "engine/mixer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "mixer_support.h"
#include "spectrum.h"

namespace quanta {
namespace {

using Limits = std::numeric_limits<float>;

TEST_F(MixerTest, NeutralKeepsEveryBitForAnyLengthOfQuantum) {
  for (const size_t block : {1U, 127U, 128U, 480U, 1000U, 16384U}) {
    const Stereo input = noise_of(40000, static_cast<uint32_t>(block));
    EXPECT_TRUE(same(mix(input, block), input)) << block;
  }
}

TEST_F(MixerTest, NeutralKeepsEveryBitOfAMonoSource) {
  const Stereo input = noise_of(4000, 1);
  const Stereo mono{input.left, input.left};
  std::array<MixerInput, kInputs> inputs{};
  inputs[5] = {input.left.data(), input.left.data()};
  Stereo out = silence(4000);
  mixer_.process(inputs, out.left, out.right);
  EXPECT_TRUE(same(out, mono));
}

TEST_F(MixerTest, NeutralKeepsEveryBitOfAnyNormalSample) {
  std::mt19937 random(3);
  Stereo input = silence(100000);
  for (Samples* plane : {&input.left, &input.right}) {
    for (float& sample : *plane) {
      const auto exponent = static_cast<uint32_t>(1 + random() % 254) << 23;
      const uint32_t bits = (static_cast<uint32_t>(random()) & 0x807fffffU) | exponent;
      sample = __builtin_bit_cast(float, bits);
    }
  }
  input.left[0] = -0.0F;
  EXPECT_TRUE(same(mix(input), input));
}

TEST_F(MixerTest, AfterEverythingWasUsedNeutralIsBitExactAgain) {
  MasterSetting master;
  master.limiter.on = true;
  master.gain_db = -2;
  mixer_.set_strip(0, busy_strip());
  mixer_.set_master(master);
  mix(noise_of(48000, 1));
  mixer_.set_strip(0, StripSetting());
  mixer_.set_master(MasterSetting());
  mix(noise_of(48000, 2));
  const Stereo input = noise_of(4000, 3);
  EXPECT_TRUE(same(mix(input), input));
}

TEST_F(MixerTest, InputsAreAddedInTheirOrder) {
  std::vector<Stereo> sources;
  std::vector<const Stereo*> inputs;
  for (uint32_t i = 0; i < kInputs; ++i) sources.push_back(noise_of(1000, i));
  for (const Stereo& source : sources) inputs.push_back(&source);
  Stereo want = sources[0];
  for (size_t i = 1; i < sources.size(); ++i) {
    for (size_t k = 0; k < 1000; ++k) {
      want.left[k] += sources[i].left[k];
      want.right[k] += sources[i].right[k];
    }
  }
  EXPECT_TRUE(same(mix(inputs, 1000), want));
}

TEST_F(MixerTest, HostileSamplesAreHeardAsSilenceAndCounted) {
  const auto run = [&](bool hostile) {
    Arena arena(memory_);
    EXPECT_TRUE(mixer_.configure(arena, 48000));
    MasterSetting master;
    master.limiter.on = true;
    mixer_.set_master(master);
    mixer_.set_strip(0, busy_strip());
    mixer_.set_strip(1, busy_strip());
    Stereo bad = noise_of(9600, 1);
    constexpr float kHostile[] = {Limits::quiet_NaN(), Limits::infinity(), -Limits::infinity(),
                                  Limits::denorm_min()};
    for (size_t i = 0; i < 400; ++i) {
      bad.left[1000 + 7 * i] = bad.right[2000 + 3 * i] = hostile ? kHostile[i % 4] : 0;
    }
    const Stereo good = noise_of(9600, 2);
    return mix({&bad, &good}, 9600);
  };
  const Stereo poisoned = run(true);
  EXPECT_EQ(mixer_.strip(0).bad_samples().not_finite, 600U);
  EXPECT_EQ(mixer_.strip(0).bad_samples().denormal, 200U);
  EXPECT_EQ(mixer_.strip(1).bad_samples().not_finite, 0U);
  EXPECT_TRUE(same(poisoned, run(false)));
}

TEST_F(MixerTest, TheLargestFloatsEndInAFiniteMixThatRecovers) {
  MasterSetting master;
  master.gain_db = 24;
  master.limiter.on = true;
  mixer_.set_master(master);
  for (uint32_t i = 0; i < kInputs; ++i) {
    StripSetting setting = busy_strip();
    setting.gain_db = 24;
    mixer_.set_strip(i, setting);
  }
  Stereo huge = silence(4800);
  for (size_t i = 0; i < 4800; ++i)
    huge.left[i] = huge.right[i] = i % 3 ? Limits::max() : Limits::lowest();
  const Stereo loud = mix(std::vector<const Stereo*>(kInputs, &huge), 4800);
  for (const float sample : loud.left) ASSERT_TRUE(std::isfinite(sample));
  mix_nothing(480000);
  const Stereo after = mix(tone(48000, 1000, 0.1));
  EXPECT_GT(*std::max_element(after.left.begin(), after.left.end()), 0.1F);
  EXPECT_LT(*std::max_element(after.left.begin(), after.left.end()), 1.0F);
}

TEST_F(MixerTest, FaderAndPanSetTheGainOfEachChannel) {
  StripSetting setting;
  setting.gain_db = -12;
  setting.pan = 1;
  mixer_.set_strip(0, setting);
  settle();
  const Stereo out = mix(tone(4800, 1000, 1));
  EXPECT_EQ(out.left[1012], 0);
  EXPECT_NEAR(decibels(static_cast<double>(out.right[1020])), -12 + 3.01, 0.001);
  setting.gain_db = kFaderShutDb;
  mixer_.set_strip(0, setting);
  settle();
  EXPECT_EQ(mix(tone(4800, 1000, 1)).right[1020], 0);
}

TEST_F(MixerTest, SoloSilencesTheOthersAndMuteWins) {
  const Stereo one{Samples(128, 1.0F), Samples(128, 1.0F)};
  const Stereo two{Samples(128, 2.0F), Samples(128, 2.0F)};
  const Stereo four{Samples(128, 4.0F), Samples(128, 4.0F)};
  const auto sum = [&](std::array<std::pair<bool, bool>, 3> mute_solo) {
    for (uint32_t i = 0; i < 3; ++i) {
      StripSetting setting;
      setting.mute = mute_solo[i].first;
      setting.solo = mute_solo[i].second;
      mixer_.set_strip(i, setting);
    }
    settle();
    return mix({&one, &two, &four}, 128).left.back();
  };
  EXPECT_EQ(sum({{{false, false}, {false, false}, {false, false}}}), 7);
  EXPECT_EQ(sum({{{true, false}, {false, false}, {false, false}}}), 6);
  EXPECT_EQ(sum({{{false, true}, {false, false}, {false, false}}}), 1);
  EXPECT_EQ(sum({{{false, true}, {false, false}, {false, true}}}), 5);
  EXPECT_EQ(sum({{{true, true}, {false, false}, {false, false}}}), 0);
  EXPECT_EQ(sum({{{true, true}, {false, true}, {false, false}}}), 2);
  EXPECT_EQ(sum({{{false, false}, {false, false}, {false, false}}}), 7);
}

TEST_F(MixerTest, AGainStepOfFullScaleStaysWithinTheProgrammesBand) {
  constexpr size_t kWindow = 8192;
  const Stereo source = tone(4 * kWindow, 1000, 1);
  StripSetting shut;
  shut.gain_db = kFaderShutDb;
  StripSetting muted;
  muted.mute = true;
  StripSetting panned;
  panned.pan = 1;
  MasterSetting master_shut;
  master_shut.gain_db = kFaderShutDb;
  const std::function<void()> steps[] = {
      [&] { mixer_.set_strip(0, shut); },           [&] { mixer_.set_strip(0, StripSetting()); },
      [&] { mixer_.set_strip(0, muted); },          [&] { mixer_.set_strip(0, panned); },
      [&] { mixer_.set_strip(0, StripSetting()); }, [&] { mixer_.set_master(master_shut); },
      [&] { mixer_.set_master(MasterSetting()); }};
  for (const std::function<void()>& step : steps) {
    Stereo out = mix({&source}, kWindow / 2 + 77, 128, kWindow);
    step();
    const size_t rest = kWindow / 2 - 77;
    const Stereo tail = mix({&source}, rest, 128, kWindow + kWindow / 2 + 77);
    out.left.insert(out.left.end(), tail.left.begin(), tail.left.end());
    EXPECT_LT(highest_outside_db(out.left, 48000, 1000, 140), -80);
    // To the same phase of the tone again.
    mix({&source}, kWindow, 128, 2 * kWindow);
  }
}

TEST_F(MixerTest, ASettingHoldsFromItsFrameOn) {
  const Stereo input = noise_of(4096, 1);
  const auto run = [&](size_t frame) {
    Arena arena(memory_);
    EXPECT_TRUE(mixer_.configure(arena, 48000));
    StripSetting loud;
    loud.gain_db = 24;
    Stereo out = mix({&input}, frame);
    mixer_.set_strip(0, loud);
    const Stereo rest = mix({&input}, 4096 - frame, 128, frame);
    out.left.insert(out.left.end(), rest.left.begin(), rest.left.end());
    return out.left;
  };
  for (const size_t frame : {1U, 64U, 131U, 2048U}) {
    const Samples out = run(frame);
    EXPECT_TRUE(
        std::equal(out.begin(), out.begin() + static_cast<int>(frame) + 1, input.left.begin()));
    // Until the ramp has ended the gain is between the two; after it, it is the new one.
    const size_t end = frame + 1920;
    EXPECT_LT(std::fabs(out[end - 900]), 15 * std::fabs(input.left[end - 900]));
    EXPECT_NEAR(decibels(std::fabs(static_cast<double>(out[end] / input.left[end]))), 24, 1e-4);
  }
}

TEST_F(MixerTest, TheOutputDoesNotDependOnTheCuts) {
  const Stereo one = noise_of(20000, 1);
  const Stereo two = noise_of(20000, 2);
  const auto run = [&](size_t block) {
    Arena arena(memory_);
    EXPECT_TRUE(mixer_.configure(arena, 44100));
    MasterSetting master;
    master.limiter.on = true;
    mixer_.set_master(master);
    Stereo out = mix({&one, &two}, 3001, block);
    mixer_.set_strip(0, busy_strip());
    mixer_.set_strip(1, busy_strip());
    const Stereo rest = mix({&one, &two}, 20000 - 3001, block, 3001);
    out.left.insert(out.left.end(), rest.left.begin(), rest.left.end());
    out.right.insert(out.right.end(), rest.right.begin(), rest.right.end());
    return out;
  };
  const Stereo whole = run(20000);
  for (const size_t block : {1U, 63U, 128U, 480U}) EXPECT_TRUE(same(run(block), whole)) << block;
}

TEST_F(MixerTest, TheLimiterKeepsEightLoudInputsBelowTheCeiling) {
  MasterSetting master;
  master.limiter.on = true;
  mixer_.set_master(master);
  settle();
  std::vector<Stereo> sources;
  std::vector<const Stereo*> inputs;
  for (uint32_t i = 0; i < kInputs; ++i) sources.push_back(noise_of(48000, i));
  for (const Stereo& source : sources) inputs.push_back(&source);
  mix(inputs, 48000);
  for (uint32_t channel = 0; channel < 2; ++channel) {
    const auto peak = static_cast<double>(mixer_.master_meters().true_peak(channel).peak());
    EXPECT_LT(decibels(peak), -1 + 0.01);
    EXPECT_GT(decibels(peak), -1.5);
  }
  EXPECT_LT(mixer_.take_limiter_gain(), 0.3F);
}

TEST_F(MixerTest, TheMixIsLateByTheLookAheadWhenTheLimiterIsOn) {
  EXPECT_EQ(mixer_.delay_frames(), 0U);
  MasterSetting master;
  master.limiter.on = true;
  mixer_.set_master(master);
  settle();
  const size_t delay = mixer_.delay_frames();
  const Stereo input = noise_of(4000, 1, 0.2F);
  const Stereo out = mix(input);
  EXPECT_GT(delay, 0U);
  EXPECT_TRUE(
      std::equal(out.left.begin() + static_cast<int>(delay), out.left.end(), input.left.begin()));
}

TEST_F(MixerTest, EveryMeterShowsAToneOfMinus20Dbfs) {
  const Stereo source = tone(48000 * 4, 1000, amplitude(-20));
  mix({nullptr, nullptr, &source}, 48000 * 4);
  for (const StereoMeters* meters : {&mixer_.strip(2).meters(), &mixer_.master_meters()}) {
    for (uint32_t channel = 0; channel < 2; ++channel) {
      EXPECT_NEAR(decibels(static_cast<double>(meters->level(channel).peak())), -20, 0.05);
      EXPECT_NEAR(decibels(static_cast<double>(meters->level(channel).rms())), -23.01, 0.05);
      EXPECT_NEAR(decibels(static_cast<double>(meters->true_peak(channel).peak())), -20, 0.05);
    }
    EXPECT_NEAR(decibels(static_cast<double>(meters->vu().left())), -20, 0.05);
    EXPECT_NEAR(decibels(static_cast<double>(meters->vu().right())), -20, 0.05);
    EXPECT_NEAR(static_cast<double>(meters->loudness().momentary()), -20, 0.05);
    EXPECT_NEAR(static_cast<double>(meters->loudness().short_term()), -20, 0.05);
    EXPECT_NEAR(static_cast<double>(meters->loudness().integrated()), -20, 0.05);
  }
  EXPECT_EQ(mixer_.strip(1).meters().level(0).peak(), 0);
  mixer_.reset_meters();
  EXPECT_EQ(mixer_.master_meters().true_peak(0).peak(), 0);
  EXPECT_EQ(mixer_.strip(2).meters().loudness().integrated(), -Limits::infinity());
}

TEST_F(MixerTest, AStripWhoseSourceWentAwayRingsOutAndThenRests) {
  mixer_.set_strip(0, busy_strip());
  mix(tone(9600, 1000, 0.5));
  const Stereo tail = mix_nothing(9600);
  EXPECT_NE(tail.left.front(), 0);
  EXPECT_LT(std::fabs(tail.left.back()), 1e-6F);
  mix_nothing(48000 * 31, 16384);
  EXPECT_LT(mixer_.strip(0).meters().level(0).peak(), 1e-6F);
  // Settings that moved while it rested have arrived.
  mixer_.set_strip(0, StripSetting());
  mix_nothing(9600);
  const Stereo input = noise_of(1000, 1);
  EXPECT_TRUE(same(mix(input), input));
}

TEST_F(MixerTest, AFullArenaIsReported) {
  for (size_t bytes = 0; bytes < arena_.used_bytes(); bytes += 10000) {
    Arena small(std::span<std::byte>(memory_).first(bytes));
    Mixer mixer;
    EXPECT_FALSE(mixer.configure(small, 48000)) << bytes;
  }
}

}  // namespace
}  // namespace quanta
