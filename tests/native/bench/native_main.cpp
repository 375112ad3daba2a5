// The benchmarks in a native process: `bench_native check` runs each a few times and asserts its
// result; `bench_native serve` does what the lines on its input say, one answer a line:
//   compiler       the compiler
//   check NAME     `ok`, `fault TEXT` or `unknown`
//   time NAME N    nanoseconds that N operations took; after a check
#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <sstream>
#include <string>

#include "benchmark.h"

namespace quanta::bench {
namespace {

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

std::string time(const std::string& name, uint32_t operations) {
  const Benchmark* benchmark = find(name);
  if (benchmark == nullptr) return "unknown";
  const auto start = std::chrono::steady_clock::now();
  benchmark->run(operations);
  const std::chrono::nanoseconds taken = std::chrono::steady_clock::now() - start;
  return std::to_string(taken.count());
}

std::string answer(const std::string& line) {
  std::istringstream words(line);
  std::string verb;
  std::string name;
  uint32_t operations = 0;
  words >> verb >> name >> operations;
  if (verb == "compiler") return kCompiler;
  if (verb == "check") return check(name);
  if (verb == "time") return time(name, operations);
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
