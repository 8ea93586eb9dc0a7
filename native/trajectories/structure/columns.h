#pragma once

#include <cstddef>
#include <string_view>

namespace latentcv {

/** A residue's number, also in hybrid-36 where four columns do not suffice; NaN where the text is none. */
double residueIdIn(std::string_view text);

/** Columns of a line without the blanks around them; fewer where it ends before. */
std::string_view columnsIn(std::string_view line, std::size_t from, std::size_t count);

}  // namespace latentcv
