#pragma once

#include "bytes/binary_file.h"

namespace latentcv {

/** What to know of a file whose last line is whole without an end. */
extern const char* const noteOfLastLine;

/** What a file's last line is to look like: the lines before it, or each number of it like its others. */
enum class LastLine { likeThoseBefore, likeItself };

/**
 * Whether the last line of a file, which begins there and has no end, is whole all the same: programs end
 * every line, but editors and scripts may not. It must have as many words, and its last number as many
 * decimals, as what it is like; numbers may have fewer decimals where others have too.
 */
bool isWholeLastLine(const BinaryFile& file, std::uint64_t begin, LastLine like);

}  // namespace latentcv
