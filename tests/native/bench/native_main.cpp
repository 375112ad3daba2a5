// The benchmarks in a native process: `bench_native check` runs each a few times and asserts its
// result; `bench_native serve` does what the lines on its input say, one answer a line:
//   compiler       the compiler
//   check NAME     `ok`, `fault TEXT` or `unknown`
//   time NAME N R  nanoseconds that N operations took while R threads followed; after a check
//   each NAME N R  nanoseconds of each of N operations, likewise
#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "benchmark.h"
#include "followers.h"

namespace quanta::bench {
namespace {

using Clock = std::chrono::steady_clock;

#if defined(__clang__)
constexpr const char* kCompiler = "clang++ " __clang_version__;
#else
constexpr const char* kCompiler = "g++ " __VERSION__;
#endif

const Benchmark* find(const std::string& name) {
  for (const NamedBenchmark& known : benchmarks()) {
    if (name == known.name) return known.benchmark;
  }
  return nullptr;
}

std::string check(const std::string& name) {
  const Benchmark* benchmark = find(name);
  if (benchmark == nullptr) return "unknown";
  const char* fault = benchmark->check();
  return fault == nullptr ? "ok" : std::string("fault ") + fault;
}

std::string nanoseconds(Clock::duration taken) {
  return std::to_string(std::chrono::nanoseconds(taken).count());
}

std::string time_all(const Benchmark& benchmark, uint32_t operations) {
  const auto start = Clock::now();
  benchmark.run(operations);
  return nanoseconds(Clock::now() - start);
}

std::string time_each(const Benchmark& benchmark, uint32_t operations) {
  std::vector<Clock::time_point> edges(operations + 1);
  edges[0] = Clock::now();
  for (uint32_t i = 0; i < operations; ++i) {
    benchmark.run(1);
    edges[i + 1] = Clock::now();
  }
  std::string all;
  for (uint32_t i = 0; i < operations; ++i) all += nanoseconds(edges[i + 1] - edges[i]) + ' ';
  return all;
}

struct Request {
  std::string verb;
  std::string name;
  uint32_t operations = 0;
  uint32_t readers = 0;
};

std::string measure(const Request& request) {
  const Benchmark* benchmark = find(request.name);
  if (benchmark == nullptr) return "unknown";
  const void* ring = request.readers > 0 ? benchmark->shared() : nullptr;
  const Followers followers(ring, request.readers);
  const auto measured = request.verb == "time" ? time_all : time_each;
  return measured(*benchmark, request.operations);
}

std::string answer(const std::string& line) {
  std::istringstream words(line);
  Request request;
  words >> request.verb >> request.name >> request.operations >> request.readers;
  if (request.verb == "compiler") return kCompiler;
  if (request.verb == "check") return check(request.name);
  if (request.verb == "time" || request.verb == "each") return measure(request);
  return "unknown";
}

int serve() {
  for (std::string line; std::getline(std::cin, line);) std::cout << answer(line) << std::endl;
  return 0;
}

int check_all() {
  int faults = 0;
  for (const auto& [name, benchmark] : benchmarks()) {
    const std::string result = check(name);
    benchmark->run(3);
    std::printf("%s: %s\n", name, result.c_str());
    if (result != "ok") ++faults;
  }
  return faults == 0 ? 0 : 1;
}

int run(const char* command) {
  if (std::strcmp(command, "check") == 0) return check_all();
  if (std::strcmp(command, "serve") == 0) return serve();
  std::fprintf(stderr, "no such command: %s\n", command);
  return 2;
}

}  // namespace
}  // namespace quanta::bench

int main(int argc, char** argv) {
  if (argc == 2) return quanta::bench::run(argv[1]);
  std::fprintf(stderr, "usage: bench_native check | serve\n");
  return 2;
}
