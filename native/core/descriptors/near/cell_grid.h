#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "descriptors/line.h"
#include "latentcv/box.h"

namespace latentcv {

/**
 * Members of a group sorted into cells that are no thinner than a reach, so that all that is nearer to a place than that is in
 * its cell or one beside it. Cells are parts of the periodic box, of whatever shape, or of the space that members take.
 */
class CellGrid {
 public:
  /** Members that follow each other in order(). */
  struct Run {
    std::size_t start, count;
  };

  /** False where cells are too few to be of use, or a coordinate is not finite: then there is none. */
  bool sort(double reach, const AtomIndices& group, const double* positions, const Box& box);

  /** Members' places in their group, cell by cell. */
  const std::vector<std::size_t>& order() const { return order_; }

  /** Whether a position is where cells can be told. */
  bool tells(const double* position) const;

  /** Those in the cells around a position that it tells, which may be in another image. */
  const std::vector<Run>& around(const double* position);

 private:
  void takeBox(double reach, double most, const Box& box);
  bool takeSpace(double reach, const AtomIndices& group, const double* positions);
  /** Along an axis, the cell of a position and the part of it that lies before. */
  double cellAlong(std::size_t axis, const double* position) const;
  bool cellOf(const double* position, std::size_t* cell) const;
  void addRun(std::size_t first, std::size_t last);

  bool periodic_ = false;
  std::array<double, 3> origin_{};
  std::array<double, 9> scale_{};       // of a position from there: how many cells along each axis
  std::array<std::size_t, 3> cells_{};  // along each axis
  std::vector<std::size_t> starts_;     // of each cell's members, and where all end
  std::vector<std::size_t> order_, cellOf_;
  std::vector<Run> runs_;
};

}  // namespace latentcv
