// The other side of shared/voice_layout.h. Not a part of any module.
#ifndef QUANTA_ABI_EMIT_VAD_H_
#define QUANTA_ABI_EMIT_VAD_H_

namespace quanta::emit {

// Prints to stdout what the script needs that makes the weights' file.
void print_vad_file();

// Prints what runs the module, as TypeScript.
void print_vad();

}  // namespace quanta::emit

#endif  // QUANTA_ABI_EMIT_VAD_H_
