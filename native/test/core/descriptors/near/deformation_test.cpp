#include "descriptors/near/deformation.h"

#include "../five_atoms.h"

using latentcv::deformation;

TEST_CASE(
    "a box is deformed by as much as its vectors change, and by nothing where they are others of its lattice") {
  const Numbers cubic = {2, 0, 0, 0, 3, 0, 0, 0, 4}, skewed = {2, 0, 0, 0.9, 1.9, 0, -0.8, 0.7, 1.8};
  CHECK(deformation(boxOf(cubic), boxOf(cubic)) == 0);
  Numbers longer = cubic;
  longer[4] = 3.03;
  CHECK(deformation(boxOf(cubic), boxOf(longer)) == near(0.01, 1e-12));
  // as LAMMPS flips a box that tilts too much
  Numbers flipped = skewed;
  for (std::size_t c = 0; c < 3; ++c) {
    flipped[3 + c] -= skewed[c];
    flipped[6 + c] += 2 * skewed[c] - skewed[3 + c];
  }
  CHECK(deformation(boxOf(skewed), boxOf(flipped)) == near(0, 1e-12));
  for (double& number : flipped) number *= 1.001;
  CHECK(deformation(boxOf(skewed), boxOf(flipped)) == near(0.001 * std::sqrt(3), 1e-12));
  // another lattice
  Numbers other = cubic;
  other[0] = 4;
  CHECK(deformation(boxOf(cubic), boxOf(other)) == near(1, 1e-12));
  CHECK(deformation(Box(), Box()) == 0);
  CHECK(deformation(Box(), boxOf(cubic)) > 1e300);
}
