#pragma once

#include <memory>
#include <string>
#include <vector>

#include "descriptors/alignment_reference.h"
#include "descriptors/points/point.h"

namespace latentcv {

/**
 * Lines of `latentcv.descriptors.points`: places that descriptors may name wherever an atom may stand. They count on
 * behind the atoms, and each may use those before it.
 *
 *     centre I J K …                    the mean of these atoms
 *     centre I J K … weights W W W …    the mean by these weights, such as masses
 *     site N X Y Z                      a fixed point of the frame of alignment reference N
 *     site O A B at X Y Z               the same of the frame of three atoms or points (see ThreeCentres)
 *
 * In a periodic box a group is first made whole as PLUMED's CENTER does: each atom is taken at the image next to
 * the one before it, the first where it is.
 */
class Points {
 public:
  /** Throws Error naming the line that is unknown, malformed, or names an atom or point that is not before it. */
  Points(const std::vector<std::string>& lines, std::size_t atoms,
         const AlignmentReferences& references = {});

  std::size_t count() const { return points_.size(); }

  /** Fills the rows of positions [atoms + count(), 3] that stand behind the atoms. */
  void evaluate(double* positions, const Box& box);

  /**
   * Takes gradient [atoms + count(), 3] from the points to the atoms, at the positions of the last evaluate, and
   * adds to boxGradient [3, 3].
   */
  void pullBack(double* gradient, double* boxGradient) const;

 private:
  std::size_t atoms_;
  std::vector<std::unique_ptr<Point>> points_;
};

}  // namespace latentcv
