#pragma once

#include "latentcv/structure.h"

namespace latentcv {

/** The first frame as chemfiles reads it, of a format that is not read here. Throws Error `badData`. */
Structure readForeignStructure(const TrajectorySource& source, const std::string& format,
                               double perNanometre);

}  // namespace latentcv
