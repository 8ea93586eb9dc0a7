#include "descriptors/groups/whole_group.h"

#include "descriptors/groups/group_weights.h"
#include "descriptors/vectors.h"

namespace latentcv {

WholeGroup::WholeGroup(AtomIndices atoms, const std::vector<double>& weights)
    : atoms_(std::move(atoms)), shares_(sharesOf(weights, atoms_.size())), centred_(atoms_.size()) {}

void WholeGroup::evaluate(const double* positions, const Box& box) {
  Vector3 mean{};
  centred_[0] = {};
  for (std::size_t i = 1; i < atoms_.size(); ++i) {
    const Vector3 step = difference(positions, box, {atoms_[i - 1], atoms_[i]});
    for (int c = 0; c < 3; ++c) {
      centred_[i][c] = centred_[i - 1][c] + step[c];
      mean[c] += shares_[i] * centred_[i][c];
    }
  }
  const double* first = positions + 3 * atoms_[0];
  for (int c = 0; c < 3; ++c) {
    centre_[c] = first[c] + mean[c];
    for (Vector3& at : centred_) at[c] -= mean[c];
  }
}

void WholeGroup::pull(std::size_t place, const Vector3& derivative, double* gradient,
                      double* boxGradient) const {
  pullAtom(atoms_[place], centred_[place], derivative, gradient, boxGradient);
}

void WholeGroup::pullCentre(const Vector3& derivative, double* gradient) const {
  for (std::size_t i = 0; i < atoms_.size(); ++i)
    for (int c = 0; c < 3; ++c) gradient[3 * atoms_[i] + c] += shares_[i] * derivative[c];
}

}  // namespace latentcv
