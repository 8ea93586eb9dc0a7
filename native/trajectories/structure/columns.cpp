#include "structure/columns.h"

#include <limits>

#include "text/text_lines.h"

namespace latentcv {
namespace {

constexpr double notTold = std::numeric_limits<double>::quiet_NaN();

/** Value of a digit in base 36; -1 for none. */
int digit36(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  return -1;
}

/** Numbers beyond 9,999 in four columns: A000 is 10,000 (cci.lbl.gov/hybrid_36). */
double hybrid36(std::string_view text) {
  constexpr double letters = 36.0 * 36 * 36;
  if (text.size() != 4 || digit36(text.front()) < 10) return notTold;
  const bool small = text.front() >= 'a';
  double number = 0;
  for (const char c : text) {
    if (digit36(c) < 0 || (c >= 'A' && (c >= 'a') != small)) return notTold;
    number = 36 * number + digit36(c);
  }
  return number - 10 * letters + 10'000 + (small ? 26 * letters : 0);
}

}  // namespace

double residueIdIn(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  std::uint64_t number = 0;
  if (!isCount(negative ? text.substr(1) : text, number)) return hybrid36(text);
  return negative ? -static_cast<double>(number) : static_cast<double>(number);
}

std::string_view columnsIn(std::string_view line, std::size_t from, std::size_t count) {
  return from < line.size() ? trimmed(line.substr(from, count)) : std::string_view();
}

}  // namespace latentcv
