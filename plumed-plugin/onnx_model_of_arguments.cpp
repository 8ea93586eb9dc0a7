/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#include "plumed-plugin/onnx_model_of_arguments.h"

#include "latentcv/error.h"

namespace PLMD {
namespace latentcv_plugin {

OnnxModelOfArguments::OnnxModelOfArguments(const ActionOptions& options)
    : Action(options), ActionWithArguments(options), OnnxModel(options) {
  const InputKeywords keywords = parseInputKeywords();
  if (keywords.neighbourStride != "auto" || keywords.neighbourSkin != 0)
    error("expected NL_STRIDE and NL_SKIN only with ATOMS but received them with ARG");
  if (keywords.gradient)
    error(
        "expected GRADIENT only with ATOMS but received it with ARG: what argument moves with which atoms is not known here");
  if (getNumberOfArguments() == 0) expectedEitherInput("neither");
  std::unique_ptr<ArgumentInput> input;
  try {
    input = std::make_unique<ArgumentInput>(getArguments(), model(), keywords.checkLabels, lengthUnit());
  } catch (const latentcv::Error& problem) {
    error(problem.what());
  }
  arguments_ = input.get();
  begin(std::move(input));
  const std::string order = arguments_->warningOfOrder();
  if (!order.empty()) warning(order);
  // last, as PLUMED calculates an action of constants here
  checkRead();
}

void OnnxModelOfArguments::sendForces(const std::vector<double>& forces) { arguments_->addForces(forces); }

void OnnxModelOfArguments::calculateNumericalDerivatives(ActionWithValue* action) {
  if (action) return ActionWithArguments::calculateNumericalDerivatives(action);
  calculate();
  if (doNotCalculateDerivatives()) return;
  arguments_->takeDifferences();
  addDerivatives();
}

}  // namespace latentcv_plugin
}  // namespace PLMD
