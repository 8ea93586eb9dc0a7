/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#include "plumed-plugin/argument_input.h"

#include <algorithm>
#include <cmath>

#include "plumed-plugin/argument_units.h"
#include "plumed-plugin/input_hint.h"

namespace PLMD {
namespace latentcv_plugin {
namespace {

using latentcv::Error;
using latentcv::ErrorCode;

std::vector<Input> elementsOf(const std::vector<Value*>& arguments) {
  std::vector<Input> inputs;
  for (Value* argument : arguments) {
    const std::vector<Input> found = inputsOf(argument);
    if (found.empty())
      throw Error(ErrorCode::badArgument,
                  "expected scalars or vectors for ARG but " + argument->getName() + " is neither");
    inputs.insert(inputs.end(), found.begin(), found.end());
  }
  return inputs;
}

}  // namespace

ArgumentInput::ArgumentInput(const std::vector<Value*>& arguments, latentcv::Model& model, bool checkLabels,
                             const LengthUnit& length)
    : model_(model), inputs_(elementsOf(arguments)) {
  if (inputs_.size() != model.inputs())
    throw Error(ErrorCode::badArgument, "expected " + std::to_string(model.inputs()) +
                                            " arguments but received " + std::to_string(inputs_.size()) +
                                            "; " + inputHint(model));
  if (checkLabels) this->checkLabels();
  const auto& periods = model.metadata().inputPeriods;
  for (std::size_t i = 0; i < periods.size(); ++i) checkPeriod(i, periods[i]);
  checkUnits(length);
  x_.resize(inputs_.size());
  jacobian_.resize(inputs_.size() * model.outputs());
}

void ArgumentInput::checkLabels() const {
  const std::vector<std::string>& expected = model_.metadata().inputs;
  for (std::size_t i = 0; i < expected.size(); ++i)
    if (inputs_[i].label != expected[i])
      throw Error(ErrorCode::badArgument, "argument " + std::to_string(i + 1) + " is " + inputs_[i].label +
                                              " but the model was trained on " + expected[i] + " there; " +
                                              inputHint(model_) +
                                              " (LABELS=ignore if the labels alone differ)");
}

void ArgumentInput::checkPeriod(std::size_t i, const latentcv::Period& expected) const {
  const Value& argument = *inputs_[i].value;
  const std::string label = "argument " + inputs_[i].label;
  if (argument.isPeriodic() != expected.periodic)
    throw Error(
        ErrorCode::badArgument,
        label + (expected.periodic ? " is not periodic but the model was trained on a periodic quantity there"
                                   : " is periodic but the model was trained on one that is not"));
  if (!expected.periodic) return;
  double lower, upper;
  argument.getDomain(lower, upper);
  const double tolerance = 1e-6 * (expected.upper - expected.lower);
  if (std::abs(lower - expected.lower) <= tolerance && std::abs(upper - expected.upper) <= tolerance) return;
  std::ostringstream text;
  text << label << " has the domain " << lower << " to " << upper << " but the model was trained on "
       << expected.lower << " to " << expected.upper;
  throw Error(ErrorCode::badArgument, text.str());
}

void ArgumentInput::checkUnits(const LengthUnit& length) {
  const std::vector<std::string>& units = model_.metadata().inputUnits;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const UnitComparison comparison = compareUnit(*inputs_[i].value, units[i], length);
    if (!comparison.contradiction.empty()) throw Error(ErrorCode::badArgument, comparison.contradiction);
    if (!comparison.known) unknownUnits_.push_back(i);
  }
}

std::string ArgumentInput::valueAndRange(std::size_t i) const {
  const latentcv::Metadata& metadata = model_.metadata();
  std::ostringstream text;
  text << inputs_[i].label << " is " << x_[i] << " here and was ";
  if (i < metadata.inputMin.size()) text << metadata.inputMin[i] << " to " << metadata.inputMax[i] << " ";
  text << "in " << metadata.inputUnits[i] << " in training";
  return text.str();
}

std::string ArgumentInput::remarkAtFirstStep() const {
  constexpr std::size_t most = 8;
  if (unknownUnits_.empty()) return "";
  std::string line = "units are not compared, as PLUMED does not tell those of these arguments: ";
  for (std::size_t n = 0; n < std::min(most, unknownUnits_.size()); ++n)
    line += (n ? "; " : "") + valueAndRange(unknownUnits_[n]);
  if (unknownUnits_.size() > most) line += "; and " + std::to_string(unknownUnits_.size() - most) + " more";
  return line;
}

std::string ArgumentInput::warningOfOrder() const {
  if (!model_.metadata().inputs.empty()) return "";
  // where a vector ends and one of the same length begins, elements could be meant to take turns
  std::size_t length = 1;
  while (length < inputs_.size() && inputs_[length].value == inputs_[0].value) ++length;
  if (length < 2 || inputs_.size() == length || inputs_.size() % length != 0) return "";
  for (std::size_t i = 0; i < inputs_.size(); ++i)
    if (inputs_[i].element != i % length) return "";
  return "the elements of each vector follow one another (" + inputs_[0].label + "," + inputs_[1].label +
         ",... before " + inputs_[length].label +
         "), and the file has no labels that would tell whether the model "
         "means them so: compare a value with one from training";
}

void ArgumentInput::evaluate(double* outputs, bool derivatives) {
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    x_[i] = inputs_[i].get();
    expectFinite(x_[i], [&] { return "argument " + inputs_[i].label; });
  }
  model_.evaluator().evaluate(x_.data(), outputs, derivatives ? jacobian_.data() : nullptr);
}

void ArgumentInput::takeDifferences() {
  const std::size_t d = inputs_.size(), k = model_.outputs();
  std::vector<double> x = x_, above(k), below(k);
  for (std::size_t i = 0; i < d; ++i) {
    // the cube root of the rounding error, where truncation and rounding are of one size
    const double step = 6e-6 * std::max(1.0, std::abs(x_[i]));
    x[i] = x_[i] + step;
    const double upper = x[i];
    model_.evaluator().evaluate(x.data(), above.data(), nullptr);
    x[i] = x_[i] - step;
    model_.evaluator().evaluate(x.data(), below.data(), nullptr);
    for (std::size_t o = 0; o < k; ++o) jacobian_[o * d + i] = (above[o] - below[o]) / (upper - x[i]);
    x[i] = x_[i];
  }
}

void ArgumentInput::addDerivatives(const std::vector<Value*>& components) const {
  const double* derivative = jacobian_.data();
  for (Value* component : components) {
    expectFiniteDerivatives(*component, derivative, inputs_.size(),
                            [this](std::size_t i) { return derivativeBy(i); });
    for (unsigned i = 0; i < inputs_.size(); ++i) component->addDerivative(i, *derivative++);
  }
}

void ArgumentInput::pullBack(const double* forcesOnOutputs, double* forces) {
  model_.evaluator().vectorJacobian(forcesOnOutputs, forces);
}

void ArgumentInput::addForces(const std::vector<double>& forces) const {
  for (std::size_t i = 0; i < inputs_.size(); ++i) inputs_[i].addForce(forces[i]);
}

std::string ArgumentInput::describe() const {
  std::string line = std::to_string(inputs_.size()) + " arguments";
  for (const Input& input : inputs_) line += " " + input.label;
  return line;
}

}  // namespace latentcv_plugin
}  // namespace PLMD
