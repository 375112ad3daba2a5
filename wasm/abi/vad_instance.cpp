#include "abi/vad_instance.h"

#include "core/arena.h"

namespace quanta {
namespace {

constexpr size_t kPageBytes = 65536;
constexpr size_t kArenaBytes = kVadMemoryPages * kPageBytes - kArenaBase;
constexpr size_t kFileBytes = vad_file_bytes(sizeof(float));

// As in abi/instance.cpp: the memory is imported and its size is fixed. There is no native build of
// this file; the classes that it joins have one.
std::span<std::byte> memory() {
  return {__builtin_bit_cast(std::byte*, uintptr_t{kArenaBase}), kArenaBytes};
}

// Constant-initialised: the module needs no start-up code of its own.
constinit VadInstance g_instance;

}  // namespace

VadInstance& vad_instance() { return g_instance; }

std::span<std::byte> VadInstance::file() const { return memory().first(kFileBytes); }

VadStatus VadInstance::load(uint32_t bytes) {
  weights_ = SileroWeights();
  if (bytes > kFileBytes) return VadStatus::kBadLength;
  Arena arena(memory());
  const std::span<const std::byte> file = arena.take<std::byte>(kFileBytes);
  SileroWeights read;
  const VadStatus status = read.configure(arena, file.first(bytes));
  if (status != VadStatus::kOk) return status;
  if (!detector_.configure(arena, read)) return VadStatus::kOutOfMemory;
  weights_ = read;
  return VadStatus::kOk;
}

float VadInstance::detect() { return weights_.empty() ? 0 : detector_.push(samples_); }

void VadInstance::restart() { detector_.reset(); }

}  // namespace quanta
