# Native builds: the layout generator and the tests, with the sanitizers that QUANTA_SANITIZE names.
set(QUANTA_SANITIZE "" CACHE STRING "Sanitizers for every native target, e.g. address,undefined")
option(QUANTA_TESTS "Build the native tests (needs GoogleTest)" OFF)
option(QUANTA_BENCH "Build the native benchmarks, for this kind of machine" OFF)
if(QUANTA_TESTS)
  enable_testing()
  find_package(GTest REQUIRED)
  include(GoogleTest)
  if(NOT QUANTA_SANITIZE MATCHES realtime)
    include(tests/native/proofs.cmake)
  endif()
endif()

if(QUANTA_SANITIZE)
  add_compile_options(-fsanitize=${QUANTA_SANITIZE} -fno-omit-frame-pointer -g)
  add_link_options(-fsanitize=${QUANTA_SANITIZE})
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 20)
  add_compile_options(-Wfunction-effects)
endif()

# What SIMD128 is to WebAssembly.
if(QUANTA_BENCH AND CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  add_compile_options(-msse4.1)
endif()

add_library(quanta STATIC ${engine_sources} ${abi_sources} ${offline_sources})
target_include_directories(quanta PUBLIC wasm)

add_executable(emit_layout_ts wasm/abi/emit_layout_ts.cpp wasm/abi/emit_rings_ts.cpp
  wasm/abi/emit_stages_ts.cpp wasm/abi/emit_controls_ts.cpp wasm/abi/emit_flight_ts.cpp
  wasm/abi/emit_deadline_ts.cpp wasm/abi/emit_watch_ts.cpp wasm/abi/emit_offline_js.cpp
  wasm/abi/emit_vad.cpp)
target_include_directories(emit_layout_ts PRIVATE wasm)

# What `quanta replay` compares the wasm engine with; built when it is asked for.
add_executable(replay_native EXCLUDE_FROM_ALL wasm/abi/replay_native.cpp)
target_link_libraries(replay_native PRIVATE quanta)

if(QUANTA_TESTS OR QUANTA_BENCH)
  include(tests/native/bench/bench.cmake)
endif()

if(QUANTA_TESTS)
  file(GLOB native_tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/native/*_test.cpp)
  if(QUANTA_SANITIZE MATCHES realtime)
    # RTSan owns malloc and stops at the first one by itself.
    list(FILTER native_tests EXCLUDE REGEX allocation_test)
  else()
    list(APPEND native_tests tests/native/malloc_trap.cpp)
  endif()
  add_library(ring_corpus STATIC tests/fixtures/ring_corpus.cpp)
  target_include_directories(ring_corpus PUBLIC wasm tests/fixtures)
  add_executable(emit_ring_corpus tests/fixtures/emit_ring_corpus.cpp)
  target_link_libraries(emit_ring_corpus PRIVATE ring_corpus)

  add_executable(native_tests ${native_tests})
  target_include_directories(native_tests PRIVATE tests/native)
  target_compile_definitions(native_tests PRIVATE
    QUANTA_FIXTURES="${CMAKE_SOURCE_DIR}/tests/fixtures")
  target_link_libraries(native_tests PRIVATE quanta ring_corpus GTest::gtest_main)
  gtest_discover_tests(native_tests DISCOVERY_TIMEOUT 60)
  add_test(NAME bench_native COMMAND bench_native check)
endif()
