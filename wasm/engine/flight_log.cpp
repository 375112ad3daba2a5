#include "engine/flight_log.h"

#include <algorithm>
#include <cassert>

namespace quanta {

void FlightLog::configure(std::span<std::byte> memory, float rate_hz, bool inherited) {
  *this = FlightLog();
  memory_ = memory;
  hold_frames_ = static_cast<uint64_t>(kFlightHoldSec * static_cast<double>(rate_hz));
  const size_t room = memory.size() / kFlightSegmentBytes;
  segments_ = static_cast<uint32_t>(std::min<size_t>(room, kFlightSegments));
  for (uint32_t i = 0; i < segments_; ++i) {
    FlightSegment& at = segment(i);
    const uint32_t number = at.number.load(std::memory_order_relaxed);
    // A segment that was never used is not touched.
    if (number == 0) continue;
    if (!inherited) {
      at.number.store(0, std::memory_order_relaxed);
      continue;
    }
    used_ = i + 1;
    number_ = std::max(number_, number);
    starts_[i] = {number, Halves(at.first_frame.load(std::memory_order_relaxed),
                                 at.first_frame_high.load(std::memory_order_relaxed))
                              .whole()};
    if (number == number_) current_ = i;
  }
}

// The oldest, if those that stay hold enough without it; else one that was never used.
uint32_t FlightLog::choose(uint64_t frame) const noexcept REALTIME {
  const uint32_t oldest = oldest_but(kFlightSegments);
  const uint32_t second = oldest_but(oldest);
  const bool held = used_ > 1 && frame - starts_[second].frame >= hold_frames_;
  return held || used_ == segments_ ? oldest : used_;
}

uint32_t FlightLog::oldest_but(uint32_t other) const noexcept REALTIME {
  uint32_t oldest = kFlightSegments;
  for (uint32_t i = 0; i < used_; ++i) {
    if (i == other) continue;
    if (oldest == kFlightSegments || starts_[i].number < starts_[oldest].number) oldest = i;
  }
  return oldest;
}

void FlightLog::begin(uint64_t frame, bool continues) noexcept REALTIME {
  current_ = choose(frame);
  used_ = std::max(used_, current_ + 1);
  starts_[current_] = {++number_, frame};
  FlightSegment& at = segment(current_);
  // Whoever sees this has not seen the number change: to him the segment is empty.
  at.committed.store(0, std::memory_order_release);
  // Pairs with the reader's second look at the number, a read-modify-write.
  at.number.exchange(number_, std::memory_order_acq_rel);
  at.continues.store(continues ? 1 : 0, std::memory_order_relaxed);
  const Halves first_frame(frame);
  at.first_frame.store(first_frame.low(), std::memory_order_relaxed);
  at.first_frame_high.store(first_frame.high(), std::memory_order_relaxed);
  words_ = next_ = reinterpret_cast<uint32_t*>(&at + 1);
  end_ = words_ + kWords;
}

std::span<uint32_t> FlightLog::append(FlightEntry kind, size_t words) noexcept REALTIME {
  assert(has_room(words + 1));
  const std::span<uint32_t> room(next_ + 1, words);
  append_reserved(kind, words);
  return room;
}

std::span<std::byte> FlightLog::reserve_entry() noexcept REALTIME {
  return std::as_writable_bytes(std::span<uint32_t>(next_ + 1, free_words() - 1));
}

void FlightLog::append_reserved(FlightEntry kind, size_t words) noexcept REALTIME {
  *next_ = static_cast<uint32_t>(kind) << kFlightKindShift | static_cast<uint32_t>(words);
  next_ += words + 1;
}

void FlightLog::commit() noexcept REALTIME {
  // Pairs with the reader's first look at it: the words were written before they are read.
  segment(current_).committed.store(static_cast<uint32_t>(next_ - words_),
                                    std::memory_order_release);
}

}  // namespace quanta
