#pragma once

#include "binary_file.h"
#include "frame_index.h"

namespace latentcv {

/** Finds the frames of a LAMMPS dump by its ITEM lines. */
FrameIndex findLammpsFrames(const BinaryFile& file);

}  // namespace latentcv
