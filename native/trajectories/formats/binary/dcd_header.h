#pragma once

#include <string>
#include <vector>

#include "bytes/binary_file.h"
#include "bytes/byte_order.h"

namespace latentcv {

/** What the first records of a DCD file say of the frames behind them. */
struct DcdHeader {
  ByteOrder order = ByteOrder::lowestFirst;
  std::size_t markerBytes = 4;  // of the lengths around Fortran's records
  bool charmm = false, hasCell = false, fourDimensions = false, cellMayBeMatrix = false;
  std::int64_t frames = 0, firstStep = 0, stepsPerFrame = 0;
  std::string title;
  /** In the writer's unit; 0 where it is not told. */
  double timeOfStep = 0;
  std::uint64_t atoms = 0;
  /** Places (from 0) of the atoms that move, which alone the frames behind the first have; empty: all. */
  std::vector<std::size_t> freeAtoms;
  std::uint64_t bytes = 0;

  /** Bytes of a frame with so many atoms. */
  std::uint64_t frameBytes(std::uint64_t atoms) const;
};

/** Throws Error `badData` where the records do not fit each other or the file's length. */
DcdHeader readDcdHeader(const BinaryFile& file);

/** Reads records of a DCD file in turn. */
class DcdRecords {
 public:
  DcdRecords(const BinaryFile& file, ByteOrder order, std::size_t markerBytes, std::uint64_t at)
      : file_(file), order_(order), markerBytes_(markerBytes), at_(at) {}

  std::uint64_t at() const { return at_; }

  /** The next record, which must be `bytes` long. Throws Error `badData`. */
  const std::vector<unsigned char>& next(std::uint64_t bytes);

  /** The record of the title's lines, of 80 characters each: some programs mark it shorter than it is. */
  const std::vector<unsigned char>& nextTitle();

  void skip(std::uint64_t bytes) { at_ += bytes + 2 * markerBytes_; }

  template <typename Number>
  Number number(std::size_t byte) const {
    return numberAt<Number>(&data_[byte], order_);
  }

 private:
  std::uint64_t marker(std::uint64_t at) const;
  const std::vector<unsigned char>& read(std::uint64_t bytes, std::uint64_t told);

  const BinaryFile& file_;
  ByteOrder order_;
  std::size_t markerBytes_;
  std::uint64_t at_;
  std::vector<unsigned char> data_;
};

}  // namespace latentcv
