#include "model/atom_names.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace latentcv {
namespace {

using Names = std::vector<std::string>;

bool has(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool sameIn(const std::vector<Names>& groups, const std::string& a, const std::string& b) {
  return std::any_of(groups.begin(), groups.end(),
                     [&](const Names& group) { return has(group, a) && has(group, b); });
}

std::string upperCase(std::string text) {
  for (char& letter : text) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  return text;
}

/** Old PDB files put a hydrogen's number first (`1HH3`), and write a sugar's prime as an asterisk. */
std::string plainAtomName(const std::string& name) {
  std::string plain = upperCase(name);
  std::replace(plain.begin(), plain.end(), '*', '\'');
  const auto letter = std::find_if(plain.begin(), plain.end(),
                                   [](unsigned char character) { return !std::isdigit(character); });
  std::rotate(plain.begin(), letter, plain.end());
  return plain;
}

/** The amide's hydrogen, and the oxygens of the end of a chain. */
const std::vector<Names>& sameAtoms() {
  static const std::vector<Names> groups = {{"H", "HN"}, {"O", "OT1", "OC1"}, {"OXT", "OT2", "OC2"}};
  return groups;
}

/** States of protonation as AMBER, CHARMM, GROMOS and OPLS call them. */
const std::vector<Names>& sameResidues() {
  static const std::vector<Names> groups = {{"HIS", "HID", "HIE", "HIP", "HSD", "HSE", "HSP", "HISA", "HISB",
                                             "HISH", "HISD", "HISE", "HIS1", "HIS2"},
                                            {"ASP", "ASH", "ASPH", "ASPP"},
                                            {"GLU", "GLH", "GLUH", "GLUP"},
                                            {"LYS", "LYN", "LYSH", "LSN"},
                                            {"ARG", "ARGN"},
                                            {"CYS", "CYX", "CYM", "CYSH", "CYS1", "CYS2", "CYN"}};
  return groups;
}

/** AMBER's names of a chain's ends: NALA, CALA. */
std::string withoutEnd(const std::string& residue) {
  return residue.size() == 4 && (residue[0] == 'N' || residue[0] == 'C') ? residue.substr(1) : residue;
}

/** A PDB file has room for three letters: the rest of the name is lost there. */
bool isCutTo(const std::string& cut, const std::string& whole) {
  return cut.size() == 3 && whole.size() > 3 && whole.compare(0, 3, cut) == 0;
}

}  // namespace

bool sameAtomName(const std::string& first, const std::string& second, const std::string& residue) {
  const std::string a = plainAtomName(first), b = plainAtomName(second);
  return a == b || sameIn(sameAtoms(), a, b) ||
         (upperCase(residue) == "ILE" && sameIn({{"CD", "CD1"}}, a, b));
}

bool sameResidueName(const std::string& first, const std::string& second) {
  const std::string a = upperCase(first), b = upperCase(second);
  const std::string bareA = withoutEnd(a), bareB = withoutEnd(b);
  return a == b || bareA == bareB || sameIn(sameResidues(), a, b) || sameIn(sameResidues(), bareA, bareB) ||
         isCutTo(a, b) || isCutTo(b, a);
}

}  // namespace latentcv
