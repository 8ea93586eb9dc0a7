/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#pragma once

#include <string>
#include <vector>

#include "latentcv/model.h"
#include "plumed-plugin/compatibility.h"
#include "plumed-plugin/length_unit.h"
#include "plumed-plugin/model_input.h"

namespace PLMD {
namespace latentcv_plugin {

/** ARG: scalars and vectors, whose elements go into the model one after the other. */
class ArgumentInput : public ModelInput {
 public:
  /**
   * Throws latentcv::Error where number, labels (unless they may differ), periods or
   * known units are not the model's.
   */
  ArgumentInput(const std::vector<Value*>& arguments, latentcv::Model& model, bool checkLabels,
                const LengthUnit& length);

  std::size_t derivatives() const override { return inputs_.size(); }
  void evaluate(double* outputs, bool derivatives) override;
  void addDerivatives(const std::vector<Value*>& components) const override;
  void pullBack(const double* forcesOnOutputs, double* forces) override;
  const double* values() const override { return x_.data(); }
  std::string derivativeBy(std::size_t i) const override { return "argument " + inputs_[i].label; }
  std::string describe() const override;
  std::string remarkAtFirstStep() const override;

  /** A warning where elements of vectors could be meant in another order, and no labels tell; or empty. */
  std::string warningOfOrder() const;

  /**
   * Puts central differences at the inputs of the last evaluate where addDerivatives takes derivatives from.
   * PLUMED's own ones move no more than the first element of a vector.
   */
  void takeDifferences();

  /** Sends forces [derivatives()] on to the arguments. */
  void addForces(const std::vector<double>& forces) const;

 private:
  void checkLabels() const;
  void checkPeriod(std::size_t i, const latentcv::Period& expected) const;
  void checkUnits(const LengthUnit& length);
  std::string valueAndRange(std::size_t i) const;

  latentcv::Model& model_;
  std::vector<Input> inputs_;
  std::vector<std::size_t> unknownUnits_;  // of inputs for which the file gives one
  std::vector<double> x_, jacobian_;
};

}  // namespace latentcv_plugin
}  // namespace PLMD
