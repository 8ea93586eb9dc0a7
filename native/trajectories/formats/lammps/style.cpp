#include "formats/lammps/style.h"

#include <algorithm>
#include <string>

#include "latentcv/error.h"
#include "text/text_lines.h"

namespace latentcv {
namespace {

using Atoms = std::vector<const std::vector<std::string_view>*>;

// https://docs.lammps.org/read_data.html
constexpr LammpsStyle styles[] = {
    {"full", 1, 2, 4},     {"molecular", 1, 2, 3}, {"bond", 1, 2, 3},      {"angle", 1, 2, 3},
    {"atomic", 0, 1, 2},   {"hybrid", 0, 1, 2},    {"charge", 0, 1, 3},    {"dipole", 0, 1, 3},
    {"sphere", 0, 1, 4},   {"spin", 0, 1, 2},      {"dpd", 0, 1, 3},       {"mdpd", 0, 1, 3},
    {"edpd", 0, 1, 4},     {"electron", 0, 1, 5},  {"ellipsoid", 0, 1, 4}, {"body", 0, 1, 4},
    {"peri", 0, 1, 4},     {"sph", 0, 1, 5},       {"line", 1, 2, 5},      {"tri", 1, 2, 5},
    {"template", 2, 1, 5}, {"amoeba", 1, 2, 4},    {"bpm/sphere", 1, 2, 5}};

const LammpsStyle* named(std::string_view name) {
  const auto found = std::find_if(std::begin(styles), std::end(styles),
                                  [&](const LammpsStyle& style) { return style.name == name; });
  return found == std::end(styles) ? nullptr : found;
}

bool isWhole(std::string_view word) {
  std::uint64_t number = 0;
  return isCount(!word.empty() && word.front() == '-' ? word.substr(1) : word, number);
}

template <typename Wanted>
bool allAre(const Atoms& atoms, std::size_t column, Wanted wanted) {
  return std::all_of(atoms.begin(), atoms.end(),
                     [&](const auto* words) { return column < words->size() && wanted((*words)[column]); });
}

/** Columns without image flags, three whole numbers behind the coordinates; 0 where lines differ. */
std::size_t columnsOf(const Atoms& atoms) {
  const std::size_t count = atoms.front()->size();
  if (!std::all_of(atoms.begin(), atoms.end(), [&](const auto* words) { return words->size() == count; }))
    return 0;
  if (count < 8) return count;
  for (std::size_t i = count - 3; i < count; ++i)
    if (!allAre(atoms, i, isWhole)) return count;
  return count - 3;
}

}  // namespace

const LammpsStyle& lammpsStyleOf(std::string_view comment, const Atoms& atoms, std::uint64_t types) {
  if (const LammpsStyle* style = named(takeWord(comment))) return *style;
  const auto isType = [&](std::string_view word) {
    std::uint64_t type = 0;
    return isCount(word, type) && type >= 1 && type <= types;
  };
  const bool first = allAre(atoms, 1, isType), second = allAre(atoms, 2, isType);
  const bool molecule = second && allAre(atoms, 1, isWhole);
  const std::size_t columns = atoms.empty() ? 0 : columnsOf(atoms);
  if (columns == 5 && first) return *named("atomic");
  if (columns == 6 && first != molecule) return *named(first ? "charge" : "molecular");
  // whole numbers in all lines may be charges of a salt or types of molecules: a
  // charge is seldom without a point
  if (columns == 6 && molecule && !allAre(atoms, 2, [](std::string_view word) { return word == "1"; }))
    return *named("molecular");
  if (columns == 7 && molecule) return *named("full");
  if (columns == 7 && first) return *named("sphere");
  throw Error(
      ErrorCode::badData,
      "expected an atom style behind Atoms, which its columns do not tell: write \"Atoms # full\", or "
      "molecular, charge, atomic, …");
}

}  // namespace latentcv
