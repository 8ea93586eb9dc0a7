#pragma once

#include <memory>
#include <string>

#include "chemfiles/library.h"
#include "latentcv/trajectory.h"

namespace latentcv {

using OpenTrajectory = std::unique_ptr<chfl::Trajectory, chfl::Close>;

/**
 * chemfiles' name of the format: the source's, or by the file's ending. Throws Error `fileNotFound` where
 * there is no file, `badData` where it is empty or nothing that chemfiles knows.
 */
std::string formatOf(const TrajectorySource& source);

/** Opens a file that messages call `name`. Throws Error `badData`. */
OpenTrajectory openTrajectory(const std::string& path, const std::string& format, const std::string& name);

}  // namespace latentcv
