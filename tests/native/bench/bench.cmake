#The native side of the benchmarks. `bench_native check` runs their code as a test, without timing.
#The peers' headers are optional: benchmark.h looks for them.
file(GLOB bench_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/native/bench/*.cpp)
list(FILTER bench_sources EXCLUDE REGEX wasm_exports)
add_executable(bench_native ${bench_sources})
target_link_libraries(bench_native PRIVATE quanta)
