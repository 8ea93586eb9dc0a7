#include "formats/pdb_file.h"

#include "formats/cell.h"
#include "latentcv/error.h"
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

/** The box of a CRYST1 record; a cube of 1 Å means that there is none. */
bool readCell(std::string_view line, Snapshot& snapshot) {
  Cell cell;
  for (std::size_t i = 0; i < 3; ++i) {
    cell.lengths[i] = realInColumns(line, 6 + 9 * i, 9);
    cell.angles[i] = realInColumns(line, 33 + 7 * i, 7);
  }
  if (cell.lengths == std::array<double, 3>{1, 1, 1}) return false;
  return boxOfCell(cell, 1, snapshot.box);
}

}  // namespace

const FormatInfo PdbFile::format{"PDB", {"pdb"}, "Protein Data Bank", {".pdb", ".ent"}, nullptr,
                                 false, nullptr, &openAs<PdbFile>};

PdbFile::PdbFile(const TrajectorySource& source) : TextFile(source, source.perNanometre) {
  LineScanner lines(file());
  for (std::string_view line; lines.next(line) && !isAtom(line);)
    if (begins(line, "CRYST1")) firstCell_ = line;
}

FrameIndex PdbFile::findFrames() const {
  FrameIndex index;
  LineScanner lines(file());
  std::uint64_t begin = 0;
  bool begun = false, atoms = false, cut = false;
  for (std::string_view line; lines.next(line);) {
    // a model that begins in another has lost its end
    const bool lost = atoms && begins(line, "MODEL ");
    if (lost)
      index.addDamaged("expected ENDMDL but another model begins " + byteOf(lines.at(), file().size()));
    else if (isEnd(line) && atoms)
      index.add({begin, lines.at() - begin});
    if (lost || isEnd(line)) {
      begin = lines.at();
      begun = lost;
      atoms = false;
    }
    begun = begun || beginsModel(line);
    atoms = atoms || isAtom(line);
    cut = !isEnd(line) && !lines.lineEnded() && !trimmed(line).empty();
  }
  // a single structure may do without END: whether it is whole, its number of atoms tells
  if (index.size() == 0 && atoms)
    index.add({begin, lines.at() - begin});
  else if (begun || atoms || cut)
    index.addDamaged(cutOff(begin, file().size()));
  return index;
}

void PdbFile::parse(Lines lines, const AtomChoice& choice, Snapshot& snapshot,
                    std::vector<double>& positions) {
  std::string_view cell = firstCell_;
  std::uint64_t atoms = 0;
  while (!lines.atEnd()) {
    const std::string_view line = lines.next();
    if (begins(line, "CRYST1")) cell = line;
    if (begins(line, "TITLE ")) snapshot.time = timeInTitle(trimmed(line));
    if (!isAtom(line) || ++atoms > choice.total) continue;
    for (std::size_t axis = 0; axis < 3; ++axis) positions.push_back(realInColumns(line, 30 + 8 * axis, 8));
  }
  choice.check(atoms);
  if (!cell.empty()) snapshot.hasBox = readCell(cell, snapshot);
}

}  // namespace latentcv
