#include "descriptors/line.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <locale>
#include <sstream>

#include "descriptors/number_words.h"

namespace latentcv {
namespace {

bool isInteger(const std::string& word) {
  const std::size_t start = word[0] == '-' ? 1 : 0;
  return word.size() > start && word.find_first_not_of("0123456789", start) == std::string::npos;
}

/** `0-255`, `0-254:2`. */
bool isRange(const std::string& word) {
  const std::size_t dash = word.find('-', 1);
  return dash != std::string::npos && word.find_first_not_of("0123456789-:") == std::string::npos;
}

bool isOption(const std::string& word) {
  return word.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string::npos && word[0] != '-' &&
         word != "nan" && word != "inf" && word != "infinity";
}

std::size_t readAtom(const std::string& word, std::size_t atomCount) {
  // more digits than any atom has would not fit into a number
  const bool fits = word[0] != '-' && word.size() < 16;
  if (!fits || std::stoull(word) >= atomCount)
    throw Malformed{"atoms from 0 to " + std::to_string(atomCount) + " (exclusive)"};
  return static_cast<std::size_t>(std::stoull(word));
}

std::size_t addRange(const std::string& word, std::size_t atomCount, AtomIndices& group) {
  const std::size_t dash = word.find('-', 1), colon = word.find(':');
  const std::string last = word.substr(dash + 1, colon == std::string::npos ? colon : colon - dash - 1);
  const std::string step = colon == std::string::npos ? "1" : word.substr(colon + 1);
  for (const std::string& part : {word.substr(0, dash), last, step})
    if (!isInteger(part)) throw Malformed{"atoms, or ranges of them such as 0-9 or 0-8:2"};
  const std::size_t from = readAtom(word.substr(0, dash), atomCount), to = readAtom(last, atomCount),
                    by = readAtom(step, atomCount + 1);
  if (to < from || by == 0)
    throw Malformed{"ranges of atoms from the lower to the higher, by steps of at least 1"};
  // a short line must not name the same atoms over and over
  if (group.size() + (to - from) / by >= atomCount) throw Malformed{"different atoms"};
  for (std::size_t atom = from; atom <= to; atom += by) group.push_back(atom);
  return (to - from) / by + 1;
}

double readNumber(const std::string& word) {
  const std::optional<std::vector<double>> numbers = numbersIn(word);
  if (!numbers || numbers->size() != 1 || !std::isfinite(numbers->front()))
    throw Malformed{"numbers behind the option"};
  return numbers->front();
}

void expectDifferent(AtomIndices atoms) {
  std::sort(atoms.begin(), atoms.end());
  if (std::adjacent_find(atoms.begin(), atoms.end()) != atoms.end()) throw Malformed{"different atoms"};
}

}  // namespace

std::optional<std::size_t> placeIn(const AtomIndices& atoms, std::size_t atom) {
  const auto found = std::find(atoms.begin(), atoms.end(), atom);
  if (found == atoms.end()) return std::nullopt;
  return static_cast<std::size_t>(found - atoms.begin());
}

DescriptorLine readDescriptorLine(const std::string& text, std::size_t atomCount) {
  std::istringstream words(text);
  words.imbue(std::locale::classic());
  DescriptorLine line;
  line.text = text;
  words >> line.kind;
  line.groups.emplace_back();
  for (std::string word; words >> word;) {
    if (!line.option.empty() && isOption(word))
      line.more.push_back({word, {}});
    else if (!line.more.empty())
      line.more.back().numbers.push_back(readNumber(word));
    else if (!line.option.empty())
      line.numbers.push_back(readNumber(word));
    else if (isRange(word))
      line.inRanges += addRange(word, atomCount, line.groups.back());
    else if (isInteger(word))
      line.groups.back().push_back(readAtom(word, atomCount));
    else if (word == "/")
      line.groups.emplace_back();
    else
      line.option = word;
  }
  for (std::size_t group = 0; group < line.groups.size(); ++group)
    // a donor may have several hydrogens
    if (group > 0 || line.kind != "hydrogen-bonds") expectDifferent(line.groups[group]);
  return line;
}

const LineOption* DescriptorLine::find(const std::string& word) const {
  const auto found =
      std::find_if(more.begin(), more.end(), [&](const LineOption& option) { return option.word == word; });
  return found == more.end() ? nullptr : &*found;
}

std::vector<AtomPair> DescriptorLine::pairs() const {
  std::vector<AtomPair> all;
  const bool across = groups.size() > 1;
  const AtomIndices &from = groups.front(), &to = groups.back();
  for (std::size_t i = 0; i < from.size(); ++i)
    for (std::size_t j = across ? 0 : i + 1; j < to.size(); ++j)
      if (from[i] != to[j]) all.push_back({from[i], to[j]});
  return all;
}

std::size_t DescriptorLine::pairCount() const {
  const std::size_t count = atoms().size();
  if (groups.size() == 1) return count * (count - 1) / 2;
  AtomIndices from = groups.front(), to = groups.back(), both;
  std::sort(from.begin(), from.end());
  std::sort(to.begin(), to.end());
  std::set_intersection(from.begin(), from.end(), to.begin(), to.end(), std::back_inserter(both));
  return from.size() * to.size() - both.size();
}

}  // namespace latentcv
