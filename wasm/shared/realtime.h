// Marks of the real-time path, understood by the compilers that can prove them.
#ifndef QUANTA_SHARED_REALTIME_H_
#define QUANTA_SHARED_REALTIME_H_

// A function marked REALTIME runs on the audio thread: it never allocates, locks, throws or makes a
// system call. clang proves it at compile time (-Wfunction-effects) and at run time
// (-fsanitize=realtime); g++ and Emscripten's clang do not know the attribute.
#if defined(__clang__) && __clang_major__ >= 20
#define REALTIME [[clang::nonblocking]]
#else
#define REALTIME
#endif

#endif  // QUANTA_SHARED_REALTIME_H_
