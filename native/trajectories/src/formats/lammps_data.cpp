#include "formats/lammps_data.h"

#include <algorithm>

#include "latentcv/error.h"

namespace latentcv {
namespace {

/** Columns (from 0) of molecule, type and x; no molecule: 0. */
struct Style {
  std::string_view name;
  std::size_t molecule, type, x;
};

constexpr Style styles[] = {{"full", 1, 2, 4},   {"molecular", 1, 2, 3}, {"bond", 1, 2, 3},
                            {"angle", 1, 2, 3},  {"atomic", 0, 1, 2},    {"hybrid", 0, 1, 2},
                            {"charge", 0, 1, 3}, {"dipole", 0, 1, 3},    {"sphere", 0, 1, 4}};

const Style& styleOf(std::string_view name) {
  const auto found = std::find_if(std::begin(styles), std::end(styles),
                                  [&](const Style& style) { return style.name == name; });
  if (found != std::end(styles)) return *found;
  throw Error(ErrorCode::badData,
              "expected an atom style such as full, molecular or atomic behind \"Atoms #\" but "
              "received \"" +
                  std::string(name.substr(0, 40)) + "\"");
}

bool isSection(std::string_view word) { return !word.empty() && word.front() >= 'A' && word.front() <= 'Z'; }

}  // namespace

LammpsData::Line LammpsData::split(std::string_view line) {
  const std::size_t at = line.find('#');
  if (at == std::string_view::npos) return {latentcv::words(line), {}};
  return {latentcv::words(line.substr(0, at)), trimmed(line.substr(at + 1))};
}

LammpsData::LammpsData(Lines lines) {
  const std::size_t bytes = lines.size();
  lines.next();  // a title
  std::string_view section, style = "full";
  while (!lines.atEnd()) {
    const Line line = split(lines.next());
    if (line.words.empty()) continue;
    if (isSection(line.words.front())) {
      section = line.words.front();
      if (section == "Atoms" && !line.comment.empty()) {
        std::string_view comment = line.comment;
        style = takeWord(comment);
      }
    } else if (section.empty()) {
      readHeader(line, bytes);
    } else if (section == "Atoms") {
      readAtom(line, style);
    } else if (section == "Masses" && line.words.size() >= 2) {
      masses.emplace(line.words[0], realOf(line.words[1]));
    } else if (section == "Bonds") {
      readBond(line);
    }
  }
  const auto there = std::count_if(atoms.begin(), atoms.end(), [](const Atom& atom) { return atom.there; });
  if (atoms.empty() || static_cast<std::size_t>(there) != atoms.size())
    throw Error(ErrorCode::badData, "expected a LAMMPS data file with " + std::to_string(atoms.size()) +
                                        " atoms but received " + std::to_string(there));
}

bool LammpsData::readHeader(const Line& line, std::uint64_t mostAtoms) {
  const auto& words = line.words;
  const auto ends = [&](std::size_t numbers, std::string_view first) {
    return words.size() > numbers && words[numbers] == first;
  };
  if (ends(1, "atoms") && words.size() == 2) {
    std::uint64_t count = 0;
    if (!isCount(words[0], count) || count > mostAtoms)
      throw Error(ErrorCode::badData, "expected a number of atoms that the file has room for");
    atoms.resize(static_cast<std::size_t>(count));
  }
  for (std::size_t axis = 0; axis < 3; ++axis)
    if (ends(2, std::string(1, "xyz"[axis]) + "lo")) box[4 * axis] = realOf(words[1]) - realOf(words[0]);
  if (ends(3, "xy"))
    for (std::size_t i = 0; i < 3; ++i) box[i == 0 ? 3 : 5 + i] = realOf(words[i]);
  return true;
}

void LammpsData::readAtom(const Line& line, std::string_view styleName) {
  const Style& style = styleOf(styleName);
  const auto& words = line.words;
  if (words.size() < style.x + 3)
    throw Error(ErrorCode::badData, "expected " + std::to_string(style.x + 3) +
                                        " columns of an atom (style " + std::string(style.name) +
                                        ") but received " + std::to_string(words.size()));
  std::uint64_t id = 0;
  if (!isCount(words[0], id) || id < 1 || id > atoms.size() || atoms[static_cast<std::size_t>(id - 1)].there)
    throw Error(ErrorCode::badData, "expected each id from 1 to " + std::to_string(atoms.size()) + " once");
  Atom& atom = atoms[static_cast<std::size_t>(id - 1)];
  atom.there = true;
  atom.type = words[style.type];
  std::string_view comment = line.comment;
  atom.name = takeWord(comment);
  if (style.molecule > 0 && !isCount(words[style.molecule], atom.molecule)) atom.molecule = 0;
  for (std::size_t axis = 0; axis < 3; ++axis) atom.position[axis] = realOf(words[style.x + axis]);
}

void LammpsData::readBond(const Line& line) {
  std::array<std::uint64_t, 2> pair{};
  for (std::size_t i = 0; i < 2; ++i)
    if (line.words.size() != 4 || !isCount(line.words[2 + i], pair[i]) || pair[i] < 1 ||
        pair[i] > atoms.size())
      throw Error(ErrorCode::badData, "expected number, type and two atoms of a bond");
  if (pair[0] == pair[1]) throw Error(ErrorCode::badData, "expected a bond of two atoms");
  bonds.push_back({static_cast<std::uint32_t>(pair[0] - 1), static_cast<std::uint32_t>(pair[1] - 1)});
}

}  // namespace latentcv
