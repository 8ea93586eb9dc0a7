#include "formats/text/xyz_file.h"

#include <algorithm>

#include "formats/text/xyz_columns.h"
#include "frames/periodicity.h"
#include "latentcv/error.h"
#include "text/counted_frames.h"

namespace latentcv {
namespace {

/** Of `pbc="T T F"` or `pbc=[T, T, F]`; periodic along all vectors where nothing is said. */
std::array<bool, 3> periodicIn(std::string_view comment) {
  std::array<bool, 3> periodic{true, true, true};
  const std::string_view flags = xyzValue(comment, "pbc");
  std::size_t i = 0;
  for (const char flag : flags) {
    if (std::string_view("TtFf10").find(flag) == std::string_view::npos) continue;
    if (i < 3) periodic[i] = flag == 'T' || flag == 't' || flag == '1';
    ++i;
  }
  if (i != 3 && !flags.empty())
    throw Error(ErrorCode::badData, "expected three flags in pbc but received " + std::string(flags));
  return periodic;
}

/** Of `Lattice="1 0 0 …"` or `Lattice=[[1, 0, 0], …]`. */
void readLattice(std::string_view comment, Snapshot& snapshot) {
  std::string text(xyzValue(comment, "Lattice"));
  std::replace_if(text.begin(), text.end(), [](char c) { return c == ',' || c == '[' || c == ']'; }, ' ');
  const std::vector<std::string_view> numbers = words(text);
  if (numbers.empty()) return;
  snapshot.periodic = periodicIn(comment);
  if (numbers.size() != 9)
    throw Error(ErrorCode::badData,
                "expected nine numbers in Lattice but received " + std::to_string(numbers.size()));
  for (std::size_t i = 0; i < 9; ++i) {
    snapshot.box[i] = realOf(numbers[i]);
    snapshot.hasBox = snapshot.hasBox || snapshot.box[i] != 0;
  }
}

/** `time=0.5` in ps, or CP2K's `i = 100, time = 50.000, E = …` in fs. */
void readTime(std::string_view comment, Snapshot& snapshot) {
  if (const std::string_view time = xyzValue(comment, "time"); !time.empty()) {
    snapshot.time = realOf(time);
    return;
  }
  constexpr double femtosecond = 1e-3;
  const std::vector<std::string_view> told = words(comment);
  const auto number = [&](std::size_t i) { return told[i].substr(0, told[i].find(',')); };
  if (told.size() < 6 || told[0] != "i" || told[1] != "=" || told[3] != "time" || told[4] != "=") return;
  if (!isCount(number(2), snapshot.step)) return;
  snapshot.time = femtosecond * realOf(number(5));
}

}  // namespace

const FormatInfo XyzFile::format{
    "XYZ", {"xyz", "extxyz"}, "XYZ, plain or extended", {".xyz", ".extxyz"}, nullptr,
    false, nullptr,           &openAs<XyzFile>};

XyzFile::XyzFile(const TrajectorySource& source) : TextFile(source, source.perNanometre) {}

FrameIndex XyzFile::findFrames() const {
  FrameIndex index = findCountedFrames(file(), 0, 1);
  LineScanner lines(file());
  std::string_view comment;
  while (lines.next(comment) && trimmed(comment).empty()) continue;
  if (!lines.next(comment) || xyzValue(comment, "Lattice").empty()) return index;
  if (const std::string note = periodicityNote(periodicIn(comment)); !note.empty()) index.addNote(note);
  return index;
}

void XyzFile::parse(Lines lines, const AtomChoice& choice, Snapshot& snapshot,
                    std::vector<double>& positions) {
  const auto atoms = static_cast<std::uint64_t>(integerOf(lines.next()));
  choice.check(atoms);
  const std::string_view comment = lines.next();
  readLattice(comment, snapshot);
  readTime(comment, snapshot);
  const XyzColumns columns(comment);
  for (std::uint64_t i = 0; i < atoms; ++i)
    for (const double coordinate : columns.position(lines.next())) positions.push_back(coordinate);
}

}  // namespace latentcv
