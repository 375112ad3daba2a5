#include "dsp/mixed_radix_fft.h"

// A scratch array that KissFFT needs for other radices than 2 to 5, which do not occur here, is on
// the stack instead of malloc's: with that the compiler can prove that nothing allocates.
#define KISS_FFT_USE_ALLOCA
#include <kiss_fft.c>

#include "dsp/exact_math.h"

namespace quanta {
namespace {

// Transforms of at most so many points are done in one piece.
constexpr uint32_t kLeafPoints = 512;

// What kiss_fft_alloc does, but with the same bits in every build.
void fill_twiddles(kiss_fft_state& state) {
  const uint32_t points = static_cast<uint32_t>(state.nfft);
  for (uint32_t i = 0; i < points; ++i) {
    const double half_turns = 2.0 * i / points;
    state.twiddles[i] = {static_cast<float>(cos_pi(half_turns)),
                         static_cast<float>(-sin_pi(half_turns))};
  }
}

kiss_fft_state* place_state(Arena& arena, uint32_t points) {
  const size_t bytes = sizeof(kiss_fft_state) + (points - 1) * sizeof(kiss_fft_cpx);
  const auto memory = arena.take<std::byte>(bytes);
  if (memory.empty()) return nullptr;
  auto* const state = reinterpret_cast<kiss_fft_state*>(memory.data());
  state->nfft = static_cast<int>(points);
  state->inverse = 0;
  kf_factor(state->nfft, state->factors);
  fill_twiddles(*state);
  return state;
}

void butterflies(kiss_fft_cpx* out, uint32_t radix, uint32_t points, uint32_t stride,
                 kiss_fft_state* state) noexcept REALTIME {
  const int count = static_cast<int>(points);
  switch (radix) {
    case 2:
      return kf_bfly2(out, stride, state, count);
    case 3:
      return kf_bfly3(out, stride, state, points);
    case 4:
      return kf_bfly4(out, stride, state, points);
    default:
      return kf_bfly5(out, stride, state, count);
  }
}

}  // namespace

bool MixedRadixFft::configure(Arena& arena, uint32_t points) {
  *this = MixedRadixFft();
  state_ = place_state(arena, points);
  if (!state_) return false;
  points_ = points;
  leaves_ = 1;
  leaf_points_ = points;
  uint32_t stride = 1;
  for (uint32_t left = points; left > 1; left = path_[levels_++].points) {
    const auto radix = static_cast<uint32_t>(state_->factors[2 * levels_]);
    path_[levels_] = {radix, left / radix, stride};
    stride *= radix;
    if (left <= kLeafPoints) continue;
    leaves_ = stride;
    leaf_points_ = left / radix;
    depth_ = levels_ + 1;
  }
  leaf_ = leaves_;
  return true;
}

void MixedRadixFft::begin(const float* in, float* out) noexcept REALTIME {
  in_ = in;
  out_ = out;
  leaf_ = 0;
  level_ = depth_;
}

uint32_t MixedRadixFft::run_unit() noexcept REALTIME {
  return level_ == depth_ ? run_leaf() : run_butterflies();
}

// Where the input of a leaf begins: the digits of its number, the first radix's being the highest,
// each times the stride of its radix.
uint32_t MixedRadixFft::leaf_offset() const noexcept REALTIME {
  uint32_t rest = leaf_;
  uint32_t offset = 0;
  for (uint32_t level = depth_; level-- > 0; rest /= path_[level].radix) {
    offset += rest % path_[level].radix * path_[level].stride;
  }
  return offset;
}

uint32_t MixedRadixFft::run_leaf() noexcept REALTIME {
  const auto* const in = reinterpret_cast<const kiss_fft_cpx*>(in_) + leaf_offset();
  auto* const out = reinterpret_cast<kiss_fft_cpx*>(out_) + leaf_ * leaf_points_;
  kf_work(out, in, leaves_, 1, state_->factors + 2 * depth_, state_);
  climb();
  return leaf_points_ * (levels_ - depth_);
}

// The butterflies that join the transforms which end with this leaf.
uint32_t MixedRadixFft::run_butterflies() noexcept REALTIME {
  const Level& level = path_[level_];
  const uint32_t joined = level.radix * level.points;
  const uint32_t end = (leaf_ + 1) * leaf_points_;
  butterflies(reinterpret_cast<kiss_fft_cpx*>(out_) + (end - joined), level.radix, level.points,
              level.stride, state_);
  climb();
  return joined;
}

// From what is complete now to the butterflies above it, where it was the last of their parts; to
// the next leaf otherwise.
void MixedRadixFft::climb() noexcept REALTIME {
  const uint32_t end = (leaf_ + 1) * leaf_points_;
  if (level_ > 0 && end % (path_[level_ - 1].radix * path_[level_ - 1].points) == 0) {
    --level_;
    return;
  }
  ++leaf_;
  level_ = depth_;
}

}  // namespace quanta
