// Prints what the flight recorder shares with the page, and the stages of a quantum.
#include <cstddef>
#include <cstdio>

#include "abi/emit_groups.h"
#include "abi/emit_text.h"
#include "shared/flight_layout.h"

namespace quanta::emit {
namespace {

void begin(const char* name, const char* doc) {
  print_doc("", doc);
  std::printf("export const %s = {\n", name);
}

void end() { std::printf("} as const;\n\n"); }

#define PRINT(name, unit, doc) print_word(#name, offsetof(Words, name), unit, doc);

void print_segment() {
  using Words = quanta::FlightSegment;
  begin("flightSegmentWord",
        "Header of a segment of the flight recorder: indices of Uint32 words.");
  QUANTA_FLIGHT_SEGMENT(PRINT)
  end();
  print_header_bytes("flightSegmentHeaderBytes", sizeof(Words));
  std::printf("\n");
}

void print_quantum() {
  using Words = quanta::FlightQuantum;
  begin("flightQuantumWord", "Words of a quantum in the log, before its samples.");
  QUANTA_FLIGHT_QUANTUM(PRINT)
  end();
  print_bytes("flightQuantumWords", sizeof(Words) / sizeof(uint32_t), "Number of these words.");
  std::printf("\n");
}

void print_result() {
  using Words = quanta::FlightResult;
  begin("flightResultWord", "Words of what a quantum left.");
  QUANTA_FLIGHT_RESULT(PRINT)
  end();
  print_bytes("flightResultWords", sizeof(Words) / sizeof(uint32_t), "Number of these words.");
  std::printf("\n");
}

void print_state() {
  using Words = quanta::FlightState;
  begin("flightStateWord", "Words of the recorder's block: indices of Uint32 words.");
  QUANTA_FLIGHT_STATE(PRINT)
  print_word("result", offsetof(Words, mix_digest), "", "What the last quantum left.");
  end();
}

#undef PRINT

void print_numbers() {
#define PRINT(name, value, doc) print_number(#name, value, doc);
  begin("flightEntry", "Kinds of entries in the log.");
  QUANTA_FLIGHT_ENTRIES(PRINT)
  end();
  begin("stage", "What a quantum goes through, in this order.");
  QUANTA_STAGES(PRINT)
  end();
#undef PRINT
}

}  // namespace

void print_flight() {
  print_segment();
  print_quantum();
  print_result();
  print_state();
  print_numbers();
}

}  // namespace quanta::emit
