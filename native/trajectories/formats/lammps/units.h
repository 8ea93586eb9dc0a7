#pragma once

#include <optional>
#include <string>

namespace latentcv {

/** What a style of LAMMPS' units (https://docs.lammps.org/units.html) has in a nm and in a ps. */
struct LammpsUnits {
  double perNanometre = 10;
  /** One of its times, ps. */
  double picoseconds = 1;
};

/**
 * The units that a dump (`dump_modify … units yes`) or a data file of write_data tells in its first lines. In
 * reduced units (lj) σ is taken for a nm and τ for a ps, as PLUMED does with UNITS NATURAL.
 */
std::optional<LammpsUnits> unitsToldBy(const std::string& path);

/** Their lengths in a nm; 0 where the file tells no units. */
double lammpsPerNanometre(const std::string& path);

}  // namespace latentcv
