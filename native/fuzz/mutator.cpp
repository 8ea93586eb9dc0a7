#include "mutator.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace {

// enough to choose from; more only costs memory
constexpr std::size_t mostLearned = 20000;
constexpr std::size_t longestWord = 48;

bool isText(const std::string& input) {
  return std::all_of(input.begin(), input.end(), [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); });
}

/** Every list of siblings in a tree, the outermost first. */
void collectLists(std::vector<Field>& siblings, std::vector<std::vector<Field>*>& lists) {
  lists.push_back(&siblings);
  for (Field& field : siblings)
    if (!field.children.empty()) collectLists(field.children, lists);
}

std::vector<std::string> splitWords(const std::string& text) {
  std::vector<std::string> words(1);
  for (char c : text) {
    const bool separator = c == ' ' || c == '\n' || c == '=';
    if (separator) words.emplace_back(1, c);
    if (separator) words.emplace_back();
    if (!separator) words.back().push_back(c);
  }
  return words;
}

std::string join(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += part;
  return all;
}

}  // namespace

void Mutator::learn(const std::string& input) {
  if (words_.empty()) words_ = {"", "0", "-1", "1e400", "nan", "18446744073709551616", "rank", "/"};
  std::vector<Field> fields;
  if (isText(input)) {
    for (const std::string& found : splitWords(input))
      if (words_.size() < mostLearned && found.size() <= longestWord) words_.push_back(found);
  } else if (parseMessage(input, fields)) {
    for (const Field& field : fields) learn(field);
  }
}

void Mutator::learn(const Field& field) {
  if (fields_.size() < mostLearned) fields_.push_back(field);
  if (words_.size() < mostLearned && !field.bytes.empty() && field.bytes.size() <= longestWord)
    words_.push_back(field.bytes);
  for (const Field& child : field.children) learn(child);
}

std::uint64_t Mutator::number() {
  const std::uint64_t bit = std::uint64_t{1} << below(64);
  switch (below(4)) {
    case 0:
      return below(20);
    case 1:
      return bit + below(3) - 1;
    case 2:
      return ~std::uint64_t{0} - below(8);
    default:
      return random_() >> below(64);
  }
}

std::string Mutator::mutate(const std::string& input, const std::string& other) {
  std::string changed = input;
  for (std::size_t round = 0, rounds = 1 + below(4); round < rounds; ++round) {
    std::vector<Field> fields;
    if (below(8) == 0 || changed.empty())
      changed = mutateBytes(std::move(changed), other);
    else if (isText(changed))
      changed = mutateText(changed);
    else if (parseMessage(changed, fields))
      changed = mutateFields(std::move(fields));
    else
      changed = mutateBytes(std::move(changed), other);
  }
  return changed;
}

std::string Mutator::mutateBytes(std::string input, const std::string& other) {
  if (input.empty()) return other;
  const std::size_t at = below(input.size());
  const std::size_t length = std::min<std::size_t>(below(64), input.size() - at);
  switch (below(7)) {
    case 6:
      writeNumber(input);
      break;
    case 0:
      input[at] = static_cast<char>(below(256));
      break;
    case 1:
      input[at] = static_cast<char>(input[at] ^ (1 << below(8)));
      break;
    case 2:
      input.resize(at);
      break;
    case 3:
      input.erase(at, length);
      break;
    case 4:
      input.insert(at, input.substr(below(input.size()), length));
      break;
    default:
      input = input.substr(0, at) + (other.empty() ? "" : other.substr(below(other.size())));
  }
  return input;
}

/** Writes a whole number of 4 or 8 bytes where one could stand, in either order of bytes. */
void Mutator::writeNumber(std::string& bytes) {
  const std::size_t width = below(2) == 0 ? 4 : 8;
  if (bytes.size() < width) return;
  const std::uint64_t value = number();
  const std::size_t at = below(bytes.size() - width + 1);
  const bool highestFirst = below(2) == 0;
  for (std::size_t i = 0; i < width; ++i)
    bytes[at + (highestFirst ? width - 1 - i : i)] = static_cast<char>(value >> (8 * i));
}

std::string Mutator::mutateText(const std::string& input) {
  std::vector<std::string> parts = splitWords(input);
  const std::size_t at = below(parts.size()), length = std::min(below(6) + 1, parts.size() - at);
  const auto from = parts.begin() + static_cast<std::ptrdiff_t>(at);
  const std::vector<std::string> copy(from, from + static_cast<std::ptrdiff_t>(length));
  switch (below(4)) {
    case 0:
      parts[at] = word();
      break;
    case 1:
      parts[at] = std::to_string(static_cast<std::int64_t>(number()));
      break;
    case 2:
      parts.erase(from, from + static_cast<std::ptrdiff_t>(length));
      break;
    default:
      parts.insert(parts.begin() + static_cast<std::ptrdiff_t>(below(parts.size())), copy.begin(),
                   copy.end());
  }
  return join(parts);
}

std::string Mutator::mutateFields(std::vector<Field> fields) {
  std::vector<std::vector<Field>*> lists;
  collectLists(fields, lists);
  std::vector<Field>& siblings = *lists[below(lists.size())];
  const std::size_t at = below(siblings.size());
  if (below(2) == 0 || !siblings[at].children.empty())
    changeList(siblings, at);
  else
    changeValue(siblings[at]);
  return writeMessage(fields);
}

void Mutator::changeList(std::vector<Field>& siblings, std::size_t at) {
  const auto place = siblings.begin() + static_cast<std::ptrdiff_t>(at);
  switch (below(5)) {
    case 0:
      siblings.erase(place);
      break;
    case 1: {
      const Field copy = *place;
      siblings.insert(place, copy);
      break;
    }
    case 2:
      std::swap(siblings[at], siblings[below(siblings.size())]);
      break;
    case 3:
      if (!fields_.empty()) siblings[at] = fields_[below(fields_.size())];
      break;
    default:
      if (!fields_.empty()) siblings.insert(place, fields_[below(fields_.size())]);
  }
}

void Mutator::changeValue(Field& field) {
  if (field.wireType != 2) {
    field.value = number();
  } else if (below(3) == 0) {
    field.bytes = word();
  } else if (isText(field.bytes) && !field.bytes.empty()) {
    field.bytes = mutateText(field.bytes);
  } else if (below(2) == 0) {
    changeFloats(field.bytes);
  } else {
    field.bytes = mutateBytes(field.bytes, word());
  }
}

/** Writes a number that is hard to compute with where a float could stand. */
void Mutator::changeFloats(std::string& bytes) {
  if (bytes.size() < sizeof(float)) return;
  using limits = std::numeric_limits<float>;
  const float hard[] = {
      0, -0.0F, 1e30F, limits::max(), limits::denorm_min(), limits::infinity(), limits::quiet_NaN()};
  const float value = hard[below(sizeof hard / sizeof *hard)];
  std::memcpy(&bytes[below(bytes.size() / sizeof value) * sizeof value], &value, sizeof value);
}
