# The engine as WebAssembly modules: no JavaScript glue, no import but the memory.
#   engine           shared memory, SIMD128
#   engine-unshared  plain memory, SIMD128: pages that are not cross-origin isolated
#   engine-scalar    shared memory, no SIMD: what wasm2js turns into the JavaScript fallback

# QUANTA_MEMORY_PAGES and QUANTA_ARENA_BASE come from layout.h, so that link and code agree.
file(STRINGS wasm/shared/layout.h memory_line REGEX "X\\(kMemoryPages, ")
string(REGEX MATCH "kMemoryPages, ([0-9]+)" _ "${memory_line}")
math(EXPR memory_bytes "${CMAKE_MATCH_1} * 65536")

function(add_engine name)
  cmake_parse_arguments(PARSE_ARGV 1 engine "" "" "COMPILE;LINK")
  add_executable(${name} ${engine_sources} ${abi_sources})
  set_target_properties(${name} PROPERTIES SUFFIX .wasm)
  target_include_directories(${name} PRIVATE wasm)
  target_compile_options(${name} PRIVATE -O3 ${engine_COMPILE})
  target_link_options(${name} PRIVATE
    -O3 --no-entry -sSTANDALONE_WASM -sFILESYSTEM=0 -sMALLOC=none -sTOTAL_STACK=32768
    -sIMPORTED_MEMORY -sALLOW_MEMORY_GROWTH=0 -sINITIAL_MEMORY=${memory_bytes}
    -Wl,--export=__heap_base ${engine_COMPILE} ${engine_LINK})
endfunction()

set(shared_compile -matomics -mbulk-memory)
set(shared_link -Wl,--shared-memory,--max-memory=${memory_bytes})

add_engine(engine COMPILE ${shared_compile} -msimd128 LINK ${shared_link})
add_engine(engine-unshared COMPILE -msimd128)
add_engine(engine-scalar COMPILE ${shared_compile} LINK ${shared_link})
