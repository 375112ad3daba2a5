// Prints what the page controls: parameters, meters, commands and their queues.
#include <atomic>
#include <cstdio>
#include <string>

#include "abi/emit_groups.h"
#include "abi/emit_text.h"
#include "shared/layout.h"

namespace quanta::emit {
namespace {

// A number in the shape in which TypeScript is formatted: 0.1, not 0.100000001.
std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.7g", value);
  return text;
}

void print_parameter(const char* name, unsigned index, const char* unit, double initial, double min,
                     double max, const char* doc) {
  print_doc("  ", doc);
  std::printf("  %s: { index: %u, unit: '%s', initial: %s, min: %s, max: %s },\n",
              camel(name).c_str(), index, unit, number(initial).c_str(), number(min).c_str(),
              number(max).c_str());
}

void print_parameters() {
  print_doc("", "Parameters of an input's strip; a switch is on from 0.5.");
  std::printf("export const stripParameters = {\n");
#define PRINT(name, unit, initial, min, max, doc)                                   \
  print_parameter(#name, static_cast<unsigned>(quanta::StripParameter::name), unit, \
                  double(initial), double(min), double(max), doc);
  QUANTA_STRIP_PARAMETERS(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_doc("", "Parameters of the master.");
  std::printf("export const masterParameters = {\n");
#define PRINT(name, unit, initial, min, max, doc)                                    \
  print_parameter(#name, static_cast<unsigned>(quanta::MasterParameter::name), unit, \
                  double(initial), double(min), double(max), doc);
  QUANTA_MASTER_PARAMETERS(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_doc("", "Parameters of the analysis.");
  std::printf("export const analysisParameters = {\n");
#define PRINT(name, unit, initial, min, max, doc)                                      \
  print_parameter(#name, static_cast<unsigned>(quanta::AnalysisParameter::name), unit, \
                  double(initial), double(min), double(max), doc);
  QUANTA_ANALYSIS_PARAMETERS(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
}

void print_parameter_block() {
  using quanta::ParameterBlock;
  print_doc("", "The parameters in force: indices of 32-bit words; one strip after the other.");
  std::printf("export const parameterWord = {\n");
  print_word("strips", offsetof(ParameterBlock, strips), "", "Floats of the first strip.");
  print_word("master", offsetof(ParameterBlock, master), "", "Floats of the master.");
  print_word("analysis", offsetof(ParameterBlock, analysis), "", "Floats of the analysis.");
  print_word("started", offsetof(ParameterBlock, started), "", "For each input: 1, it is heard.");
  std::printf("} as const;\n\n");
  print_doc("", "Size of the parameters in 32-bit words.");
  std::printf("export const parameterWords = %zu;\n\n", sizeof(ParameterBlock) / sizeof(uint32_t));
}

void print_meters() {
  print_doc("", "Meters of one input or of the master: indices of Float32 words.");
  std::printf("export const meterWord = {\n");
#define PRINT(name, unit, doc) print_word(#name, offsetof(quanta::Meters, name), unit, doc);
  QUANTA_METERS(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_doc("", "Number of meters of one input.");
  std::printf("export const meterWords = %zu;\n\n", sizeof(quanta::Meters) / sizeof(uint32_t));
}

void print_commands() {
  print_doc("", "Kinds of commands.");
  std::printf("export const commandKind = {\n");
#define PRINT(name, value, doc) print_number(#name, value, doc);
  QUANTA_COMMANDS(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_doc("", "How a command ended.");
  std::printf("export const commandStatus = {\n");
#define PRINT(name, value, doc) print_number(#name, value, doc);
  QUANTA_COMMAND_STATUS(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
}

void print_queues() {
  using Header = quanta::SlotQueueHeader<std::atomic<uint32_t>>;
  print_doc("", "Words of a slot queue's header: indices of Uint32 words from its start.");
  std::printf("export const slotQueueWord = {\n");
#define PRINT(place, name, unit, doc) print_word(#name, offsetof(Header, name), unit, doc);
  QUANTA_SLOT_QUEUE(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_header_bytes("slotQueueHeaderBytes", sizeof(Header));
  std::printf("\n");
  print_doc("", "Words of a command.");
  std::printf("export const commandWord = {\n");
#define PRINT(name, doc) print_number(#name, static_cast<unsigned>(quanta::CommandWord::name), doc);
  QUANTA_COMMAND_WORDS(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_doc("", "Number of a command's words.");
  std::printf("export const commandWords = %u;\n\n",
              static_cast<unsigned>(quanta::CommandWord::kWords));
  print_doc("", "Words of a response.");
  std::printf("export const responseWord = {\n");
#define PRINT(name, doc) \
  print_number(#name, static_cast<unsigned>(quanta::ResponseWord::name), doc);
  QUANTA_RESPONSE_WORDS(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_doc("", "Number of a response's words.");
  std::printf("export const responseWords = %u;\n",
              static_cast<unsigned>(quanta::ResponseWord::kWords));
}

}  // namespace

void print_controls() {
  print_parameters();
  print_parameter_block();
  print_meters();
  print_commands();
  print_queues();
}

}  // namespace quanta::emit
