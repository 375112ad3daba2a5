// Reads a FIFO that a source with a clock of its own fills, at the pace of the context's clock.
#ifndef QUANTA_DSP_ADAPTIVE_RESAMPLER_H_
#define QUANTA_DSP_ADAPTIVE_RESAMPLER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/arena.h"
#include "core/ring_view.h"
#include "dsp/burst_watch.h"
#include "dsp/fill_loop.h"
#include "dsp/resampler_kernel.h"
#include "dsp/resampler_line.h"
#include "shared/layout.h"
#include "shared/realtime.h"

namespace quanta {

// The unread frames of one channel of a FIFO, all of them, oldest first: what
// SampleRing::Consumer::frames() gives after view().
using UnreadFrames = RingView<const float>;

// What went wrong since configure().
struct AdaptiveCounts {
  uint32_t underruns = 0;        // the FIFO was empty when a frame was due
  uint64_t gap_frames = 0;       // context frames of silence that all underruns cost
  uint64_t last_gap_frames = 0;  // of them, those of the last underrun, which may still go on
  uint32_t overruns = 0;         // the FIFO held so much that the source must have jumped
  uint64_t skipped_frames = 0;   // source frames left out for that
};

// Follows the source's clock as far as kMaxCorrection of FillLoop allows. Equal rates and clocks
// that agree copy the bits; otherwise the signal is interpolated with the filter that
// ResamplerKernel describes, and going from one to the other makes no step: the pace changes by
// 500 ppm a second at most.
//
// Begins with silence until the FIFO is filled so far that it will hold the target on average, and
// does so again after an underrun. No frame is lost by an underrun: playing goes on where it
// stopped.
class AdaptiveResampler {
 public:
  // Who decides how much is in the FIFO.
  enum class Pace {
    kSourceClock,  // the source pushes in real time by its own clock: drift is corrected
    kOnDemand,     // the source fills up what was read (a decoder): the ratio is exact, no skips
  };

  struct Settings {
    uint32_t channels = kInputChannels;  // 1 or 2
    // Mean of the unread frames just before a call of process(). At least the largest burst that
    // the source pushes plus what one call takes; the FIFO has room for three times as much. The
    // initial value is for bursts of 10 ms and small calls.
    uint32_t target_frames = 2048;
    Pace pace = Pace::kSourceClock;
  };

  // The kernel (Positions::kAny, from the source's rate to the context's) can serve any number of
  // inputs; its memory outlives this object. rate_hz is the source's. False: the arena is full.
  bool configure(Arena& arena, const ResamplerKernel& kernel, uint32_t rate_hz,
                 const Settings& settings);

  // Audio thread only. Wait-free. Writes `frames` frames to every plane of out, from what the FIFO
  // holds in every channel. Returns how many frames the caller has to pop from the FIFO.
  uint32_t process(std::span<const UnreadFrames> fifo, std::span<float* const> out,
                   uint32_t frames) noexcept REALTIME;

  const AdaptiveCounts& counts() const noexcept REALTIME { return counts_; }

  // False: silence, until enough has come.
  bool playing() const noexcept REALTIME { return playing_; }

  // True: the output holds the bits of the source.
  bool copying() const noexcept REALTIME { return copying_; }

  // How much faster than nominal the source is read, in parts per million.
  double correction_ppm() const noexcept REALTIME { return loop_.correction() * 1e6; }

  // Mean of the unread frames just before a call of process().
  double fill_frames() const noexcept REALTIME {
    return settings_.target_frames + loop_.error_frames();
  }

  // Delay of the filter in context frames. To it comes the time that a frame waits in the FIFO.
  uint32_t delay_frames() const noexcept REALTIME { return kernel_.delay_frames(); }

 private:
  // One call of process().
  struct Call {
    std::span<const UnreadFrames> fifo;
    std::span<float* const> out;
    uint32_t frames;
    uint32_t popped = 0;
  };

  double source_frames(uint32_t context_frames) const noexcept REALTIME;
  double fill(const Call& call) const noexcept REALTIME;
  void skip_backlog(Call& call) noexcept REALTIME;
  uint32_t start_offset(const Call& call) noexcept REALTIME;
  void follow(const Call& call) noexcept REALTIME;
  uint32_t play(Call& call, uint32_t begin) noexcept REALTIME;
  uint64_t step_for(uint32_t frames) noexcept REALTIME;
  bool fetch(Call& call, uint64_t frames) noexcept REALTIME;
  void write_frame(std::span<float* const> out, uint32_t at) const noexcept REALTIME;
  void advance(uint64_t step) noexcept REALTIME;
  void land() noexcept REALTIME;
  void count_silence(uint32_t frames) noexcept REALTIME;

  ResamplerKernel kernel_;
  Settings settings_;
  std::array<ResamplerLine, kInputChannels> lines_;
  FillLoop loop_;
  BurstWatch bursts_;
  AdaptiveCounts counts_;
  double context_hz_ = 0;
  uint64_t nominal_step_ = 0;  // source frames per context frame, times 2^32
  uint32_t phase_ = 0;         // of the next frame behind a source frame, times 2^32
  uint32_t popped_ = 0;        // source frames taken from the FIFO, free-running
  bool playing_ = false;
  bool copying_ = false;
  bool landing_ = false;
};

}  // namespace quanta

#endif  // QUANTA_DSP_ADAPTIVE_RESAMPLER_H_
