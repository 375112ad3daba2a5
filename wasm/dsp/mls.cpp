#include "dsp/mls.h"

#include <cassert>

namespace quanta {
namespace {

// The powers of x between x^order and 1 of one primitive polynomial of each order, 0 for none. The
// tests go through every period.
constexpr uint32_t kPowers[][3] = {{1, 0, 0}, {1, 0, 0}, {1, 0, 0}, {2, 0, 0}, {1, 0, 0},
                                   {1, 0, 0}, {4, 3, 2}, {4, 0, 0}, {3, 0, 0}, {2, 0, 0},
                                   {6, 4, 1}, {4, 3, 1}, {5, 3, 1}, {1, 0, 0}, {5, 3, 2},
                                   {3, 0, 0}, {5, 2, 1}, {5, 2, 1}, {3, 0, 0}};

// Bit order - 1 - p stands for x^p; x^order is the bit that has left.
uint32_t feedback(uint32_t order) {
  uint32_t bits = 1U << (order - 1);
  for (const uint32_t power : kPowers[order - MaximumLengthSequence::kMinOrder]) {
    if (power != 0) bits |= 1U << (order - 1 - power);
  }
  return bits;
}

}  // namespace

MaximumLengthSequence::MaximumLengthSequence(uint32_t order)
    : feedback_(feedback(order)), period_((1U << order) - 1), state_(period_) {
  assert(order >= kMinOrder && order <= kMaxOrder);
}

}  // namespace quanta
