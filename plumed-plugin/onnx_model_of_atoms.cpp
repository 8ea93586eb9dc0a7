/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#include "plumed-plugin/onnx_model_of_atoms.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "latentcv/error.h"
#include "plumed-plugin/atom_input.h"
#include "plumed-plugin/molecule_check.h"
#include "tools/Communicator.h"
#include "tools/Tools.h"

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
  try {
    far_ = readFarAtoms(keywords);
  } catch (const latentcv::Error& problem) {
    error(problem.what());
  }
  atoms_->tell(far_.get());
  const std::string molecule = keywords.names == "ignore" ? "" : compareMolecule(keywords.names);
  begin(std::move(input), molecule);
  if (keywords.gradient) addGradients();
  const LengthUnit unit = lengthUnit();
  log << "  lengths of the model are in nm, PLUMED's ";
  if (unit.nanometres == 1)
    log << "too\n";
  else
    log << "in " << unit.name << " (" << unit.nanometres << " nm)\n";
  if (far_)
    log << "  " << far_->describe() << "\n";
  else if (model().descriptors()->mayBeFar() > 0)
    log << "  all atoms are requested at every step\n";
  // last, as PLUMED calculates an action of constants here
  checkRead();
}

OnnxModelOfAtoms::~OnnxModelOfAtoms() {
  const std::string summary = far_ ? far_->summary() : "";
  if (!summary.empty()) log << "ONNX_MODEL " << getLabel() << ": " << summary << "\n";
}

std::unique_ptr<ModelInput> OnnxModelOfAtoms::readAtoms(const InputKeywords& keywords) {
  std::vector<AtomNumber> atoms;
  parseAtomList("ATOMS", atoms);
  std::vector<std::string> arguments;
  parseVector("ARG", arguments);
  if (!arguments.empty()) expectedEitherInput("both");
  AtomInput::expectAtoms(model(), atoms.size());
  all_ = atoms;
  requestAtoms(all_);
  auto input = std::make_unique<AtomInput>(*this, model(), lengthUnit().nanometres, keywords.pbc);
  atoms_ = input.get();
  return input;
}

/** Null where all atoms are requested at every step. */
std::unique_ptr<FarAtoms> OnnxModelOfAtoms::readFarAtoms(const InputKeywords& keywords) {
  const std::string& words = keywords.neighbourStride;
  int stride = 0;
  if (words != "auto" && (!Tools::convertNoexcept(words, stride) || stride < 1))
    error("expected auto or a whole number from 1 on for NL_STRIDE but received " + words);
  const bool asked = stride > 1 || keywords.neighbourSkin != 0;
  if (keywords.neighbourSkin < 0 || (keywords.neighbourSkin != 0 && stride == 1))
    error("expected a positive NL_SKIN, and an NL_STRIDE above 1 with it");
  if (model().descriptors()->mayBeFar() == 0) {
    if (asked)
      error(
          "expected a coordination with DMAX among more than 256 pairs for NL_STRIDE and NL_SKIN but the model has none");
    return nullptr;
  }
  if (stride == 1) return nullptr;
  // where atoms may go by a box at once, or to another replica, nobody who did not ask is stopped for it
  const bool images = keywords.pbc && model().metadata().minimumImage;
  if (!asked && (!images || multi_sim_comm.Get_size() > 1)) return nullptr;
  const LengthUnit unit = lengthUnit();
  return std::make_unique<FarAtoms>(model(), all_, stride, keywords.neighbourSkin * unit.nanometres, unit);
}

// All atoms are requested where it is time to look at them, and where derivatives by all may be asked for.
void OnnxModelOfAtoms::prepare() {
  if (!far_) return;
  bool all = true;
  try {
    all = far_->needsAll(getStep(), getExchangeStep());
  } catch (const latentcv::Error& problem) {
    error(problem.what());
  }
  if (mayNeedDerivatives()) {
    all = true;
    const std::string& reader = derivativeReaderKnown();
    if (checkNumericalDerivatives() || !reader.empty())
      return leaveNoneOut(reader.empty() ? "for differences" : "as " + reader + " reads derivatives");
  }
  if (all) return requestAll();
  if (getNumberOfAtoms() < all_.size()) return;
  request(far_->near());
}

void OnnxModelOfAtoms::request(const std::vector<AtomNumber>& atoms) {
  requestAtoms(atoms);
  resizeDerivatives();
#if LATENTCV_PLUMED_HAS_VECTORS
  places_.clear();
#endif
}

void OnnxModelOfAtoms::requestAll() {
  if (getNumberOfAtoms() < all_.size()) request(all_);
}

/** For good. */
void OnnxModelOfAtoms::leaveNoneOut(const std::string& why) {
  log << "ONNX_MODEL " << getLabel() << ": all atoms are requested at every step, " << why << "\n";
  requestAll();
  atoms_->tell(nullptr);
  far_.reset();
  model().descriptors()->takeAll();
}

void OnnxModelOfAtoms::calculate() {
  OnnxModel::calculate();
  if (!gradients_.empty()) setGradients();
  if (far_ && far_->pointless()) leaveNoneOut("as few are ever far");
}

void OnnxModelOfAtoms::addGradients() {
  log << "  GRADIENT: derivatives are computed at every step\n";
  const std::vector<std::string> names = model().outputNames();
  const std::size_t variables = model().collectiveVariables();
  for (std::size_t i = 0; i < variables; ++i)
    gradients_.push_back(addComponentToRead(names[i] + "-gradient", "GRADIENT"));
  if (variables > 1) gradients_.push_back(addComponentToRead("gradient", "GRADIENT"));
  products_.resize(variables * variables);
  alwaysDifferentiate();
}

namespace {

/** The root of the determinant of a symmetric matrix [n, n] that is not negative, by Cholesky's factors in its place. */
double rootOfDeterminant(std::vector<double>& matrix, std::size_t n) {
  double root = 1;
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t k = 0; k < j; ++k)
      for (std::size_t i = j; i < n; ++i) matrix[i * n + j] -= matrix[i * n + k] * matrix[j * n + k];
    const double pivot = matrix[j * n + j];
    if (!(pivot > 0)) return 0;
    const double factor = std::sqrt(pivot);
    for (std::size_t i = j; i < n; ++i) matrix[i * n + j] /= factor;
    root *= factor;
  }
  return root;
}

}  // namespace

void OnnxModelOfAtoms::setGradients() {
  const std::size_t variables = model().collectiveVariables();
  atoms_->gradientProducts(products_.data(), variables);
  for (std::size_t i = 0; i < variables; ++i) gradients_[i]->set(std::sqrt(products_[i * variables + i]));
  if (variables > 1) gradients_[variables]->set(rootOfDeterminant(products_, variables));
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
  if (!sendForcesToFew(forces, start)) setForcesOnAtoms(forces, start);
#else
  setForcesOnAtoms(forces);
#endif
}

#if LATENTCV_PLUMED_HAS_VECTORS
namespace {

/** Whether all of these numbers are 0. */
bool allZero(const double* numbers, std::size_t count) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < count; ++i) {
    std::uint64_t these;
    std::memcpy(&these, numbers + i, sizeof these);
    bits |= these;
  }
  return bits == 0;
}

}  // namespace

// Of thousands of atoms, as water around a site, most are far and without a force: to add zeros to PLUMED's would
// cost more than all else that is done for them.
bool OnnxModelOfAtoms::sendForcesToFew(const std::vector<double>& forces, unsigned& start) {
  const std::size_t atoms = getNumberOfAtoms(), few = atoms / 4;
  constexpr std::size_t together = 8;
  // of the near ones, most have a force
  if (atoms < 64 || atoms < all_.size()) return false;
  if (places_.empty()) {
    for (const AtomNumber& atom : getAbsoluteIndexes()) places_.push_back(getValueIndices(atom));
    forced_.reserve(few + together);
  }
  forced_.clear();
  for (std::size_t i = 0; i < atoms; i += together) {
    const std::size_t end = std::min(i + together, atoms);
    if (allZero(forces.data() + 3 * i, 3 * (end - i))) continue;
    for (std::size_t atom = i; atom < end; ++atom)
      if (!allZero(forces.data() + 3 * atom, 3)) forced_.push_back(atom);
    if (forced_.size() > few) return false;
  }
  for (std::size_t atom : forced_) {
    const double* force = forces.data() + 3 * atom;
    addForce(places_[atom], Vector(force[0], force[1], force[2]));
  }
  start = static_cast<unsigned>(3 * atoms);
  setForcesOnCell(forces, start);
  return true;
}
#endif

void OnnxModelOfAtoms::calculateNumericalDerivatives(ActionWithValue* action) {
  ActionAtomistic::calculateNumericalDerivatives(action);
  clearDerivativesOfThoseToRead();
}

}  // namespace latentcv_plugin
}  // namespace PLMD
