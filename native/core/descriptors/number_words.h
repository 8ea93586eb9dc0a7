#pragma once

#include <optional>
#include <string>
#include <vector>

namespace latentcv {

/**
 * The numbers of a line of the model file, which blanks separate; none where a word is no decimal number. The smallest
 * ones are read too, one that is too large is infinite, and the process's locale does not matter: what `>>` of a stream
 * makes of those depends on the C++ library.
 */
std::optional<std::vector<double>> numbersIn(const std::string& line);

}  // namespace latentcv
