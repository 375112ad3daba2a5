# Proofs of the rings: every schedule of small cases (model_tests), Promela models (spin) and stress
# under ThreadSanitizer. Each is also run on a ring with a seeded bug, which it must find.
#
# They bring their own instrumentation, so native.cmake includes this before it adds sanitizers.
# `ctest -C Full -L full` runs the long stress.
include(CheckCXXSourceCompiles)
find_package(Threads REQUIRED)

file(GLOB model_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/native/model/*.cpp)
add_executable(model_tests ${model_sources})
target_include_directories(model_tests PRIVATE wasm)
target_link_libraries(model_tests PRIVATE GTest::gtest_main)
gtest_discover_tests(model_tests DISCOVERY_TIMEOUT 60)

find_program(SPIN spin)
function(add_spin_test model bug)
  string(TOLOWER "spin_${model}:${bug}" name)
  string(REGEX REPLACE ":$" "" name ${name})
  set(work ${CMAKE_BINARY_DIR}/spin/${model}/${bug})
  add_test(NAME ${name} COMMAND ${CMAKE_COMMAND}
    -DSPIN=${SPIN} -DCXX=${CMAKE_CXX_COMPILER} -DBUG=${bug} -DWORK=${work}
    -DMODEL=${CMAKE_SOURCE_DIR}/tests/native/model/${model}.pml
    -P ${CMAKE_SOURCE_DIR}/tests/native/model/run_spin.cmake)
endfunction()
if(SPIN)
  foreach(bug "" PRODUCER_RELEASE_RELAXED CONSUMER_RELEASE_RELAXED)
    add_spin_test(sample_ring "${bug}")
  endforeach()
  foreach(bug "" COMMIT_RELEASE_RELAXED CONFIRM_RELEASE_RELAXED RESERVE_ACQUIRE_RELAXED NO_CONFIRM)
    add_spin_test(broadcast_ring "${bug}")
  endforeach()
else()
  message(WARNING "There is no spin: the Promela models of the rings are not checked.")
endif()

set(CMAKE_REQUIRED_FLAGS -fsanitize=thread)
check_cxx_source_compiles("int main() {}" QUANTA_HAS_TSAN)
unset(CMAKE_REQUIRED_FLAGS)
if(NOT QUANTA_HAS_TSAN)
  message(WARNING "${CMAKE_CXX_COMPILER} has no ThreadSanitizer: the rings are not stressed.")
  return()
endif()

file(GLOB stress_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/native/stress/*.cpp)
add_executable(ring_stress ${stress_sources})
target_include_directories(ring_stress PRIVATE wasm)
target_compile_options(ring_stress PRIVATE -fsanitize=thread -g)
target_link_options(ring_stress PRIVATE -fsanitize=thread)
target_link_libraries(ring_stress PRIVATE Threads::Threads)

add_test(NAME ring_stress COMMAND ring_stress short)
add_test(NAME ring_stress_full COMMAND ring_stress full CONFIGURATIONS Full)
set_tests_properties(ring_stress ring_stress_full PROPERTIES PROCESSORS 2)
set_tests_properties(ring_stress_full PROPERTIES LABELS full TIMEOUT 7200)

# PASS_REGULAR_EXPRESSION replaces the exit code: finding the bug is the pass.
function(add_seeded_bug bug finding)
  add_test(NAME ring_stress_finds_${bug} COMMAND ring_stress ${bug})
  set_tests_properties(ring_stress_finds_${bug} PROPERTIES
    ENVIRONMENT TSAN_OPTIONS=halt_on_error=1 PASS_REGULAR_EXPRESSION ${finding})
endfunction()
add_seeded_bug(producer-release-relaxed "ThreadSanitizer: data race")
add_seeded_bug(consumer-release-relaxed "ThreadSanitizer: data race")
add_seeded_bug(commit-release-relaxed "ThreadSanitizer: data race")
add_seeded_bug(no-confirm "FAULT: torn slot delivered")
