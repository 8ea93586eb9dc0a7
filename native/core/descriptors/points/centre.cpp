#include "descriptors/points/centre.h"

#include <cmath>

#include "descriptors/vectors.h"

namespace latentcv {
namespace {

Malformed malformedCentre() {
  return {"atoms after centre, and at most weights with a number of at least 0 for each, not all 0,"};
}

std::vector<double> shares(std::vector<double> weights) {
  double sum = 0;
  for (double weight : weights) {
    if (!(weight >= 0)) throw malformedCentre();
    sum += weight;
  }
  if (!(sum > 0) || !std::isfinite(sum)) throw malformedCentre();
  for (double& weight : weights) weight /= sum;
  return weights;
}

}  // namespace

Centre::Centre(const DescriptorLine& line) : atoms_(line.atoms()) {
  const bool weighted = line.option == "weights";
  if (line.groups.size() != 1 || atoms_.empty() || (!weighted && !line.option.empty()) ||
      (weighted && line.numbers.size() != atoms_.size()))
    throw malformedCentre();
  weights_ = shares(weighted ? line.numbers : std::vector<double>(atoms_.size(), 1.0));
}

Vector3 Centre::evaluate(const double* positions, const Box& box) {
  const double* first = positions + 3 * atoms_[0];
  Vector3 from{}, mean{};  // both as seen from the first atom
  for (std::size_t i = 1; i < atoms_.size(); ++i) {
    const Vector3 step = difference(positions, box, {atoms_[i - 1], atoms_[i]});
    for (int c = 0; c < 3; ++c) {
      from[c] += step[c];
      mean[c] += weights_[i] * from[c];
    }
  }
  return {first[0] + mean[0], first[1] + mean[1], first[2] + mean[2]};
}

void Centre::pullBack(const Vector3& derivative, double* gradient, double*) const {
  for (std::size_t i = 0; i < atoms_.size(); ++i)
    for (int c = 0; c < 3; ++c) gradient[3 * atoms_[i] + c] += weights_[i] * derivative[c];
}

}  // namespace latentcv
