// What the printers of the layouts have in common. Not a part of any module.
#ifndef QUANTA_ABI_EMIT_TEXT_H_
#define QUANTA_ABI_EMIT_TEXT_H_

#include <cctype>
#include <cstdio>
#include <string>
#include <type_traits>
#include <vector>

#include "shared/layout.h"

namespace quanta::emit {

// kArenaBase, quantum_count -> arenaBase, quantumCount
inline std::string camel(const std::string& name) {
  const bool constant = name.size() > 1 && name[0] == 'k' && std::isupper(name[1]);
  std::string out;
  bool upper = false;
  for (size_t i = constant ? 1 : 0; i < name.size(); ++i) {
    const char c = name[i];
    if (c == '_') {
      upper = true;
      continue;
    }
    const bool first = out.empty();
    out += static_cast<char>(first ? std::tolower(c) : upper ? std::toupper(c) : c);
    upper = false;
  }
  return out;
}

inline void print_doc(const char* indent, const std::string& doc) {
  std::printf("%s/** %s */\n", indent, doc.c_str());
}

inline void print_number(const char* name, unsigned value, const char* doc) {
  print_doc("  ", doc);
  std::printf("  %s: %u,\n", camel(name).c_str(), value);
}

inline void print_field(const char* name, const char* type, size_t offset, const char* unit,
                        const char* doc) {
  print_doc("  ", doc);
  std::printf("  %s: { type: '%s', offset: %zu, unit: '%s' },\n", camel(name).c_str(), type, offset,
              unit);
}

inline void print_word(const char* name, size_t offset, const char* unit, const char* doc) {
  const std::string text = *unit == '\0' ? doc : std::string(doc) + " Unit: " + unit + ".";
  print_number(name, static_cast<unsigned>(offset / sizeof(uint32_t)), text.c_str());
}

inline void print_bytes(const char* name, size_t bytes, const char* doc) {
  print_doc("", doc);
  std::printf("export const %s = %zu;\n", name, bytes);
}

inline void print_header_bytes(const char* name, size_t bytes) {
  print_doc("", "Size of the header in bytes: the data begins here.");
  std::printf("export const %s = %zu;\n", name, bytes);
}

inline std::vector<std::string> split(const char* list) {
  std::vector<std::string> names;
  std::string name;
  for (const char* c = list;; ++c) {
    if (*c == ',' || *c == '\0') {
      if (!name.empty()) names.push_back(name);
      name.clear();
      if (*c == '\0') return names;
    } else if (*c != ' ') {
      name += *c;
    }
  }
}

// Every C++ type of the ABI is a number in JavaScript; void is void.
template <typename Result, typename... Args>
std::string function_type(Result (*)(Args...), const char* params) {
  std::string list;
  for (const std::string& param : split(params)) {
    list += (list.empty() ? "" : ", ") + param + ": number";
  }
  return "(" + list + ") => " + (std::is_void_v<Result> ? "void" : "number");
}

#define QUANTA_TYPE_OF(type, params) \
  quanta::emit::function_type(static_cast<quanta::layout_types::Function<type>*>(nullptr), params)

}  // namespace quanta::emit

#endif  // QUANTA_ABI_EMIT_TEXT_H_
