#include "formats/text/pdb_file.h"

#include "formats/text/pdb_cell.h"
#include "latentcv/error.h"
#include "text/text_lines.h"
#include "text/title_time.h"

namespace latentcv {
namespace {

bool begins(std::string_view line, std::string_view record) {
  return line.substr(0, record.size()) == record;
}

bool isAtom(std::string_view line) { return begins(line, "ATOM  ") || begins(line, "HETATM"); }

/** END or ENDMDL. */
bool isEnd(std::string_view line) { return begins(line, "END"); }

/** What stands before a model's atoms. */
bool beginsModel(std::string_view line) {
  return begins(line, "MODEL ") || begins(line, "CRYST1") || begins(line, "TITLE ") || begins(line, "REMARK");
}

/** Walks the lines of a file from model to model. */
class Search {
 public:
  explicit Search(const BinaryFile& file) : file_(file), lines_(file), begin_(lines_.at()) {}

  FrameIndex find() {
    for (std::string_view line; lines_.next(line);) {
      passEnd(line);
      passRecord(line);
    }
    finish();
    return std::move(index_);
  }

 private:
  void passEnd(std::string_view line) {
    // a model that begins in another has lost its end
    const bool lost = atoms_ && begins(line, "MODEL ");
    if (lost)
      index_.addDamaged("expected ENDMDL but another model begins " + byteOf(lines_.at(), file_.size()));
    else if (isEnd(line) && atoms_)
      index_.add({begin_, lines_.at() - begin_});
    if (!lost && !isEnd(line)) return;
    begin_ = lines_.at();
    begun_ = lost;
    atoms_ = false;
    ended_ = true;
  }

  void passRecord(std::string_view line) {
    begun_ = begun_ || beginsModel(line);
    if (begins(line, "CRYST1") && index_.cell().empty()) index_.setCell(line);
    cut_ = !isEnd(line) && !lines_.lineEnded() && !trimmed(line).empty();
    if (!isAtom(line)) return;
    cutInAtom_ = cut_ && line.size() < atomBytes_;
    atomBytes_ = line.size();
    atoms_ = true;
  }

  void finish() {
    const std::string cell = index_.cell().empty() ? "" : noteOfPdbCell(index_.cell());
    if (!cell.empty()) index_.addNote(cell);
    // a single structure may do without END
    if (index_.size() == 0 && atoms_ && !cutInAtom_) {
      index_.add({begin_, lines_.at() - begin_});
      if (!ended_) index_.addNote("it has no END: if it was cut off, atoms are missing");
    } else if (begun_ || atoms_ || cut_) {
      index_.addDamaged(cutOff(begin_, file_.size()));
    }
  }

  const BinaryFile& file_;
  LineScanner lines_;
  FrameIndex index_;
  std::uint64_t begin_, atomBytes_ = 0;
  bool begun_ = false, atoms_ = false, ended_ = false, cut_ = false, cutInAtom_ = false;
};

}  // namespace

const FormatInfo PdbFile::format{"PDB", {"pdb"}, "Protein Data Bank", {".pdb", ".ent"}, nullptr,
                                 false, nullptr, &openAs<PdbFile>};

PdbFile::PdbFile(const TrajectorySource& source) : TextFile(source, source.perNanometre) {}

FrameIndex PdbFile::findFrames() const { return Search(file()).find(); }

void PdbFile::parse(Lines lines, const AtomChoice& choice, Snapshot& snapshot,
                    std::vector<double>& positions) {
  std::string_view cell = index()->cell();
  std::uint64_t atoms = 0;
  while (!lines.atEnd()) {
    const std::string_view line = lines.next();
    if (begins(line, "CRYST1")) cell = line;
    if (begins(line, "TITLE ")) snapshot.time = timeInTitle(trimmed(line));
    if (!isAtom(line) || ++atoms > choice.total) continue;
    for (std::size_t axis = 0; axis < 3; ++axis) positions.push_back(realInColumns(line, 30 + 8 * axis, 8));
  }
  choice.check(atoms);
  if (!cell.empty()) snapshot.hasBox = boxOfPdbCell(cell, snapshot.box);
}

}  // namespace latentcv
