#include "latentcv/training_range.h"

#include <algorithm>
#include <cmath>

namespace latentcv {

TrainingRange::TrainingRange(const Metadata& metadata) {
  const std::vector<double>&min = metadata.inputMin, &max = metadata.inputMax;
  for (std::size_t i = 0; i < std::min(min.size(), max.size()); ++i) {
    const Period period = i < metadata.inputPeriods.size() ? metadata.inputPeriods[i] : Period();
    inputs_.push_back(
        {(min[i] + max[i]) / 2, (max[i] - min[i]) / 2, period.periodic ? period.upper - period.lower : 0});
  }
}

double TrainingRange::outside(const double* x) const {
  double most = 0;
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    const Input& input = inputs_[i];
    if (input.half <= 0) continue;
    double away = x[i] - input.middle;
    if (input.period > 0) away -= input.period * std::round(away / input.period);
    most = std::max(most, (std::abs(away) - input.half) / (2 * input.half));
  }
  return most;
}

}  // namespace latentcv
