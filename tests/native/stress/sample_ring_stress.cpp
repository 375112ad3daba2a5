// One producer, one consumer, blocks of random length: every frame arrives once and in order.
#include <array>
#include <thread>

#include "core/sample_ring.h"
#include "seeded_atomics.h"
#include "stress.h"

namespace quanta::stress {
namespace {

using Ring = BasicSampleRing<SeededAtomics>;

constexpr uint32_t kMaxBlock = 128;

void produce(Ring::Producer& producer, uint64_t items) {
  Random random(1);
  std::array<float, kMaxBlock> block;
  for (uint64_t pushed = 0; pushed < items;) {
    const auto left = static_cast<uint32_t>(std::min<uint64_t>(items - pushed, kMaxBlock));
    const uint32_t frames = 1 + random.below(left);
    for (uint32_t i = 0; i < frames; ++i) block[i] = sample_at(pushed + i);
    const float* plane = block.data();
    const uint32_t done = producer.push_some({&plane, 1}, frames);
    if (done == 0) std::this_thread::yield();
    pushed += done;
  }
}

void check(std::span<const float> samples, uint64_t position) {
  for (size_t i = 0; i < samples.size(); ++i) {
    if (samples[i] != sample_at(position + i)) fail("wrong frame", position + i);
  }
}

// In turn by copies and by views.
void consume(Ring::Consumer& consumer, uint64_t items) {
  Random random(2);
  std::array<float, kMaxBlock> block;
  for (uint64_t popped = 0; popped < items;) {
    const uint32_t frames = 1 + random.below(kMaxBlock);
    uint32_t done;
    if (random.below(2) == 0) {
      float* plane = block.data();
      done = consumer.pop_some({&plane, 1}, frames);
      check({block.data(), done}, popped);
    } else {
      done = consumer.view(frames);
      check(consumer.frames(0).first, popped);
      check(consumer.frames(0).second, popped + consumer.frames(0).first.size());
      consumer.pop(done);
    }
    if (done == 0) std::this_thread::yield();
    popped += done;
  }
}

}  // namespace

Tally stress_sample_ring(uint32_t capacity, uint64_t items, Bug bug) {
  HeapBlock block(Ring::bytes(capacity, 1));
  const auto halves =
      std::make_unique<Ring::Halves>(Ring::create(block.bytes(), capacity, 1, kStart));
  auto& header = *reinterpret_cast<Ring::Header*>(block.bytes().data());
  if (bug == Bug::kProducerRelease) SeededWord::relax(&header.write_pos);
  if (bug == Bug::kConsumerRelease) SeededWord::relax(&header.read_pos);
  std::thread producer([&] { produce(halves->producer, items); });
  std::thread consumer([&] { consume(halves->consumer, items); });
  producer.join();
  consumer.join();
  return {items, items};
}

}  // namespace quanta::stress
