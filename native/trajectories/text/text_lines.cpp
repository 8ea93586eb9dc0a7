#include "text/text_lines.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <string>

#include "latentcv/error.h"

namespace latentcv {
namespace {

constexpr std::string_view blanks = " \t\r\n\v\f";
/** More digits than any program writes. */
constexpr std::size_t longestNumber = 63;

[[noreturn]] void refuse(std::string_view text, const char* expected) {
  constexpr std::size_t shown = 40;
  std::string printable;
  for (const char c : text.substr(0, shown)) printable += c >= ' ' && c <= '~' ? c : '?';
  throw Error(ErrorCode::badData, std::string("expected ") + expected + " but received \"" + printable +
                                      (text.size() > shown ? "…\"" : "\""));
}

std::string_view withoutReturn(std::string_view line) {
  return !line.empty() && line.back() == '\r' ? line.substr(0, line.size() - 1) : line;
}

}  // namespace

LineScanner::LineScanner(const BinaryFile& file)
    : file_(file), block_(file.size() < blockBytes ? static_cast<std::size_t>(file.size()) : blockBytes) {
  unsigned char mark[3];
  if (file.read(0, mark, 3) && std::memcmp(mark, "\xef\xbb\xbf", 3) == 0) at_ = blockAt_ = 3;
}

bool LineScanner::fill(std::uint64_t from) {
  blockAt_ = from;
  blockSize_ = static_cast<std::size_t>(
      std::min<std::uint64_t>(block_.size(), file_.size() > from ? file_.size() - from : 0));
  if (!file_.read(from, reinterpret_cast<unsigned char*>(block_.data()), blockSize_)) blockSize_ = 0;
  return blockSize_ > 0;
}

bool LineScanner::next(std::string_view& line) {
  if (!endOfLine(at_) && at_ > blockAt_ && !fill(at_)) return false;
  if (at_ - blockAt_ >= blockSize_ && !fill(at_)) return false;
  const char* begin = block_.data() + (at_ - blockAt_);
  const char* end = endOfLine(at_);
  const auto length = static_cast<std::size_t>((end ? end : block_.data() + blockSize_) - begin);
  line = withoutReturn({begin, length});
  at_ += length + (end ? 1 : 0);
  lineEnded_ = end != nullptr;
  if (!end && at_ < file_.size()) line = passLongLine(line);
  return true;
}

const char* LineScanner::endOfLine(std::uint64_t from) const {
  const auto begin = static_cast<std::size_t>(from - blockAt_);
  if (begin >= blockSize_) return nullptr;
  return static_cast<const char*>(std::memchr(block_.data() + begin, '\n', blockSize_ - begin));
}

std::string_view LineScanner::passLongLine(std::string_view begun) {
  longLine_ = begun;
  while (!lineEnded_ && at_ < file_.size() && fill(at_)) {
    const char* end = endOfLine(at_);
    lineEnded_ = end != nullptr;
    at_ += end ? static_cast<std::size_t>(end - block_.data()) + 1 : blockSize_;
  }
  return longLine_;
}

bool LineScanner::skip(std::uint64_t lines) {
  std::string_view line;
  for (; lines > 0; --lines)
    if (!next(line)) return false;
  return true;
}

std::string_view Lines::next() {
  const std::size_t end = std::min(text_.find('\n'), text_.size());
  const std::string_view line = text_.substr(0, end);
  text_.remove_prefix(std::min(end + 1, text_.size()));
  return withoutReturn(line);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string_view takeWord(std::string_view& text) {
  const std::size_t first = std::min(text.find_first_not_of(blanks), text.size());
  const std::size_t end = std::min(text.find_first_of(blanks, first), text.size());
  const std::string_view word = text.substr(first, end - first);
  text.remove_prefix(end);
  return word;
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> all;
  for (std::string_view word; !(word = takeWord(text)).empty();) all.push_back(word);
  return all;
}

double realOf(std::string_view text) {
  const std::string_view digits = trimmed(text);
  char copy[longestNumber + 1];
  // strtod knows hexadecimal numbers too
  const bool plain = digits.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
  if (digits.empty() || digits.size() > longestNumber || !plain) refuse(text, "a number");
  std::memcpy(copy, digits.data(), digits.size());
  copy[digits.size()] = '\0';
  char* end = nullptr;
  const double value = std::strtod(copy, &end);
  if (end != copy + digits.size() || !std::isfinite(value)) refuse(text, "a number");
  return value;
}

std::int64_t integerOf(std::string_view text) {
  const std::string_view digits = trimmed(text);
  const bool negative = !digits.empty() && digits.front() == '-';
  std::uint64_t number = 0;
  if (!isCount(negative ? digits.substr(1) : digits, number)) refuse(text, "a whole number");
  return negative ? -static_cast<std::int64_t>(number) : static_cast<std::int64_t>(number);
}

bool isCount(std::string_view text, std::uint64_t& number) {
  const std::string_view digits = trimmed(text);
  constexpr std::size_t mostDigits = 18;
  if (digits.empty() || digits.size() > mostDigits) return false;
  number = 0;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') return false;
    number = 10 * number + static_cast<std::uint64_t>(digit - '0');
  }
  return true;
}

double realInColumns(std::string_view line, std::size_t from, std::size_t count) {
  if (line.size() < from + count) refuse(line, "a longer line");
  return realOf(line.substr(from, count));
}

}  // namespace latentcv
