// Counts the allocations of this thread while it lives.
#ifndef QUANTA_TESTS_MALLOC_TRAP_H_
#define QUANTA_TESTS_MALLOC_TRAP_H_

#include <cstddef>

class MallocTrap {
 public:
  MallocTrap();
  ~MallocTrap();
  MallocTrap(const MallocTrap&) = delete;
  MallocTrap& operator=(const MallocTrap&) = delete;

  size_t allocations() const;
};

#endif  // QUANTA_TESTS_MALLOC_TRAP_H_
