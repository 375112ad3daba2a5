#include "abi/emit_offline_js.h"

#include <cstddef>
#include <cstdio>
#include <string>

#include "abi/emit_text.h"
#include "shared/offline_layout.h"

namespace quanta::emit {
namespace {

constexpr const char* kBanner =
    "// @ts-check\n"
    "// Printed by wasm/abi/emit_offline_js.cpp from wasm/shared/offline_layout.h: `npm run gen`. "
    "Do "
    "not edit.\n";

constexpr const char* kTypedBanner =
    "// Printed by wasm/abi/emit_offline_js.cpp from wasm/shared/offline_layout.h: `npm run gen`. "
    "Do not edit.\n";

void print_offline_numbers() {
  print_doc("", "Constants of the offline module.");
  std::printf("export const offlineConstants = {\n");
#define PRINT(name, value, doc) print_number(#name, quanta::name, doc);
  QUANTA_OFFLINE_CONSTANTS(PRINT)
#undef PRINT
  std::printf("};\n\n");
  print_doc("", "Status codes of the offline module.");
  std::printf("export const offlineStatus = {\n");
#define PRINT(name, value, doc) \
  print_number(#name, static_cast<unsigned>(quanta::OfflineStatus::name), doc);
  QUANTA_OFFLINE_STATUS(PRINT)
#undef PRINT
  std::printf("};\n\n");
}

void print_reading(const char* name, size_t offset, const char* doc) {
  print_number(name, static_cast<unsigned>(offset), doc);
}

void begin_readings(const char* constant, const char* of) {
  print_doc("", std::string("Readings of ") + of + ": byte offsets of 64-bit floats.");
  std::printf("export const %s = {\n", constant);
}

void print_readings() {
  begin_readings("meterReadings", "a file");
#define PRINT(name, unit, doc) print_reading(#name, offsetof(quanta::MeterReadings, name), doc);
  QUANTA_METER_READINGS(PRINT)
#undef PRINT
  std::printf("};\n\n");
  begin_readings("channelReadings", "one channel");
#define PRINT(name, unit, doc) print_reading(#name, offsetof(quanta::ChannelReadings, name), doc);
  QUANTA_CHANNEL_READINGS(PRINT)
#undef PRINT
  std::printf("};\n\n");
  print_doc("", "Bytes from one channel's readings to the next.");
  std::printf("export const channelReadingsBytes = %zu;\n\n", sizeof(quanta::ChannelReadings));
}

void print_analysis_readings() {
  begin_readings("windowReadings", "one window");
#define PRINT(name, unit, doc) print_reading(#name, offsetof(quanta::WindowReadings, name), doc);
  QUANTA_WINDOW_READINGS(PRINT)
#undef PRINT
  std::printf("};\n\n");
  begin_readings("partialReadings", "one partial");
#define PRINT(name, unit, doc) print_reading(#name, offsetof(quanta::PartialReadings, name), doc);
  QUANTA_PARTIAL_READINGS(PRINT)
#undef PRINT
  std::printf("};\n\n");
  print_doc("", "Bytes from one partial's readings to the next.");
  std::printf("export const partialReadingsBytes = %zu;\n\n", sizeof(quanta::PartialReadings));
}

void print_delay_readings(const char* end) {
  begin_readings("delayReadings", "a delay");
#define PRINT(name, unit, doc) print_reading(#name, offsetof(quanta::DelayReadings, name), doc);
  QUANTA_DELAY_READINGS(PRINT)
#undef PRINT
  std::printf("}%s;\n\n", end);
}

void print_property(const char* name, const std::string& type, const char* doc) {
  std::printf(" * @property {%s} %s %s\n", type.c_str(), name, doc);
}

void print_method(const char* name, const std::string& type, const char* doc) {
  print_doc("  ", doc);
  std::printf("  readonly %s: %s;\n", name, type.c_str());
}

}  // namespace

void print_offline() {
  std::printf("%s\n", kBanner);
  print_offline_numbers();
  print_readings();
  print_analysis_readings();
  print_delay_readings("");
  std::printf("/**\n * What offline.wasm exports. Pointers are byte offsets.\n");
  std::printf(" * @typedef {object} OfflineExports\n");
#define PRINT(name, type, params, doc) print_property(#name, QUANTA_TYPE_OF(type, params), doc);
  QUANTA_OFFLINE_EXPORTS(PRINT)
#undef PRINT
  std::printf(" */\n\n");
  print_doc("", "The names above, to check a module at run time.");
  std::printf("export const offlineExportNames = [\n");
#define PRINT(name, type, params, doc) std::printf("  '%s',\n", #name);
  QUANTA_OFFLINE_EXPORTS(PRINT)
#undef PRINT
  std::printf("];\n");
}

void print_delay() {
  std::printf("%s\n", kTypedBanner);
  print_doc("", "Size of the module's memory in 64 KiB pages.");
  std::printf("export const delayMemoryPages = %u;\n\n", quanta::kOfflineMemoryPages);
  print_delay_readings(" as const");
  print_doc("", "What offline.wasm exports to measure delays. Pointers are byte offsets; 0 is ok.");
  std::printf("export interface DelayExports {\n");
#define PRINT(name, type, params, doc) print_method(#name, QUANTA_TYPE_OF(type, params), doc);
  QUANTA_DELAY_EXPORTS(PRINT)
#undef PRINT
  std::printf("}\n");
}

void print_resample() {
  std::printf("%s\n", kTypedBanner);
  print_doc("", "Size of the module's memory in 64 KiB pages.");
  std::printf("export const resampleMemoryPages = %u;\n\n", quanta::kOfflineMemoryPages);
  print_doc("", "What offline.wasm exports to resample. Pointers are byte offsets; 0 is ok.");
  std::printf("export interface ResampleExports {\n");
#define PRINT(name, type, params, doc) print_method(#name, QUANTA_TYPE_OF(type, params), doc);
  QUANTA_RESAMPLE_EXPORTS(PRINT)
  QUANTA_BLOCK_EXPORTS(PRINT)
#undef PRINT
  std::printf("}\n");
}

}  // namespace quanta::emit
