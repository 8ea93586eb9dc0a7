#pragma once

#include <string_view>

namespace latentcv {

/**
 * The time in a title as GROMACS writes it (`protein in water t= 10.0 step=
 * 5000`), ps; NaN where it has none.
 */
double timeInTitle(std::string_view title);

}  // namespace latentcv
