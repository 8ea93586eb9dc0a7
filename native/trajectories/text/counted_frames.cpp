#include "text/counted_frames.h"

#include "text/last_line.h"
#include "text/text_lines.h"

namespace latentcv {
namespace {

class Search {
 public:
  Search(const BinaryFile& file, std::size_t before, std::size_t after)
      : file_(file), lines_(file), before_(before), after_(after) {}

  FrameIndex find() {
    for (std::string_view line; nextNumber(line);) {
      std::uint64_t atoms = 0;
      const bool counts = isCount(line, atoms) && atoms > 0;
      if (counts && !known_) expected_ = atoms;
      if (!counts)
        goOn("expected a number of atoms but the file is damaged " + byteOf(begin_, file_.size()));
      else if (atoms != expected_)
        goOn("expected " + std::to_string(expected_) + " atoms, as in the first frame, but received " +
             std::to_string(atoms));
      else
        add();
    }
    return index_;
  }

 private:
  /** Goes to the line that should be a frame's number of atoms; false where only blank lines are left. */
  bool nextNumber(std::string_view& line) {
    if (found_) {
      found_ = false;
      line = number_;
      return true;
    }
    bool blank = true;
    begin_ = lines_.at();
    if (before_ == 0) return nextSpoken(line);
    for (std::size_t i = 0; i <= before_; ++i) {
      if (!lines_.next(line)) {
        if (!blank) index_.addDamaged(cutOff(begin_, file_.size()));
        return false;
      }
      blank = blank && trimmed(line).empty();
    }
    return !blank || restIsThere();
  }

  /** The next line that is not blank, nor `>`, which ORCA writes between frames. */
  bool nextSpoken(std::string_view& line) {
    for (; lines_.next(line); begin_ = lines_.at())
      if (const std::string_view text = trimmed(line); !text.empty() && text != ">") return true;
    return false;
  }

  /** Whether anything but blank lines follows. */
  bool restIsThere() {
    for (std::string_view line; lines_.next(line);)
      if (!trimmed(line).empty()) return true;
    return false;
  }

  void add() {
    known_ = true;
    const bool whole = lines_.skip(expected_ + after_ - 1);
    const std::uint64_t at = lines_.at();
    std::string_view last;
    if (!whole || !lines_.next(last) || !(lines_.lineEnded() || isWhole(last, at)))
      index_.addDamaged(cutOff(begin_, file_.size()) + ", which should have " + std::to_string(expected_) +
                        (before_ == 0 ? " atoms" : " atoms and a line with the box"));
    else
      addWhole(words(last).size());
    if (whole && !lines_.lineEnded() && !index_.isDamaged(index_.size() - 1)) index_.addNote(noteOfLastLine);
  }

  void addWhole(std::size_t lastWords) {
    lastWords_ = lastWords;
    index_.add({begin_, lines_.at() - begin_});
  }

  /** Whether the last line, which has no end, is a frame's all the same. */
  bool isWhole(std::string_view last, std::uint64_t at) const {
    if (lastWords_ > 0 && words(last).size() != lastWords_) return false;
    const bool otherAtoms = before_ == 0 && expected_ > 1;
    return isWholeLastLine(file_, at, otherAtoms ? LastLine::likeThoseBefore : LastLine::likeItself);
  }

  /** Looks for the next number of atoms behind damage. */
  void goOn(const std::string& problem) {
    index_.addDamaged(problem);
    std::uint64_t before = lines_.at(), atoms = 0;
    for (std::string_view line; known_;) {
      const std::uint64_t at = lines_.at();
      if (!lines_.next(line)) return;
      if (isCount(line, atoms) && atoms == expected_) {
        begin_ = before_ > 0 ? before : at;
        number_ = line;
        found_ = true;
        return;
      }
      before = at;
    }
    while (!known_ && lines_.skip(1)) continue;
  }

  const BinaryFile& file_;
  LineScanner lines_;
  std::size_t before_, after_;
  FrameIndex index_;
  std::uint64_t begin_ = 0, expected_ = 0;
  std::size_t lastWords_ = 0;
  std::string number_;
  bool known_ = false, found_ = false;
};

}  // namespace

FrameIndex findCountedFrames(const BinaryFile& file, std::size_t before, std::size_t after) {
  return Search(file, before, after).find();
}

}  // namespace latentcv
