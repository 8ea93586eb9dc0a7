#pragma once

#include <string>

#include "latentcv/trajectory.h"

namespace latentcv {

/**
 * Makes the minimum image in the snapshot's box one along its periodic vectors alone: the others become
 * perpendicular to them and longer than twice the distance of any two positions. Without any periodic one
 * there is no box.
 */
void openBox(Snapshot& snapshot);

/** What to know of a file whose frames are so periodic; empty where it is along all three. */
std::string periodicityNote(const std::array<bool, 3>& periodic);

}  // namespace latentcv
