#include "structure_frame.h"

#include <cmath>

namespace latentcv {
namespace {

void addAtoms(chfl::Frame* frame, const AtomTable& atoms, const std::vector<double>& positions,
              double perNanometre) {
  const double still[3] = {0, 0, 0};
  for (std::size_t i = 0; i < atoms.names.size(); ++i) {
    const auto atom = chfl::make<chfl::atom>(atoms.names[i].c_str());
    chfl::call<chfl::atom_set_type>(atom.get(), atoms.types[i].c_str());
    chfl::call<chfl::atom_set_mass>(atom.get(), atoms.masses[i]);
    double position[3];
    for (std::size_t axis = 0; axis < 3; ++axis) position[axis] = perNanometre * positions[3 * i + axis];
    chfl::call<chfl::frame_add_atom>(frame, static_cast<const chfl::Atom*>(atom.get()), position, still);
  }
}

bool isInResidue(const AtomTable& atoms, std::size_t i) {
  return !std::isnan(atoms.residueIds[i]) || !atoms.residueNames[i].empty();
}

/** Whether two atoms are in the same residue; ids alone do not tell, as files count them in a few digits. */
bool sameResidue(const AtomTable& atoms, std::size_t i, std::size_t j) {
  const bool sameId = atoms.residueIds[i] == atoms.residueIds[j] ||
                      (std::isnan(atoms.residueIds[i]) && std::isnan(atoms.residueIds[j]));
  return sameId && atoms.residueNames[i] == atoms.residueNames[j] && atoms.chains[i] == atoms.chains[j];
}

void addResidues(chfl::Frame* frame, const AtomTable& atoms) {
  for (std::size_t from = 0, to; from < atoms.names.size(); from = to) {
    for (to = from + 1; to < atoms.names.size() && sameResidue(atoms, from, to);) ++to;
    if (!isInResidue(atoms, from)) continue;
    const char* name = atoms.residueNames[from].c_str();
    const double id = atoms.residueIds[from];
    const auto residue = std::isnan(id) ? chfl::make<chfl::residue>(name)
                                        : chfl::make<chfl::residue_with_id>(name, std::int64_t(id));
    for (std::size_t i = from; i < to; ++i) chfl::call<chfl::residue_add_atom>(residue.get(), chfl::Count{i});
    chfl::call<chfl::frame_add_residue>(frame, static_cast<const chfl::Residue*>(residue.get()));
  }
}

}  // namespace

chfl::Owned<chfl::Frame> frameOf(const StructureText& text, const std::vector<double>& positions,
                                 double perNanometre) {
  auto frame = chfl::make<chfl::frame>();
  addAtoms(frame.get(), text.atoms, positions, perNanometre);
  addResidues(frame.get(), text.atoms);
  for (const auto& [i, j] : text.bonds)
    chfl::call<chfl::frame_add_bond>(frame.get(), chfl::Count{i}, chfl::Count{j});
  return frame;
}

void setCell(chfl::Frame* frame, const std::array<double, 9>& rows, double perNanometre) {
  chfl::Vector3d columns[3];  // theirs has the box vectors as columns
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) columns[j][i] = perNanometre * rows[3 * i + j];
  const auto cell = chfl::make<chfl::cell_from_matrix>(static_cast<const chfl::Vector3d*>(columns));
  chfl::call<chfl::frame_set_cell>(frame, static_cast<const chfl::UnitCell*>(cell.get()));
}

void setElement(chfl::Frame* frame, std::size_t index, const std::string& type, double mass) {
  const auto atom = chfl::make<chfl::atom_from_frame>(frame, chfl::Count{index});
  if (!type.empty()) chfl::call<chfl::atom_set_type>(atom.get(), type.c_str());
  if (mass > 0) chfl::call<chfl::atom_set_mass>(atom.get(), mass);
}

}  // namespace latentcv
