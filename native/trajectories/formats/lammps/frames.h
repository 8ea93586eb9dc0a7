#pragma once

#include "bytes/binary_file.h"
#include "frames/frame_index.h"

namespace latentcv {

/** Finds the frames of a LAMMPS dump by its ITEM lines. */
FrameIndex findLammpsFrames(const BinaryFile& file);

}  // namespace latentcv
