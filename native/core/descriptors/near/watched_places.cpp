#include "descriptors/near/watched_places.h"

#include <algorithm>
#include <cmath>

#include "descriptors/vectors.h"
#include "kernels/pairs.h"

namespace latentcv {

WatchedPlaces::WatchedPlaces(AtomIndices places) {
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  for (std::size_t place : places)
    if (!runs_.empty() && runs_.back().first + runs_.back().count == place)
      ++runs_.back().count;
    else
      runs_.push_back({place, 1});
  before_.resize(3 * places.size());
}

void WatchedPlaces::remember(const double* positions) {
  double* to = before_.data();
  for (const Run& run : runs_) to = std::copy_n(positions + 3 * run.first, 3 * run.count, to);
}

double WatchedPlaces::farthest(const double* positions, const Box& box, double enough, double limit) const {
  const PairKernels& kernels = pairKernels();
  const LatticeView lattice = box.lattice();
  const double* from = before_.data();
  double farthest = enough * enough;
  for (const Run& run : runs_) {
    const double squared = kernels.largestMove(lattice, run.count, from, positions + 3 * run.first,
                                               enough * enough, limit * limit);
    if (!(squared <= farthest)) farthest = squared;
    if (std::isnan(farthest)) break;
    from += 3 * run.count;
  }
  return std::sqrt(farthest);
}

WatchedPlaces::Move WatchedPlaces::farthestMove(const double* positions, const Box& box) const {
  Move farthest{runs_.empty() ? 0 : runs_.front().first, 0};
  const double* from = before_.data();
  for (const Run& run : runs_)
    for (std::size_t place = run.first; place < run.first + run.count; ++place, from += 3) {
      const double* to = positions + 3 * place;
      const Vector3 way = box.minimumImage({to[0] - from[0], to[1] - from[1], to[2] - from[2]});
      const double distance = std::sqrt(dot(way, way));
      if (!(distance <= farthest.distance)) farthest = {place, distance};
    }
  return farthest;
}

double WatchedPlaces::farthestFromOrigin() const {
  double farthest = 0;
  for (std::size_t i = 0; i < before_.size(); i += 3)
    farthest = std::max(farthest, dot({before_[i], before_[i + 1], before_[i + 2]},
                                      {before_[i], before_[i + 1], before_[i + 2]}));
  return std::sqrt(farthest);
}

}  // namespace latentcv
