#include "structure/pdb_text.h"

#include <algorithm>
#include <limits>

#include "structure/columns.h"

namespace latentcv {
namespace {

/** Two serials that a CONECT record joins, as they are written. */
using Joined = std::array<std::string, 2>;

/** What atoms of one serial there are. Programs count large systems from 0 again, or write stars. */
struct SameSerial {
  static constexpr std::size_t most = 64;
  std::vector<std::uint32_t> atoms;
  std::vector<std::array<double, 3>> positions;
  std::size_t count = 0;
};

using Serials = std::map<std::string, SameSerial, std::less<>>;

bool isAtom(std::string_view line) { return line.substr(0, 6) == "ATOM  " || line.substr(0, 6) == "HETATM"; }

std::vector<Joined> readConnections(const BinaryFile& file) {
  std::vector<Joined> joined;
  LineScanner lines(file);
  for (std::string_view line; lines.next(line);) {
    if (line.substr(0, 6) != "CONECT") continue;
    const std::string_view from = columnsIn(line, 6, 5);
    for (std::size_t at = 11; at < 31; at += 5)
      if (const std::string_view to = columnsIn(line, at, 5); !to.empty() && !from.empty())
        joined.push_back({std::string(from), std::string(to)});
  }
  return joined;
}

void addSerial(SameSerial& same, std::uint32_t atom, std::string_view line) {
  if (++same.count > SameSerial::most) return;
  same.atoms.push_back(atom);
  std::array<double, 3>& position = same.positions.emplace_back();
  for (std::size_t axis = 0; axis < 3; ++axis) position[axis] = realInColumns(line, 30 + 8 * axis, 8);
}

double squaredDistance(const std::array<double, 3>& a, const std::array<double, 3>& b) {
  double sum = 0;
  for (std::size_t axis = 0; axis < 3; ++axis) sum += (a[axis] - b[axis]) * (a[axis] - b[axis]);
  return sum;
}

/** Joins the nearest two atoms with these serials. */
void addBond(const SameSerial& first, const SameSerial& second, Structure& structure) {
  if (std::max(first.count, second.count) > SameSerial::most) return;
  double least = std::numeric_limits<double>::infinity();
  std::array<std::uint32_t, 2> pair{};
  for (std::size_t a = 0; a < first.atoms.size(); ++a)
    for (std::size_t b = 0; b < second.atoms.size(); ++b) {
      const std::uint32_t i = first.atoms[a], j = second.atoms[b];
      const double squared = squaredDistance(first.positions[a], second.positions[b]);
      if (i == j || squared >= least) continue;
      least = squared;
      pair = {std::min(i, j), std::max(i, j)};
    }
  if (pair[0] != pair[1]) structure.bonds.push_back(pair);
}

void addAtom(std::string_view line, AtomTable& atoms) {
  const std::string_view name = columnsIn(line, 12, 4);
  std::string type(columnsIn(line, 76, 2));
  // files have `CL` where the element is Cl
  if (type.size() == 2 && type[1] >= 'A' && type[1] <= 'Z') type[1] = static_cast<char>(type[1] - 'A' + 'a');
  atoms.add(name, type.empty() ? name : type);
  atoms.setResidue(columnsIn(line, 17, 4), residueIdIn(columnsIn(line, 22, 4)), columnsIn(line, 26, 1));
  atoms.setChain(columnsIn(line, 21, 1), columnsIn(line, 72, 4));
}

}  // namespace

Structure readPdbText(Lines model, const BinaryFile& file) {
  Structure structure;
  const std::vector<Joined> joined = readConnections(file);
  Serials serials;
  for (const Joined& pair : joined)
    for (const std::string& serial : pair) serials[serial];
  while (!model.atEnd()) {
    const std::string_view line = model.next();
    if (!isAtom(line)) continue;
    const auto wanted = serials.empty() ? serials.end() : serials.find(columnsIn(line, 6, 5));
    if (wanted != serials.end())
      addSerial(wanted->second, static_cast<std::uint32_t>(structure.atoms.size()), line);
    addAtom(line, structure.atoms);
  }
  for (const auto& [from, to] : joined) addBond(serials[from], serials[to], structure);
  std::sort(structure.bonds.begin(), structure.bonds.end());
  structure.bonds.erase(std::unique(structure.bonds.begin(), structure.bonds.end()), structure.bonds.end());
  return structure;
}

}  // namespace latentcv
