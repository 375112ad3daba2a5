// Small cases of the real rings for the explorer, with or without a seeded bug.
#ifndef QUANTA_TESTS_MODEL_RING_CASES_H_
#define QUANTA_TESTS_MODEL_RING_CASES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/frame_ring.h"
#include "core/sample_ring.h"
#include "core/slot_queue.h"
#include "model_atomics.h"

namespace quanta::model {

// What is wrong with the ring under test.
enum class Bug {
  kNone,
  kProducerReleaseRelaxed,
  kConsumerReleaseRelaxed,
  kCommitReleaseRelaxed,
  kConfirmReleaseRelaxed,
  kReserveAcquireRelaxed,
  kNoConfirm,
};

class RingCase : public Case {
 public:
  // What came out of the schedules, to see that they differed.
  const std::set<std::string>& outcomes() const { return outcomes_; }

 protected:
  std::span<std::byte> block() { return block_; }

  void conclude(const std::string& outcome) { outcomes_.insert(outcome); }

 private:
  alignas(kCacheLineBytes) std::array<std::byte, 1024> block_;
  std::set<std::string> outcomes_;
};

// Thread 0 pushes, thread 1 pops; frames are numbered 1, 2, 3, ...
class SampleRingCase : public RingCase {
 public:
  struct Plan {
    uint32_t capacity;
    uint32_t pushes;
    uint32_t frames_per_push;
    uint32_t pops;
    uint32_t frames_per_pop;
    Bug bug = Bug::kNone;
  };

  explicit SampleRingCase(const Plan& plan) : plan_(plan) {}

  void set_up() override;

  size_t threads() const override { return 2; }

  void run(size_t thread) override { thread == 0 ? push() : pop(); }

  void check() override;

 private:
  using Ring = BasicSampleRing<ModelAtomics>;

  void push();
  void pop();

  Plan plan_;
  Ring::Halves halves_;
  uint32_t pushed_ = 0;
  std::vector<float> popped_;
};

// Thread 0 pushes records, thread 1 pops them; record n is (n, ~n).
class SlotQueueCase : public RingCase {
 public:
  struct Plan {
    uint32_t capacity;
    uint32_t pushes;
    uint32_t pops;
    Bug bug = Bug::kNone;
  };

  explicit SlotQueueCase(const Plan& plan) : plan_(plan) {}

  void set_up() override;

  size_t threads() const override { return 2; }

  void run(size_t thread) override { thread == 0 ? push() : pop(plan_.pops); }

  void check() override;

 private:
  using Queue = BasicSlotQueue<ModelAtomics, 2>;

  void push();
  void pop(uint32_t times);

  Plan plan_;
  Queue::Producer producer_;
  Queue::Consumer consumer_;
  uint32_t pushed_ = 0;
  std::vector<Queue::Slot> popped_;
};

// Thread 0 writes stereo frames, the others read; frame n is (n, -n).
class FrameRingCase : public RingCase {
 public:
  struct Plan {
    uint32_t capacity;
    uint32_t writes_before = 0;  // after the readers began, but before the threads
    uint32_t writes;
    uint32_t frames_per_write;
    size_t readers;
    // What each reader does: v views and confirms, d drains to the latest and confirms, s skips
    // ahead, c (at most once, first) confirms a frame that it had viewed before the threads began.
    const char* reads;
    uint64_t start = 0xffffffff;
    Bug bug = Bug::kNone;
  };

  explicit FrameRingCase(const Plan& plan) : plan_(plan) {}

  void set_up() override;

  size_t threads() const override { return 1 + plan_.readers; }

  void run(size_t thread) override { thread == 0 ? write(plan_.writes) : read(seats_[thread - 1]); }

  void check() override;

 private:
  using Ring = BasicFrameRing<ModelAtomics>;

  // One borrowed view: what its cells held, as soon as the model says so.
  struct Borrowed {
    uint64_t position;
    uint32_t count;
    bool trusted;
    std::array<uint32_t, 8> bits;
  };

  struct Seat {
    Ring::Reader reader;
    std::array<Borrowed, 4> borrowed;
    size_t views;
    std::string outcome;
  };

  void write(uint32_t writes);
  void read(Seat& seat);
  void borrow(Seat& seat, const ReadResult& result);
  void read_and_confirm(Seat& seat);
  void note(Seat& seat, const ReadResult& result);
  void check_content(const Borrowed& borrowed);

  Plan plan_;
  Ring::Memory memory_;
  Ring::Writer writer_;
  std::array<Seat, kMaxThreads - 1> seats_;
};

}  // namespace quanta::model

#endif  // QUANTA_TESTS_MODEL_RING_CASES_H_
