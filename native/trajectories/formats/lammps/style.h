#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace latentcv {

/** Columns (from 0) of molecule, type and x in the lines of a LAMMPS data file's atoms; no molecule: 0. */
struct LammpsStyle {
  std::string_view name;
  std::size_t molecule, type, x;
};

/**
 * The style that stands as a comment behind `Atoms`, or else the one that the atoms' words have the form of,
 * of `types` types. Throws Error `badData` where there are several.
 */
const LammpsStyle& lammpsStyleOf(std::string_view comment,
                                 const std::vector<const std::vector<std::string_view>*>& atoms,
                                 std::uint64_t types);

}  // namespace latentcv
