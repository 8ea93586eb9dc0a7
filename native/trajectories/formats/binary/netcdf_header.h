#pragma once

#include <map>
#include <string>
#include <vector>

#include "bytes/binary_file.h"

namespace latentcv {

/** A variable of a NetCDF file: what it is, and where its values are. */
struct NetcdfVariable {
  std::string name, units;
  /** Lengths of its dimensions, without that of the records. */
  std::vector<std::uint64_t> lengths;
  bool perRecord = false;
  std::int32_t type = 0;
  double scale = 1;
  std::uint64_t begin = 0;

  /** Bytes of a number; 0 for a type that is none. */
  std::size_t numberBytes() const;
  /** Numbers, in a record where it is one of each. */
  std::uint64_t numbers() const;
};

/** The header of a NetCDF file in a classic format (CDF-1, CDF-2 or CDF-5). */
struct NetcdfHeader {
  std::map<std::string, std::string> texts;  // the file's attributes
  std::map<std::string, NetcdfVariable> variables;
  /** As the header counts them; UINT64_MAX where a program left that to the file's length. */
  std::uint64_t records = 0;
  std::uint64_t recordBytes = 0, firstRecord = 0;
};

/** Types of numbers, by the format's codes. */
constexpr std::int32_t netcdfFloat = 5, netcdfDouble = 6;

/** Throws Error `badData` where there is no such header or it is not sound. */
NetcdfHeader readNetcdfHeader(const BinaryFile& file);

}  // namespace latentcv
