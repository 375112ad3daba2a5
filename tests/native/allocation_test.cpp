#include <gtest/gtest.h>

#include "malloc_trap.h"
#include "shared/layout.h"

namespace {

TEST(Allocation, AHundredThousandQuantaAllocateNothing) {
  ASSERT_NE(init(16384), nullptr);
  const MallocTrap trap;
  for (int quantum = 0; quantum < 100'000; ++quantum) {
    set_write_pos(get_write_pos() + 128);
    process_quantum(128);
  }
  EXPECT_EQ(trap.allocations(), 0U);
  EXPECT_EQ(get_telemetry_ptr()->quantum_count.load(), 100'000U);
}

TEST(MallocTrap, SeesAnAllocation) {
  const MallocTrap trap;
  delete new volatile int(1);
  EXPECT_GE(trap.allocations(), 1U);
}

}  // namespace
