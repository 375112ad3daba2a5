// One writer that waits for nobody, many readers: what they accept is whole, what they lost is
// counted.
#include <array>
#include <thread>
#include <vector>

#include "core/chunk_ring.h"
#include "core/frame_ring.h"
#include "seeded_atomics.h"
#include "stress.h"

namespace quanta::stress {
namespace {

constexpr uint32_t kMaxBlock = 64;
constexpr uint32_t kChunkFrames = 5;

// Stereo frames: (n, -n).
template <typename Policy>
struct Frames {
  using Ring = BasicFrameRing<Policy>;

  static BroadcastShape shape(uint32_t capacity) { return Ring::shape(capacity, 2, 48000); }

  static void write(typename Ring::Writer& writer, uint32_t frames) {
    std::array<float, kMaxBlock> left;
    std::array<float, kMaxBlock> right;
    for (uint32_t i = 0; i < frames; ++i) {
      left[i] = sample_at(writer.position() + i);
      right[i] = -left[i];
    }
    const std::array<const float*, 2> planes = {left.data(), right.data()};
    writer.write(planes, frames);
  }

  static ReadResult view(typename Ring::Reader& reader, uint32_t max) { return reader.view(max); }

  static ReadResult drain(typename Ring::Reader& reader) { return reader.drain_to_latest(1); }

  static bool is_whole(const typename Ring::Reader& reader) {
    const auto left = reader.frames(0);
    const auto right = reader.frames(1);
    bool whole = true;
    for (uint32_t i = 0; i < reader.count(); ++i) {
      const float expected = sample_at(reader.position() + i);
      whole = whole && left[i].load() == expected && right[i].load() == -expected;
    }
    return whole;
  }
};

// Chunks whose samples and whose time are all n.
template <typename Policy>
struct Chunks {
  using Ring = BasicChunkRing<Policy>;

  static BroadcastShape shape(uint32_t capacity) {
    return Ring::shape(capacity, kChunkFrames, 16000);
  }

  static void write(typename Ring::Writer& writer, uint32_t chunks) {
    for (uint32_t i = 0; i < chunks; ++i) {
      std::array<float, kChunkFrames> samples;
      samples.fill(sample_at(writer.position()));
      writer.write(static_cast<double>(writer.position()) / 3, samples);
    }
  }

  static ReadResult view(typename Ring::Reader& reader, uint32_t) { return reader.view(); }

  static ReadResult drain(typename Ring::Reader& reader) { return reader.drain_to_latest(); }

  static bool is_whole(const typename Ring::Reader& reader) {
    std::array<float, kChunkFrames> samples;
    reader.copy_to(samples.data());
    const float expected = sample_at(reader.seq());
    bool whole = reader.timestamp_ms() == static_cast<double>(reader.seq()) / 3;
    for (const float sample : samples) whole = whole && sample == expected;
    return whole;
  }
};

template <typename Kind>
class Job {
 public:
  using Ring = typename Kind::Ring;

  Job(uint32_t capacity, Bug bug)
      : bug_(bug),
        block_(Ring::Memory::bytes(Kind::shape(capacity))),
        memory_(Ring::Memory::create(block_.bytes(), Kind::shape(capacity), kStart)),
        writer_(memory_) {
    readers_.reserve(kReaders);
    for (size_t i = 0; i < kReaders; ++i) readers_.emplace_back(memory_, 1);
  }

  typename Ring::Memory& memory() { return memory_; }

  // Writes `items` slots while all readers read.
  Tally run(uint64_t items) {
    std::vector<std::thread> threads;
    for (size_t i = 0; i < kReaders; ++i) {
      threads.emplace_back(
          [this, i, items] { read(readers_[i], items, static_cast<uint32_t>(i)); });
    }
    write(items);
    for (std::thread& thread : threads) thread.join();
    Tally tally{items, 0};
    for (const auto& reader : readers_) tally.delivered += reader.delivered();
    return tally;
  }

 private:
  void write(uint64_t items) {
    Random random(3);
    const uint32_t longest = std::min(writer_.max_slots(), kMaxBlock);
    for (uint64_t written = 0; written < items;) {
      const auto left = static_cast<uint32_t>(std::min<uint64_t>(items - written, longest));
      const uint32_t slots = 1 + random.below(left);
      Kind::write(writer_, slots);
      written += slots;
      if (random.below(64) == 0) std::this_thread::yield();
    }
  }

  void read(typename Ring::Reader& reader, uint64_t items, uint32_t seed) {
    Random random(seed);
    uint64_t dropped = 0;
    while (reader.delivered() + reader.dropped() < items) {
      const bool drains = random.below(100) == 0;
      const ReadResult result =
          drains ? Kind::drain(reader) : Kind::view(reader, 1 + random.below(kMaxBlock));
      dropped += result.dropped;
      if (result.status == ReadStatus::kEmpty) std::this_thread::yield();
      if (result.status == ReadStatus::kOk) dropped += accept(reader);
    }
    if (reader.dropped() != dropped) fail("dropouts reported and counted differ", dropped);
    if (reader.delivered() + dropped != items) fail("slots not accounted for", reader.delivered());
  }

  uint64_t accept(typename Ring::Reader& reader) {
    const uint64_t position = reader.position();
    const bool whole = Kind::is_whole(reader);
    const ReadResult confirmed = reader.confirm();
    const bool trusted = confirmed.status == ReadStatus::kOk || bug_ == Bug::kNoConfirm;
    if (trusted && !whole) fail("torn slot delivered", position);
    return confirmed.dropped;
  }

  Bug bug_;
  HeapBlock block_;
  typename Ring::Memory memory_;
  typename Ring::Writer writer_;
  std::vector<typename Ring::Reader> readers_;
};

}  // namespace

Tally stress_frame_ring(uint32_t capacity, uint64_t items, Bug bug) {
  return std::make_unique<Job<Frames<SeededAtomics>>>(capacity, bug)->run(items);
}

Tally stress_chunk_ring(uint32_t capacity, uint64_t items, Bug bug) {
  return std::make_unique<Job<Chunks<SeededAtomics>>>(capacity, bug)->run(items);
}

// Plain data and never a lap, so that the sanitizer judges the order of writing and publishing.
Tally stress_publishing(uint64_t rounds, Bug bug) {
  constexpr uint32_t kCapacity = 1024;
  Tally tally;
  for (uint64_t round = 0; round < rounds; ++round) {
    const auto job = std::make_unique<Job<Frames<PlainDataAtomics>>>(kCapacity, bug);
    if (bug == Bug::kCommitRelease) SeededWord::relax(&job->memory().header().commit_pos);
    const Tally one = job->run(kCapacity);
    tally.written += one.written;
    tally.delivered += one.delivered;
  }
  return tally;
}

}  // namespace quanta::stress
