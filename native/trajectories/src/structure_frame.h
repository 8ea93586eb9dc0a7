#pragma once

#include <string>

#include "chemfiles_library.h"
#include "structure_text.h"

namespace latentcv {

/** chemfiles' frame of a structure that was read here, for its selections; `perNanometre` is the frame's
 * unit. */
chfl::Owned<chfl::Frame> frameOf(const StructureText& text, const std::vector<double>& positions,
                                 double perNanometre);

/** Sets the cell of box vectors in nm, as rows. */
void setCell(chfl::Frame* frame, const std::array<double, 9>& rows, double perNanometre);

/** Replaces what the file says of one atom: an empty type and a mass of 0 leave it. */
void setElement(chfl::Frame* frame, std::size_t atom, const std::string& type, double mass);

}  // namespace latentcv
