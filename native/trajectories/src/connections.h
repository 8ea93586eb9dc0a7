#pragma once

#include "chemfiles_library.h"
#include "latentcv/structure.h"

namespace latentcv {

/** Bonds of a frame, and the angles and torsions along them. */
Connections connectionsOf(const chfl::Frame* frame);

}  // namespace latentcv
