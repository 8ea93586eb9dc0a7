#include "descriptors/points/centre.h"

#include "descriptors/groups/group_weights.h"

namespace latentcv {
namespace {

WholeGroup groupOf(const DescriptorLine& line) {
  const bool weighted = line.option == "weights";
  if (line.groups.size() != 1 || line.atoms().empty() || (!weighted && !line.option.empty()) ||
      (weighted && line.numbers.empty()) || !areWeights(line.numbers, line.atoms().size()))
    throw Malformed{
        "atoms after centre, and at most weights with a number of at least 0 for each, not all 0,"};
  return WholeGroup(line.atoms(), line.numbers);
}

}  // namespace

Centre::Centre(const DescriptorLine& line) : group_(groupOf(line)) {}

Vector3 Centre::evaluate(const double* positions, const Box& box) {
  group_.evaluate(positions, box);
  return group_.centre();
}

void Centre::pullBack(const Vector3& derivative, double* gradient, double*) const {
  group_.pullCentre(derivative, gradient);
}

}  // namespace latentcv
