// What the quanta cost, as the worklet measured it: the engine itself has no clock.
#ifndef QUANTA_ENGINE_DEADLINE_STAGE_H_
#define QUANTA_ENGINE_DEADLINE_STAGE_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"
#include "shared/deadline_layout.h"
#include "shared/realtime.h"

namespace quanta {

// How the worklet measures.
struct DeadlineSource {
  DeadlineClock clock = DeadlineClock::kNone;
  uint32_t step_ns = 0;
  bool jittered = false;
  uint32_t every = 1;
};

class DeadlineStage {
 public:
  // inherited: the counts go on. False: the arena is full.
  bool configure(Arena& arena, double rate_hz, bool inherited);

  // Null before configure() has succeeded.
  const DeadlineWords* words() const { return words_; }

  // Audio thread only, as all below. Wait-free. A quantum was processed. frame: the audio clock at
  // its first frame.
  void count(uint32_t frames, uint64_t frame) noexcept REALTIME;

  // What measures from now on. Another clock begins all counts anew: they do not mix.
  void follow(const DeadlineSource& source) noexcept REALTIME;

  // What the last quantum cost.
  void record(uint32_t ns) noexcept REALTIME;

  // The last quantum's cost was to be measured, and its clock was not sound.
  void refuse() noexcept REALTIME;

  // By how much Date.now() advanced in the last quantum.
  void record_date(uint32_t ms) noexcept REALTIME;

 private:
  void clear() noexcept REALTIME;

  DeadlineWords* words_ = nullptr;
  double ns_per_frame_ = 0;
  uint64_t frame_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_DEADLINE_STAGE_H_
