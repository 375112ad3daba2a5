// Test support: a mixer and stereo signals to send through it.
#ifndef QUANTA_TESTS_MIXER_SUPPORT_H_
#define QUANTA_TESTS_MIXER_SUPPORT_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "engine/mixer.h"
#include "stereo_signals.h"

namespace quanta {

using Samples = std::vector<float>;

struct Stereo {
  Samples left;
  Samples right;
};

inline Stereo silence(size_t frames) { return {Samples(frames), Samples(frames)}; }

inline Stereo noise_of(size_t frames, uint32_t seed, float scale = 1) {
  const Frames source = noise(frames, seed);
  Stereo out{channel_of(source, 0), channel_of(source, 1)};
  for (Samples* plane : {&out.left, &out.right}) {
    for (float& sample : *plane) sample *= scale;
  }
  return out;
}

inline Stereo tone(size_t frames, double hz, double peak) {
  const Samples plane = channel_of(sine(frames, hz, peak), 0);
  return {plane, plane};
}

inline bool same(const Stereo& a, const Stereo& b) {
  const size_t bytes = a.left.size() * sizeof(float);
  return a.left.size() == b.left.size() && std::memcmp(a.left.data(), b.left.data(), bytes) == 0 &&
         std::memcmp(a.right.data(), b.right.data(), bytes) == 0;
}

// Every effect does something to a signal of full scale.
inline StripSetting busy_strip() {
  StripSetting setting;
  setting.gain_db = -3;
  setting.pan = 0.3F;
  setting.high_pass.on = true;
  for (BiquadSetting& band : setting.bands) band.gain_db = 4;
  setting.gate.on = true;
  setting.compressor.on = true;
  return setting;
}

class MixerTest : public testing::Test {
 protected:
  MixerTest() : arena_(memory_) { EXPECT_TRUE(mixer_.configure(arena_, 48000)); }

  // Input i gets the i-th source; the mix is cut into blocks of the given length.
  Stereo mix(const std::vector<const Stereo*>& sources, size_t frames, size_t block = 128,
             size_t first = 0) {
    Stereo out = silence(frames);
    for (size_t done = 0; done < frames; done += block) {
      const size_t count = std::min(block, frames - done);
      std::array<MixerInput, kInputs> inputs{};
      for (size_t i = 0; i < sources.size(); ++i) {
        if (sources[i] == nullptr) continue;
        inputs[i] = {sources[i]->left.data() + first + done,
                     sources[i]->right.data() + first + done};
      }
      mixer_.process(inputs, std::span(out.left).subspan(done, count),
                     std::span(out.right).subspan(done, count));
    }
    return out;
  }

  Stereo mix(const Stereo& source, size_t block = 128) {
    return mix({&source}, source.left.size(), block);
  }

  // With nothing at any input.
  Stereo mix_nothing(size_t frames, size_t block = 128) {
    return mix(std::vector<const Stereo*>(), frames, block);
  }

  void settle() { mix_nothing(9600); }

  std::vector<std::byte> memory_ = std::vector<std::byte>(1 << 20);
  Arena arena_;
  Mixer mixer_;
};

}  // namespace quanta

#endif  // QUANTA_TESTS_MIXER_SUPPORT_H_
