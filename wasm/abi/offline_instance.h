// The one block, meter and resampler of the offline module, and the memory that they share.
#ifndef QUANTA_ABI_OFFLINE_INSTANCE_H_
#define QUANTA_ABI_OFFLINE_INSTANCE_H_

#include <cstdint>

#include "offline/file_block.h"
#include "offline/file_meter.h"
#include "offline/file_resampler.h"
#include "shared/offline_layout.h"

namespace quanta {

// One file at a time: a start function takes all memory anew, so after kOutOfMemory nothing is
// started. Any other status but kOk changes nothing.
class OfflineInstance {
 public:
  OfflineStatus start_meter(uint32_t rate_hz, uint32_t channels, uint32_t channel_mask);
  OfflineStatus add_to_meter(uint32_t n);
  OfflineStatus finish_meter();

  OfflineStatus start_resampler(uint32_t in_rate_hz, uint32_t out_rate_hz, uint32_t channels);
  OfflineStatus add_to_resampler(uint32_t n);
  OfflineStatus end_resampler();
  uint32_t read_resampler();

  const FileBlock& block() const { return block_; }

  const FileMeter& meter() const { return meter_; }

  const FileResampler& resampler() const { return resampler_; }

 private:
  enum class Task { kNone, kMeter, kResampler };

  OfflineStatus check(Task task, uint32_t n) const;

  Task task_ = Task::kNone;
  FileBlock block_;
  FileMeter meter_;
  FileResampler resampler_;
};

OfflineInstance& offline_instance();

}  // namespace quanta

#endif  // QUANTA_ABI_OFFLINE_INSTANCE_H_
