#include "descriptors/distributions/pair_distribution.h"

#include <algorithm>
#include <cmath>

#include "descriptors/distributions/pair_room.h"
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
  /** From its value on the first point on, and the factor to the second. */
  GaussianOnGrid(double value, double factor, double shrink)
      : shrink_(shrink), value_(value), factor_(factor) {}

  double value() const { return value_; }
  void next() {
    value_ *= factor_;
    factor_ *= shrink_;
  }

 private:
  double shrink_, value_, factor_;
};

}  // namespace

PairDistribution::PairDistribution(const std::vector<AtomIndices>& groups, const DistanceGrid& grid,
                                   std::size_t points, const std::string& name)
    : grid_(grid),
      name_(name),
      within_(groups.size() == 1),
      neighbours_({groups, grid.at(points - 1) + reachInSigmas * grid.sigma},
                  name + " (its last point and 6 sigma)"),
      spacing_(grid.spacing()),
      perSpacing_(1 / spacing_),
      perSigma_(1 / grid.sigma),
      reach_(reachInSigmas * grid.sigma * perSpacing_),
      shrink_(std::exp(-spacing_ * perSigma_ * spacing_ * perSigma_)),
      values_(points),
      factors_(points) {}

// Without a division, as every pair asks.
PairDistribution::Range PairDistribution::pointsNear(double distance) const {
  const double at = distance * perSpacing_ - grid_.offset, size = static_cast<double>(values_.size());
  const double first = at - reach_, end = at + reach_ + 1;
  // what is not a number shows at every point
  if (std::isnan(distance)) return {0, values_.size()};
  if (!(first < size) || !(end > 0)) return {0, 0};
  std::size_t from = 0;
  if (first > 0) {
    from = static_cast<std::size_t>(first);
    if (static_cast<double>(from) < first) ++from;
  }
  return {from, end < size ? std::max(from, static_cast<std::size_t>(end)) : values_.size()};
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
  makeRoom(kept_, neighbours_.count(), 1, name_.c_str());
  const double step = spacing_ * perSigma_;
  for (std::size_t p = 0; p < neighbours_.count(); ++p) {
    const double distance = std::sqrt(neighbours_.squares()[p]);
    const Range near = pointsNear(distance);
    const double x = distanceTo(near.first, distance);
    const Kept kept = {near, distance, x, std::exp(-x * x / 2), std::exp(-step * (x + step / 2))};
    kept_[p] = kept;
    GaussianOnGrid gaussian(kept.value, kept.factor, shrink_);
    for (std::size_t k = near.first; k < near.end; ++k, gaussian.next()) values_[k] += gaussian.value();
  }
  for (std::size_t k = 0; k < values_.size(); ++k) values_[k] *= factors_[k];
  return values_;
}

void PairDistribution::pullBack(const std::vector<double>& slopes, double byVolume, double* gradient,
                                double* boxGradient) const {
  const Planes d = neighbours_.vectors(), along = neighbours_.derivatives();
  const double step = spacing_ * perSigma_;
  for (std::size_t p = 0; p < neighbours_.count(); ++p) {
    const Kept& kept = kept_[p];
    GaussianOnGrid gaussian(kept.value, kept.factor, shrink_);
    double x = kept.x, sum = 0;
    for (std::size_t k = kept.near.first; k < kept.near.end; ++k, gaussian.next(), x += step)
      sum += slopes[k] * factors_[k] * x * gaussian.value();
    const double distance = kept.distance;
    const double scale = distance > 0 ? sum * perSigma_ / distance : 0;
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
