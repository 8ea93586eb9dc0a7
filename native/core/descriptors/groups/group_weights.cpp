#include "descriptors/groups/group_weights.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace latentcv {

bool areWeights(const std::vector<double>& numbers, std::size_t atoms) {
  if (numbers.empty()) return true;
  const double sum = std::accumulate(numbers.begin(), numbers.end(), 0.0);
  const bool positive = std::all_of(numbers.begin(), numbers.end(), [](double w) { return w >= 0; });
  // shares of a sum below this would not be finite
  return numbers.size() == atoms && positive && sum > 1e-300 && std::isfinite(sum);
}

std::vector<double> sharesOf(const std::vector<double>& weights, std::size_t atoms) {
  if (weights.empty()) return std::vector<double>(atoms, 1.0 / static_cast<double>(atoms));
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<double> shares;
  for (double weight : weights) shares.push_back(weight / sum);
  return shares;
}

}  // namespace latentcv
