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

  /**
   * Hands the derivatives of the last evaluate to the components, one per output. Throws latentcv::Error for
   * one that is not finite.
   */
  virtual void addDerivatives(const std::vector<Value*>& components) const = 0;

  /** forces [derivatives()] from those on the outputs [k], at what the last evaluate saw. */
  virtual void pullBack(const double* forcesOnOutputs, double* forces) = 0;

  /** What went into the network at the last evaluate. */
  virtual const double* values() const = 0;

  /** What a derivative is by: `argument d`, `the x of atom 7`, `the box`. */
  virtual std::string derivativeBy(std::size_t i) const = 0;

  /** A line for the log. */
  virtual std::string describe() const = 0;

  /** One more, of what went in at the first step; empty where there is nothing to say. */
  virtual std::string remarkAtFirstStep() const { return ""; }
};

/** `what` is asked for its words only where the value is not finite. */
template <typename What>
void expectFinite(double value, const What& what) {
  if (std::isfinite(value)) return;
  std::ostringstream text;
  text << what() << " is " << value << ", expected a finite number";
  throw latentcv::Error(latentcv::ErrorCode::badArgument, text.str());
}

/**
 * Zero times a number is zero, but for what is not finite. Four sums, which a compiler keeps in vectors: two
 * instructions a number.
 */
inline bool allFinite(const double* values, std::size_t count) {
  double sums[4] = {0, 0, 0, 0};
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4)
    for (std::size_t j = 0; j < 4; ++j) sums[j] += 0.0 * values[i + j];
  for (; i < count; ++i) sums[0] += 0.0 * values[i];
  return sums[0] + sums[1] + sums[2] + sums[3] == 0.0;
}

/** For derivatives [count] of a component: `by` says of each what it is by. */
template <typename By>
void expectFiniteDerivatives(const Value& component, const double* derivatives, std::size_t count,
                             const By& by) {
  if (allFinite(derivatives, count)) return;
  for (std::size_t i = 0; i < count; ++i)
    expectFinite(derivatives[i],
                 [&] { return "the derivative of component " + component.getName() + " by " + by(i); });
}

}  // namespace latentcv_plugin
}  // namespace PLMD
