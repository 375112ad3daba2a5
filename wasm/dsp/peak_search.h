// The peaks of a spectrum that stand out of its noise and of each other's side lobes.
#ifndef QUANTA_DSP_PEAK_SEARCH_H_
#define QUANTA_DSP_PEAK_SEARCH_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "dsp/kaiser_transform.h"
#include "dsp/spectrum.h"
#include "shared/realtime.h"

namespace quanta {

// Goes through the spectrum of a frame under a Kaiser window in blocks of kBlockBins. The noise of
// a block is told from the eighth of its bins that hold least, so that tones may fill most of it. A
// peak is a bin above its neighbours and 15 dB above that noise: noise alone makes one in a frame
// of 32 768 less than once in a thousand frames.
class PeakSearch {
 public:
  static constexpr size_t kBlockBins = 256;
  static constexpr size_t kMaxPeaks = 32;

  struct Peak {
    size_t bin;
    float power;  // |X|^2
    float noise;  // mean |X|^2 of the noise around it
  };

  // max_peaks: how many of the largest are kept, at most kMaxPeaks.
  void configure(const KaiserTransform& window, size_t max_peaks);

  // Audio thread only, as all below. Wait-free.
  void begin() noexcept REALTIME;

  // Looks at one block; the time does not depend on what it holds, but for the peaks. True: it was
  // the last.
  bool step(const Spectrum& windowed) noexcept REALTIME;

  // Drops what may be a side lobe of a larger peak, or of a constant offset.
  void drop_side_lobes() noexcept REALTIME;

  // The largest first.
  std::span<const Peak> peaks() const noexcept REALTIME { return {peaks_.data(), count_}; }

 private:
  void keep_peaks(size_t first, size_t end, float noise) noexcept REALTIME;
  void keep(const Peak& peak) noexcept REALTIME;
  double skirts_at(size_t bin, size_t kept) const noexcept REALTIME;

  KaiserTransform window_;
  size_t max_peaks_ = kMaxPeaks;
  // A block and a bin on each side, and room for three lanes.
  std::array<float, kBlockBins + 5> power_{};
  std::array<Peak, kMaxPeaks> peaks_{};
  size_t count_ = 0;
  size_t next_bin_ = 0;
  double offset_ = 0;  // magnitude of bin 0
};

}  // namespace quanta

#endif  // QUANTA_DSP_PEAK_SEARCH_H_
