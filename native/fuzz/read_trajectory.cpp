#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "latentcv/error.h"
#include "latentcv/structure.h"
#include "latentcv/trajectory.h"
#include "memory_file.h"

// What a fuzzer calls with bytes: every reader of frames and names of ours, on a file whose first byte says
// which format it is (the lower four bits), salvaged (`@`, `A`, … in the corpus) or not (`P`, `Q`, …). Frames
// must come out or be refused with an Error.

namespace {

using namespace latentcv;

constexpr std::array<const char*, 11> formats = {
    "XTC",    "TRR",         "DCD", "Amber NetCDF",   "XYZ", "GRO", "PDB",
    "LAMMPS", "LAMMPS Data", "PSF", "latentcv frames"};
constexpr unsigned formatBits = 16;
/** The corpus' files have as many atoms; others are refused frame by frame. */
constexpr std::size_t total = 12;
/** As many are read of a file, from its beginning and its end. */
constexpr std::size_t mostFrames = 64;

void tryFrame(Trajectory& trajectory, std::size_t frame) {
  static const std::vector<std::size_t> atoms = {0, 5, total - 1};
  Snapshot snapshot;
  try {
    trajectory.read(frame, atoms, total, snapshot);
  } catch (const Error&) {
    // a damaged one, which does not keep others from being read
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const MemoryFile file(std::string(data + 1, data + size));
  TrajectorySource source;
  source.path = file.path();
  source.format = formats[data[0] % formatBits % formats.size()];
  source.salvage = data[0] / formatBits % 2 == 0;
  try {
    readStructure(source);
  } catch (const Error&) {
    // frames may be read all the same
  }
  try {
    Trajectory trajectory(source);
    const std::size_t frames = trajectory.frames();
    for (std::size_t i = 0; i < frames && i < mostFrames; ++i) tryFrame(trajectory, i);
    if (frames > mostFrames) tryFrame(trajectory, frames - 1);
  } catch (const Error&) {
    // refused, as it should be: anything else that is thrown ends the process
  }
  return 0;
}
