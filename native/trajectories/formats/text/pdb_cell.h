#pragma once

#include <array>
#include <string>
#include <string_view>

namespace latentcv {

/**
 * The box of a CRYST1 record, as rows in the file's unit; false where there is none: a cube of 1 Å means so,
 * and so do zeros. A record out of its columns is read by its words; one that gives no cell is no box.
 */
bool boxOfPdbCell(std::string_view record, std::array<double, 9>& rows);

/** What to know of a box that a CRYST1 record does not give plainly; empty where it does. */
std::string noteOfPdbCell(std::string_view record);

}  // namespace latentcv
