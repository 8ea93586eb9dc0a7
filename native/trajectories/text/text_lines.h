#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bytes/binary_file.h"

namespace latentcv {

/**
 * Walks the lines of a file from its beginning on, behind a byte order mark, in little
 * memory whatever their lengths.
 */
class LineScanner {
 public:
  explicit LineScanner(const BinaryFile& file);

  /** The next line, without its end; its beginning alone where it is very long. False behind the last. */
  bool next(std::string_view& line);

  /** Passes over so many lines; false where there are fewer. */
  bool skip(std::uint64_t lines);

  /** Where the next line begins. */
  std::uint64_t at() const { return at_; }

  /** Whether the last line had an end. */
  bool lineEnded() const { return lineEnded_; }

 private:
  static constexpr std::size_t blockBytes = std::size_t{1} << 18;

  bool fill(std::uint64_t from);
  const char* endOfLine(std::uint64_t from) const;
  std::string_view passLongLine(std::string_view begun);

  const BinaryFile& file_;
  std::vector<char> block_;
  std::string longLine_;
  std::uint64_t blockAt_ = 0, at_ = 0;
  std::size_t blockSize_ = 0;
  bool lineEnded_ = true;
};

/** Lines of a text in memory. */
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}

  /** The next line; empty behind the last. */
  std::string_view next();
  bool atEnd() const { return text_.empty(); }
  /** Bytes that are left. */
  std::size_t size() const { return text_.size(); }

 private:
  std::string_view text_;
};

/** Without blanks around it. */
std::string_view trimmed(std::string_view text);

/** The next word, which it takes off the text; empty where there is none. */
std::string_view takeWord(std::string_view& text);

std::vector<std::string_view> words(std::string_view text);

/** A number, with blanks around it. Throws Error `badData` where the text is none, or has more in it. */
double realOf(std::string_view text);
std::int64_t integerOf(std::string_view text);

/** Whether the text is a whole number from 0, which it then puts in `number`. */
bool isCount(std::string_view text, std::uint64_t& number);

/**
 * The number in columns `from` to `from + count` of a line. Throws Error `badData` where it has not as many.
 */
double realInColumns(std::string_view line, std::size_t from, std::size_t count);

}  // namespace latentcv
