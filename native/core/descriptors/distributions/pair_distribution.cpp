#include "descriptors/distributions/pair_distribution.h"

#include <algorithm>
#include <cmath>

#include "descriptors/vectors.h"
#include "latentcv/error.h"
#include "latentcv/pi.h"

namespace latentcv {
namespace {

// where a Gaussian is 1.5e-8 of its height
constexpr double reachInSigmas = 6;

/** A Gaussian on points that follow each other, by two exponentials: each is the one before times a factor that shrinks. */
class GaussianOnGrid {
 public:
  GaussianOnGrid(const DistanceGrid& grid)
      : spacing_(grid.spacing() / grid.sigma), shrink_(std::exp(-spacing_ * spacing_)) {}

  /** From x = (point − centre)/σ of the first on. */
  void start(double x) {
    value_ = std::exp(-x * x / 2);
    factor_ = std::exp(-spacing_ * (x + spacing_ / 2));
  }
  double value() const { return value_; }
  void next() {
    value_ *= factor_;
    factor_ *= shrink_;
  }

 private:
  double spacing_, shrink_, value_ = 0, factor_ = 0;
};

}  // namespace

PairDistribution::PairDistribution(const std::vector<AtomIndices>& groups, const DistanceGrid& grid,
                                   std::size_t points, const std::string& name)
    : grid_(grid),
      name_(name),
      within_(groups.size() == 1),
      neighbours_({groups, grid.at(points - 1) + reachInSigmas * grid.sigma},
                  name + " (its last point and 6 sigma)"),
      values_(points),
      factors_(points) {}

PairDistribution::Range PairDistribution::pointsNear(double distance) const {
  const double reach = reachInSigmas * grid_.sigma, spacing = grid_.spacing();
  const double first = std::ceil((distance - reach) / spacing - grid_.offset);
  const double last = std::floor((distance + reach) / spacing - grid_.offset);
  const double end = std::min(last + 1, static_cast<double>(values_.size()));
  const double from = std::max(first, 0.0);
  // what is not a number shows at every point
  if (std::isnan(distance)) return {0, values_.size()};
  if (!(from < end)) return {0, 0};
  return {static_cast<std::size_t>(from), static_cast<std::size_t>(end)};
}

void PairDistribution::setFactors() {
  const double pairs = static_cast<double>(neighbours_.firstAtoms()) *
                       static_cast<double>(neighbours_.secondAtoms()) / (within_ ? 2 : 1);
  const double each = volume_ / (4 * pi * pairs * std::sqrt(2 * pi) * grid_.sigma);
  for (std::size_t k = 0; k < factors_.size(); ++k) {
    const double r = grid_.at(k);
    factors_[k] = r > 0 ? each / (r * r) : 0;
  }
}

const std::vector<double>& PairDistribution::evaluate(const double* positions, const Box& box) {
  if (!box.periodic())
    throw Error(ErrorCode::badArgument,
                "expected a periodic box for " + name_ +
                    ", which compares with the density of the system, but there is none");
  volume_ = std::abs(dot(box.rows()[0], cross(box.rows()[1], box.rows()[2])));
  setFactors();
  neighbours_.update(positions, box);
  std::fill(values_.begin(), values_.end(), 0.0);
  GaussianOnGrid gaussian(grid_);
  for (std::size_t p = 0; p < neighbours_.count(); ++p) {
    const double distance = std::sqrt(neighbours_.squares()[p]);
    const Range near = pointsNear(distance);
    gaussian.start((grid_.at(near.first) - distance) / grid_.sigma);
    for (std::size_t k = near.first; k < near.end; ++k, gaussian.next()) values_[k] += gaussian.value();
  }
  for (std::size_t k = 0; k < values_.size(); ++k) values_[k] *= factors_[k];
  return values_;
}

void PairDistribution::pullBack(const std::vector<double>& slopes, double byVolume, double* gradient,
                                double* boxGradient) const {
  const Planes d = neighbours_.vectors(), along = neighbours_.derivatives();
  GaussianOnGrid gaussian(grid_);
  const double inverse = 1 / grid_.sigma, step = grid_.spacing() / grid_.sigma;
  for (std::size_t p = 0; p < neighbours_.count(); ++p) {
    const double distance = std::sqrt(neighbours_.squares()[p]);
    const Range near = pointsNear(distance);
    double x = (grid_.at(near.first) - distance) / grid_.sigma, sum = 0;
    gaussian.start(x);
    for (std::size_t k = near.first; k < near.end; ++k, gaussian.next(), x += step)
      sum += slopes[k] * factors_[k] * x * gaussian.value();
    const double scale = distance > 0 ? sum * inverse / distance : 0;
    along.x[p] = scale * d.x[p];
    along.y[p] = scale * d.y[p];
    along.z[p] = scale * d.z[p];
  }
  neighbours_.pullBack(gradient, boxGradient);
  double byVolumeInAll = byVolume;
  for (std::size_t k = 0; k < values_.size(); ++k) byVolumeInAll += slopes[k] * values_[k];
  for (std::size_t a = 0; a < 3; ++a) boxGradient[4 * a] -= byVolumeInAll;
}

}  // namespace latentcv
