#pragma once

#include <string>
#include <vector>

#include "compatibility.h"
#include "latentcv/model.h"
#include "model_input.h"

namespace latentcv_plumed {

/** ARG: scalars and vectors, whose elements go into the model one after the other. */
class ArgumentInput : public ModelInput {
 public:
  /** Throws latentcv::Error where number, labels (unless they may differ) or periods are not the model's. */
  ArgumentInput(const std::vector<PLMD::Value*>& arguments, latentcv::Model& model, bool checkLabels);

  std::size_t derivatives() const override { return inputs_.size(); }
  void evaluate(double* outputs, bool derivatives) override;
  void addDerivatives(const std::vector<PLMD::Value*>& components) const override;
  void pullBack(const double* forcesOnOutputs, double* forces) override;
  const double* values() const override { return x_.data(); }
  std::string describe() const override;

  /** Sends forces [derivatives()] on to the arguments. */
  void addForces(const std::vector<double>& forces) const;

 private:
  void checkLabels() const;
  void checkPeriod(std::size_t i, const latentcv::Period& expected) const;

  latentcv::Model& model_;
  std::vector<Input> inputs_;
  std::vector<double> x_, jacobian_;
};

}  // namespace latentcv_plumed
