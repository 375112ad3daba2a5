// The groups of the TypeScript side of the layouts. Not a part of any module.
#ifndef QUANTA_ABI_EMIT_GROUPS_H_
#define QUANTA_ABI_EMIT_GROUPS_H_

namespace quanta::emit {

// Each prints its group to stdout.
void print_rings();
void print_stages();
void print_controls();
void print_flight();
void print_deadline();
void print_watch();

}  // namespace quanta::emit

#endif  // QUANTA_ABI_EMIT_GROUPS_H_
