#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace latentcv {

/** A file of frames: where it is, how it is read and what its lengths are in. */
struct TrajectorySource {
  std::string path;
  /** chemfiles' name of the format, `XTC`, `LAMMPS`, …; by the file's ending where empty. */
  std::string format;
  /**
   * The file's units of length in one nm, for formats that do not say their
   * own; 0: as the file tells, else Å.
   */
  double perNanometre = 0;
  /**
   * ps of a step, whatever a file says of it whose word on time is not to be trusted
   * (DCD); 0 where it is not given.
   */
  double timestep = 0;
  /** Take the good frames of a file that is cut off or damaged. */
  bool salvage = false;
};

/** One frame, in nm and ps. */
struct Snapshot {
  /** [atoms, 3] of the atoms asked for. */
  std::vector<double> positions;
  /** Box vectors as rows [3, 3], where there is a box. */
  std::array<double, 9> box{};
  bool hasBox = false;
  /**
   * Along which of the box vectors the system is periodic; a vector along which it
   * is not says nothing of the box.
   */
  std::array<bool, 3> periodic{true, true, true};
  /** False for a frame of a TRR file that holds velocities or forces alone. */
  bool hasPositions = true;
  /** NaN where the file does not tell. */
  double time = std::numeric_limits<double>::quiet_NaN();
  /** The MD step, or the frame's place in the file where the format has no steps. */
  std::uint64_t step = 0;
};

class FrameFile;
class FrameIndex;

/** A file of frames that is read in any order. Objects of several threads are independent. */
class Trajectory {
 public:
  /**
   * Opens the file and finds its frames. Throws Error `fileNotFound` or `badData`, naming the file and, where
   * the file is not to be salvaged, the first damaged frame.
   */
  explicit Trajectory(const TrajectorySource& source);
  ~Trajectory();
  Trajectory(const Trajectory&) = delete;
  Trajectory& operator=(const Trajectory&) = delete;

  /** The same file once more, for another thread, without looking for its frames again. */
  std::unique_ptr<Trajectory> again() const;

  const std::string& path() const { return source_.path; }
  /** Of a file that is salvaged, damaged ones count too: reading them throws. */
  std::size_t frames() const;

  /** What to know of the file: what it says of itself that is not so, what was taken for granted. */
  std::vector<std::string> notes() const;

  /**
   * Reads frame `index` (from 0) of a system of `total` atoms, and keeps `atoms` of them (from 0).
   * Throws Error `badData` naming file and frame where it cannot be read or has another number of atoms.
   */
  void read(std::size_t index, const std::vector<std::size_t>& atoms, std::size_t total, Snapshot& snapshot);

 private:
  Trajectory(const TrajectorySource& source, const std::shared_ptr<const FrameIndex>& known);

  TrajectorySource source_;
  std::unique_ptr<FrameFile> file_;
};

}  // namespace latentcv
