#pragma once

#include <memory>
#include <string>

#include "frames/frame_file.h"

namespace latentcv {

/**
 * chemfiles' name of the format: the source's, or by the file's ending. Throws Error `fileNotFound` where
 * there is no file, `badData` where it is empty or nothing that chemfiles knows.
 */
std::string formatOf(const TrajectorySource& source);

/** The source's units of length in one nm, whether they were named, are told by the file or are Å. */
double lengthsPerNanometre(const TrajectorySource& source);

/**
 * The frames of a file, whose places may be known. Throws Error `badData` where they cannot be told apart.
 */
std::unique_ptr<FrameFile> openFrames(const TrajectorySource& source,
                                      const std::shared_ptr<const FrameIndex>& known = nullptr);

}  // namespace latentcv
