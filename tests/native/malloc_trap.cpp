#include "malloc_trap.h"

#include <atomic>

namespace {

thread_local bool t_armed = false;
std::atomic<size_t> g_allocations{0};

void count_allocation() {
  if (t_armed) g_allocations.fetch_add(1);
}

}  // namespace

// clang names its sanitizers otherwise than g++.
#if defined(__has_feature)
#define QUANTA_HAS_FEATURE(name) __has_feature(name)
#else
#define QUANTA_HAS_FEATURE(name) 0
#endif

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || \
    QUANTA_HAS_FEATURE(address_sanitizer) || QUANTA_HAS_FEATURE(thread_sanitizer)
// A sanitizer has replaced malloc and offers hooks instead.
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void*,
                                                                           size_t),
                                                         void (*on_free)(const volatile void*));

namespace {

void on_malloc(const volatile void*, size_t) { count_allocation(); }

void on_free(const volatile void*) {}

[[maybe_unused]] const int g_hooks = __sanitizer_install_malloc_and_free_hooks(on_malloc, on_free);

}  // namespace
#else
extern "C" void* __libc_malloc(size_t bytes);

extern "C" void* malloc(size_t bytes) {
  count_allocation();
  return __libc_malloc(bytes);
}
#endif

MallocTrap::MallocTrap() {
  g_allocations.store(0);
  t_armed = true;
}

MallocTrap::~MallocTrap() { t_armed = false; }

size_t MallocTrap::allocations() const { return g_allocations.load(); }
