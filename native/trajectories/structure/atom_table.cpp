#include <limits>

#include "latentcv/structure.h"
#include "text/text_lines.h"

namespace latentcv {
namespace {

constexpr double notTold = std::numeric_limits<double>::quiet_NaN();

/** Without blanks around it, and with nothing that a terminal or a list of names would stumble over. */
std::string printable(std::string_view text) {
  std::string clean(trimmed(text));
  for (char& c : clean)
    if (c < ' ' || c > '~') c = '?';
  return clean;
}

}  // namespace

std::uint32_t Words::placeOf(std::string_view text) {
  const std::string word = printable(text);
  // neighbours are often alike
  if (!of_.empty() && words_[of_.back()] == word) return of_.back();
  const auto [place, fresh] = places_.emplace(word, static_cast<std::uint32_t>(words_.size()));
  if (fresh) words_.push_back(word);
  return place->second;
}

void AtomTable::add(std::string_view name, std::string_view type) {
  names.add(name);
  types.add(type);
  for (Words* words : {&residueNames, &chains, &segments, &insertionCodes}) words->add("");
  residueIds.push_back(notTold);
  masses.push_back(notTold);
}

void AtomTable::setResidue(std::string_view name, double id, std::string_view insertionCode) {
  residueNames.replaceLast(name);
  residueIds.back() = id;
  insertionCodes.replaceLast(insertionCode);
}

void AtomTable::setChain(std::string_view chain, std::string_view segment) {
  chains.replaceLast(chain);
  segments.replaceLast(segment);
}

}  // namespace latentcv
