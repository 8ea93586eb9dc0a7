/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#include "plumed-plugin/onnx_model_of_atoms.h"

#include "latentcv/error.h"
#include "plumed-plugin/atom_input.h"
#include "plumed-plugin/molecule_check.h"

namespace PLMD {
namespace latentcv_plugin {

OnnxModelOfAtoms::OnnxModelOfAtoms(const ActionOptions& options)
    : Action(options), ActionAtomistic(options), OnnxModel(options) {
  const InputKeywords keywords = parseInputKeywords();
  std::unique_ptr<ModelInput> input;
  try {
    input = readAtoms(keywords);
  } catch (const latentcv::Error& problem) {
    error(problem.what());
  }
  const std::string molecule = keywords.names == "ignore" ? "" : compareMolecule(keywords.names);
  begin(std::move(input), molecule);
  const LengthUnit unit = lengthUnit();
  log << "  lengths of the model are in nm, PLUMED's ";
  if (unit.nanometres == 1)
    log << "too\n";
  else
    log << "in " << unit.name << " (" << unit.nanometres << " nm)\n";
  // last, as PLUMED calculates an action of constants here
  checkRead();
}

std::unique_ptr<ModelInput> OnnxModelOfAtoms::readAtoms(const InputKeywords& keywords) {
  std::vector<AtomNumber> atoms;
  parseAtomList("ATOMS", atoms);
  std::vector<std::string> arguments;
  parseVector("ARG", arguments);
  if (!arguments.empty()) expectedEitherInput("both");
  AtomInput::expectAtoms(model(), atoms.size());
  requestAtoms(atoms);
  return std::make_unique<AtomInput>(*this, model(), lengthUnit().nanometres, keywords.pbc);
}

std::string OnnxModelOfAtoms::compareMolecule(const std::string& names) {
  const MoleculeCheck check = checkMolecule(*this, getAbsoluteIndexes(), model().metadata().atomNames);
  if (check.difference.empty()) return check.summary;
  if (names == "check") error(check.difference + " (NAMES=warn or NAMES=ignore to go on all the same)");
  warning(check.difference);
  return check.summary;
}

void OnnxModelOfAtoms::sendForces(const std::vector<double>& forces) {
#if LATENTCV_PLUMED_HAS_VECTORS
  unsigned start = 0;
  setForcesOnAtoms(forces, start);
#else
  setForcesOnAtoms(forces);
#endif
}

void OnnxModelOfAtoms::calculateNumericalDerivatives(ActionWithValue* action) {
  ActionAtomistic::calculateNumericalDerivatives(action);
  clearDerivativesOfOutside();
}

}  // namespace latentcv_plugin
}  // namespace PLMD
