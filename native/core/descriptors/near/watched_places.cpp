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
  // a call of a kernel for each few atoms is dearer than copying them
  if (runs_.size() > places.size() / 16) now_.resize(before_.size());
}

void WatchedPlaces::remember(const double* positions) { gather(positions, before_.data()); }

void WatchedPlaces::gather(const double* positions, double* to) const {
  for (const Run& run : runs_) {
    const double *from = positions + 3 * run.first, *end = from + 3 * run.count;
    while (from != end) *to++ = *from++;
  }
}

double WatchedPlaces::farthest(const double* positions, const Box& box, double enough, double limit) const {
  const PairKernels& kernels = pairKernels();
  const LatticeView lattice = box.lattice();
  const double* from = before_.data();
  double farthest = enough * enough;
  if (!now_.empty()) {
    gather(positions, now_.data());
    return std::sqrt(
        kernels.largestMove(lattice, before_.size() / 3, from, now_.data(), farthest, limit * limit));
  }
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
