// The policy that builds the rings of the model's words.
#ifndef QUANTA_TESTS_MODEL_MODEL_ATOMICS_H_
#define QUANTA_TESTS_MODEL_MODEL_ATOMICS_H_

#include <atomic>
#include <cstdint>
#include <cstring>

#include "explorer.h"

namespace quanta::model {

class Word {
 public:
  Word(uint32_t value = 0) : location_(memory().add_location(value)) {}

  uint32_t load(std::memory_order order) const {
    Explorer::current().before_load();
    return memory().load(location_, order);
  }

  void store(uint32_t value, std::memory_order order) {
    Explorer::current().before_store();
    memory().store(location_, value, order);
  }

  uint32_t fetch_add(uint32_t amount, std::memory_order order) {
    Explorer::current().before_load();
    return memory().fetch_add(location_, amount, order);
  }

  void exchange(uint32_t value, std::memory_order order) {
    Explorer::current().before_load();
    memory().exchange(location_, value, order);
  }

  void forget_release() { memory().forget_release(location_); }

  void forget_acquire() { memory().forget_acquire(location_); }

 private:
  static Memory& memory() { return Explorer::current().memory(); }

  uint32_t location_;
};

template <typename T>
uint32_t bits_of(T value) {
  static_assert(sizeof(T) == sizeof(uint32_t));
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

template <typename T>
T value_of(uint32_t bits) {
  T value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

// Data whose races are faults. Its accesses order nothing, so no schedule begins at them.
template <typename T>
class Plain {
 public:
  Plain() : location_(memory().add_location(0)) {}

  Plain& operator=(T value) {
    memory().plain_store(location_, bits_of(value));
    return *this;
  }

  operator T() const { return value_of<T>(memory().plain_load(location_)); }

 private:
  static Memory& memory() { return Explorer::current().memory(); }

  uint32_t location_;
};

// Data that may be overwritten while it is read.
template <typename T>
class Racy {
 public:
  Racy() : location_(memory().add_location(0)) {}

  void store(T value) {
    Explorer::current().before_store();
    memory().store(location_, bits_of(value), std::memory_order_relaxed);
  }

  // Fills in the result's bits when the load takes effect, which is before the thread ends.
  void load_late(uint32_t* result) const { memory().load_late(location_, result); }

 private:
  static Memory& memory() { return Explorer::current().memory(); }

  uint32_t location_;
};

struct ModelAtomics {
  using Word = model::Word;

  template <typename T>
  using Plain = model::Plain<T>;

  template <typename T>
  using Racy = model::Racy<T>;
};

}  // namespace quanta::model

#endif  // QUANTA_TESTS_MODEL_MODEL_ATOMICS_H_
