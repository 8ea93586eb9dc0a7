#include "descriptors/near/lattice.h"

namespace latentcv {

Lattice::Lattice(const Box& box) : halfShortest_(box.halfShortest()) {
  const LatticeView view = box.lattice();
  for (std::size_t axis = 0; axis < 3; ++axis) {
    for (std::size_t c = 0; c < 3; ++c) {
      basis_[axis][c] = view.basis[3 * axis + c];
      inverse_[axis][c] = view.inverse[3 * axis + c];
    }
    const Vector3& inverse = inverse_[axis];
    perWidth_[axis] = std::sqrt(inverse[0] * inverse[0] + inverse[1] * inverse[1] + inverse[2] * inverse[2]);
  }
}

}  // namespace latentcv
