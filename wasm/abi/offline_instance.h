// The one block and the one of each class of the offline module, and the memory that they share.
#ifndef QUANTA_ABI_OFFLINE_INSTANCE_H_
#define QUANTA_ABI_OFFLINE_INSTANCE_H_

#include <cstdint>

#include "offline/file_analyzer.h"
#include "offline/file_block.h"
#include "offline/file_delay.h"
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

  OfflineStatus start_analyzer(uint32_t rate_hz, uint32_t channels,
                               const FileAnalyzer::Options& options);
  OfflineStatus add_to_analyzer(uint32_t n);
  bool read_analyzer();

  OfflineStatus start_delay(uint32_t frames, uint32_t max_delay);
  OfflineStatus write_sequence(uint32_t order);
  OfflineStatus measure_delay();

  const FileBlock& block() const { return block_; }

  const FileMeter& meter() const { return meter_; }

  const FileResampler& resampler() const { return resampler_; }

  const FileAnalyzer& analyzer() const { return analyzer_; }

  const FileDelay& delay() const { return delay_; }

 private:
  enum class Task { kNone, kMeter, kResampler, kAnalyzer, kDelay };

  OfflineStatus check(Task task, uint32_t n) const;

  Task task_ = Task::kNone;
  FileBlock block_;
  FileMeter meter_;
  FileResampler resampler_;
  FileAnalyzer analyzer_;
  FileDelay delay_;
};

OfflineInstance& offline_instance();

}  // namespace quanta

#endif  // QUANTA_ABI_OFFLINE_INSTANCE_H_
