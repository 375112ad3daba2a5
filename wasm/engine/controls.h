// The parameters in force, and what each of them sets on the mixer.
#ifndef QUANTA_ENGINE_CONTROLS_H_
#define QUANTA_ENGINE_CONTROLS_H_

#include <cstdint>

#include "core/archive.h"
#include "core/arena.h"
#include "engine/mixer.h"
#include "shared/layout.h"
#include "shared/realtime.h"

namespace quanta {

class Controls {
 public:
  // Takes the parameters' block. inherited: they stay as an earlier engine left them; else they are
  // at their initial values and every input is heard. False: the arena is full.
  bool configure(Arena& arena, bool inherited);

  const ParameterBlock* block() const { return block_; }

  // Puts everything on a mixer that was just configured.
  void apply_all(Mixer& mixer) noexcept REALTIME;

  // Audio thread only. Wait-free. In force now.
  float analysis(AnalysisParameter parameter) const noexcept REALTIME;

  // Audio thread only. Wait-free. These check their arguments; any status but kApplied changes
  // nothing. The mixer glides to what is set.
  CommandStatus set(Mixer& mixer, uint32_t input, uint32_t parameter,
                    float value) noexcept REALTIME;
  CommandStatus start(Mixer& mixer, uint32_t input, bool heard) noexcept REALTIME;
  CommandStatus reset(Mixer& mixer, uint32_t input, bool heard) noexcept REALTIME;

  // Audio thread only. Wait-free. See archive.h; what is loaded is put on the mixer.
  void archive(Archive& a, Mixer& mixer) noexcept REALTIME;

 private:
  void set_initial(uint32_t input) noexcept REALTIME;
  void apply_strip(Mixer& mixer, uint32_t input) const noexcept REALTIME;
  void apply_master(Mixer& mixer) const noexcept REALTIME;
  float strip(uint32_t input, StripParameter parameter) const noexcept REALTIME;
  float master(MasterParameter parameter) const noexcept REALTIME;

  ParameterBlock* block_ = nullptr;
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_CONTROLS_H_
