// The JavaScript side of shared/offline_layout.h. Not a part of any module.
#ifndef QUANTA_ABI_EMIT_OFFLINE_JS_H_
#define QUANTA_ABI_EMIT_OFFLINE_JS_H_

namespace quanta::emit {

// Prints it to stdout.
void print_offline();

// Prints the parts that the page needs as TypeScript.
void print_delay();
void print_resample();

}  // namespace quanta::emit

#endif  // QUANTA_ABI_EMIT_OFFLINE_JS_H_
