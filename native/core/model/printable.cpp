#include "model/printable.h"

#include <cstdio>

namespace latentcv {
namespace {

// names are words; what is longer than this helps nobody
constexpr std::size_t mostShown = 80;

bool controls(unsigned char byte) { return byte < 0x20 || byte == 0x7f; }

/** The second of two bytes that are U+0080 to U+009F. */
bool endsControl(const std::string& text, std::size_t i) {
  const auto byte = static_cast<unsigned char>(text[i]);
  return byte >= 0x80 && byte <= 0x9f && i > 0 && static_cast<unsigned char>(text[i - 1]) == 0xc2;
}

}  // namespace

std::string printable(const std::string& text) {
  std::string shown;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (!controls(byte) && !endsControl(text, i)) {
      shown += text[i];
      continue;
    }
    char code[8];
    std::snprintf(code, sizeof(code), "\\x%02x", byte);
    shown += code;
  }
  return shown;
}

std::string quoted(const std::string& text) {
  if (text.size() <= mostShown) return "\"" + printable(text) + "\"";
  return "\"" + printable(text.substr(0, mostShown)) + "…\"";
}

}  // namespace latentcv
