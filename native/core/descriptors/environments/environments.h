#pragma once

#include <string>
#include <vector>

#include "descriptors/near/neighbour_vectors.h"
#include "kernels/environments.h"

namespace latentcv {

/**
 * The neighbours that each of some atoms, the centres, has in a group within a cutoff, padded so that kernels take one centre after
 * the other. A centre is no neighbour of its own, but its images are.
 */
class Environments {
 public:
  /** `name` is the descriptor's, for messages; vectors are given `scale` times as long as they are. */
  Environments(const AtomIndices& centres, const AtomIndices& group, double cutoff, const std::string& name,
               double scale = 1);

  /** Finds them at these positions, all of weight 1. Throws Error as NeighbourVectors does. */
  void update(const double* positions, const Box& box);

  /** Whether this centre is one of the group. */
  bool holds(std::size_t centre) const { return holds_[centre] != 0; }

  /** Neighbours of all centres with their padding: `at` of a centre is where its own start among them. */
  std::size_t room() const { return starts_.back(); }
  std::size_t at(std::size_t centre) const { return starts_[centre]; }

  /** Those of a centre, without the padding. */
  std::size_t count(std::size_t centre) const {
    return neighbours_.start(centre + 1) - neighbours_.start(centre);
  }
  Environment of(std::size_t centre) const;

  /** Squared lengths [room()]; weights and their derivatives by these, which may be written to. */
  const double* squares() const { return squares_.data(); }
  double* weights() { return weights_.data(); }
  double* slopes() { return slopes_.data(); }

  /** Work space [room()] for derivatives by the vectors. */
  Planes derivatives() const;

  /** Adds what derivatives() mean for the atoms and the box (see DescriptorBlock). */
  void pullBack(double* gradient, double* boxGradient) const;

 private:
  void makeRoom();

  double scale_;
  NeighbourVectors neighbours_;
  std::vector<char> holds_;
  std::vector<std::size_t> starts_;
  Buffer<double> vectors_, squares_, weights_, slopes_;
  mutable Buffer<double> derivatives_;
};

}  // namespace latentcv
