#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace latentcv {

/** How far a file of GROMACS' formats can be read. */
struct XdrFrames {
  /** Where each good frame begins. */
  std::vector<std::uint64_t> offsets;
  /** Where the good ones end. */
  std::uint64_t bytes = 0;
  /** What is wrong with the one behind them; empty where the file ends there. */
  std::string problem;

  std::size_t bytesOf(std::size_t frame) const {
    const std::uint64_t end = frame + 1 < offsets.size() ? offsets[frame + 1] : bytes;
    return static_cast<std::size_t>(end - offsets[frame]);
  }
};

/**
 * Walks the headers of an XTC or TRR file: chemfiles believes what they say of sizes, so a damaged one would
 * take it out of its memory or round in circles.
 */
XdrFrames scanXdrFrames(const std::string& path, const std::string& format);

/** Whether scanXdrFrames knows the format. */
bool isXdrFormat(const std::string& format);

}  // namespace latentcv
