#pragma once

#include "bytes/binary_file.h"
#include "frames/frame_index.h"
#include "latentcv/structure.h"
#include "text/text_lines.h"

namespace latentcv {

/**
 * The names and bonds in the frame at `first`, of a format that has any; else none, and no positions. Throws
 * Error `badData`.
 */
Structure readStructureText(const std::string& format, const BinaryFile& file, const FramePlace& first);

}  // namespace latentcv
