/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
// What happens at every step: values, and forces from those on the components.
#include <algorithm>
#include <cmath>

#include "latentcv/error.h"
#include "plumed-plugin/derivative_readers.h"
#include "plumed-plugin/onnx_model.h"
#include "tools/Exception.h"

namespace PLMD {
namespace latentcv_plugin {

void OnnxModel::calculate() {
  // PLUMED calculates values alone where it takes differences of them
  const bool wanted = !doNotCalculateDerivatives() && !checkNumericalDerivatives();
  waiting_ = wanted && canWaitForForces();
  try {
    input_->evaluate(outputs_.data(), wanted && !waiting_);
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
      expectFinite(outputs_[i], [&] { return "component " + components_[i]->getName(); });
      components_[i]->set(outputs_[i]);
    }
  } catch (const latentcv::Error& problem) {
    plumed_error() << "ONNX_MODEL " << getLabel() << " at step " << getStep() << ": " << problem.what();
  }
  if (wanted && !waiting_) input_->addDerivatives(components_);
  if (outside_) outside_->set(range_->outside(input_->values()));
}

/** Whether nobody will read derivatives at this step. Actions are looked through again where there are new
 * ones. */
bool OnnxModel::canWaitForForces() {
  const auto& actions = plumed.getActionSet();
  if (actions.size() != knownActions_) {
    knownActions_ = actions.size();
    derivativeReader_ = derivativeReader(actions, components_);
  }
  if (!derivativeReader_.empty()) {
    logWay("the Jacobian, as " + derivativeReader_ + " takes a component");
    return false;
  }
  if (isOptionOn("GRADIENTS")) {
    logWay("the Jacobian, where PLUMED needs gradients (ADAPTIVE=GEOM, DUMPPROJECTIONS)");
    return false;
  }
  logWay("one reverse pass for all components");
  return true;
}

/** Each way that forces go is told once, at the first step that takes it. */
void OnnxModel::logWay(const std::string& way) {
  if (waysLogged_.insert(way).second) log << "ONNX_MODEL " << getLabel() << ": forces by " << way << "\n";
}

/** The forces on the components; false where there are none. */
bool OnnxModel::readForces() {
  for (std::size_t i = 0; i < components_.size(); ++i) forcesOnOutputs_[i] = components_[i]->getForce();
  return std::any_of(forcesOnOutputs_.begin(), forcesOnOutputs_.end(),
                     [](double force) { return force != 0; });
}

/** Forces from the derivatives that the components have. */
void OnnxModel::sumForces() {
  std::fill(forces_.begin(), forces_.end(), 0.0);
  for (std::size_t c = 0; c < components_.size(); ++c) {
    if (forcesOnOutputs_[c] == 0) continue;
    for (unsigned i = 0; i < forces_.size(); ++i)
      forces_[i] += forcesOnOutputs_[c] * components_[c]->getDerivative(i);
  }
}

void OnnxModel::apply() {
  if (!readForces()) return;
  if (waiting_)
    input_->pullBack(forcesOnOutputs_.data(), forces_.data());
  else
    sumForces();
  sendForces(forces_);
}

void OnnxModel::clearDerivativesOfOutside() {
  if (!outside_) return;
  for (unsigned i = 0; i < getNumberOfDerivatives(); ++i) outside_->setDerivative(i, 0.0);
}

}  // namespace latentcv_plugin
}  // namespace PLMD
