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

void print_readings() {
  print_doc("", "Readings of a file: byte offsets of 64-bit floats.");
  std::printf("export const meterReadings = {\n");
#define PRINT(name, unit, doc) print_reading(#name, offsetof(quanta::MeterReadings, name), doc);
  QUANTA_METER_READINGS(PRINT)
#undef PRINT
  std::printf("};\n\n");
  print_doc("", "Readings of one channel: byte offsets of 64-bit floats.");
  std::printf("export const channelReadings = {\n");
#define PRINT(name, unit, doc) print_reading(#name, offsetof(quanta::ChannelReadings, name), doc);
  QUANTA_CHANNEL_READINGS(PRINT)
#undef PRINT
  std::printf("};\n\n");
  print_doc("", "Bytes from one channel's readings to the next.");
  std::printf("export const channelReadingsBytes = %zu;\n\n", sizeof(quanta::ChannelReadings));
}

void print_property(const char* name, const std::string& type, const char* doc) {
  std::printf(" * @property {%s} %s %s\n", type.c_str(), name, doc);
}

}  // namespace

void print_offline() {
  std::printf("%s\n", kBanner);
  print_offline_numbers();
  print_readings();
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

}  // namespace quanta::emit
