/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#pragma once

#include <cmath>
#include <cstddef>
#include <sstream>
#include <string>
#include <vector>

#include "core/Value.h"
#include "latentcv/error.h"

namespace PLMD {
namespace latentcv_plugin {

/** Where a model's input comes from at every step, and where its derivatives go. */
class ModelInput {
 public:
  virtual ~ModelInput() = default;

  /** How many derivatives each component has. */
  virtual std::size_t derivatives() const = 0;

  /**
   * The model's outputs [k] at this step, and their derivatives unless nobody wants them. Throws
   * latentcv::Error for an input that is not finite. Nothing is allocated.
   */
  virtual void evaluate(double* outputs, bool derivatives) = 0;

  /** Hands the derivatives of the last evaluate to the components, one per output. */
  virtual void addDerivatives(const std::vector<Value*>& components) const = 0;

  /** forces [derivatives()] from those on the outputs [k], at what the last evaluate saw. */
  virtual void pullBack(const double* forcesOnOutputs, double* forces) = 0;

  /** What went into the network at the last evaluate. */
  virtual const double* values() const = 0;

  /** A line for the log. */
  virtual std::string describe() const = 0;
};

/** `what` is asked for its words only where the value is not finite. */
template <typename What>
void expectFinite(double value, const What& what) {
  if (std::isfinite(value)) return;
  std::ostringstream text;
  text << what() << " is " << value << ", expected a finite number";
  throw latentcv::Error(latentcv::ErrorCode::badArgument, text.str());
}

}  // namespace latentcv_plugin
}  // namespace PLMD
