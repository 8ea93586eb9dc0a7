// What happens at every step: values, and forces from those on the components.
#include <algorithm>
#include <cmath>

#include "derivative_readers.h"
#include "latentcv/error.h"
#include "onnx_model.h"
#include "tools/Exception.h"

namespace PLMD {
namespace latentcv_plugin {

void OnnxModel::calculate() {
  const bool wanted = !doNotCalculateDerivatives();
  waiting_ = wanted && canWaitForForces();
  try {
    input_->evaluate(outputs_.data(), wanted && !waiting_);
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
      latentcv_plumed::expectFinite(outputs_[i], [&] { return "component " + components_[i]->getName(); });
      components_[i]->set(outputs_[i]);
    }
  } catch (const latentcv::Error& problem) {
    plumed_error() << "ONNX_MODEL " << getLabel() << " at step " << getStep() << ": " << problem.what();
  }
  if (wanted && !waiting_) input_->addDerivatives(components_);
  if (outside_) outside_->set(range_->outside(input_->values()));
}

void OnnxModel::sendForces(const std::vector<double>& forces) {
  if (arguments_) return arguments_->addForces(forces);
#if LATENTCV_PLUMED_HAS_VECTORS
  unsigned start = 0;
  setForcesOnAtoms(forces, start);
#else
  setForcesOnAtoms(forces);
#endif
}

#if LATENTCV_PLUMED_HAS_VECTORS

/** Whether nobody will read derivatives at this step. Actions are looked through again where there are new
 * ones. */
bool OnnxModel::canWaitForForces() {
  const auto& actions = plumed.getActionSet();
  if (actions.size() != knownActions_) {
    knownActions_ = actions.size();
    derivativeReader_ = latentcv_plumed::derivativeReader(actions, components_);
    if (derivativeReader_.empty())
      log.printf("ONNX_MODEL %s: forces by one reverse pass for all components\n", getLabel().c_str());
    else
      log.printf("ONNX_MODEL %s: forces by the Jacobian, as %s takes a component\n", getLabel().c_str(),
                 derivativeReader_.c_str());
  }
  return derivativeReader_.empty() && !checkNumericalDerivatives() && !isOptionOn("GRADIENTS");
}

/** Forces from those on the components, at what calculate evaluated; false where there are none. */
bool OnnxModel::applyAtOnce() {
  for (std::size_t i = 0; i < components_.size(); ++i) forcesOnOutputs_[i] = components_[i]->getForce();
  if (std::all_of(forcesOnOutputs_.begin(), forcesOnOutputs_.end(), [](double force) { return force == 0; }))
    return false;
  input_->pullBack(forcesOnOutputs_.data(), forces_.data());
  return true;
}

void OnnxModel::apply() {
  if (waiting_) {
    if (applyAtOnce()) sendForces(forces_);
  } else if (checkForForces()) {
    sendForces(getForcesToApply());
  }
}

#else

// Until 2.9 a value tells the forces on it only together with its derivatives.
bool OnnxModel::canWaitForForces() { return false; }
bool OnnxModel::applyAtOnce() { return false; }

void OnnxModel::apply() {
  std::vector<double> one(getNumberOfDerivatives());
  forces_.assign(one.size(), 0.0);
  bool forced = false;
  for (const Value* component : components_) {
    if (!component->applyForce(one)) continue;
    forced = true;
    for (std::size_t i = 0; i < one.size(); ++i) forces_[i] += one[i];
  }
  if (forced) sendForces(forces_);
}

#endif

void OnnxModel::calculateNumericalDerivatives(ActionWithValue* action) {
  if (arguments_)
    ActionWithArguments::calculateNumericalDerivatives(action);
  else
    ActionAtomistic::calculateNumericalDerivatives(action);
}

}  // namespace latentcv_plugin
}  // namespace PLMD
