#pragma once

#include <string>
#include <vector>

#include "latentcv/error.h"

namespace latentcv {

/**
 * Makes `numbers` hold so many for each pair, with room, so that the next steps find it. Throws Error where that is more than
 * memory is meant for: a short file can ask for very many.
 */
template <typename Number>
void makeRoom(std::vector<Number>& numbers, std::size_t pairs, std::size_t each, const char* name) {
  constexpr std::size_t most = std::size_t{1} << 26;
  if (pairs * each <= numbers.size()) return;
  if (pairs > most / each)
    throw Error(ErrorCode::badData, "expected at most " + std::to_string(most) +
                                        " numbers of pairs of atoms for " + std::string(name) +
                                        " but there are " + std::to_string(pairs) + " pairs of " +
                                        std::to_string(each) + " each");
  numbers.resize((pairs + pairs / 4) * each);
}

}  // namespace latentcv
