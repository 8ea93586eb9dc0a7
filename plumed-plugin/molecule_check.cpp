/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#include "plumed-plugin/molecule_check.h"

#include "core/ActionSet.h"
#include "core/GenericMolInfo.h"
#include "core/PlumedMain.h"
#include "latentcv/molecule.h"

namespace PLMD {
namespace latentcv_plugin {
namespace {

latentcv::NamedAtom namedAtom(const GenericMolInfo& structure, AtomNumber number) {
  latentcv::NamedAtom atom;
  atom.serial = number.serial();
  atom.there = structure.checkForAtom(number);
  if (!atom.there) return atom;
  atom.name = structure.getAtomName(number);
  atom.residue = structure.getResidueName(number);
  atom.chain = structure.getChainID(number);
  // PLUMED keeps a negative number in an unsigned
  atom.residueNumber = static_cast<int>(structure.getResidueNumber(number));
  return atom;
}

}  // namespace

MoleculeCheck checkMolecule(Action& action, const std::vector<AtomNumber>& atoms,
                            const std::vector<std::string>& expected) {
  if (expected.empty()) return {};
  const auto* structure = action.plumed.getActionSet().selectLatest<GenericMolInfo*>(&action);
  // MOLINFO with CHAIN has no structure
  if (!structure || structure->getPDBsize() == 0)
    return {"", "names of atoms not compared, as no MOLINFO with a STRUCTURE stands before"};
  std::vector<latentcv::NamedAtom> named;
  for (AtomNumber atom : atoms) named.push_back(namedAtom(*structure, atom));
  const latentcv::MoleculeComparison comparison = latentcv::compareMolecule(expected, named);
  if (!comparison.difference.empty())
    return {"expected the model's atoms in the structure of MOLINFO but " + comparison.difference +
                ": the model is of another molecule, or its atoms are numbered otherwise here",
            ""};
  if (comparison.renamed.empty()) return {"", "the atoms are the model's, by their names in MOLINFO"};
  return {"", "the atoms are the model's, written otherwise in MOLINFO: " + comparison.renamed};
}

}  // namespace latentcv_plugin
}  // namespace PLMD
