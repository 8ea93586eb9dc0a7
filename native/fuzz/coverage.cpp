#include "coverage.h"

#include <cstdint>
#include <cstring>

// The compiler calls __sanitizer_cov_trace_pc in every basic block of what is compiled with
// -fsanitize-coverage=trace-pc; this file is not.

namespace {

constexpr std::size_t size = std::size_t{1} << 16;  // as many as `place` below can name
std::uint8_t counts[size];
std::uint8_t known[size];
std::size_t total = 0;
std::size_t previous = 0;

/** 1, 2, 3, 4–7, 8–15, … times: one bit each. */
std::uint8_t bucket(std::uint8_t count) {
  if (count <= 3) return static_cast<std::uint8_t>(count == 0 ? 0 : 1 << (count - 1));
  for (int bit = 3; bit < 7; ++bit)
    if (count < 1 << bit) return static_cast<std::uint8_t>(1 << bit);
  return 1 << 7;
}

}  // namespace

extern "C" void __sanitizer_cov_trace_pc() {
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_return_address(0));
  const std::size_t place = (here * 0x9e3779b97f4a7c15U) >> 48;
  std::uint8_t& count = counts[place ^ previous];
  if (count != 255) ++count;
  previous = place >> 1;
}

void coverage::clear() {
  std::memset(counts, 0, sizeof counts);
  previous = 0;
}

coverage::Gain coverage::addNew() {
  Gain gain = Gain::nothing;
  for (std::size_t i = 0; i < size; ++i) {
    const std::uint8_t bits = bucket(counts[i]);
    if ((bits & ~known[i]) == 0) continue;
    if (known[i] == 0) {
      gain = Gain::borders;
      ++total;
    } else if (gain == Gain::nothing) {
      gain = Gain::counts;
    }
    known[i] = static_cast<std::uint8_t>(known[i] | bits);
  }
  return gain;
}

std::size_t coverage::seen() { return total; }
