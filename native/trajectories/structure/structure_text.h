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

/** A residue's number, also in hybrid-36 where four columns do not suffice; NaN where the text is none. */
double residueIdIn(std::string_view text);

/** Columns of a line without the blanks around them; fewer where it ends before. */
std::string_view columnsIn(std::string_view line, std::size_t from, std::size_t count);

}  // namespace latentcv
