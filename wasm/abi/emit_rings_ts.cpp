// Prints the rings and what listeners share.
#include <atomic>
#include <cstdio>
#include <string>

#include "abi/emit_groups.h"
#include "abi/emit_text.h"
#include "shared/layout.h"
#include "shared/listener_layout.h"

namespace quanta::emit {
namespace {

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

}  // namespace

void print_rings() {
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
}

}  // namespace quanta::emit
