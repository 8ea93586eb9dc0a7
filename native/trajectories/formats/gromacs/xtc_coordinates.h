#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace latentcv {

/** What an XTC frame says of its packed coordinates. */
struct XtcPacking {
  float precision;
  std::int32_t least[3], most[3];
  std::int32_t smallIndex;
};

/**
 * Unpacks the first `wanted` atoms of a frame of `atoms`, in nm, [wanted, 3], from `bytes` bytes of data
 * (behind which 16 more can be read). The format is GROMACS' (xdr3dfcoord). Throws Error `badData` for data
 * that it cannot have written: nothing outside of them is read.
 */
void unpackXtc(const XtcPacking& packing, const unsigned char* data, std::size_t bytes, std::size_t atoms,
               std::size_t wanted, std::vector<float>& positions);

}  // namespace latentcv
