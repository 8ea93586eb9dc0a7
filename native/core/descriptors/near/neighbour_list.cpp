#include "descriptors/near/neighbour_list.h"

#include <algorithm>
#include <cmath>

#include "descriptors/vectors.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

// Of the largest cutoff. Water moves so far in some hundred steps, and half of the pairs found are within the cutoff.
constexpr double skinOfCutoff = 0.2;

constexpr std::size_t mostNearPairs = std::size_t{1} << 24;

/** Atoms of the first groups, or of the second ones (the only group is both). */
std::vector<const AtomIndices*> side(const std::vector<NeighbourGroups>& groups, bool second) {
  std::vector<const AtomIndices*> atoms;
  for (const NeighbourGroups& each : groups)
    atoms.push_back(second ? &each.groups.back() : &each.groups.front());
  return atoms;
}

/**
 * How far from the identity the deformation is that makes one box of another: no vector between images of atoms that
 * moved with the box changes by more than this part of its length.
 */
double deformation(const Box& from, const Box& to) {
  const std::array<Vector3, 3>&a = from.rows(), &b = to.rows();
  if (a == b) return 0;
  if (from.periodic() != to.periodic()) return INFINITY;
  const double volume = dot(a[0], cross(a[1], a[2]));
  const Vector3 columns[3] = {cross(a[1], a[2]), cross(a[2], a[0]), cross(a[0], a[1])};
  double sum = 0;
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) {
      double element = i == j ? -1 : 0;
      for (std::size_t k = 0; k < 3; ++k) element += columns[k][i] * b[k][j] / volume;
      sum += element * element;
    }
  return std::sqrt(sum);
}

}  // namespace

NeighbourList::Watched::Watched(const std::vector<const AtomIndices*>& groups) {
  AtomIndices all;
  for (const AtomIndices* group : groups) all.insert(all.end(), group->begin(), group->end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  for (std::size_t atom : all)
    if (!runs.empty() && runs.back().first + runs.back().count == atom)
      ++runs.back().count;
    else
      runs.push_back({atom, 1});
  before.resize(3 * all.size());
}

void NeighbourList::Watched::remember(const double* positions) {
  double* to = before.data();
  for (const Run& run : runs) to = std::copy_n(positions + 3 * run.first, 3 * run.count, to);
}

double NeighbourList::Watched::farthest(const double* positions, const Box& box, double enough,
                                        double limit) const {
  const PairKernels& kernels = pairKernels();
  const LatticeView lattice = box.lattice();
  const double* from = before.data();
  double farthest = enough * enough;
  for (const Run& run : runs) {
    const double squared = kernels.largestMove(lattice, run.count, from, positions + 3 * run.first,
                                               enough * enough, limit * limit);
    if (!(squared <= farthest)) farthest = squared;
    if (std::isnan(farthest)) break;
    from += 3 * run.count;
  }
  return std::sqrt(farthest);
}

double NeighbourList::Watched::farthestFromOrigin() const {
  double farthest = 0;
  for (std::size_t i = 0; i < before.size(); i += 3)
    farthest = std::max(
        farthest, dot({before[i], before[i + 1], before[i + 2]}, {before[i], before[i + 1], before[i + 2]}));
  return std::sqrt(farthest);
}

NeighbourList::NeighbourList(std::vector<NeighbourGroups> groups)
    : groups_(std::move(groups)), first_(side(groups_, false)), second_(side(groups_, true)) {
  largestCutoff_ = 0;
  std::size_t largest = 0;
  for (const NeighbourGroups& each : groups_) {
    largestCutoff_ = std::max(largestCutoff_, each.cutoff);
    largest = std::max(largest, each.groups.front().size() + each.groups.back().size());
  }
  skin_ = skinOfCutoff * largestCutoff_;
  ends_.resize(groups_.size());
  planes_.assign(6 * padded<double>(largest + pairPadding), 0.0);
}

void NeighbourList::update(const double* positions, const Box& box) {
  if (builds_ == 0 || !holds(positions, box)) build(positions, box);
}

// A pair that was farther apart than cutoff + skin, in every image, is still farther than the cutoff where the box
// stretched that by no more than it did, and neither atom went farther than it did against the box. What an atom
// goes against the box is what it goes, but for what the box itself moves it.
bool NeighbourList::holds(const double* positions, const Box& box) const {
  const double stretch = deformation(box_, box);
  const double slack =
      skin_ - stretch * (largestCutoff_ + skin_) - (stretch > 0 ? 2 * stretch * farthestFromOrigin_ : 0);
  if (!(slack > 0)) return false;
  // a few may move little; what they leave is for the many
  const double first = first_.farthest(positions, box, slack / 8, slack);
  if (!(first < slack)) return false;
  const double rest = slack - first;
  return second_.farthest(positions, box, rest * (1 - 1e-12), slack) <= rest;
}

void NeighbourList::build(const double* positions, const Box& box) {
  ++builds_;
  box_ = box;
  first_.remember(positions);
  second_.remember(positions);
  farthestFromOrigin_ = std::max(first_.farthestFromOrigin(), second_.farthestFromOrigin());
  pairs_.clear();
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    buildByDistances(groups_[i], positions, box);
    ends_[i] = pairs_.size();
  }
}

void NeighbourList::add(std::size_t first, std::size_t second) {
  if (pairs_.size() == mostNearPairs)
    throw Error(ErrorCode::badData, "expected at most " + std::to_string(mostNearPairs) +
                                        " pairs of atoms within DMAX of each other but there are more");
  pairs_.push_back({first, second});
}

void NeighbourList::buildByDistances(const NeighbourGroups& groups, const double* positions, const Box& box) {
  const PairKernels& kernels = pairKernels();
  const std::size_t stride = planes_.size() / 6;
  const Planes at = {planes_.data(), planes_.data() + stride, planes_.data() + 2 * stride};
  const Planes apart = {at.x + 3 * stride, at.y + 3 * stride, at.z + 3 * stride};
  const AtomIndices &from = groups.groups.front(), &to = groups.groups.back();
  const bool across = groups.groups.size() > 1;
  std::size_t slot = 0;
  for (const AtomIndices& group : groups.groups)
    for (std::size_t atom : group) {
      at.x[slot] = positions[3 * atom];
      at.y[slot] = positions[3 * atom + 1];
      at.z[slot++] = positions[3 * atom + 2];
    }
  const double reach = groups.cutoff + skin_, squaredReach = reach * reach;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const std::size_t start = across ? 0 : i + 1, count = to.size() - start;
    if (count == 0) continue;
    const PairRun run = {i, across ? from.size() : start, 0, count};
    kernels.subtract(&run, 1, at, apart);
    kernels.wrap(box.lattice(), count, apart);
    for (std::size_t j = 0; j < count; ++j) {
      const double squared = apart.x[j] * apart.x[j] + apart.y[j] * apart.y[j] + apart.z[j] * apart.z[j];
      // what is not a number is near, so that it shows
      if (!(squared > squaredReach) && from[i] != to[start + j]) add(from[i], to[start + j]);
    }
  }
}

}  // namespace latentcv
