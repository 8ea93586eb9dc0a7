#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "latentcv/trajectory.h"

namespace latentcv {

/** What a structure file says of its atoms, one item per atom. */
struct AtomTable {
  std::vector<std::string> names, types, residueNames, chains;  // empty where the file does not say
  std::vector<double> residueIds;                               // NaN where the file does not say
  std::vector<double> masses;                                   // amu; 0 where the file does not say
};

/** Atoms (from 0) that bonds join in twos, threes in a row and fours in a row; one after the other. */
struct Connections {
  std::vector<std::uint32_t> bonds, angles, torsions;
};

/** The first frame of a file as a structure whose atoms can be selected. */
class Structure {
 public:
  /** Throws Error `fileNotFound` or `badData`, naming the file. */
  explicit Structure(const TrajectorySource& source);
  ~Structure();
  Structure(const Structure&) = delete;
  Structure& operator=(const Structure&) = delete;

  const AtomTable& atoms() const { return atoms_; }
  const std::vector<double>& positions() const { return positions_; }  // [atoms, 3], nm
  const std::array<double, 9>& box() const { return box_; }            // rows, nm
  bool hasBox() const { return hasBox_; }

  /** Names atoms (from 0): selections then know them as `[name]`. */
  void define(const std::string& name, const std::vector<std::uint32_t>& atoms);

  /** What selections by type and mass (amu) shall go by; an empty type and a mass of 0 leave the file's. */
  void setElements(const std::vector<std::string>& types, const std::vector<double>& masses);

  /** Atoms (from 0, ascending) that chemfiles' selection language means. Throws Error `badArgument`. */
  std::vector<std::uint32_t> select(const std::string& selection) const;

  /** What the file says of bonds among all atoms. */
  Connections bonds() const;

  /** Bonds by distance among these atoms, of these elements, by chemfiles' (VMD's) rule. */
  Connections guessBonds(const std::vector<std::uint32_t>& atoms,
                         const std::vector<std::string>& elements) const;

 private:
  struct Files;

  void readOwn(const TrajectorySource& source);
  void readAtoms();
  void readResidues();

  std::unique_ptr<Files> files_;
  AtomTable atoms_;
  std::vector<double> positions_;
  std::array<double, 9> box_{};
  bool hasBox_ = false;
  double perNanometre_;
};

}  // namespace latentcv
