#include "formats/lammps/dump_file.h"

#include <algorithm>
#include <cmath>

#include "formats/lammps/frames.h"
#include "formats/lammps/units.h"
#include "frames/periodicity.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

/** What stands behind `ITEM:`. */
std::string_view itemOf(std::string_view line) {
  takeWord(line);
  return trimmed(line);
}

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

/** `pp ff ss` behind BOX BOUNDS, with the tilts or without: p is periodic, and f, s, m are not. */
std::array<bool, 3> periodicIn(std::string_view item) {
  std::array<bool, 3> periodic{true, true, true};
  const std::vector<std::string_view> all = words(item);
  if (all.size() < 5) return periodic;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string_view flags = all[all.size() - 3 + i];
    periodic[i] = flags.size() != 2 || flags.find_first_not_of("fsm") != std::string_view::npos;
  }
  return periodic;
}

/** Of a dump of some atoms of a larger system, which has NaN for the others. */
void checkThere(const AtomChoice& choice, const std::vector<double>& positions) {
  for (const std::size_t atom : choice.atoms)
    if (std::isnan(positions[3 * atom]))
      throw Error(ErrorCode::badData, "expected an atom of id " + std::to_string(atom + 1) +
                                          " but the dump is of a group without it");
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

FrameIndex LammpsDumpFile::findFrames() const {
  FrameIndex index = findLammpsFrames(file());
  for (std::size_t i = 0; i < index.size(); ++i) {
    if (index.isDamaged(i)) continue;
    describeFirst(index.place(i), index);
    break;
  }
  return index;
}

void LammpsDumpFile::describeFirst(const FramePlace& place, FrameIndex& index) const {
  std::string text(static_cast<std::size_t>(place.bytes), '\0');
  if (!file().read(place.at, reinterpret_cast<unsigned char*>(text.data()), text.size())) return;
  Lines lines(text);
  std::uint64_t atoms = 0;
  while (!lines.atEnd()) {
    const std::string_view item = itemOf(lines.next());
    if (item == "NUMBER OF ATOMS") isCount(lines.next(), atoms);
    if (item.substr(0, 10) == "BOX BOUNDS")
      if (const std::string note = periodicityNote(periodicIn(item)); !note.empty()) index.addNote(note);
    if (item.substr(0, 5) != "ATOMS") continue;
    LammpsColumns columns(item);
    index.setIds(columns.idsOf(lines, static_cast<std::size_t>(atoms)));
    break;
  }
  if (index.ids().empty()) return;
  index.addNote("it has " + std::to_string(atoms) + " atoms of ids " + std::to_string(index.ids().front()) +
                " to " + std::to_string(index.ids().back()) +
                ": they count in the order of their ids, or by them in a structure of more atoms");
}

void LammpsDumpFile::readAtoms(LammpsColumns columns, Lines& lines, std::uint64_t count,
                               const AtomChoice& choice, const LammpsBox& box,
                               std::vector<double>& positions) const {
  columns.findPositions();
  const std::vector<std::uint64_t>& ids = index()->ids();
  const bool some = count < choice.total && !ids.empty() && ids.back() <= choice.total;
  if (!some) choice.check(count);
  if (!some) columns.setIds(ids);
  positions.assign(3 * choice.total, NAN);
  for (std::size_t row = 0; row < count; ++row) {
    const std::size_t atom = columns.read(lines.next(), row, choice.total);
    const std::array<double, 3> at = columns.position(box);
    std::copy(at.begin(), at.end(), positions.begin() + 3 * static_cast<std::ptrdiff_t>(atom));
  }
  if (some) checkThere(choice, positions);
}

void LammpsDumpFile::parse(Lines lines, const AtomChoice& choice, Snapshot& snapshot,
                           std::vector<double>& positions) {
  LammpsBox box;
  std::uint64_t atoms = 0;
  while (!lines.atEnd()) {
    const std::string_view item = itemOf(lines.next());
    if (item == "TIMESTEP") {
      snapshot.step = static_cast<std::uint64_t>(integerOf(lines.next()));
    } else if (item == "TIME") {
      snapshot.time = picoseconds_ * realOf(lines.next());
    } else if (item == "NUMBER OF ATOMS") {
      atoms = static_cast<std::uint64_t>(integerOf(lines.next()));
    } else if (item.substr(0, 10) == "BOX BOUNDS") {
      snapshot.periodic = periodicIn(item);
      box = readBox(item, lines);
    } else if (item.substr(0, 5) == "ATOMS") {
      readAtoms(LammpsColumns(item), lines, atoms, choice, box, positions);
      break;
    } else {
      lines.next();  // of UNITS
    }
  }
  snapshot.box = box.rows;
  snapshot.hasBox = std::any_of(box.rows.begin(), box.rows.end(), [](double value) { return value != 0; });
}

}  // namespace latentcv
