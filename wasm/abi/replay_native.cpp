// Repeats a flight recording natively, for `quanta replay`. Not a part of any module.
//
// stdin: u32 words: the sample rate; then for each segment whether its checkpoint is to be loaded,
// the length of its log, and the log. stdout: for each quantum the engine's status, the words of
// FlightResult, and the nanoseconds of each stage. The exit code is 3 for a log that is none.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <span>
#include <vector>

#include "offline/flight_replay.h"

namespace {

using quanta::FlightOutcome;

constexpr int kBadLog = 3;
constexpr size_t kBytes = size_t{quanta::kMemoryPages} * 65536 - quanta::kArenaBase;

alignas(quanta::Arena::kAlignment) std::byte g_memory[kBytes];
quanta::FlightReplay g_replay;

uint64_t clock_ns() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<uint64_t>(std::chrono::nanoseconds(now).count());
}

std::vector<uint32_t> read_all() {
  std::vector<uint32_t> words;
  std::vector<uint32_t> block(1 << 16);
  while (const size_t count = std::fread(block.data(), sizeof(uint32_t), block.size(), stdin)) {
    words.insert(words.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(count));
  }
  return words;
}

void print(const FlightOutcome& outcome) {
  const auto status = static_cast<uint32_t>(outcome.status);
  std::fwrite(&status, sizeof status, 1, stdout);
  std::fwrite(&outcome.result, sizeof outcome.result, 1, stdout);
  std::fwrite(outcome.stage_ns.data(), sizeof(uint32_t), outcome.stage_ns.size(), stdout);
}

bool replay(std::span<const uint32_t> words) {
  if (words.empty()) return false;
  const auto rate_hz = static_cast<float>(words.front());
  if (!g_replay.configure(g_memory, rate_hz, clock_ns)) return false;
  words = words.subspan(1);
  while (!words.empty()) {
    if (words.size() < 2 || words[1] > words.size() - 2) return false;
    if (!g_replay.run(words.subspan(2, words[1]), words[0] == 1, print)) return false;
    words = words.subspan(2 + size_t{words[1]});
  }
  return true;
}

}  // namespace

int main() { return replay(read_all()) ? 0 : kBadLog; }
