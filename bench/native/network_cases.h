#pragma once

#include <string>
#include <vector>

#include "latentcv/descriptors.h"
#include "network/network.h"

namespace bench {

/** A network of tanh layers with random weights on the distances of a few atoms. */
struct NetworkCase {
  std::string name;  // 45-64-32-2
  std::vector<std::size_t> widths;

  std::size_t inputs() const { return widths.front(); }
  std::size_t outputs() const { return widths.back(); }
  std::size_t weights() const;

  latentcv::Network network() const;

  /** Atoms enough that so many pairs of them have a distance. */
  std::size_t atoms() const;
  std::vector<std::string> descriptorLines() const;
  std::vector<double> positions() const;  // [atoms, 3], nm
};

/** Those of bench/RESULTS.md. */
std::vector<NetworkCase> networkCases();

}  // namespace bench
