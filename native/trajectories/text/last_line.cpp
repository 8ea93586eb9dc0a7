#include "text/last_line.h"

#include <algorithm>
#include <vector>

#include "text/text_lines.h"

namespace latentcv {
namespace {

/** Characters behind the decimal point, those of an exponent too. */
std::size_t decimals(std::string_view word) {
  const auto point = word.find('.');
  return point == std::string_view::npos ? 0 : word.size() - point - 1;
}

/** As much of a file as tells how its lines look, up to its end. */
std::string tailOf(const BinaryFile& file, std::uint64_t& begin) {
  constexpr std::uint64_t most = 1 << 14;
  begin = file.size() - std::min(most, file.size());
  std::string text(static_cast<std::size_t>(file.size() - begin), '\0');
  if (!file.read(begin, reinterpret_cast<unsigned char*>(text.data()), text.size())) text.clear();
  return text;
}

/** Fewest decimals that end the last lines that have so many words; SIZE_MAX where the very last has not. */
std::size_t decimalsOfLines(Lines lines, std::size_t count) {
  std::size_t fewest = SIZE_MAX;
  while (!lines.atEnd()) {
    const std::vector<std::string_view> line = words(lines.next());
    fewest = line.size() == count ? std::min(fewest, decimals(line.back())) : SIZE_MAX;
  }
  return fewest;
}

}  // namespace

const char* const noteOfLastLine =
    "its last line has no end, and is taken for whole since it looks like others";

bool isWholeLastLine(const BinaryFile& file, std::uint64_t begin, LastLine like) {
  std::uint64_t tailBegin = 0;
  const std::string tail = tailOf(file, tailBegin);
  if (begin <= tailBegin || begin - tailBegin >= tail.size()) return false;
  const auto at = static_cast<std::size_t>(begin - tailBegin);
  const std::vector<std::string_view> last = words(std::string_view(tail).substr(at));
  if (last.empty() || trimmed(tail).data() + trimmed(tail).size() != tail.data() + tail.size()) return false;
  std::size_t fewest = SIZE_MAX;
  if (like == LastLine::likeThoseBefore)
    fewest = decimalsOfLines(Lines(std::string_view(tail).substr(0, at)), last.size());
  else
    for (std::size_t i = 0; i + 1 < last.size(); ++i)
      if (i + 3 >= last.size()) fewest = std::min(fewest, decimals(last[i]));
  return fewest != SIZE_MAX && decimals(last.back()) >= fewest;
}

}  // namespace latentcv
