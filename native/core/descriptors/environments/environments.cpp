#include "descriptors/environments/environments.h"

#include <algorithm>

namespace latentcv {

Environments::Environments(const AtomIndices& centres, const AtomIndices& group, double cutoff,
                           const std::string& name, double scale)
    : scale_(scale),
      // as two groups, so that a pair of centres is seen from either of them
      neighbours_({{centres, group}, cutoff}, name),
      holds_(centres.size()),
      starts_(centres.size() + 1) {
  AtomIndices members = group;
  std::sort(members.begin(), members.end());
  for (std::size_t i = 0; i < centres.size(); ++i)
    holds_[i] = std::binary_search(members.begin(), members.end(), centres[i]);
}

void Environments::update(const double* positions, const Box& box) {
  neighbours_.update(positions, box);
  for (std::size_t i = 0; i + 1 < starts_.size(); ++i)
    starts_[i + 1] = starts_[i] + (count(i) + pairPadding - 1) / pairPadding * pairPadding;
  makeRoom();
  const Planes d = neighbours_.vectors();
  const std::size_t stride = vectors_.size() / 3;
  for (std::size_t i = 0; i + 1 < starts_.size(); ++i) {
    std::size_t to = starts_[i];
    for (std::size_t p = neighbours_.start(i); p < neighbours_.start(i + 1); ++p, ++to) {
      vectors_[to] = scale_ * d.x[p];
      vectors_[stride + to] = scale_ * d.y[p];
      vectors_[2 * stride + to] = scale_ * d.z[p];
      squares_[to] = scale_ * scale_ * neighbours_.squares()[p];
      weights_[to] = 1;
    }
    for (; to < starts_[i + 1]; ++to) {
      vectors_[to] = vectors_[stride + to] = vectors_[2 * stride + to] = 0;
      squares_[to] = weights_[to] = 0;
    }
  }
}

void Environments::makeRoom() {
  if (squares_.size() >= room() && !squares_.empty()) return;
  const std::size_t more = padded<double>(room() + room() / 4 + pairPadding);
  for (Buffer<double>* each : {&vectors_, &derivatives_}) each->assign(3 * more, 0.0);
  for (Buffer<double>* each : {&squares_, &weights_, &slopes_}) each->assign(more, 0.0);
}

Environment Environments::of(std::size_t centre) const {
  const std::size_t stride = vectors_.size() / 3, at = starts_[centre];
  const double* x = vectors_.data() + at;
  return {starts_[centre + 1] - at, x, x + stride, x + 2 * stride, squares_.data() + at, weights_.data() + at,
          slopes_.data() + at};
}

Planes Environments::derivatives() const {
  const std::size_t stride = derivatives_.size() / 3;
  double* x = derivatives_.data();
  return {x, x + stride, x + 2 * stride};
}

void Environments::pullBack(double* gradient, double* boxGradient) const {
  const Planes from = derivatives(), to = neighbours_.derivatives();
  for (std::size_t i = 0; i + 1 < starts_.size(); ++i) {
    std::size_t at = starts_[i];
    for (std::size_t p = neighbours_.start(i); p < neighbours_.start(i + 1); ++p, ++at) {
      to.x[p] = scale_ * from.x[at];
      to.y[p] = scale_ * from.y[at];
      to.z[p] = scale_ * from.z[at];
    }
  }
  neighbours_.pullBack(gradient, boxGradient);
}

}  // namespace latentcv
