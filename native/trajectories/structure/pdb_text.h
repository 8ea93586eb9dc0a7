#pragma once

#include "bytes/binary_file.h"
#include "latentcv/structure.h"
#include "text/text_lines.h"

namespace latentcv {

/** Names of a model of a PDB file, and bonds of the CONECT records anywhere in the file. */
Structure readPdbText(Lines model, const BinaryFile& file);

}  // namespace latentcv
