// All inputs that other threads push frames into, and the filters that their resamplers share.
#ifndef QUANTA_ENGINE_PUSH_STAGE_H_
#define QUANTA_ENGINE_PUSH_STAGE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"
#include "dsp/resampler_kernel.h"
#include "engine/input_stage.h"
#include "engine/push_input.h"
#include "shared/push_layout.h"
#include "shared/realtime.h"

namespace quanta {

class PushStage {
 public:
  // Takes the memory of all inputs. rate_hz is the context's. inherited: the inputs that an earlier
  // engine had open go on. False: the arena is full.
  bool configure(Arena& arena, uint32_t rate_hz, bool inherited);

  // kInputs rings, PushInput::kRingBytes apart.
  std::span<std::byte> rings() const { return rings_; }

  std::span<PushWords> words() const { return words_; }

  // Audio thread, between two quanta: a source rate that no input had lately costs the computing of
  // a table. An input that is open already is opened anew. kBadRate, kBadArgument; any status but
  // kOk changes nothing.
  EngineStatus open(uint32_t input, const PushSettings& settings);

  // Audio thread, between two quanta. A second call does nothing.
  EngineStatus close(uint32_t input);

  // Audio thread only. Wait-free. Channels of what is pushed into an input; 0: it is not open.
  uint32_t channels(uint32_t input) const noexcept REALTIME {
    const bool opened = !inputs_.empty() && inputs_[input].opened();
    return opened ? inputs_[input].settings().channels : 0;
  }

  // Audio thread only. Wait-free. Writes the next frames of every open input to the input stage.
  // scratch: kInputChannels planes, each of at least that many frames.
  //
  // The resampler's course depends on where its calls begin, so this is done once per quantum,
  // however the mixer cuts that.
  void render(uint32_t frames, std::span<float* const> scratch, InputStage& to) noexcept REALTIME;

 private:
  // Inputs of one rate share a table, which keeps it in the cache. It stays when nobody uses it any
  // more, until another rate needs its place.
  struct Filter {
    uint32_t source_hz = 0;  // 0: never computed
    ResamplerKernel kernel;
    std::span<std::byte> table;
  };

  bool take(Arena& arena);
  EngineStatus check(uint32_t input, const PushSettings& settings) const;
  const ResamplerKernel& filter_for(uint32_t source_hz, uint32_t input);
  bool used_beside(uint32_t source_hz, uint32_t input) const;

  std::span<std::byte> rings_;
  std::span<PushWords> words_;
  std::span<PushInput> inputs_;  // kInputs; none before configure()
  std::array<Filter, kInputs> filters_;
  uint32_t rate_hz_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_PUSH_STAGE_H_
