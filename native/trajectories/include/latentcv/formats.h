#pragma once

#include <string>
#include <vector>

#include "latentcv/trajectory.h"

namespace latentcv {

/** A format that is read here, without chemfiles. */
struct OwnFormat {
  std::string name, description;
  /** Other names, in small letters, and endings with their dots. */
  std::vector<std::string> aliases, endings;
};

/** All of them. */
std::vector<OwnFormat> describeFormats();

/**
 * The name of the format of ours that the source names, or else the file's ending or first bytes tell; empty
 * for a file that is chemfiles' to read. Throws Error `fileNotFound`, `badData` where it is no file or empty.
 */
std::string ownFormatName(const TrajectorySource& source);

}  // namespace latentcv
