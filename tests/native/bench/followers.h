// Threads that follow a mix ring while it is written, as listeners do: every millisecond, all there
// is. Natively only; in Chromium Workers do the same.
#ifndef QUANTA_TESTS_NATIVE_BENCH_FOLLOWERS_H_
#define QUANTA_TESTS_NATIVE_BENCH_FOLLOWERS_H_

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <latch>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "core/frame_ring.h"

namespace quanta::bench {

class Followers {
 public:
  // Returns when all of them follow. ring: as Benchmark::shared() gives it.
  Followers(const void* ring, uint32_t count) {
    std::latch ready(static_cast<std::ptrdiff_t>(count));
    threads_.reserve(count);
    for (uint32_t i = 0; i < count; ++i) {
      threads_.emplace_back([this, ring, &ready](const std::stop_token& stop) {
        // attach() looks at the header for the length.
        auto* block = static_cast<std::byte*>(const_cast<void*>(ring));
        FrameRing::Reader reader(FrameRing::Memory::attach({block, 1}), kBlockFrames);
        ready.count_down();
        while (!stop.stop_requested()) follow(reader, stop);
      });
    }
    ready.wait();
  }

 private:
  static constexpr uint32_t kBlockFrames = 1024;

  void follow(FrameRing::Reader& reader, const std::stop_token& stop) {
    std::array<float, kBlockFrames> frames;
    for (auto status = ReadStatus::kOk; status != ReadStatus::kEmpty;) {
      status = reader.view(kBlockFrames).status;
      if (status != ReadStatus::kOk) continue;
      reader.copy_to(0, frames.data());
      reader.copy_to(1, frames.data());
      reader.confirm();
    }
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, std::chrono::milliseconds(1), [] { return false; });
  }

  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::vector<std::jthread> threads_;  // last: they end before what they use
};

}  // namespace quanta::bench

#endif  // QUANTA_TESTS_NATIVE_BENCH_FOLLOWERS_H_
