// The cross-spectrum of two signals, whose inverse transform is their correlation.
#ifndef QUANTA_DSP_CROSS_SPECTRUM_H_
#define QUANTA_DSP_CROSS_SPECTRUM_H_

#include <span>

#include "dsp/spectrum.h"
#include "shared/realtime.h"

namespace quanta {

enum class CrossWeighting {
  kPlain,  // conj(A) B: the plain correlation
  kPhat,   // of magnitude 1, or 0 where A or B is 0: only phases count (C. H. Knapp, G. C. Carter,
          // "The generalized correlation method for estimation of time delay", IEEE Trans. ASSP 24,
          // 1976)
};

// Writes G[k] for the bins of the slice to re[k] and im[k]. Where b is a delayed by D frames, the
// phase of G falls by 2 pi k D / N, and the correlation is largest at lag D.
//
// Any thread. Wait-free. Magnitudes below 1e-19 count as 0 under kPhat.
void cross_spectrum(const Spectrum& a, const Spectrum& b, CrossWeighting weighting, BinRange slice,
                    std::span<float> re, std::span<float> im) noexcept REALTIME;

}  // namespace quanta

#endif  // QUANTA_DSP_CROSS_SPECTRUM_H_
