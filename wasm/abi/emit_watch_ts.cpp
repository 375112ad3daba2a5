// Prints what the worklet tells of the inputs and of what went missing.
#include <cstdio>

#include "abi/emit_groups.h"
#include "abi/emit_text.h"
#include "shared/watch_layout.h"

namespace quanta::emit {

void print_watch() {
  std::printf("\n");
#define PRINT(name, doc) print_number(#name, static_cast<unsigned>(Words::name), doc);
  print_doc("", "Words in front of the watch: indices of Int32 words.");
  std::printf("export const watchWord = {\n");
  {
    using Words = WatchWord;
    QUANTA_WATCH_WORDS(PRINT)
  }
  std::printf("} as const;\n\n");
  print_doc("", "Words of an input's watch: indices of Int32 words.");
  std::printf("export const inputWatchWord = {\n");
  {
    using Words = InputWatch;
    QUANTA_INPUT_WATCH(PRINT)
  }
  std::printf("} as const;\n\n");
  print_doc("", "Words of an audio event: indices of Int32 words.");
  std::printf("export const audioEventWord = {\n");
  {
    using Words = AudioEventWord;
    QUANTA_AUDIO_EVENT(PRINT)
  }
  std::printf("} as const;\n\n");
#undef PRINT
  print_doc("", "What an audio event tells.");
  std::printf("export const audioEventKind = {\n");
#define PRINT(name, value, doc) \
  print_number(#name, static_cast<unsigned>(AudioEventKind::name), doc);
  QUANTA_AUDIO_EVENT_KINDS(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_doc("", "Numbers of words: in front, of an input, of an event.");
  std::printf("export const watchSizes = { words: %u, input: %u, event: %u } as const;\n",
              static_cast<unsigned>(WatchWord::kWords), static_cast<unsigned>(InputWatch::kWords),
              static_cast<unsigned>(AudioEventWord::kWords));
}

}  // namespace quanta::emit
