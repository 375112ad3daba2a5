// Runs a small case of several threads under every schedule there is.
//
// The threads are fibers that give up control before each access that other threads can influence.
// A schedule is the list of the answers to all questions (which thread goes on, which message a
// load takes); the explorer runs the case again and again, each time with the next list in
// depth-first order, until there is none left.
//
// Stores are taken together with the access before them: a load may take any message its thread is
// allowed to see, old ones included, so performing a store later makes nothing possible that
// performing it earlier does not. Interleaving::kEveryAccess does without this; a test compares.
#ifndef QUANTA_TESTS_MODEL_EXPLORER_H_
#define QUANTA_TESTS_MODEL_EXPLORER_H_

#include <ucontext.h>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "memory.h"

namespace quanta::model {

// A case. Made once, used for every schedule.
class Case {
 public:
  virtual ~Case() = default;

  // Outside all threads, before them: builds everything anew.
  virtual void set_up() = 0;
  virtual size_t threads() const = 0;
  virtual void run(size_t thread) = 0;
  // Outside all threads, after them: reports to the explorer's memory what is wrong.
  virtual void check() = 0;
};

enum class Interleaving { kEveryAccess, kStoresAtOnce };

struct Exploration {
  uint64_t schedules = 0;
  bool complete = false;  // every schedule was run: no fault, limit not reached
  std::string fault;      // what the first bad schedule broke
};

class Explorer : private Chooser {
 public:
  explicit Explorer(Interleaving interleaving = Interleaving::kStoresAtOnce);

  // Stops at the first fault, or after `limit` schedules.
  Exploration explore(Case& the_case, uint64_t limit);

  // The explorer that runs now; the model's words find it here.
  static Explorer& current();

  Memory& memory() { return memory_; }

  // Before an access by the running thread, if one runs.
  void before_load() {
    if (running_ != Memory::kOutside) switch_thread();
  }

  void before_store() {
    // A release performs the exchange that its thread holds back, so others may come before it.
    const bool holds_back = running_ != Memory::kOutside && memory_.has_late_exchange(running_);
    if (holds_back || interleaving_ == Interleaving::kEveryAccess) before_load();
  }

 private:
  struct Fiber {
    ucontext_t context;
    std::unique_ptr<std::byte[]> stack;
    bool finished = false;
  };

  struct Choice {
    uint32_t taken;
    uint32_t options;
  };

  uint32_t choose(uint32_t options) override;
  bool next_schedule();
  void run_schedule();
  void start_fibers();
  void switch_thread();
  void go_to(size_t thread);
  static void fiber_main();

  Interleaving interleaving_;
  Memory memory_{*this};
  Case* case_ = nullptr;
  std::vector<Choice> trail_;
  size_t depth_ = 0;
  std::array<Fiber, kMaxThreads> fibers_;
  ucontext_t outside_;
  size_t running_ = Memory::kOutside;
};

}  // namespace quanta::model

#endif  // QUANTA_TESTS_MODEL_EXPLORER_H_
