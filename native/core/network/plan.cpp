#include "network/plan.h"

#include <algorithm>

#include "latentcv/error.h"

namespace latentcv {

NetworkPlan::NetworkPlan(std::size_t inputs, std::size_t most) : most_(most) { newSlot(inputs); }

void NetworkPlan::count(std::size_t& total, std::size_t more) const {
  if (more > most_ - total)
    throw badModel("expected an encoder but its layers need more memory than is reasonable");
  total += more;
}

std::size_t NetworkPlan::newSlot(std::size_t size) {
  count(slots_, size);
  network_.sizes.push_back(size);
  return network_.sizes.size() - 1;
}

Step& NetworkPlan::add(StepKind kind, std::vector<std::size_t> inputs, std::size_t size) {
  Step step;
  step.kind = kind;
  step.inputs = std::move(inputs);
  step.output = newSlot(size);
  network_.steps.push_back(std::move(step));
  return network_.steps.back();
}

std::size_t NetworkPlan::affine(std::size_t in, std::vector<double> matrix, std::vector<double> shift) {
  count(weights_, matrix.size());
  Step& step = add(StepKind::affine, {in}, shift.size());
  step.matrix = std::move(matrix);
  step.shift = std::move(shift);
  return step.output;
}

std::size_t NetworkPlan::scaleShift(std::size_t in, std::vector<double> scale, std::vector<double> shift) {
  Step& step = add(StepKind::scaleShift, {widen(in, scale.size())}, scale.size());
  step.scale = std::move(scale);
  step.shift = std::move(shift);
  return step.output;
}

std::size_t NetworkPlan::scaleShift(std::size_t in, double factor, double shift) {
  return scaleShift(in, std::vector<double>(size(in), factor), std::vector<double>(size(in), shift));
}

std::size_t NetworkPlan::clamp(std::size_t in, std::vector<double> lower, std::vector<double> upper,
                               double atBounds) {
  Step& step = add(StepKind::clamp, {widen(in, lower.size())}, lower.size());
  step.alpha = atBounds;
  step.scale = std::move(lower);
  step.shift = std::move(upper);
  return step.output;
}

std::size_t NetworkPlan::activation(std::size_t in, const std::string& function, double alpha, double gamma) {
  Step& step = add(StepKind::activation, {in}, size(in));
  step.function = function;
  step.alpha = alpha;
  step.gamma = gamma;
  return step.output;
}

std::size_t NetworkPlan::combine(StepKind kind, std::size_t left, std::size_t right) {
  const std::size_t wider = std::max(size(left), size(right));
  left = widen(left, wider);
  right = widen(right, wider);
  return add(kind, {left, right}, wider).output;
}

std::size_t NetworkPlan::sum(std::size_t left, std::size_t right) {
  return combine(StepKind::sum, left, right);
}

std::size_t NetworkPlan::product(std::size_t left, std::size_t right) {
  return combine(StepKind::product, left, right);
}

std::size_t NetworkPlan::larger(std::size_t left, std::size_t right, double sign) {
  const std::size_t slot = combine(StepKind::larger, left, right);
  network_.steps.back().alpha = sign;
  return slot;
}

std::size_t NetworkPlan::choose(std::size_t mask, std::size_t chosen, std::size_t other) {
  const std::size_t widest = std::max({size(mask), size(chosen), size(other)});
  mask = widen(mask, widest);
  chosen = widen(chosen, widest);
  other = widen(other, widest);
  return add(StepKind::choose, {mask, chosen, other}, widest).output;
}

std::size_t NetworkPlan::constant(std::size_t in, std::vector<double> values) {
  const std::size_t one = size(in) == 1 ? in : select(in, {0});
  std::vector<double> zeros(values.size(), 0);
  return scaleShift(one, std::move(zeros), std::move(values));
}

std::size_t NetworkPlan::select(std::size_t in, std::vector<std::size_t> indices) {
  Step& step = add(StepKind::select, {in}, indices.size());
  step.indices = std::move(indices);
  return step.output;
}

std::size_t NetworkPlan::concat(std::vector<std::size_t> slots) {
  std::size_t total = 0;
  for (std::size_t slot : slots) total += size(slot);
  return add(StepKind::concat, std::move(slots), total).output;
}

std::size_t NetworkPlan::widen(std::size_t in, std::size_t wanted) {
  if (size(in) == wanted || size(in) != 1) return in;
  return select(in, std::vector<std::size_t>(wanted, 0));
}

std::size_t NetworkPlan::reduce(StepKind kind, std::size_t in, double alpha) {
  Step& step = add(kind, {in}, 1);
  step.alpha = alpha;
  return step.output;
}

std::size_t NetworkPlan::normalize(StepKind kind, std::size_t in, double alpha) {
  Step& step = add(kind, {in}, size(in));
  step.alpha = alpha;
  return step.output;
}

Network NetworkPlan::finish(std::size_t output) {
  network_.output = output;
  return std::move(network_);
}

}  // namespace latentcv
