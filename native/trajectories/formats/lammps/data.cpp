#include "formats/lammps/data.h"

#include <algorithm>

#include "formats/lammps/style.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

/** Words without a number: a line of a type that is called by a label begins with a letter too. */
bool isSection(const std::vector<std::string_view>& words) {
  const auto isWord = [](std::string_view word) { return word.front() >= 'A' && word.front() <= 'Z'; };
  return std::all_of(words.begin(), words.end(), isWord);
}

}  // namespace

LammpsData::Line LammpsData::split(std::string_view line) {
  const std::size_t at = line.find('#');
  if (at == std::string_view::npos) return {latentcv::words(line), {}};
  return {latentcv::words(line.substr(0, at)), trimmed(line.substr(at + 1))};
}

LammpsData::LammpsData(Lines lines) {
  const std::size_t bytes = lines.size();
  lines.next();  // a title
  for (Lines rest = lines; !lines.atEnd(); lines = rest) {
    const Line line = split(rest.next());
    if (line.words.empty()) continue;
    if (isSection(line.words)) break;
    readHeader(line, bytes);
  }
  readSections(lines);
  if (atoms.empty() || atomsTold_ != atoms.size())
    throw Error(ErrorCode::badData, "expected a LAMMPS data file with " + std::to_string(atomsTold_) +
                                        " atoms but received " + std::to_string(atoms.size()));
}

void LammpsData::readSections(Lines lines) {
  std::string_view section;
  std::vector<Line> ofBonds;
  std::vector<std::pair<std::uint64_t, Atom>> byId;
  const LammpsStyle* style = nullptr;
  while (!lines.atEnd()) {
    Line line = split(lines.next());
    if (line.words.empty()) continue;
    if (isSection(line.words)) {
      section = line.words.front();
      if (section == "Atoms") style = &styleOf(lines, line.comment);
    } else if (section == "Atoms") {
      byId.push_back(atomOf(line, *style));
    } else if (section == "Bonds") {
      ofBonds.push_back(std::move(line));
    } else if (section == "Masses" && line.words.size() >= 2) {
      masses.emplace(line.words[0], realOf(line.words[1]));
      nameType(line.words[0], line.comment);
    } else if (section == "Atom" && line.words.size() == 2) {
      nameType(line.words[0], line.words[1]);
    }
  }
  takeAtoms(byId);
  readBonds(ofBonds);
}

const LammpsStyle& LammpsData::styleOf(Lines lines, std::string_view comment) const {
  constexpr std::size_t most = 1000;
  std::vector<Line> first;
  while (!lines.atEnd() && first.size() < most) {
    Line line = split(lines.next());
    if (line.words.empty()) continue;
    if (isSection(line.words)) break;
    first.push_back(std::move(line));
  }
  std::vector<const std::vector<std::string_view>*> atomLines;
  for (const Line& line : first) atomLines.push_back(&line.words);
  return lammpsStyleOf(comment, atomLines, typesTold_);
}

void LammpsData::readHeader(const Line& line, std::uint64_t mostAtoms) {
  const auto& words = line.words;
  const auto ends = [&](std::size_t numbers, std::string_view first) {
    return words.size() > numbers && words[numbers] == first;
  };
  if (ends(1, "atoms") && words.size() == 2 && (!isCount(words[0], atomsTold_) || atomsTold_ > mostAtoms))
    throw Error(ErrorCode::badData, "expected a number of atoms that the file has room for");
  if (ends(1, "atom") && words.size() == 3 && words[2] == "types") isCount(words[0], typesTold_);
  for (std::size_t axis = 0; axis < 3; ++axis)
    if (ends(2, std::string(1, "xyz"[axis]) + "lo")) box[4 * axis] = realOf(words[1]) - realOf(words[0]);
  if (ends(3, "xy"))
    for (std::size_t i = 0; i < 3; ++i) box[i == 0 ? 3 : 5 + i] = realOf(words[i]);
}

std::pair<std::uint64_t, LammpsData::Atom> LammpsData::atomOf(const Line& line, const LammpsStyle& style) {
  const auto& words = line.words;
  if (words.size() < style.x + 3)
    throw Error(ErrorCode::badData, "expected " + std::to_string(style.x + 3) +
                                        " columns of an atom (style " + std::string(style.name) +
                                        ") but received " + std::to_string(words.size()));
  std::uint64_t id = 0;
  if (!isCount(words[0], id) || id < 1) throw Error(ErrorCode::badData, "expected an id from 1 of each atom");
  Atom atom;
  atom.type = words[style.type];
  std::string_view name = line.comment;
  atom.name = takeWord(name);
  if (style.molecule > 0 && !isCount(words[style.molecule], atom.molecule)) atom.molecule = 0;
  for (std::size_t axis = 0; axis < 3; ++axis) atom.position[axis] = realOf(words[style.x + axis]);
  return {id, std::move(atom)};
}

/** A comment of one word is what the type is called. */
void LammpsData::nameType(std::string_view type, std::string_view name) {
  const std::string_view word = takeWord(name);
  if (!word.empty() && trimmed(name).empty()) typeNames.emplace(type, word);
}

void LammpsData::takeAtoms(std::vector<std::pair<std::uint64_t, Atom>>& byId) {
  std::sort(byId.begin(), byId.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [id, atom] : byId) {
    if (!ids_.empty() && ids_.back() == id) throw Error(ErrorCode::badData, "expected each id once");
    ids_.push_back(id);
    atoms.push_back(std::move(atom));
  }
}

std::uint32_t LammpsData::placeOf(std::string_view word) const {
  std::uint64_t id = 0;
  const auto found = isCount(word, id) ? std::lower_bound(ids_.begin(), ids_.end(), id) : ids_.end();
  if (found == ids_.end() || *found != id)
    throw Error(ErrorCode::badData, "expected number, type and two atoms of a bond");
  return static_cast<std::uint32_t>(found - ids_.begin());
}

void LammpsData::readBonds(const std::vector<Line>& lines) {
  for (const Line& line : lines) {
    if (line.words.size() != 4)
      throw Error(ErrorCode::badData, "expected number, type and two atoms of a bond");
    const std::uint32_t from = placeOf(line.words[2]), to = placeOf(line.words[3]);
    if (from == to) throw Error(ErrorCode::badData, "expected a bond of two atoms");
    bonds.push_back({from, to});
  }
}

}  // namespace latentcv
