#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "latentcv/trajectory.h"

namespace latentcv {

/** What is computed of each frame, and by how many threads. */
struct DescriptorReading {
  /** Lines of `latentcv.descriptors`, of the references that they align to, and of the points that they name. */
  std::vector<std::string> descriptors, references, points;
  /** The atoms that they count from 0, by their places (from 0) in the file, which has `total`. */
  std::vector<std::size_t> atoms;
  std::size_t total = 0;
  bool minimumImage = true;
  std::size_t threads = 1;
  /**
   * Pairs of descriptors, two numbers each, of whose gradients by mass-weighted coordinates the products are computed too; with
   * 1/m of each of `atoms`.
   */
  std::vector<std::size_t> metricPairs;
  std::vector<double> inverseMasses;
};

/** Frames `first`, `first` + `stride`, …: `count` of them. */
struct FrameSlice {
  std::size_t first = 0, count = 0, stride = 1;
};

enum class FrameState : std::uint8_t { good, withoutPositions, bad };

/** What is known of frames that were read, in order; what belongs to one that is not good means nothing. */
struct DescriptorBatch {
  std::vector<double> times;  // ps, or NaN
  std::vector<std::uint64_t> steps;
  std::vector<bool> boxes;
  std::vector<FrameState> states;
  std::vector<std::string> problems;  // of the bad ones, in their order
};

/** How many frames a file has, and what else to know of it. */
struct FrameCount {
  std::size_t frames;
  std::vector<std::string> notes;
};

/**
 * Computes descriptors of the frames of files with the code of the PLUMED plugin, on several threads. It may
 * be called from several threads: one waits for the other.
 */
class DescriptorReader {
 public:
  /** Throws Error where a line is no descriptor. */
  explicit DescriptorReader(DescriptorReading reading);
  ~DescriptorReader();
  DescriptorReader(const DescriptorReader&) = delete;
  DescriptorReader& operator=(const DescriptorReader&) = delete;

  /** Opens the file, if it is not open, and looks for its frames. Throws Error as Trajectory does. */
  FrameCount count(const TrajectorySource& source);

  /** Numbers of a frame: its descriptors, and behind them the products of their gradients. */
  std::size_t width() const;

  /**
   * Writes the numbers of the frames, [range.count, width()], to `values`: NaN for those that are not
   * good. Frames that cannot be read or computed are bad ones. Throws Error where the file cannot be opened.
   */
  DescriptorBatch read(const TrajectorySource& source, const FrameSlice& range, double* values);

 private:
  struct Worker;

  const Trajectory& open(const TrajectorySource& source);

  std::mutex mutex_;
  DescriptorReading reading_;
  std::vector<std::unique_ptr<Worker>> workers_;
  TrajectorySource source_;
};

}  // namespace latentcv
