#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/format.h"

namespace latentcv {

/** All formats that are read here. */
const std::vector<const FormatInfo*>& ownFormats();

/** The format of that name or alias, in letters of any size; null for one that is not ours. */
const FormatInfo* formatNamed(std::string_view name);

/** The format that only a file with these first bytes has; null where they do not tell. */
const FormatInfo* formatByFirstBytes(const std::string& path);

/**
 * The format that the source names, or else by the file's ending, or else by its first bytes; null for one
 * that is not ours. Throws Error `fileNotFound` where there is no file, `badData` where it is none or empty.
 */
const FormatInfo* ownFormatOf(const TrajectorySource& source);

}  // namespace latentcv
