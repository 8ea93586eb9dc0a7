#include "formats/lammps_dump_file.h"

#include <algorithm>

#include "formats/lammps_columns.h"
#include "formats/lammps_frames.h"
#include "formats/lammps_units.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

std::vector<double> reals(std::string_view line, std::size_t count) {
  const std::vector<std::string_view> found = words(line);
  if (found.size() != count)
    throw Error(ErrorCode::badData, "expected " + std::to_string(count) +
                                        " numbers in a line of BOX BOUNDS but received " +
                                        std::to_string(found.size()));
  std::vector<double> numbers;
  for (const std::string_view word : found) numbers.push_back(realOf(word));
  return numbers;
}

/** https://docs.lammps.org/Howto_triclinic.html: bounds of a tilted box go around it. */
LammpsBox readBox(std::string_view item, Lines& lines) {
  const bool tilted = item.find("xy xz yz") != std::string_view::npos;
  const bool general = item.find("abc origin") != std::string_view::npos;
  std::array<std::vector<double>, 3> rows;
  for (auto& row : rows) row = reals(lines.next(), general ? 4 : tilted ? 3 : 2);
  LammpsBox box;
  if (general) {
    for (std::size_t i = 0; i < 3; ++i) {
      std::copy_n(rows[i].begin(), 3, box.rows.begin() + 3 * static_cast<std::ptrdiff_t>(i));
      box.origin[i] = rows[i][3];
    }
    return box;
  }
  const double xy = tilted ? rows[0][2] : 0, xz = tilted ? rows[1][2] : 0, yz = tilted ? rows[2][2] : 0;
  const double low[] = {rows[0][0] - std::min({0.0, xy, xz, xy + xz}), rows[1][0] - std::min(0.0, yz),
                        rows[2][0]};
  const double high[] = {rows[0][1] - std::max({0.0, xy, xz, xy + xz}), rows[1][1] - std::max(0.0, yz),
                         rows[2][1]};
  box.rows = {high[0] - low[0], 0, 0, xy, high[1] - low[1], 0, xz, yz, high[2] - low[2]};
  box.origin = {low[0], low[1], low[2]};
  return box;
}

void readAtoms(LammpsColumns columns, Lines& lines, std::size_t atoms, const LammpsBox& box,
               std::vector<double>& positions) {
  columns.findPositions();
  positions.resize(3 * atoms);
  for (std::size_t row = 0; row < atoms; ++row) {
    const std::size_t atom = columns.read(lines.next(), row, atoms);
    const std::array<double, 3> at = columns.position(box);
    std::copy(at.begin(), at.end(), positions.begin() + 3 * static_cast<std::ptrdiff_t>(atom));
  }
}

}  // namespace

const FormatInfo LammpsDumpFile::format{"LAMMPS",
                                        {"lammps", "lammpstrj", "lammpsdump", "dump"},
                                        "LAMMPS' dump of text",
                                        {".lammpstrj", ".dump"},
                                        [](std::string_view bytes) { return bytes.substr(0, 5) == "ITEM:"; },
                                        false,
                                        &lammpsPerNanometre,
                                        &openAs<LammpsDumpFile>};

LammpsDumpFile::LammpsDumpFile(const TrajectorySource& source)
    : TextFile(source, source.perNanometre),
      picoseconds_(unitsToldBy(source.path).value_or(LammpsUnits()).picoseconds) {}

FrameIndex LammpsDumpFile::findFrames() const { return findLammpsFrames(file()); }

void LammpsDumpFile::parse(Lines lines, const AtomChoice& choice, Snapshot& snapshot,
                           std::vector<double>& positions) {
  LammpsBox box;
  while (!lines.atEnd()) {
    std::string_view line = lines.next();
    takeWord(line);  // ITEM:
    const std::string_view item = trimmed(line);
    if (item == "TIMESTEP") {
      snapshot.step = static_cast<std::uint64_t>(integerOf(lines.next()));
    } else if (item == "TIME") {
      snapshot.time = picoseconds_ * realOf(lines.next());
    } else if (item == "NUMBER OF ATOMS") {
      choice.check(static_cast<std::uint64_t>(integerOf(lines.next())));
    } else if (item.substr(0, 10) == "BOX BOUNDS") {
      box = readBox(item, lines);
    } else if (item.substr(0, 5) == "ATOMS") {
      readAtoms(LammpsColumns(item), lines, choice.total, box, positions);
      break;
    } else {
      lines.next();  // of UNITS
    }
  }
  snapshot.box = box.rows;
  snapshot.hasBox = std::any_of(box.rows.begin(), box.rows.end(), [](double value) { return value != 0; });
}

}  // namespace latentcv
