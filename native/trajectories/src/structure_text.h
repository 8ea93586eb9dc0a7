#pragma once

#include <array>

#include "binary_file.h"
#include "frame_index.h"
#include "latentcv/structure.h"

namespace latentcv {

/** What a structure file says of its atoms and their bonds, apart from positions. */
struct StructureText {
  AtomTable atoms;
  /** Atoms, from 0. */
  std::vector<std::array<std::uint32_t, 2>> bonds;

  void add(std::string_view name, std::string_view type);
  /** Puts the last atom in a residue. */
  void setResidue(std::string_view name, double id, std::string_view chain);
};

/** The names in the frame at `first`, of a format that has any; else none. Throws Error `badData`. */
StructureText readStructureText(const std::string& format, const BinaryFile& file, const FramePlace& first);

}  // namespace latentcv
