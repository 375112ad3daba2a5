// The memory of the flight recorder: segments, each a log of what happened.
#ifndef QUANTA_ENGINE_FLIGHT_LOG_H_
#define QUANTA_ENGINE_FLIGHT_LOG_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

#include "shared/flight_layout.h"
#include "shared/realtime.h"

namespace quanta {

// One thread writes; others copy a segment while it is written, and then look whether it is still
// the same one: its number is changed before anything in it is. The protocol is that of
// broadcast_ring.h, with `number` in the place of reserve_pos.
//
// A segment is used again when those after it still hold kFlightHoldSec, or when there is no other:
// so little sound touches little memory, and much sound is held for a shorter time.
class FlightLog {
 public:
  static constexpr size_t kWords = (kFlightSegmentBytes - sizeof(FlightSegment)) / sizeof(uint32_t);

  // As many segments as the memory has room for, at most kFlightSegments. inherited: those of an
  // earlier engine stay until their turn comes.
  void configure(std::span<std::byte> memory, float rate_hz, bool inherited);

  uint32_t segments() const noexcept REALTIME { return segments_; }

  uint32_t used() const noexcept REALTIME { return used_; }

  uint32_t current() const noexcept REALTIME { return current_; }

  // Audio thread only, as all below. Wait-free. Whether the current segment takes so many words
  // more.
  bool has_room(size_t words) const noexcept REALTIME {
    return next_ != nullptr && words <= free_words();
  }

  // Begins a segment: empty, at this frame of the clock.
  void begin(uint64_t frame, bool continues) noexcept REALTIME;

  // Room for the words of an entry, which there is; uncommitted until commit().
  std::span<uint32_t> append(FlightEntry kind, size_t words) noexcept REALTIME;

  // All room behind the first word of an entry, for one whose length is known when it is written.
  std::span<std::byte> reserve_entry() noexcept REALTIME;
  void append_reserved(FlightEntry kind, size_t words) noexcept REALTIME;

  // Publishes what was appended.
  void commit() noexcept REALTIME;

 private:
  FlightSegment& segment(uint32_t index) const noexcept REALTIME {
    return *reinterpret_cast<FlightSegment*>(memory_.data() + size_t{index} * kFlightSegmentBytes);
  }

  size_t free_words() const noexcept REALTIME { return static_cast<size_t>(end_ - next_); }

  struct Start {
    uint32_t number;
    uint64_t frame;
  };

  uint32_t choose(uint64_t frame) const noexcept REALTIME;
  uint32_t oldest_but(uint32_t other) const noexcept REALTIME;

  std::span<std::byte> memory_;
  uint64_t hold_frames_ = 0;
  uint32_t segments_ = 0;
  uint32_t used_ = 0;
  uint32_t current_ = 0;
  uint32_t number_ = 0;                          // of the current segment
  std::array<Start, kFlightSegments> starts_{};  // of those that were used
  uint32_t* words_ = nullptr;                    // the log of the current segment
  uint32_t* next_ = nullptr;
  uint32_t* end_ = nullptr;
};

}  // namespace quanta

#endif  // QUANTA_ENGINE_FLIGHT_LOG_H_
