#include "explorer.h"

namespace quanta::model {
namespace {

constexpr size_t kStackBytes = size_t{64} << 10;

Explorer* g_current = nullptr;

}  // namespace

Explorer::Explorer(Interleaving interleaving) : interleaving_(interleaving) {
  for (Fiber& fiber : fibers_) fiber.stack = std::make_unique<std::byte[]>(kStackBytes);
}

Explorer& Explorer::current() { return *g_current; }

Exploration Explorer::explore(Case& the_case, uint64_t limit) {
  Exploration result;
  g_current = this;
  case_ = &the_case;
  trail_.clear();
  do {
    run_schedule();
    ++result.schedules;
    if (!memory_.fault().empty()) {
      result.fault = memory_.fault();
      return result;
    }
    if (!next_schedule()) {
      result.complete = true;
      return result;
    }
  } while (result.schedules < limit);
  return result;
}

uint32_t Explorer::choose(uint32_t options) {
  if (options == 1) return 0;
  if (depth_ == trail_.size()) trail_.push_back({0, options});
  return trail_[depth_++].taken;
}

bool Explorer::next_schedule() {
  while (!trail_.empty() && trail_.back().taken + 1 == trail_.back().options) trail_.pop_back();
  if (trail_.empty()) return false;
  ++trail_.back().taken;
  return true;
}

void Explorer::run_schedule() {
  depth_ = 0;
  memory_.reset();
  case_->set_up();
  start_fibers();
  running_ = Memory::kOutside;
  switch_thread();
  memory_.enter(Memory::kOutside);
  case_->check();
}

void Explorer::start_fibers() {
  for (size_t thread = 0; thread < case_->threads(); ++thread) {
    Fiber& fiber = fibers_[thread];
    fiber.finished = false;
    getcontext(&fiber.context);
    fiber.context.uc_stack.ss_sp = fiber.stack.get();
    fiber.context.uc_stack.ss_size = kStackBytes;
    fiber.context.uc_link = &outside_;
    makecontext(&fiber.context, &Explorer::fiber_main, 0);
  }
}

void Explorer::fiber_main() {
  Explorer& self = current();
  const size_t thread = self.running_;
  self.case_->run(thread);
  self.memory_.settle(thread);
  self.fibers_[thread].finished = true;
  self.switch_thread();
}

// Chooses what happens next: a thread goes on, or an exchange that a thread holds back takes place.
void Explorer::switch_thread() {
  for (;;) {
    std::array<size_t, 2 * kMaxThreads> options;
    uint32_t count = 0;
    for (size_t thread = 0; thread < case_->threads(); ++thread) {
      if (!fibers_[thread].finished) options[count++] = thread;
    }
    for (size_t thread = 0; thread < case_->threads(); ++thread) {
      if (memory_.has_late_exchange(thread)) options[count++] = kMaxThreads + thread;
    }
    if (count == 0) return go_to(Memory::kOutside);
    const size_t next = options[choose(count)];
    if (next < kMaxThreads) return go_to(next);
    memory_.perform_late_exchange(next - kMaxThreads);
  }
}

void Explorer::go_to(size_t thread) {
  const size_t from = running_;
  running_ = thread;
  memory_.enter(thread);
  if (thread == from) return;
  ucontext_t& here = from == Memory::kOutside ? outside_ : fibers_[from].context;
  const ucontext_t& there = thread == Memory::kOutside ? outside_ : fibers_[thread].context;
  swapcontext(&here, &there);
}

}  // namespace quanta::model
