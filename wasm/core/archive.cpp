#include "core/archive.h"

#include <cstring>

namespace quanta {

void Archive::move(void* object, size_t count) noexcept REALTIME {
  if (mode_ == Mode::kMeasure) {
    done_ += count;
    return;
  }
  if (count > size_ - done_) ok_ = false;
  if (!ok_) return;
  std::byte* const bytes = bytes_ + done_;
  if (mode_ == Mode::kSave) {
    std::memcpy(bytes, object, count);
  } else {
    std::memcpy(object, bytes, count);
  }
  done_ += count;
}

bool Archive::move_index(uint32_t& word, size_t limit) noexcept REALTIME {
  move(&word, sizeof word);
  check(word < limit);
  return loading() && ok_;
}

}  // namespace quanta
