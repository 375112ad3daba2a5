// Prints what the deadline meter shares with the page.
#include <cstdio>

#include "abi/emit_groups.h"
#include "abi/emit_text.h"
#include "shared/deadline_layout.h"

namespace quanta::emit {

void print_deadline() {
  using quanta::DeadlineWords;
  print_doc("", "What reads the time round a quantum.");
  std::printf("export const deadlineClock = {\n");
#define PRINT(name, value, doc) print_number(#name, value, doc);
  QUANTA_DEADLINE_CLOCKS(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_doc("", "Fields of the deadline meter: byte offsets from its start.");
  std::printf("export const deadlineFields = {\n");
#define PRINT(type, name, unit, doc) \
  print_field(#name, #type, offsetof(DeadlineWords, name), unit, doc);
  QUANTA_DEADLINE(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_bytes("deadlineBucketsOffset", offsetof(DeadlineWords, buckets),
              "Where the counters of its buckets begin, in bytes.");
  print_bytes("deadlineBytes", sizeof(DeadlineWords), "Size of the block in bytes.");
  std::printf("\n");
  print_doc("", "What a clock Worker and the audio thread share: indices of Int32 words.");
  std::printf("export const clockWorkerWord = {\n");
#define PRINT(name, doc) \
  print_number(#name, static_cast<unsigned>(quanta::ClockWorkerWord::name), doc);
  QUANTA_CLOCK_WORKER_WORDS(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_doc("", "Number of these words.");
  std::printf("export const clockWorkerWords = %u;\n\n",
              static_cast<unsigned>(quanta::ClockWorkerWord::kWords));
}

}  // namespace quanta::emit
