#The native side of the benchmarks. `bench_native check` runs their code as a test, without timing.
#The peers' headers are optional: benchmark.h looks for them.
file(GLOB bench_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/native/bench/*.cpp)
list(FILTER bench_sources EXCLUDE REGEX wasm_exports)
add_executable(bench_native ${bench_sources})
find_package(Threads REQUIRED)
target_include_directories(bench_native PRIVATE tests/native)
target_link_libraries(bench_native PRIVATE quanta Threads::Threads)

find_path(FFTW_INCLUDE fftw3.h)
find_library(FFTW_LIBRARY fftw3f)
if(FFTW_INCLUDE AND FFTW_LIBRARY)
  target_compile_definitions(bench_native PRIVATE QUANTA_HAS_FFTW)
  target_include_directories(bench_native SYSTEM PRIVATE ${FFTW_INCLUDE})
  target_link_libraries(bench_native PRIVATE ${FFTW_LIBRARY})
endif()
