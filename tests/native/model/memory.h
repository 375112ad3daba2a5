// A model of the C++ memory model for the rings' words: what a load may return is a choice.
//
// It is the view machine for release and acquire (O. Lahav, N. Giannarakis, V. Vafeiadis, "Taming
// Release-Acquire Consistency", POPL 2016; J. Kang et al., "A Promising Semantics for
// Relaxed-Memory Concurrency", POPL 2017, without promises), with two additions that let the loads
// be late.
//
// Modelled:
// - A store adds a message to its word. A load may take any message that is not older than the
//   thread's view of the word: it may be stale, so stores and loads pass one another.
// - A release store's message carries the thread's view; an acquire load takes it over. A relaxed
//   store's message carries nothing.
// - A read-modify-write takes the newest message and passes on the view that it carried (release
//   sequence). That is all C++ allows while every change of the word is a read-modify-write; a
//   word that is changed otherwise by two threads is reported.
// - load_late(): the load may take effect as late as its thread's next release, so it may pass
//   acquires, relaxed accesses and read-modify-writes that follow it (load buffering).
// - A relaxed exchange may take effect at any time until its thread's next release.
// - Plain data: two accesses of which one is a write and neither happens before the other are
//   reported (vector clocks, as in FastTrack: C. Flanagan, S. Freund, PLDI 2009).
// Not modelled, because the rings use none: fences, seq_cst, consume.
#ifndef QUANTA_TESTS_MODEL_MEMORY_H_
#define QUANTA_TESTS_MODEL_MEMORY_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace quanta::model {

inline constexpr size_t kMaxThreads = 4;
inline constexpr size_t kMaxLocations = 24;

// Answers every open question of a schedule: which of `options` possibilities comes true.
class Chooser {
 public:
  virtual uint32_t choose(uint32_t options) = 0;

 protected:
  ~Chooser() = default;
};

// What a thread knows: the oldest message it may still read of each word, and up to which step it
// knows each thread.
struct View {
  std::array<uint16_t, kMaxLocations> seen = {};
  std::array<uint16_t, kMaxThreads> clock = {};

  void join(const View& other);
};

// One schedule's memory. Threads are numbered; setup and final checks run outside all threads.
class Memory {
 public:
  static constexpr size_t kOutside = kMaxThreads;

  explicit Memory(Chooser& chooser) : chooser_(chooser) {}

  void reset();

  void enter(size_t thread) { thread_ = thread; }

  uint32_t add_location(uint32_t bits);

  uint32_t load(uint32_t location, std::memory_order order);
  void load_late(uint32_t location, uint32_t* result);
  void store(uint32_t location, uint32_t bits, std::memory_order order);
  uint32_t fetch_add(uint32_t location, uint32_t amount, std::memory_order order);
  void exchange(uint32_t location, uint32_t bits, std::memory_order order);

  uint32_t plain_load(uint32_t location);
  void plain_store(uint32_t location, uint32_t bits);

  // Takes the release or the acquire away from every access of a word: a seeded bug.
  void forget_release(uint32_t location) { locations_[location].forgets_release = true; }

  void forget_acquire(uint32_t location) { locations_[location].forgets_acquire = true; }

  // Performs everything that the thread still holds back. Called at its end.
  void settle(size_t thread);

  // A relaxed exchange that the current thread holds back, if any: performed now.
  bool has_late_exchange(size_t thread) const { return threads_[thread].late_exchange.pending; }

  void perform_late_exchange(size_t thread);

  // The first rule that was broken in this schedule, or empty.
  const std::string& fault() const { return fault_; }

  void report(const std::string& fault);

 private:
  struct Message {
    uint32_t bits = 0;
    View released;
  };

  struct Location {
    std::vector<Message> messages;
    size_t storing_thread = kOutside;
    bool is_modified_atomically = false;
    bool forgets_release = false;
    bool forgets_acquire = false;
    size_t plain_writer = kOutside;
    uint16_t plain_write_clock = 0;
    std::array<uint16_t, kMaxThreads> plain_read_clock = {};
  };

  struct LateLoad {
    uint32_t location;
    uint16_t oldest;
    uint32_t* result;
  };

  struct LateExchange {
    bool pending = false;
    uint32_t location = 0;
    uint32_t bits = 0;
  };

  struct Thread {
    View view;
    std::vector<LateLoad> late_loads;
    LateExchange late_exchange;
  };

  bool is_outside() const { return thread_ == kOutside; }

  Thread& current() { return threads_[thread_]; }

  void tick() { ++current().view.clock[thread_]; }

  uint32_t take(Location& location, uint32_t id, uint32_t index, bool acquire);
  void add_message(uint32_t id, uint32_t bits, bool release, const View* passed_on);
  uint32_t modify(uint32_t id, uint32_t bits, bool add, bool acquire, bool release);
  void check_single_writer(Location& location, bool atomically);
  bool acquires(const Location& location, std::memory_order order) const;
  bool releases(const Location& location, std::memory_order order) const;
  bool knows(size_t thread, uint16_t clock);

  Chooser& chooser_;
  size_t thread_ = kOutside;
  std::vector<Location> locations_;
  size_t used_ = 0;
  std::array<Thread, kMaxThreads> threads_;
  std::string fault_;
};

}  // namespace quanta::model

#endif  // QUANTA_TESTS_MODEL_MEMORY_H_
