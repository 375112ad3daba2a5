# The engine as WebAssembly modules: no JavaScript glue, no import but the memory.
#   engine           shared memory, SIMD128
#   engine-unshared  plain memory, SIMD128: pages that are not cross-origin isolated
#   engine-scalar    shared memory, no SIMD: what wasm2js turns into the JavaScript fallback
#   offline          plain memory, SIMD128: the engine's classes on files, for Node
#   vad              plain memory, SIMD128: the voice detector alone, for Workers and Node
#   bench            shared memory, SIMD128: the benchmarks; built only when it is asked for

# The number of bytes that a constant of a layout header counts in pages, so that link and code
# agree.
function(read_memory_bytes header constant result)
  file(STRINGS wasm/shared/${header} line REGEX "X\\(${constant}, ")
  string(REGEX MATCH "${constant}, ([0-9]+)" _ "${line}")
  math(EXPR bytes "${CMAKE_MATCH_1} * 65536")
  set(${result} ${bytes} PARENT_SCOPE)
endfunction()

read_memory_bytes(layout.h kMemoryPages memory_bytes)
# Behind the engine's own memory there may be that of the flight recorder, or there may not.
file(STRINGS wasm/shared/flight_layout.h flight_lines REGEX "X\\(kFlightSegment")
string(REGEX MATCH "kFlightSegmentBytes, ([0-9]+)" _ "${flight_lines}")
set(segment_bytes ${CMAKE_MATCH_1})
string(REGEX MATCH "kFlightSegments, ([0-9]+)" _ "${flight_lines}")
math(EXPR with_flight_bytes "${memory_bytes} + ${CMAKE_MATCH_1} * ${segment_bytes}")
read_memory_bytes(offline_layout.h kOfflineMemoryPages offline_memory_bytes)
read_memory_bytes(voice_layout.h kVadMemoryPages vad_memory_bytes)

function(add_module name)
  cmake_parse_arguments(PARSE_ARGV 1 module "" "MEMORY" "SOURCES;COMPILE;LINK")
  add_executable(${name} ${module_SOURCES})
  set_target_properties(${name} PROPERTIES SUFFIX .wasm)
  target_include_directories(${name} PRIVATE wasm)
  target_compile_options(${name} PRIVATE -O3 ${module_COMPILE})
  target_link_options(${name} PRIVATE
    -O3 --no-entry -sSTANDALONE_WASM -sFILESYSTEM=0 -sMALLOC=none -sTOTAL_STACK=32768
    -sIMPORTED_MEMORY -sALLOW_MEMORY_GROWTH=0 -sINITIAL_MEMORY=${module_MEMORY}
    -Wl,--export=__heap_base ${module_COMPILE} ${module_LINK})
endfunction()

function(add_engine name)
  add_module(${name} MEMORY ${memory_bytes} SOURCES ${engine_sources} ${abi_sources} ${ARGN})
endfunction()

# Where there is little to gain in time: what unrolled loops weigh is loaded by every page.
set(small_sources dsp/adaptive_resampler dsp/compressor dsp/gate dsp/harmonics dsp/limiter
  dsp/loudness dsp/magnitude_fit dsp/peak_search engine/analysis_stage engine/controls engine/engine
  engine/mixer engine/vad_source engine/vad_stage engine/voice_stage voice/silero_weights)
list(TRANSFORM small_sources REPLACE "(.+)" "${CMAKE_SOURCE_DIR}/wasm/\\1.cpp")
set_source_files_properties(${small_sources} PROPERTIES COMPILE_OPTIONS -fno-unroll-loops)
# These mostly call others, or work some times a second. Not every file can be so: the bus and the
# voice's stage would get 64-bit atomic stores, which wasm2js refuses.
set(smallest_sources dsp/loudness_histogram engine/push_stage)
list(TRANSFORM smallest_sources REPLACE "(.+)" "${CMAKE_SOURCE_DIR}/wasm/\\1.cpp")
set_source_files_properties(${smallest_sources} PROPERTIES COMPILE_OPTIONS -Os)

set(shared_compile -matomics -mbulk-memory)
# The engine itself never grows its memory; without this the linker would allow no larger one.
set(shared_link -Wl,--shared-memory -sALLOW_MEMORY_GROWTH=1 -sMAXIMUM_MEMORY=${with_flight_bytes})

add_engine(engine COMPILE ${shared_compile} -msimd128 LINK ${shared_link})
add_engine(engine-unshared COMPILE -msimd128)
add_engine(engine-scalar COMPILE ${shared_compile} LINK ${shared_link})
add_module(offline MEMORY ${offline_memory_bytes} COMPILE -msimd128
  SOURCES ${engine_sources} ${offline_sources} ${offline_abi_sources})
add_module(vad MEMORY ${vad_memory_bytes} COMPILE -msimd128
  SOURCES ${engine_sources} ${vad_abi_sources})

# What the same bits are tested with: see tests/native/digest.
set(digest_memory_bytes 2097152)
set(digest_sources ${engine_sources} tests/native/digest/wasm_exports.cpp)
add_module(digest MEMORY ${digest_memory_bytes} SOURCES ${digest_sources} COMPILE -msimd128)
add_module(digest-scalar MEMORY ${digest_memory_bytes} SOURCES ${digest_sources})
foreach(name digest digest-scalar)
  target_include_directories(${name} PRIVATE tests/native)
endforeach()

set(bench_memory_bytes 33554432)
file(GLOB bench_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/native/bench/*.cpp)
list(FILTER bench_sources EXCLUDE REGEX native_main)
add_module(bench MEMORY ${bench_memory_bytes} COMPILE ${shared_compile} -msimd128
  LINK -Wl,--shared-memory,--max-memory=${bench_memory_bytes}
  SOURCES ${engine_sources} ${bench_sources})
target_include_directories(bench PRIVATE tests/native)
set_target_properties(bench PROPERTIES EXCLUDE_FROM_ALL ON)
