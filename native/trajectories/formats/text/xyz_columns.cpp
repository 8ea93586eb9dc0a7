#include "formats/text/xyz_columns.h"

#include <algorithm>

#include "latentcv/error.h"
#include "text/text_lines.h"

namespace latentcv {
namespace {

constexpr std::uint64_t mostColumns = 1000;

std::string_view wordAt(std::string_view line, std::size_t place) {
  for (std::size_t i = 0; i < place; ++i) takeWord(line);
  return takeWord(line);
}

/** What stands in brackets or braces that the text begins with, inner ones too. */
std::string_view inBrackets(std::string_view text) {
  const char open = text.front(), close = open == '[' ? ']' : '}';
  std::size_t level = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == open) ++level;
    if (text[i] == close && --level == 0) return text.substr(1, i - 1);
  }
  return text.substr(1);
}

/** The part up to the next colon, which goes off the text. */
std::string_view takeItem(std::string_view& text) {
  const std::size_t end = std::min(text.find(':'), text.size());
  const std::string_view item = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return item;
}

}  // namespace

std::string_view xyzValue(std::string_view comment, std::string_view key) {
  for (std::size_t at = 0; (at = comment.find(key, at)) != std::string_view::npos; at += key.size()) {
    const bool begins = at == 0 || comment[at - 1] == ' ' || comment[at - 1] == '\t';
    std::string_view rest = comment.substr(at + key.size());
    if (!begins || rest.empty() || rest.front() != '=') continue;
    rest.remove_prefix(1);
    if (!rest.empty() && (rest.front() == '[' || rest.front() == '{')) return inBrackets(rest);
    if (rest.empty() || rest.front() != '"') return takeWord(rest);
    rest.remove_prefix(1);
    return rest.substr(0, rest.find('"'));
  }
  return {};
}

XyzColumns::XyzColumns(std::string_view comment) {
  std::string_view properties = xyzValue(comment, "Properties");
  if (properties.empty()) return;
  bool found = false;
  for (std::size_t at = 0; !properties.empty();) {
    const std::string_view name = takeItem(properties), type = takeItem(properties);
    std::uint64_t count = 0;
    if (!isCount(takeItem(properties), count) || type.size() != 1 || count > mostColumns)
      throw Error(ErrorCode::badData, "expected Properties of names, types and numbers of columns");
    if (name == "species") name_ = at;
    if (name == "pos") position_ = at;
    found = found || (name == "pos" && count == 3);
    at += static_cast<std::size_t>(count);
  }
  if (!found) throw Error(ErrorCode::badData, "expected pos:R:3 among the Properties but there is none");
}

std::string_view XyzColumns::name(std::string_view line) const { return wordAt(line, name_); }

std::array<double, 3> XyzColumns::position(std::string_view line) const {
  for (std::size_t i = 0; i < position_; ++i) takeWord(line);
  std::array<double, 3> at;
  for (double& coordinate : at) coordinate = realOf(takeWord(line));
  return at;
}

}  // namespace latentcv
