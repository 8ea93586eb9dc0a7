#pragma once

#include <array>

#include "chemfiles/library.h"

namespace latentcv {

/** Positions as the file has them, [count, 3]. */
const chfl::Vector3d* positionsOf(chfl::Frame* frame, std::size_t& count);

/** Box vectors as rows, in nm; false where the frame has no box. */
bool boxOf(chfl::Frame* frame, double perNanometre, std::array<double, 9>& rows);

/** Whether the frame has positions: those of TRR files may have velocities or forces alone. */
bool hasPositions(const chfl::Frame* frame);

/**
 * ps as the file has them: of a property, or of a title as GROMACS writes it (`t=
 * 10.0`); NaN where it does not tell.
 */
double timeOf(const chfl::Frame* frame);

}  // namespace latentcv
