/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
// What happens at every step: values, and forces from those on the components.
#include <algorithm>
#include <cmath>

#include "core/ActionPilot.h"
#include "latentcv/error.h"
#include "plumed-plugin/derivative_readers.h"
#include "plumed-plugin/onnx_model.h"
#include "tools/Exception.h"

namespace PLMD {
namespace latentcv_plugin {

void OnnxModel::calculate() {
  const Way way = doNotCalculateDerivatives() ? Way::none : chooseWay();
  logWay(way);
  waiting_ = way == Way::reversePass;
  // where PLUMED takes differences it calls this for values alone
  const bool handOut = way == Way::forReader || way == Way::forGradients;
  try {
    input_->evaluate(outputs_.data(), handOut || alwaysDifferentiates_);
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
      expectFinite(outputs_[i], [&] { return "component " + components_[i]->getName(); });
      components_[i]->set(outputs_[i]);
    }
  } catch (const latentcv::Error& problem) {
    stop(problem.what());
  }
  if (handOut) addDerivatives();
  if (outside_) outside_->set(range_->outside(input_->values()));
  if (!remarked_) remarkOnFirstStep();
}

void OnnxModel::remarkOnFirstStep() {
  remarked_ = true;
  const std::string remark = input_->remarkAtFirstStep();
  if (!remark.empty()) log << "ONNX_MODEL " << getLabel() << ": " << remark << "\n";
}

void OnnxModel::addDerivatives() {
  try {
    input_->addDerivatives(components_);
  } catch (const latentcv::Error& problem) {
    stop(problem.what() + hintForDerivatives());
  }
}

void OnnxModel::stop(const std::string& problem) const {
  plumed_error() << "ONNX_MODEL " << getLabel() << " at step " << getStep() << ": " << problem;
}

/** How forces go at this step. Actions are looked through again where there are new ones. */
OnnxModel::Way OnnxModel::chooseWay() {
  findDerivativeReader();
  if (checkNumericalDerivatives()) return Way::differences;
  if (!derivativeReader_.empty()) return Way::forReader;
  return isOptionOn("GRADIENTS") ? Way::forGradients : Way::reversePass;
}

void OnnxModel::findDerivativeReader() {
  const auto& actions = plumed.getActionSet();
  if (actions.size() == knownActions_) return;
  knownActions_ = actions.size();
  const std::string reader = derivativeReader(actions, components_);
  if (reader != derivativeReader_) waysLogged_[static_cast<std::size_t>(Way::forReader)] = false;
  derivativeReader_ = reader;
}

// The option GRADIENTS is set after actions are prepared, for what those need that take part in the step.
bool OnnxModel::mayNeedDerivatives() {
  if (alwaysDifferentiates_) return true;
  findDerivativeReader();
  if (checkNumericalDerivatives() || !derivativeReader_.empty()) return true;
  const auto& actions = plumed.getActionSet();
  return std::any_of(actions.begin(), actions.end(), [](const auto& action) {
    if (!action->checkNeedsGradients()) return false;
    const auto* pilot = dynamic_cast<const ActionPilot*>(action.get());
    return !pilot || pilot->onStep();
  });
}

/** Each way that forces go is told once, at the first step that takes it. */
void OnnxModel::logWay(Way way) {
  bool& logged = waysLogged_[static_cast<std::size_t>(way)];
  if (logged || way == Way::none) return;
  logged = true;
  log << "ONNX_MODEL " << getLabel() << ": forces by ";
  if (way == Way::reversePass) log << "one reverse pass for all components\n";
  if (way == Way::forReader) log << "the Jacobian, as " << derivativeReader_ << " takes a component\n";
  if (way == Way::forGradients)
    log << "the Jacobian, where PLUMED needs gradients (ADAPTIVE=GEOM, DUMPPROJECTIONS)\n";
  if (way == Way::differences) log << "numerical derivatives\n";
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
  if (!allFinite(forces_.data(), forces_.size())) stopForForces();
  sendForces(forces_);
}

/** Says which force is not finite, and whether that comes from a bias or from a derivative of the model. */
void OnnxModel::stopForForces() {
  try {
    for (std::size_t c = 0; c < components_.size(); ++c)
      expectFinite(forcesOnOutputs_[c],
                   [&] { return "the force that other actions put on " + components_[c]->getName(); });
    expectFiniteDerivativesOneByOne();
  } catch (const latentcv::Error& problem) {
    stop(problem.what());
  }
  const auto bad =
      std::find_if_not(forces_.begin(), forces_.end(), [](double f) { return std::isfinite(f); });
  stop("the sum of the forces on " + input_->derivativeBy(static_cast<std::size_t>(bad - forces_.begin())) +
       " is beyond what a number can be, though each derivative is finite: the bias is too steep");
}

void OnnxModel::expectFiniteDerivativesOneByOne() {
  std::vector<double> one(components_.size(), 0.0), derivatives(forces_.size());
  for (std::size_t c = 0; c < components_.size(); ++c) {
    one[c] = 1;
    if (waiting_) input_->pullBack(one.data(), derivatives.data());
    for (unsigned i = 0; !waiting_ && i < derivatives.size(); ++i)
      derivatives[i] = components_[c]->getDerivative(i);
    one[c] = 0;
    try {
      expectFiniteDerivatives(*components_[c], derivatives.data(), derivatives.size(),
                              [this](std::size_t i) { return input_->derivativeBy(i); });
    } catch (const latentcv::Error& problem) {
      stop(problem.what() + hintForDerivatives());
    }
  }
}

/** What may be wrong where a value is finite and its derivative is not, and what to do. */
std::string OnnxModel::hintForDerivatives() const {
  const bool single = model_->evaluator().singlePrecision();
  const std::string overflow =
      single ? "exp(x) beyond x = 88 in single precision, in which this model runs" : "exp(x) beyond x = 709";
  const std::string cure =
      single && model_->evaluatorName() == "native" ? "PRECISION=double reaches further; a" : "A";
  return ", though its value is finite. That happens with " + overflow +
         ", and with log(x) or a power of x at 0. " + cure +
         " wall keeps the run where the model was trained, and OUTSIDE tells how far from there it is";
}

void OnnxModel::clearDerivativesOfThoseToRead() {
  for (Value* component : toRead_)
    for (unsigned i = 0; i < getNumberOfDerivatives(); ++i) component->setDerivative(i, 0.0);
}

}  // namespace latentcv_plugin
}  // namespace PLMD
