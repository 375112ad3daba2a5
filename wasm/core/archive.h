// The state of an object as bytes: one list of members saves it and loads it.
#ifndef QUANTA_CORE_ARCHIVE_H_
#define QUANTA_CORE_ARCHIVE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "shared/realtime.h"

namespace quanta {

// What a class lists in archive() is what a successor of the same configuration needs to go on bit
// by bit. Numbers have the same size in every build, so a 64-bit process loads what 32-bit
// WebAssembly has saved; there are no pointers in it.
//
// Bytes that are loaded may come from anywhere: whatever is an index is checked against its limit,
// and lengths are the object's own. After a failure ok() is false, nothing more is loaded, and the
// object holds a mixture.
class Archive {
 public:
  enum class Mode { kMeasure, kSave, kLoad };

  // Counts bytes only.
  Archive() = default;

  // Both outlive the archive.
  static Archive save(std::span<std::byte> to) noexcept REALTIME {
    return Archive(Mode::kSave, to.data(), to.size());
  }

  // Is not written to.
  static Archive load(std::span<const std::byte> from) noexcept REALTIME {
    return Archive(Mode::kLoad, const_cast<std::byte*>(from.data()), from.size());
  }

  bool loading() const noexcept REALTIME { return mode_ == Mode::kLoad; }

  bool ok() const noexcept REALTIME { return ok_; }

  // Bytes that were saved, loaded or counted.
  size_t bytes() const noexcept REALTIME { return done_; }

  // Numbers, and groups of them that have the same layout everywhere.
  template <typename... Values>
  void values(Values&... values) noexcept REALTIME {
    (value(values), ...);
  }

  // All elements; their number is not in the bytes.
  template <typename T>
  void list(std::span<T> elements) noexcept REALTIME {
    static_assert(is_portable<T>());
    move(elements.data(), elements.size_bytes());
  }

  // A number below its limit.
  template <typename T>
  void index(T& number, size_t limit) noexcept REALTIME {
    auto word = static_cast<uint32_t>(number);
    if (move_index(word, limit)) number = static_cast<T>(word);
  }

  // What has to hold of that which was loaded.
  void check(bool holds) noexcept REALTIME {
    if (loading() && !holds) ok_ = false;
  }

 private:
  Archive(Mode mode, std::byte* bytes, size_t size) noexcept REALTIME : mode_(mode),
                                                                        bytes_(bytes),
                                                                        size_(size) {}

  // No padding, no pointer, and no type whose size differs from build to build.
  template <typename T>
  static constexpr bool is_portable() {
    return std::is_trivially_copyable_v<T> && !std::is_pointer_v<T> && !std::is_same_v<T, bool> &&
           (!std::is_same_v<T, size_t> || std::is_same_v<T, uint64_t>);
  }

  template <typename T>
  void value(T& number) noexcept REALTIME {
    static_assert(is_portable<T>());
    move(&number, sizeof number);
  }

  void value(bool& flag) noexcept REALTIME {
    uint32_t word = flag ? 1 : 0;
    value(word);
    if (loading() && ok_) flag = word != 0;
  }

  // Not inlined: these are hundreds of calls, a few times a minute.
  void move(void* object, size_t count) noexcept REALTIME;
  bool move_index(uint32_t& word, size_t limit) noexcept REALTIME;

  Mode mode_ = Mode::kMeasure;
  bool ok_ = true;
  std::byte* bytes_ = nullptr;
  size_t size_ = 0;
  size_t done_ = 0;
};

}  // namespace quanta

#endif  // QUANTA_CORE_ARCHIVE_H_
