#pragma once

#include <cstddef>
#include <vector>

namespace latentcv {

/** Whether numbers can weigh so many atoms: one each, none below 0, not all 0; or no number, for weights that are alike. */
bool areWeights(const std::vector<double>& numbers, std::size_t atoms);

/** The weights divided by their sum. */
std::vector<double> sharesOf(const std::vector<double>& weights, std::size_t atoms);

}  // namespace latentcv
