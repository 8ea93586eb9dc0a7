#pragma once

#include <array>

namespace latentcv {

/** A cell as crystallographers give it: lengths of its edges, and angles between them in degrees. */
struct Cell {
  std::array<double, 3> lengths{}, angles{90, 90, 90};  // alpha between b and c, beta, gamma
};

/**
 * Its box vectors as rows, in nm, the first along x and the second in the xy plane; false where all lengths
 * are 0, which means no box. Throws Error `badData` for a cell that encloses no volume.
 */
bool boxOfCell(const Cell& cell, double perNanometre, std::array<double, 9>& rows);

}  // namespace latentcv
