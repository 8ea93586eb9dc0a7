#pragma once

#include <memory>
#include <string>
#include <vector>

#include "descriptors/optimal_rotation.h"

namespace latentcv {

/** A structure that atoms are aligned to: lines of `latentcv.descriptors.references` with one number. */
struct AlignmentReference {
  /**
   * An atom of the group and the one, earlier in the tree, that it is made whole
   * with; both by place in the group.
   */
  struct Branch {
    std::size_t from, to;
  };

  std::size_t number = 0;
  std::vector<std::size_t> atoms;
  std::vector<double> weights;  // of sum 1
  std::vector<Vector3> centred;
  Vector3 centre{};
  /** Σ weight · |centred|². */
  double spread = 0;
  /** The shortest tree over the group, from its first atom on. */
  std::vector<Branch> tree;
};

using AlignmentReferences = std::vector<std::shared_ptr<const AlignmentReference>>;

/**
 * Reads `NUMBER ATOM WEIGHT X Y Z` per line: references count from 0 and stand one after the
 * other, atoms count from 0 over `atomCount`. Throws Error naming the line, or the reference
 * that no rotation is defined by.
 */
AlignmentReferences readAlignmentReferences(const std::vector<std::string>& lines, std::size_t atomCount);

/** Σ w x rᵀ over the group for centred positions x. */
Matrix3 correlation(const AlignmentReference& reference, const std::vector<Vector3>& centred);

/**
 * Whether an alignment of points of this spread (Σ weight · |x|²) onto the reference defines one rotation.
 */
bool isUnique(const OptimalRotation& rotation, const AlignmentReference& reference, double spread);

}  // namespace latentcv
