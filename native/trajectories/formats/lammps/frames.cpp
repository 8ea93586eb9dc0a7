#include "formats/lammps/frames.h"

#include "text/last_line.h"
#include "text/text_lines.h"

namespace latentcv {
namespace {

constexpr std::string_view item = "ITEM: ";

bool begins(std::string_view line, std::string_view with) { return line.substr(0, with.size()) == with; }

/** Items that can be a frame's first: UNITS, TIME and TIMESTEP, in this order. */
bool beginsFrame(std::string_view line) { return begins(line, "ITEM: TIME") || begins(line, "ITEM: UNITS"); }

class Search {
 public:
  explicit Search(const BinaryFile& file) : file_(file), lines_(file) {}

  FrameIndex find() {
    advance();
    while (there_) {
      if (trimmed(line_).empty()) {
        advance();
        continue;
      }
      const std::uint64_t begin = at_;
      const std::string problem = passFrame();
      if (problem.empty()) {
        index_.add({begin, lines_.at() - begin});
        advance();
      } else {
        index_.addDamaged(there_ ? problem : cutOff(begin, file_.size()));
        while (there_ && (at_ == begin || !beginsFrame(line_))) advance();
      }
    }
    return index_;
  }

 private:
  void advance() {
    at_ = lines_.at();
    there_ = lines_.next(line_);
  }

  std::string damaged(const std::string& expected) const {
    return "expected " + expected + " but the file is damaged " + byteOf(at_, file_.size());
  }

  /** Goes from a frame's first line to its last; returns what is wrong, on the line where it is. */
  std::string passFrame() {
    std::uint64_t atoms = 0;
    for (bool step = false; there_; advance()) {
      if (!begins(line_, item)) return damaged("an ITEM");
      const std::string_view what = trimmed(line_.substr(item.size()));
      // the frame before has lost its end
      if (step && beginsFrame(line_)) return damaged("ITEM: ATOMS");
      step = step || what == "TIMESTEP";
      if (begins(what, "ATOMS")) return step && atoms > 0 ? passLines(atoms) : damaged("a number of atoms");
      const std::string problem = what == "NUMBER OF ATOMS"    ? readAtoms(atoms)
                                  : begins(what, "BOX BOUNDS") ? passLines(3)
                                                               : passLines(1);
      if (!problem.empty()) return problem;
    }
    return "cut off";
  }

  std::string readAtoms(std::uint64_t& atoms) {
    advance();
    return there_ && isCount(line_, atoms) && atoms > 0 ? "" : damaged("a number of atoms");
  }

  std::string passLines(std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) {
      advance();
      if (!there_ || begins(line_, item)) return damaged(std::to_string(count - i) + " more lines");
    }
    const LastLine like = count > 1 ? LastLine::likeThoseBefore : LastLine::likeItself;
    if (lines_.lineEnded()) return "";
    if (isWholeLastLine(file_, at_, like)) {
      index_.addNote(noteOfLastLine);
      return "";
    }
    there_ = false;
    return "cut off";
  }

  const BinaryFile& file_;
  LineScanner lines_;
  FrameIndex index_;
  std::string_view line_;
  std::uint64_t at_ = 0;
  bool there_ = true;
};

}  // namespace

FrameIndex findLammpsFrames(const BinaryFile& file) { return Search(file).find(); }

}  // namespace latentcv
