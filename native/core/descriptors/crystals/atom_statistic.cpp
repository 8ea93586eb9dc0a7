#include "descriptors/crystals/atom_statistic.h"

#include <cmath>

#include "latentcv/pi.h"

namespace latentcv {
namespace {

// a higher one is little more than the farthest atom
constexpr int highestMoment = 8;

double meanOver(const double* values, std::size_t count) {
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += values[i];
  return sum / static_cast<double>(count);
}

double wholePower(double x, int exponent) {
  double result = 1;
  for (int i = 0; i < exponent; ++i) result *= x;
  return result;
}

double meanPower(const double* values, std::size_t count, double mean, int exponent) {
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += wholePower(values[i] - mean, exponent);
  return sum / static_cast<double>(count);
}

}  // namespace

AtomStatistic::AtomStatistic(const DescriptorLine& line) {
  const Malformed expected{"mean, moment and an order from 2 to " + std::to_string(highestMoment) +
                           ", or bin, LOWER < UPPER and SIGMA > 0, or above and a number above 0"};
  if (const LineOption* mean = line.find("mean")) {
    if (!mean->numbers.empty()) throw expected;
  } else if (const LineOption* moment = line.find("moment")) {
    const double order = moment->numbers.size() == 1 ? moment->numbers[0] : 0;
    if (!(order >= 2 && order <= highestMoment) || order != std::floor(order)) throw expected;
    form_ = Form::moment;
    order_ = static_cast<int>(order);
  } else if (const LineOption* bin = line.find("bin")) {
    const std::vector<double>& p = bin->numbers;
    if (p.size() != 3 || !(p[0] < p[1]) || !(p[2] > 0)) throw expected;
    form_ = Form::bin;
    lower_ = p[0];
    upper_ = p[1];
    sigma_ = p[2];
  } else if (const LineOption* above = line.find("above")) {
    if (above->numbers.size() != 1 || !(above->numbers[0] > 0)) throw expected;
    form_ = Form::above;
    threshold_ = above->numbers[0];
  } else {
    throw expected;
  }
}

namespace {

/** y¹²/(1 + y¹²) and its derivative; beyond 1 in the inverse, so that no power overflows. */
struct Rise {
  double value, slope;

  explicit Rise(double y) {
    const double x = y <= 1 ? y : 1 / y, power = wholePower(x, 12), near = 1 / (1 + power);
    value = y <= 1 ? power * near : near;
    slope = 12 * near * near * (y <= 1 ? wholePower(x, 11) : power * x);
  }
};

}  // namespace

double AtomStatistic::of(const double* values, std::size_t count) const {
  if (form_ == Form::mean) return meanOver(values, count);
  if (form_ == Form::moment) return meanPower(values, count, meanOver(values, count), order_);
  double sum = 0;
  if (form_ == Form::above) {
    for (std::size_t i = 0; i < count; ++i) sum += Rise(values[i] / threshold_).value;
    return sum / static_cast<double>(count);
  }
  const double scale = 1 / (std::sqrt(2.0) * sigma_);
  for (std::size_t i = 0; i < count; ++i)
    sum += std::erf((upper_ - values[i]) * scale) - std::erf((lower_ - values[i]) * scale);
  return sum / (2 * static_cast<double>(count));
}

void AtomStatistic::pullBack(double weight, const double* values, std::size_t count,
                             double* derivatives) const {
  const double share = weight / static_cast<double>(count);
  if (form_ == Form::mean) {
    for (std::size_t i = 0; i < count; ++i) derivatives[i] += share;
  } else if (form_ == Form::moment) {
    const double mean = meanOver(values, count), below = meanPower(values, count, mean, order_ - 1);
    for (std::size_t i = 0; i < count; ++i)
      derivatives[i] += share * order_ * (wholePower(values[i] - mean, order_ - 1) - below);
  } else if (form_ == Form::above) {
    for (std::size_t i = 0; i < count; ++i)
      derivatives[i] += share * Rise(values[i] / threshold_).slope / threshold_;
  } else {
    const auto gaussian = [this](double x) { return std::exp(-x * x / (2 * sigma_ * sigma_)); };
    const double height = share / (std::sqrt(2 * pi) * sigma_);
    for (std::size_t i = 0; i < count; ++i)
      derivatives[i] += height * (gaussian(lower_ - values[i]) - gaussian(upper_ - values[i]));
  }
}

}  // namespace latentcv
