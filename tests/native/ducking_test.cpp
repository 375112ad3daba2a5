// What one input says drives the compressor of another.
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "mixer_support.h"

namespace quanta {
namespace {

constexpr uint32_t kVoice = 5;
constexpr size_t kSecond = 48000;
constexpr double kVoicePeak = 0.25;
constexpr double kMusicPeak = 0.05;

StripSetting ducked_by(uint32_t key) {
  StripSetting setting;
  setting.compressor = {-30, 4, 0, 10, 150, 0, true};
  setting.compressor_key = key;
  return setting;
}

// On the left only, so that the right channel is the music's alone.
StripSetting voice_strip() {
  StripSetting setting;
  setting.pan = -1;
  return setting;
}

// The static curve of ducked_by() without a knee.
double ducked_db(double key_peak) { return (20 * std::log10(key_peak) + 30) * (1 - 1.0 / 4); }

class DuckingTest : public MixerTest {
 protected:
  void duck(uint32_t music, uint32_t voice) {
    mixer_.set_strip(voice, voice_strip());
    mixer_.set_strip(music, ducked_by(voice));
    settle();
  }

  // Null where an input has nothing.
  Stereo play(uint32_t music, const Stereo* music_sound, uint32_t voice, const Stereo* voice_sound,
              size_t block = 128) {
    std::vector<const Stereo*> sources(kInputs, nullptr);
    sources[music] = music_sound;
    sources[voice] = voice_sound;
    return mix(sources, kSecond, block);
  }

  double reduction_db(uint32_t input) const {
    return static_cast<double>(mixer_.strip(input).reduction_db());
  }

  const Stereo music_ = tone(kSecond, 997, kMusicPeak);
  const Stereo voice_ = tone(kSecond, 440, kVoicePeak);
  const Stereo nothing_ = silence(kSecond);
};

TEST_F(DuckingTest, MusicSinksByTheStaticCurveOfTheVoiceWhicheverInputComesFirst) {
  for (const uint32_t music : {0U, 7U}) {
    duck(music, kVoice);
    const Stereo out = play(music, &music_, kVoice, &voice_);
    EXPECT_NEAR(reduction_db(music), ducked_db(kVoicePeak), 0.05);
    const auto heard = std::span(out.right).last(kSecond / 2);
    double power = 0;
    for (const float sample : heard) power += std::pow(static_cast<double>(sample), 2);
    const double level_db = 10 * std::log10(2 * power / static_cast<double>(heard.size()));
    EXPECT_NEAR(level_db, 20 * std::log10(kMusicPeak) - ducked_db(kVoicePeak), 0.05);
    mixer_.set_strip(music, StripSetting());
  }
}

TEST_F(DuckingTest, MusicIsNotTouchedWhileTheVoiceIsBelowTheThreshold) {
  const Stereo whisper = tone(kSecond, 440, 0.01);
  duck(0, kVoice);
  const Stereo out = play(0, &music_, kVoice, &whisper);
  EXPECT_EQ(reduction_db(0), 0);
  EXPECT_EQ(out.right, music_.right);
}

TEST_F(DuckingTest, MusicReturnsWithTheTimeConstantOfTheRelease) {
  duck(0, kVoice);
  play(0, &music_, kVoice, &voice_);
  // A level is held for 10 ms; the release is 150 ms.
  mix({&music_}, kSecond / 100 + 150 * kSecond / 1000);
  EXPECT_NEAR(reduction_db(0), ducked_db(kVoicePeak) / std::exp(1), 0.2);
  mix({&music_}, kSecond);
  EXPECT_LT(reduction_db(0), 0.05);
}

TEST_F(DuckingTest, TheOutputDoesNotDependOnTheCuts) {
  const auto run = [&](size_t block) {
    Arena arena(memory_);
    EXPECT_TRUE(mixer_.configure(arena, 48000));
    duck(0, kVoice);
    return play(0, &music_, kVoice, &voice_, block);
  };
  const Stereo whole = run(128);
  for (const size_t block : {1U, 100U, 480U, 16384U}) EXPECT_TRUE(same(run(block), whole));
}

TEST_F(DuckingTest, TheVoiceCountsAsItLeavesItsFiltersAndBeforeItsFader) {
  const Stereo rumble = tone(kSecond, 20, kVoicePeak);
  duck(0, kVoice);
  StripSetting voice = voice_strip();
  voice.gain_db = -40;
  mixer_.set_strip(kVoice, voice);
  play(0, &music_, kVoice, &voice_);
  EXPECT_NEAR(reduction_db(0), ducked_db(kVoicePeak), 0.05);
  voice.high_pass = {1000, 0.70710678F, 0, true};
  mixer_.set_strip(kVoice, voice);
  play(0, &music_, kVoice, &rumble);
  EXPECT_LT(reduction_db(0), 0.1);
}

TEST_F(DuckingTest, WhoIsNotHeardDucksNobody) {
  StripSetting muted = voice_strip();
  muted.mute = true;
  StripSetting shut = voice_strip();
  shut.gain_db = kFaderShutDb;
  for (const StripSetting& setting : {muted, shut}) {
    duck(0, kVoice);
    mixer_.set_strip(kVoice, setting);
    play(0, &music_, kVoice, &voice_);
    EXPECT_EQ(reduction_db(0), 0);
  }
  duck(0, kVoice);
  StripSetting alone = ducked_by(kVoice);
  alone.solo = true;
  mixer_.set_strip(0, alone);
  play(0, &music_, kVoice, &voice_);
  EXPECT_EQ(reduction_db(0), 0);
}

TEST_F(DuckingTest, AnInputWithoutASourceDucksNobody) {
  duck(0, kVoice);
  play(0, &music_, kVoice, &voice_);
  mix({&music_}, kSecond);
  mix({&music_}, kSecond);
  EXPECT_LT(reduction_db(0), 1e-3);
}

TEST_F(DuckingTest, TwoInputsMayDuckEachOtherAndNeitherComesFirst) {
  mixer_.set_strip(0, ducked_by(1));
  mixer_.set_strip(1, ducked_by(0));
  settle();
  const Stereo loud = tone(kSecond, 440, 0.5);
  play(0, &voice_, 1, &loud);
  EXPECT_NEAR(reduction_db(0), ducked_db(0.5), 0.05);
  EXPECT_NEAR(reduction_db(1), ducked_db(kVoicePeak), 0.05);
}

TEST_F(DuckingTest, AnInputThatDucksOthersKeepsItsBits) {
  duck(0, kVoice);
  mixer_.set_strip(kVoice, StripSetting());
  settle();
  EXPECT_TRUE(same(play(0, &nothing_, kVoice, &voice_), voice_));
}

}  // namespace
}  // namespace quanta
