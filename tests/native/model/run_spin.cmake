# Checks a Promela model exhaustively: cmake -DSPIN=… -DCXX=… -DMODEL=… -DBUG=… -DWORK=… -P run_spin.cmake
# With a BUG, the check must fail.
file(MAKE_DIRECTORY ${WORK})
set(define "")
set(optimize -O2)
if(BUG)
  # Found within a few hundred states: compiling takes longer than searching.
  set(define -D${BUG})
  set(optimize -O0)
endif()
execute_process(COMMAND ${SPIN} ${define} -a ${MODEL}
  WORKING_DIRECTORY ${WORK} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CXX} -x c -w ${optimize} -DSAFETY -DMEMLIM=1024 -o pan pan.c
  WORKING_DIRECTORY ${WORK} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ./pan -m100000
  WORKING_DIRECTORY ${WORK} OUTPUT_VARIABLE report COMMAND_ERROR_IS_FATAL ANY)
message("${report}")

if(report MATCHES "max search depth too small|Search not completed" AND NOT BUG)
  message(FATAL_ERROR "The search was cut short.")
endif()
string(REGEX MATCH "errors: ([0-9]+)" _ "${report}")
set(errors "${CMAKE_MATCH_1}")
if(BUG AND NOT report MATCHES "assertion violated")
  message(FATAL_ERROR "The seeded bug ${BUG} was not found.")
elseif(NOT BUG AND NOT errors STREQUAL "0")
  message(FATAL_ERROR "The model has ${errors} errors.")
endif()
