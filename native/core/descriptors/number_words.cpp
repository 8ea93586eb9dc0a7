#include "descriptors/number_words.h"

#include <locale.h>
#include <stdlib.h>

namespace latentcv {
namespace {

constexpr char blanks[] = " \t\n\v\f\r";

double decimal(const char* text, char** end) {
  static const locale_t plain = newlocale(LC_ALL_MASK, "C", nullptr);
  return strtod_l(text, end, plain);
}

}  // namespace

std::optional<std::vector<double>> numbersIn(const std::string& line) {
  std::vector<double> numbers;
  std::size_t first = line.find_first_not_of(blanks);
  while (first != std::string::npos) {
    const std::string word = line.substr(first, line.find_first_of(blanks, first) - first);
    // strtod knows names and hexadecimal numbers too
    if (word.find_first_not_of("0123456789+-.eE") != std::string::npos) return std::nullopt;
    char* end = nullptr;
    numbers.push_back(decimal(word.c_str(), &end));
    if (end != word.c_str() + word.size()) return std::nullopt;
    first = line.find_first_not_of(blanks, first + word.size());
  }
  return numbers;
}

}  // namespace latentcv
