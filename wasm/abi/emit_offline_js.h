// The JavaScript side of shared/offline_layout.h. Not a part of any module.
#ifndef QUANTA_ABI_EMIT_OFFLINE_JS_H_
#define QUANTA_ABI_EMIT_OFFLINE_JS_H_

namespace quanta::emit {

// Prints it to stdout.
void print_offline();

}  // namespace quanta::emit

#endif  // QUANTA_ABI_EMIT_OFFLINE_JS_H_
