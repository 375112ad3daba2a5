// Prints the TypeScript side of shared/layout.h: `emit_layout_ts layout` the constants, offsets and
// status codes, `emit_layout_ts exports` the type of the module's exports. `emit_layout_ts offline`
// prints the JavaScript side of shared/offline_layout.h, `delay` and `resample` the parts of it
// that the page needs; `emit_layout_ts vad-file` and `vad` print those of shared/voice_layout.h.
#include <cstdio>
#include <cstring>
#include <string>

#include "abi/emit_groups.h"
#include "abi/emit_offline_js.h"
#include "abi/emit_text.h"
#include "abi/emit_vad.h"
#include "shared/analysis_layout.h"
#include "shared/deadline_layout.h"
#include "shared/flight_layout.h"
#include "shared/layout.h"
#include "shared/listener_layout.h"
#include "shared/push_layout.h"
#include "shared/watch_layout.h"

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
  QUANTA_ANALYSIS_CONSTANTS(PRINT)
  QUANTA_PUSH_CONSTANTS(PRINT)
  QUANTA_FLIGHT_CONSTANTS(PRINT)
  QUANTA_DEADLINE_CONSTANTS(PRINT)
  QUANTA_WATCH_CONSTANTS(PRINT)
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

void print_directory() {
  print_doc("", "Words of the directory, which begins the arena: indices of Uint32 words.");
  std::printf("export const directoryWord = {\n");
#define PRINT(name, doc) print_word(#name, offsetof(quanta::Directory, name), "", doc);
  QUANTA_DIRECTORY(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
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

void print_layout() {
  std::printf("%s\n", kBanner);
  print_constants();
  print_engine_status();
  print_scope_words();
  print_directory();
  print_telemetry();
  std::printf("\n");
  print_rings();
  print_stages();
  print_flight();
  print_deadline();
  print_controls();
  print_watch();
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc == 2 ? argv[1] : "";
  if (what == "layout") return print_layout(), 0;
  if (what == "exports") return print_exports(), 0;
  if (what == "offline") return quanta::emit::print_offline(), 0;
  if (what == "delay") return quanta::emit::print_delay(), 0;
  if (what == "resample") return quanta::emit::print_resample(), 0;
  if (what == "vad-file") return quanta::emit::print_vad_file(), 0;
  if (what == "vad") return quanta::emit::print_vad(), 0;
  std::fprintf(
      stderr,
      "usage: emit_layout_ts layout | exports | offline | delay | resample | vad-file | vad\n");
  return 2;
}
