#include "ring_corpus.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace quanta {
namespace {

std::string file_text(const char* path) {
  const std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// After an intended change: build/.../emit_ring_corpus > tests/fixtures/rings.corpus
TEST(RingCorpus, TheGoldenCorpusIsWhatTheRingsDo) {
  EXPECT_EQ(ring_corpus(), file_text(QUANTA_FIXTURES "/rings.corpus"));
}

}  // namespace
}  // namespace quanta
