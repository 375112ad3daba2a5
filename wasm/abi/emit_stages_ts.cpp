// Prints what the stages of the engine share with the page: analysis and push inputs.
#include <atomic>
#include <cstdio>
#include <string>

#include "abi/emit_groups.h"
#include "abi/emit_text.h"
#include "shared/analysis_layout.h"
#include "shared/push_layout.h"

namespace quanta::emit {
namespace {

// The words of a group, or of one of several that follow each other.
#define PRINT(type, name, unit, doc) print_word(#name, offsetof(Words, name), unit, doc);

void print_analysis_head() {
  using Words = quanta::AnalysisHead;
  print_doc("", "Words of the head of the analysis: indices of Uint32 words.");
  std::printf("export const analysisHeadWord = {\n");
  QUANTA_ANALYSIS_HEAD(PRINT)
  std::printf("} as const;\n\n");
}

void print_analysis_slot() {
  using Words = quanta::AnalysisWords;
  print_doc("", "Words of a result: indices of Uint32 words; 64-bit numbers take two.");
  std::printf("export const analysisWord = {\n");
  QUANTA_ANALYSIS(PRINT)
  print_word("partials", offsetof(Words, partials), "", "The first partial.");
  std::printf("} as const;\n\n");
}

void print_partial() {
  using Words = quanta::PartialWords;
  print_doc("", "Words of a partial: indices of Uint32 words; 64-bit numbers take two.");
  std::printf("export const partialWord = {\n");
  QUANTA_PARTIAL(PRINT)
  std::printf("} as const;\n\n");
  print_doc("", "Number of a partial's words.");
  std::printf("export const partialWords = %zu;\n\n", sizeof(Words) / sizeof(uint32_t));
}

#undef PRINT

void print_analysis() {
  print_analysis_head();
  print_analysis_slot();
  print_partial();
  print_bytes("analysisSlotsOffset", quanta::kAnalysisSlotsOffset,
              "Where the first result begins.");
  print_bytes("analysisSlotBytes", quanta::kAnalysisSlotBytes, "From one result to the next.");
  print_bytes("analysisLevelsOffset", sizeof(quanta::AnalysisWords),
              "Where the levels of a result begin.");
}

void print_push() {
  using quanta::PushWords;
  print_doc("", "Who decides how much is in a push input's ring.");
  std::printf("export const pushPace = {\n");
#define PRINT(name, value, doc) print_number(#name, value, doc);
  QUANTA_PUSH_PACES(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_doc("", "Fields of a push input that the engine writes: byte offsets from its start.");
  std::printf("export const pushFields = {\n");
#define PRINT(type, name, unit, doc) \
  print_field(#name, #type, offsetof(PushWords, name), unit, doc);
  QUANTA_PUSH_STATUS(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_doc("",
            "Words of it that its producer writes: indices of Uint32 words, counters take two.");
  std::printf("export const pushProducerWord = {\n");
#define PRINT(type, name, unit, doc) \
  print_word(#name, offsetof(PushWords, producer.name), unit, doc);
  QUANTA_PUSH_PRODUCER(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_bytes("pushBytes", sizeof(PushWords), "Size of a push input in bytes.");
}

}  // namespace

void print_stages() {
  print_analysis();
  std::printf("\n");
  print_push();
  std::printf("\n");
}

}  // namespace quanta::emit
