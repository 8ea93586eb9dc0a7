#pragma once

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "latentcv/trajectory.h"

// Files of native/test/trajectories/data, which make.py there wrote with other programs.

namespace fixtures {

struct TrajectoryFixture {
  const char *name, *format;
  /**
   * Half of the last digit that the format and its writer keep, in nm; of
   * single precision, a few of its ulps.
   */
  double tolerance;
  bool box, time;
};

inline const std::vector<TrajectoryFixture>& trajectories() {
  static const std::vector<TrajectoryFixture> all{
      {"mdtraj.xtc", "XTC", 5.1e-4, true, true},        {"gromacs.xtc", "XTC", 5.1e-4, true, true},
      {"mdtraj.trr", "TRR", 1e-8, true, true},          {"gromacs.trr", "TRR", 1e-8, true, true},
      {"mdtraj.dcd", "DCD", 2e-7, true, false},         {"big-endian.dcd", "DCD", 2e-7, false, false},
      {"wide-markers.dcd", "DCD", 2e-7, false, false},  {"mdtraj.nc", "Amber NetCDF", 2e-7, true, true},
      {"scipy.nc", "Amber NetCDF", 2e-7, false, false}, {"mdtraj.xyz", "XYZ", 5.1e-5, false, false},
      {"mdtraj.gro", "GRO", 5.1e-4, true, true},        {"mdtraj-5.gro", "GRO", 5.1e-6, true, true},
      {"gromacs.gro", "GRO", 5.1e-4, true, true},       {"mdtraj.pdb", "PDB", 5.1e-5, true, false},
      {"gromacs.pdb", "PDB", 5.1e-5, true, true},       {"mdtraj.lammpstrj", "LAMMPS", 5.1e-5, true, false}};
  return all;
}

inline std::string pathOf(const std::string& name) { return LATENTCV_TRAJECTORIES "/" + name; }

inline std::string bytesOf(const std::string& name) {
  std::ifstream stream(pathOf(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/** What the files hold: frames of positions [atoms, 3] and a box, in nm. */
struct Expected {
  std::size_t atoms = 0, frames = 0;
  double spacing = 0;  // ps
  std::vector<std::vector<double>> positions, boxes;
};

inline const Expected& expected() {
  static const Expected read = [] {
    Expected all;
    std::istringstream text(bytesOf("expected.txt"));
    text >> all.atoms >> all.frames >> all.spacing;
    const auto numbers = [&](std::size_t count) {
      std::vector<double> row(count);
      for (double& value : row) text >> value;
      return row;
    };
    for (std::size_t k = 0; k < all.frames; ++k) {
      all.positions.push_back(numbers(3 * all.atoms));
      all.boxes.push_back(numbers(9));
    }
    return all;
  }();
  return read;
}

inline std::vector<std::size_t> allAtoms() {
  std::vector<std::size_t> atoms(expected().atoms);
  for (std::size_t i = 0; i < atoms.size(); ++i) atoms[i] = i;
  return atoms;
}

inline latentcv::TrajectorySource sourceOf(const std::string& path, const std::string& format,
                                           bool salvage = false) {
  latentcv::TrajectorySource source;
  source.path = path;
  source.format = format;
  source.salvage = salvage;
  return source;
}

}  // namespace fixtures
