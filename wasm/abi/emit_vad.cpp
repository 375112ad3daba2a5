#include "abi/emit_vad.h"

#include <cstddef>
#include <cstdio>
#include <string>

#include "abi/emit_text.h"
#include "shared/voice_layout.h"

namespace quanta::emit {
namespace {

constexpr const char* kOrigin =
    "// Printed by wasm/abi/emit_vad.cpp from wasm/shared/voice_layout.h: `npm run gen`. Do not "
    "edit.\n";

void print_numbers(const char* end) {
  print_doc("", "Constants of the voice detector.");
  std::printf("export const vadConstants = {\n");
#define PRINT(name, value, doc) print_number(#name, quanta::name, doc);
  QUANTA_VAD_CONSTANTS(PRINT)
#undef PRINT
  print_number("vad_scales_offset", quanta::kVadScalesOffset, "Where the scales begin.");
  print_number("vad_matrices_offset", quanta::kVadMatricesOffset, "Where the matrices begin.");
  std::printf("}%s;\n\n", end);
}

void print_header() {
  print_doc("", "Words of the file's header.");
  std::printf("export const vadHeader = {\n");
#define PRINT(name, doc) print_word(#name, offsetof(quanta::VadHeader, name), "", doc);
  QUANTA_VAD_HEADER(PRINT)
#undef PRINT
  std::printf("};\n\n");
}

void print_layer(const char* name, const VadLayerShape& shape, const char* doc) {
  print_doc("  ", doc);
  std::printf("  %s: {\n    inputs: %u,\n    outputs: %u,\n", camel(name).c_str(), shape.inputs,
              shape.outputs);
  std::printf("    firstTap: %u,\n    taps: %u,\n    group: %u,\n  },\n", shape.first_tap,
              shape.taps, shape.group);
}

void print_layers() {
  print_doc("", "The layers in the order of the file.");
  std::printf("export const vadLayers = {\n");
#define PRINT(name, inputs, outputs, first_tap, taps, group, doc) \
  print_layer(#name, vad_shape(VadLayer::name), doc);
  QUANTA_VAD_LAYERS(PRINT)
#undef PRINT
  std::printf("};\n");
}

void print_status() {
  print_doc("", "What the loading of weights says.");
  std::printf("export const vadStatus = {\n");
#define PRINT(name, value, doc) \
  print_number(#name, static_cast<unsigned>(quanta::VadStatus::name), doc);
  QUANTA_VAD_STATUS(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
}

void print_probability_meta() {
  print_doc("", "Meta words of a probability in its ring: indices of Uint32 words.");
  std::printf("export const probabilityMetaWord = {\n");
#define PRINT(type, name, unit, doc) \
  print_number(#name, static_cast<unsigned>(quanta::ProbabilityMeta::name), doc);
  QUANTA_PROBABILITY_META(PRINT)
#undef PRINT
  std::printf("} as const;\n\n");
  print_doc("", "Number of a probability's meta words.");
  std::printf("export const probabilityMetaWords = %u;\n\n",
              static_cast<unsigned>(quanta::ProbabilityMeta::kWords));
}

void print_method(const char* name, const std::string& type, const char* doc) {
  print_doc("  ", doc);
  std::printf("  readonly %s: %s;\n", name, type.c_str());
}

}  // namespace

void print_vad_file() {
  std::printf("// @ts-check\n%s\n", kOrigin);
  print_numbers("");
  print_header();
  print_layers();
}

void print_vad() {
  std::printf("%s\n", kOrigin);
  print_numbers(" as const");
  print_status();
  print_probability_meta();
  print_doc("", "What vad.wasm exports. Pointers are byte offsets.");
  std::printf("export interface VadExports {\n");
#define PRINT(name, type, params, doc) print_method(#name, QUANTA_TYPE_OF(type, params), doc);
  QUANTA_VAD_EXPORTS(PRINT)
#undef PRINT
  std::printf("}\n\n");
  print_doc("", "The names above, to check a module at run time.");
  std::printf("export const vadExportNames: readonly (keyof VadExports)[] = [\n");
#define PRINT(name, type, params, doc) std::printf("  '%s',\n", #name);
  QUANTA_VAD_EXPORTS(PRINT)
#undef PRINT
  std::printf("];\n");
}

}  // namespace quanta::emit
