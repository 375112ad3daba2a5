#include "memory.h"

#include <algorithm>

namespace quanta::model {

void View::join(const View& other) {
  for (size_t i = 0; i < kMaxLocations; ++i) seen[i] = std::max(seen[i], other.seen[i]);
  for (size_t i = 0; i < kMaxThreads; ++i) clock[i] = std::max(clock[i], other.clock[i]);
}

void Memory::reset() {
  used_ = 0;
  thread_ = kOutside;
  fault_.clear();
  for (Thread& thread : threads_) {
    thread.view = View();
    thread.late_loads.clear();
    thread.late_exchange.pending = false;
  }
}

void Memory::report(const std::string& fault) {
  if (fault_.empty()) fault_ = fault;
}

uint32_t Memory::add_location(uint32_t bits) {
  if (used_ == kMaxLocations) {
    report("The case has more words than the model.");
    return kMaxLocations - 1;
  }
  if (used_ == locations_.size()) locations_.emplace_back();
  Location& location = locations_[used_];
  // The vector of messages keeps its room from one schedule to the next.
  location.messages.clear();
  location.messages.push_back({bits, View()});
  std::vector<Message> messages = std::move(location.messages);
  location = Location();
  location.messages = std::move(messages);
  return static_cast<uint32_t>(used_++);
}

bool Memory::acquires(const Location& location, std::memory_order order) const {
  const bool asked = order == std::memory_order_acquire || order == std::memory_order_acq_rel;
  return asked && !location.forgets_acquire;
}

bool Memory::releases(const Location& location, std::memory_order order) const {
  const bool asked = order == std::memory_order_release || order == std::memory_order_acq_rel;
  return asked && !location.forgets_release;
}

uint32_t Memory::take(Location& location, uint32_t id, uint32_t index, bool acquire) {
  const Message& message = location.messages[index];
  View& view = current().view;
  view.seen[id] = std::max(view.seen[id], static_cast<uint16_t>(index));
  if (acquire) view.join(message.released);
  return message.bits;
}

uint32_t Memory::load(uint32_t id, std::memory_order order) {
  Location& location = locations_[id];
  if (is_outside()) return location.messages.back().bits;
  tick();
  const auto newest = static_cast<uint32_t>(location.messages.size() - 1);
  // Choice 0 is the newest message, so that the first schedule is the sequentially consistent one.
  const uint32_t age = chooser_.choose(newest - current().view.seen[id] + 1);
  return take(location, id, newest - age, acquires(location, order));
}

void Memory::load_late(uint32_t id, uint32_t* result) {
  if (is_outside()) {
    *result = locations_[id].messages.back().bits;
    return;
  }
  tick();
  current().late_loads.push_back({id, current().view.seen[id], result});
}

// Whatever a late load could take earlier it can take at the last moment too, because it may take
// an old message: so that moment is the only one to explore.
void Memory::settle(size_t thread) {
  Thread& self = threads_[thread];
  for (const LateLoad& late : self.late_loads) {
    const auto newest = static_cast<uint32_t>(locations_[late.location].messages.size() - 1);
    const uint32_t age = chooser_.choose(newest - late.oldest + 1);
    *late.result = locations_[late.location].messages[newest - age].bits;
    uint16_t& seen = self.view.seen[late.location];
    seen = std::max(seen, static_cast<uint16_t>(newest - age));
  }
  self.late_loads.clear();
  if (self.late_exchange.pending) perform_late_exchange(thread);
}

void Memory::check_single_writer(Location& location, bool atomically) {
  if (atomically) {
    location.is_modified_atomically = true;
  } else if (location.storing_thread == kOutside) {
    location.storing_thread = thread_;
  }
  const bool is_stored = location.storing_thread != kOutside;
  const bool by_two = !atomically && location.storing_thread != thread_;
  if (by_two || (is_stored && location.is_modified_atomically)) {
    report("A word is stored by two threads, or both stored and modified: not in this model.");
  }
}

void Memory::add_message(uint32_t id, uint32_t bits, bool release, const View* passed_on) {
  Location& location = locations_[id];
  View& view = current().view;
  view.seen[id] = static_cast<uint16_t>(location.messages.size());
  Message message{bits, View()};
  if (release) message.released = view;
  if (passed_on != nullptr) message.released.join(*passed_on);
  message.released.seen[id] = view.seen[id];
  location.messages.push_back(message);
}

void Memory::store(uint32_t id, uint32_t bits, std::memory_order order) {
  Location& location = locations_[id];
  if (is_outside()) {
    location.messages.back().bits = bits;
    return;
  }
  check_single_writer(location, false);
  const bool release = releases(location, order);
  if (release) settle(thread_);
  tick();
  add_message(id, bits, release, nullptr);
}

uint32_t Memory::modify(uint32_t id, uint32_t bits, bool add, bool acquire, bool release) {
  Location& location = locations_[id];
  const uint32_t before = location.messages.back().bits;
  if (is_outside()) {
    location.messages.back().bits = add ? before + bits : bits;
    return before;
  }
  check_single_writer(location, true);
  if (release) settle(thread_);
  tick();
  take(location, id, static_cast<uint32_t>(location.messages.size() - 1), acquire);
  const View passed_on = location.messages.back().released;
  add_message(id, add ? before + bits : bits, release, &passed_on);
  return before;
}

uint32_t Memory::fetch_add(uint32_t id, uint32_t amount, std::memory_order order) {
  const Location& location = locations_[id];
  return modify(id, amount, true, acquires(location, order), releases(location, order));
}

void Memory::exchange(uint32_t id, uint32_t bits, std::memory_order order) {
  const Location& location = locations_[id];
  const bool acquire = acquires(location, order);
  const bool release = releases(location, order);
  if (acquire || release || is_outside()) {
    modify(id, bits, false, acquire, release);
    return;
  }
  if (current().late_exchange.pending) perform_late_exchange(thread_);
  current().late_exchange = {true, id, bits};
}

void Memory::perform_late_exchange(size_t thread) {
  const size_t caller = thread_;
  thread_ = thread;
  LateExchange& late = current().late_exchange;
  late.pending = false;
  modify(late.location, late.bits, false, false, false);
  thread_ = caller;
}

bool Memory::knows(size_t thread, uint16_t clock) {
  return thread == thread_ || current().view.clock[thread] >= clock;
}

uint32_t Memory::plain_load(uint32_t id) {
  Location& location = locations_[id];
  if (!is_outside()) {
    tick();
    if (location.plain_writer != kOutside &&
        !knows(location.plain_writer, location.plain_write_clock)) {
      report("Race: data is read while another thread writes it.");
    }
    location.plain_read_clock[thread_] = current().view.clock[thread_];
  }
  return location.messages.back().bits;
}

void Memory::plain_store(uint32_t id, uint32_t bits) {
  Location& location = locations_[id];
  location.messages.back().bits = bits;
  if (is_outside()) return;
  tick();
  for (size_t thread = 0; thread < kMaxThreads; ++thread) {
    const bool was_read = location.plain_read_clock[thread] > 0;
    if (was_read && !knows(thread, location.plain_read_clock[thread])) {
      report("Race: data is written while another thread reads it.");
    }
  }
  if (location.plain_writer != kOutside &&
      !knows(location.plain_writer, location.plain_write_clock)) {
    report("Race: data is written by two threads.");
  }
  location.plain_writer = thread_;
  location.plain_write_clock = current().view.clock[thread_];
}

}  // namespace quanta::model
