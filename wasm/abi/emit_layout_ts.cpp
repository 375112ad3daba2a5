// Prints the TypeScript side of shared/layout.h: `emit_layout_ts layout` the constants, offsets and
// status codes, `emit_layout_ts exports` the type of the module's exports. `emit_layout_ts offline`
// prints the JavaScript side of shared/offline_layout.h.
#include <cstdio>
#include <cstring>
#include <string>

#include "abi/emit_offline_js.h"
#include "abi/emit_text.h"
#include "shared/layout.h"
#include "shared/listener_layout.h"
#include "shared/push_layout.h"

namespace {

using namespace quanta::emit;
using quanta::Telemetry;

constexpr const char* kBanner =
    "// Printed by wasm/abi/emit_layout_ts.cpp from wasm/shared/layout.h: `npm run gen`. Do not "
    "edit.\n";

void print_constants() {
  print_doc("", "Constants that both sides share.");
  std::printf("export const constants = {\n");
#define PRINT(name, value, doc) print_number(#name, quanta::name, doc);
  QUANTA_CONSTANTS(PRINT)
  QUANTA_LISTENER_CONSTANTS(PRINT)
  QUANTA_PUSH_CONSTANTS(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
}

void print_engine_status() {
  print_doc("", "Status codes of the engine's ABI.");
  std::printf("export const engineStatus = {\n");
#define PRINT(name, value, doc) \
  print_number(#name, static_cast<unsigned>(quanta::EngineStatus::name), doc);
  QUANTA_ENGINE_STATUS(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
}

void print_scope_words() {
  print_doc("", "Indices of the scope's Int32 control words.");
  unsigned count = 0;
  std::printf("export const scopeWord = {\n");
#define PRINT(name, doc) \
  print_number(#name, static_cast<unsigned>(quanta::ScopeWord::name), doc), ++count;
  QUANTA_SCOPE_WORDS(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_doc("", "Number of the scope's control words.");
  std::printf("export const scopeWordCount = %u;\n\n", count);
}

void print_field(const char* name, const char* type, size_t offset, const char* unit,
                 const char* doc) {
  print_doc("  ", doc);
  std::printf("  %s: { type: '%s', offset: %zu, unit: '%s' },\n", camel(name).c_str(), type, offset,
              unit);
}

void print_telemetry() {
  print_doc("", "Fields of the telemetry block: byte offsets from its start.");
  std::printf("export const telemetryFields = {\n");
#define PRINT(type, name, unit, doc) \
  print_field(#name, #type, offsetof(Telemetry, name), unit, doc);
  QUANTA_TELEMETRY(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_doc("", "Size of the telemetry block in bytes.");
  std::printf("export const telemetryBytes = %zu;\n", sizeof(Telemetry));
}

void print_word(const char* name, size_t offset, const char* unit, const char* doc) {
  const std::string text = *unit == '\0' ? doc : std::string(doc) + " Unit: " + unit + ".";
  print_number(name, static_cast<unsigned>(offset / sizeof(uint32_t)), text.c_str());
}

void print_directory() {
  print_doc("", "Words of the directory, which begins the arena: indices of Uint32 words.");
  std::printf("export const directoryWord = {\n");
#define PRINT(name, doc) print_word(#name, offsetof(quanta::Directory, name), "", doc);
  QUANTA_DIRECTORY(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
}

void print_header_bytes(const char* name, size_t bytes) {
  print_doc("", "Size of the header in bytes: the data begins here.");
  std::printf("export const %s = %zu;\n", name, bytes);
}

void print_sample_ring() {
  using Header = quanta::SampleRingHeader<std::atomic<uint32_t>>;
  print_doc("", "Words of a SampleRing's header: indices of Uint32 words from its start.");
  std::printf("export const sampleRingWord = {\n");
#define PRINT(place, name, unit, doc) print_word(#name, offsetof(Header, name), unit, doc);
  QUANTA_SAMPLE_RING(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_header_bytes("sampleRingHeaderBytes", sizeof(Header));
}

void print_broadcast_ring() {
  using Header = quanta::BroadcastRingHeader<std::atomic<uint32_t>>;
  print_doc("", "Words of a broadcast ring's header: indices of Uint32 words from its start.");
  std::printf("export const broadcastRingWord = {\n");
#define PRINT(place, name, unit, doc) print_word(#name, offsetof(Header, name), unit, doc);
  QUANTA_BROADCAST_RING(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_header_bytes("broadcastRingHeaderBytes", sizeof(Header));
}

void print_chunk_meta() {
  print_doc("", "Meta words of a chunk: indices of Uint32 words; a 64-bit float takes two.");
  std::printf("export const chunkMetaWord = {\n");
#define PRINT(type, name, unit, doc) \
  print_word(#name, sizeof(uint32_t) * static_cast<size_t>(quanta::ChunkMeta::name), unit, doc);
  QUANTA_CHUNK_META(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_doc("", "Number of a chunk's meta words.");
  std::printf("export const chunkMetaWords = %u;\n",
              static_cast<unsigned>(quanta::ChunkMeta::kWords));
}

void print_bytes(const char* name, size_t bytes, const char* doc) {
  print_doc("", doc);
  std::printf("export const %s = %zu;\n", name, bytes);
}

void print_clock() {
  print_doc("", "Words of the shared clock: indices of Uint32 words; a 64-bit float takes two.");
  std::printf("export const clockWord = {\n");
#define PRINT(type, name, unit, doc) \
  print_word(#name, offsetof(quanta::ClockWords, name), unit, doc);
  QUANTA_CLOCK(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_bytes("clockBytes", sizeof(quanta::ClockWords), "Size of the shared clock in bytes.");
}

void print_listener() {
  using Words = quanta::ListenerWords;
  print_doc("",
            "Words of a place in a listener table: indices of Uint32 words, counters take two.");
  std::printf("export const listenerWord = {\n");
#define PRINT(type, name, unit, doc) print_word(#name, offsetof(Words, name), unit, doc);
  QUANTA_LISTENER(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_bytes("listenerNameOffset", offsetof(Words, name), "Where the name begins, in bytes.");
  std::printf("\n");
  print_bytes("listenerBytes", sizeof(Words), "Size of a place in bytes.");
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

void print_export(const char* name, const std::string& type, const char* doc) {
  print_doc("  ", doc);
  std::printf("  readonly %s: %s;\n", name, type.c_str());
}

void print_exports() {
  std::printf("%s\n", kBanner);
  print_doc("", "What engine.wasm and its JavaScript fallback export. Pointers are byte offsets.");
  std::printf("export interface EngineExports {\n");
#define PRINT(name, type, params, doc) print_export(#name, QUANTA_TYPE_OF(type, params), doc);
  QUANTA_EXPORTS(PRINT)
#undef PRINT
  std::printf("}\n\n");
  print_doc("", "The names above, to check a module at run time.");
  std::printf("export const exportNames: readonly (keyof EngineExports)[] = [\n");
#define PRINT(name, type, params, doc) std::printf("  '%s',\n", #name);
  QUANTA_EXPORTS(PRINT)
#undef PRINT
  std::printf("];\n");
}

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
}

void print_parameter_block() {
  using quanta::ParameterBlock;
  print_doc("", "The parameters in force: indices of 32-bit words; one strip after the other.");
  std::printf("export const parameterWord = {\n");
  print_word("strips", offsetof(ParameterBlock, strips), "", "Floats of the first strip.");
  print_word("master", offsetof(ParameterBlock, master), "", "Floats of the master.");
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

void print_layout() {
  std::printf("%s\n", kBanner);
  print_constants();
  print_engine_status();
  print_scope_words();
  print_directory();
  print_telemetry();
  std::printf("\n");
  print_sample_ring();
  std::printf("\n");
  print_broadcast_ring();
  std::printf("\n");
  print_chunk_meta();
  std::printf("\n");
  print_clock();
  std::printf("\n");
  print_listener();
  std::printf("\n");
  print_push();
  std::printf("\n");
  print_parameters();
  print_parameter_block();
  print_meters();
  print_commands();
  print_queues();
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc == 2 ? argv[1] : "";
  if (what == "layout") return print_layout(), 0;
  if (what == "exports") return print_exports(), 0;
  if (what == "offline") return quanta::emit::print_offline(), 0;
  std::fprintf(stderr, "usage: emit_layout_ts layout | exports | offline\n");
  return 2;
}
