#pragma once

#include "formats/binary/netcdf_header.h"
#include "formats/format.h"

namespace latentcv {

/**
 * Frames of a NetCDF file in AMBER's convention (https://ambermd.org/netcdf/nctraj.xhtml): coordinates, time,
 * cell_lengths and cell_angles, in the units that it tells; or the one of a restart file. Frames are of one
 * size, so that a damaged one does not hide those behind it.
 */
class NetcdfFile : public FrameFile {
 public:
  static const FormatInfo format;

  explicit NetcdfFile(const TrajectorySource& source);

  std::uint64_t namelessAtoms(const FramePlace&) const override { return atoms_; }

 private:
  /** A variable whose values are `count` per frame. */
  struct PerFrame {
    NetcdfVariable variable;
    std::uint64_t count = 0;
    bool there = false;
  };

  FrameIndex findFrames() const override;
  void take(const FramePlace& place, const AtomChoice& choice, Snapshot& snapshot) override;
  PerFrame find(const std::string& name, std::uint64_t count) const;
  void checkDimensions(const NetcdfVariable& coordinates);
  /** Numbers `first`, …, `count` of them, of a variable in the frame at `place.at`. */
  void read(const PerFrame& values, std::uint64_t frame, std::vector<double>& numbers);

  BinaryFile file_;
  double perNanometre_;
  NetcdfHeader header_;
  std::uint64_t atoms_ = 0;
  /** Of a restart file, whose variables have no dimension of frames. */
  bool single_ = false;
  PerFrame coordinates_, time_, lengths_, angles_;
  std::vector<unsigned char> data_;
  std::vector<double> numbers_;
};

}  // namespace latentcv
