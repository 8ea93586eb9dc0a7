/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#pragma once

#include <vector>

#include "core/ActionWithArguments.h"
#include "plumed-plugin/argument_input.h"
#include "plumed-plugin/onnx_model.h"

namespace PLMD {
namespace latentcv_plugin {

/** ONNX_MODEL with ARG. No ActionAtomistic: PLUMED takes the gradients of one from its atoms alone. */
class OnnxModelOfArguments : public ActionWithArguments, public OnnxModel {
 public:
  explicit OnnxModelOfArguments(const ActionOptions& options);

  void calculateNumericalDerivatives(ActionWithValue* action = nullptr) override;

 private:
  void sendForces(const std::vector<double>& forces) override;

  ArgumentInput* arguments_ = nullptr;  // what the base holds
};

}  // namespace latentcv_plugin
}  // namespace PLMD
