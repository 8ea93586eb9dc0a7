#include "latentcv/look_stride.h"

#include <algorithm>

namespace latentcv {

LookStride::LookStride(long long fixed) : fixed_(fixed > 0), steps_(fixed > 0 ? fixed : 1) {}

// Motion grows with time at first, with its root later. What is taken is the lesser: that it grows with time where more steps
// are asked about, and with the root where fewer are.
void LookStride::measured(long long steps, double used) {
  constexpr double aim = 0.5;
  if (fixed_ || steps <= 0) return;
  if (!(used > 0)) used = aim / static_cast<double>(most);
  const double part = aim / used, scale = part < 1 ? part * part : part;
  const double allowed = std::min(static_cast<double>(steps) * scale, static_cast<double>(most));
  // not much more at once than was tried
  const long long tried = 2 * std::max(steps, steps_);
  steps_ = std::clamp(static_cast<long long>(allowed), 1LL, std::min(tried, most));
}

}  // namespace latentcv
