#include "reading/mass_metric.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "latentcv/error.h"

namespace latentcv {
namespace {

void expectPairs(const MetricPairs& pairs, const Descriptors& descriptors) {
  if (pairs.first.size() != pairs.second.size())
    throw Error(ErrorCode::badArgument, "expected pairs of descriptors but received " +
                                            std::to_string(pairs.first.size()) + " and " +
                                            std::to_string(pairs.second.size()));
  for (const auto* side : {&pairs.first, &pairs.second})
    for (const std::size_t descriptor : *side)
      if (descriptor >= descriptors.count())
        throw Error(ErrorCode::badArgument, "expected descriptors below " +
                                                std::to_string(descriptors.count()) + " but received " +
                                                std::to_string(descriptor));
  if (pairs.inverseMasses.size() != descriptors.atoms())
    throw Error(ErrorCode::badArgument, "expected masses of " + std::to_string(descriptors.atoms()) +
                                            " atoms but received " +
                                            std::to_string(pairs.inverseMasses.size()));
  const auto good = [](double value) { return std::isfinite(value) && value >= 0; };
  if (!std::all_of(pairs.inverseMasses.begin(), pairs.inverseMasses.end(), good))
    throw Error(ErrorCode::badArgument, "expected masses that are known");
}

}  // namespace

MassMetric::MassMetric(MetricPairs pairs, const Descriptors& descriptors)
    : pairs_(std::move(pairs)), rowOf_(descriptors.count()), weights_(descriptors.count()), boxGradient_(9) {
  expectPairs(pairs_, descriptors);
  std::vector<char> used(descriptors.count());
  for (const auto* side : {&pairs_.first, &pairs_.second})
    for (const std::size_t descriptor : *side) used[descriptor] = 1;
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (!used[i]) continue;
    rowOf_[i] = rows_.size();
    rows_.push_back(i);
  }
  gradients_.resize(rows_.size() * 3 * descriptors.atoms());
  scaled_.resize(gradients_.size());
}

void MassMetric::compute(const Descriptors& descriptors, double* products) {
  const std::size_t atoms = descriptors.atoms(), width = 3 * atoms;
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    double *gradient = gradients_.data() + row * width, *scaled = scaled_.data() + row * width;
    weights_[rows_[row]] = 1;
    descriptors.pullBack(weights_.data(), gradient, boxGradient_.data());
    weights_[rows_[row]] = 0;
    for (std::size_t i = 0; i < width; ++i) scaled[i] = gradient[i] * pairs_.inverseMasses[i / 3];
  }
  for (std::size_t pair = 0; pair < count(); ++pair) {
    const double* first = gradients_.data() + rowOf_[pairs_.first[pair]] * width;
    const double* second = scaled_.data() + rowOf_[pairs_.second[pair]] * width;
    products[pair] = std::inner_product(first, first + width, second, 0.0);
  }
}

}  // namespace latentcv
