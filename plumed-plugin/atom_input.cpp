/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#include "plumed-plugin/atom_input.h"

#include <numeric>

#include "plumed-plugin/input_hint.h"
#include "tools/Tensor.h"
#include "tools/Vector.h"

namespace PLMD {
namespace latentcv_plugin {

using latentcv::Error;
using latentcv::ErrorCode;

void AtomInput::expectAtoms(const latentcv::Model& model, std::size_t atoms) {
  if (!model.hasDescriptors())
    throw Error(ErrorCode::badArgument,
                "expected a model with descriptors for ATOMS but the file has none; " + inputHint(model));
  if (atoms != model.atoms())
    throw Error(ErrorCode::badArgument, "expected " + std::to_string(model.atoms()) + " atoms but received " +
                                            std::to_string(atoms) + "; " + inputHint(model));
}

AtomInput::AtomInput(const ActionAtomistic& action, latentcv::Model& model, double nanometres, bool pbc)
    : action_(action), model_(model), scale_(nanometres), pbc_(pbc) {
  const std::string& unit = model.metadata().lengthUnit;
  if (!unit.empty() && unit != "nm")
    throw Error(ErrorCode::badArgument,
                "expected descriptors in nm but the file says latentcv.units.length is " + unit);
  if (model.takesBox() && (!pbc || !model.metadata().minimumImage))
    throw Error(ErrorCode::badArgument,
                "expected periodic boundary conditions, as the model takes the box, but received NOPBC");
  positions_.resize(3 * model.atoms());
  derivatives_.resize(positions_.size() * model.outputs());
  boxDerivatives_.resize(9 * model.outputs());
}

const double* AtomInput::modelPositions() {
  const std::vector<Vector>& vectors = action_.getPositions();
  static_assert(sizeof(Vector) == 3 * sizeof(double), "vectors are three numbers one after the other");
  const std::size_t count = 3 * vectors.size();
  const double* positions = count == 0 ? positions_.data() : &vectors[0][0];
  const bool finite = allFinite(positions, count);
  for (std::size_t i = 0; i < count && !finite; ++i)
    expectFinite(positions[i], [&] {
      return "a coordinate of atom " +
             std::to_string(action_.getAbsoluteIndex(static_cast<int>(i / 3)).serial());
    });
  if (scale_ == 1) return positions;
  for (std::size_t i = 0; i < count; ++i) positions_[i] = scale_ * positions[i];
  return positions_.data();
}

latentcv::Box AtomInput::copyBox() const {
  double rows[9];
  const Tensor& box = action_.getBox();
  for (unsigned i = 0; i < 9; ++i) {
    rows[i] = scale_ * box[i / 3][i % 3];
    expectFinite(rows[i], [] { return std::string("a component of the box"); });
  }
  return pbc_ ? latentcv::Box(rows) : latentcv::Box();
}

void AtomInput::evaluate(double* outputs, bool derivatives) {
  const double* positions = modelPositions();
  if (nearAlone()) {
    if (derivatives)
      throw Error(ErrorCode::badArgument,
                  "expected derivatives to be read at steps at which all atoms are requested, but an action "
                  "reads them at this one; NL_STRIDE=1 requests all at every step");
    model_.evaluateNearAtoms(positions, copyBox(), outputs);
    far_->followed(action_.getStep());
    return;
  }
  model_.evaluateAtoms(positions, copyBox(), outputs, derivatives ? derivatives_.data() : nullptr,
                       boxDerivatives_.data());
  if (far_) far_->looked(action_.getStep(), action_.getExchangeStep());
}

void AtomInput::addDerivatives(const std::vector<Value*>& components) const {
  const unsigned coordinates = 3 * action_.getNumberOfAtoms();
  const double *derivative = derivatives_.data(), *boxDerivative = boxDerivatives_.data();
  for (Value* component : components) {
    expectFiniteDerivatives(*component, derivative, coordinates,
                            [this](std::size_t i) { return derivativeBy(i); });
    expectFiniteDerivatives(*component, boxDerivative, 9, [](std::size_t) { return std::string("the box"); });
    for (unsigned i = 0; i < coordinates; ++i) component->addDerivative(i, scale_ * *derivative++);
    for (unsigned i = 0; i < 9; ++i) component->addDerivative(coordinates + i, *boxDerivative++);
  }
}

void AtomInput::pullBack(const double* forcesOnOutputs, double* forces) {
  const std::size_t coordinates = 3 * action_.getNumberOfAtoms();
  model_.vectorJacobianAtoms(forcesOnOutputs, forces, forces + coordinates);
  if (scale_ == 1) return;
  for (std::size_t i = 0; i < coordinates; ++i) forces[i] *= scale_;
}

void AtomInput::gradientProducts(double* products, std::size_t count) const {
  const std::size_t coordinates = 3 * action_.getNumberOfAtoms();
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      const double *one = derivatives_.data() + i * coordinates,
                   *other = derivatives_.data() + j * coordinates;
      const double product = std::inner_product(one, one + coordinates, other, 0.0);
      products[i * count + j] = products[j * count + i] = scale_ * scale_ * product;
    }
}

std::string AtomInput::derivativeBy(std::size_t i) const {
  if (i >= 3 * action_.getNumberOfAtoms()) return "the box";
  const AtomNumber atom = action_.getAbsoluteIndex(static_cast<int>(i / 3));
  return std::string("the ") + "xyz"[i % 3] + " of atom " + std::to_string(atom.serial());
}

std::string AtomInput::describe() const {
  std::string line = std::to_string(model_.inputs()) + " descriptors of atoms";
  for (const AtomNumber& atom : action_.getAbsoluteIndexes()) line += " " + std::to_string(atom.serial());
  if (!pbc_ || !model_.metadata().minimumImage) return line + ", without periodic boundary conditions";
  if (model_.makesWhole()) line += ", made whole in this order";
  if (model_.takesBox()) line += ", with the box";
  return line + ", with the minimum image of each difference between atoms";
}

std::string AtomInput::remarkAtFirstStep() const { return far_ ? far_->describeFirstLook() : ""; }

}  // namespace latentcv_plugin
}  // namespace PLMD
