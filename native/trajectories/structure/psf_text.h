#pragma once

#include <functional>

#include "latentcv/structure.h"
#include "text/text_lines.h"

namespace latentcv {

/**
 * A PSF file as CHARMM, X-PLOR and NAMD write it (also EXT and DRUDE): names, types, residues, segments,
 * masses and bonds; it has no positions. `nextLine` gives its lines and false behind the last; the file has
 * `bytes`. Throws Error `badData`.
 */
Structure readPsfText(const std::function<bool(std::string_view&)>& nextLine, std::uint64_t bytes);

}  // namespace latentcv
