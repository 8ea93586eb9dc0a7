#pragma once

#include "latentcv/box.h"

namespace latentcv {

/**
 * How far from the identity the deformation is that makes one box of another: no vector between images of atoms that
 * moved with the box changes by more than this part of its length. Other vectors of the same lattice are no deformation.
 * Infinite between a box and none.
 */
double deformation(const Box& from, const Box& to);

}  // namespace latentcv
