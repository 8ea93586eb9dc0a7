#include "descriptors/pair_vectors.h"

#include <algorithm>

namespace latentcv {
namespace {

std::size_t paddedForPairs(std::size_t count) { return padded<double>(count + pairPadding); }

std::vector<PairRun> runsOf(const std::vector<AtomPair>& pairs, const AtomIndices& atoms) {
  std::vector<std::size_t> place(atoms.back() + 1);
  for (std::size_t i = 0; i < atoms.size(); ++i) place[atoms[i]] = i;
  std::vector<PairRun> runs;
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    const AtomPair pair = {place[pairs[p].first], place[pairs[p].second]};
    const bool follows = !runs.empty() && runs.back().first == pair.first &&
                         runs.back().second + runs.back().count == pair.second;
    if (follows)
      ++runs.back().count;
    else
      runs.push_back({pair.first, pair.second, p, 1});
  }
  return runs;
}

AtomIndices atomsOf(const std::vector<AtomPair>& pairs) {
  std::size_t last = 0;
  for (const AtomPair& pair : pairs) last = std::max({last, pair.first, pair.second});
  std::vector<bool> used(last + 1);
  for (const AtomPair& pair : pairs) used[pair.first] = used[pair.second] = true;
  AtomIndices atoms;
  for (std::size_t atom = 0; atom <= last; ++atom)
    if (used[atom]) atoms.push_back(atom);
  return atoms;
}

}  // namespace

std::vector<AtomPair> pairsOf(const std::vector<DescriptorLine>& lines) {
  std::vector<AtomPair> pairs;
  for (const DescriptorLine& line : lines) {
    const AtomIndices& atoms = line.atoms();
    pairs.push_back({atoms[0], atoms[1]});
  }
  return pairs;
}

PairVectors::Storage::Storage(std::size_t count)
    : numbers(3 * paddedForPairs(count), 0.0), stride(paddedForPairs(count)) {}

PairVectors::PairVectors(const std::vector<AtomPair>& pairs)
    : count_(pairs.size()),
      atoms_(atomsOf(pairs)),
      runs_(runsOf(pairs, atoms_)),
      positions_(atoms_.size()),
      gradient_(atoms_.size()),
      differences_(count_),
      along_(count_),
      lengths_(paddedForPairs(count_), 0.0),
      inverses_(paddedForPairs(count_), 0.0),
      scales_(paddedForPairs(count_), 0.0) {}

void PairVectors::evaluate(const double* positions, const Box& box) {
  const PairKernels& kernels = pairKernels();
  const Planes to = positions_.planes();
  for (std::size_t i = 0; i < atoms_.size(); ++i) {
    const double* at = positions + 3 * atoms_[i];
    to.x[i] = at[0];
    to.y[i] = at[1];
    to.z[i] = at[2];
  }
  kernels.subtract(runs_.data(), runs_.size(), to, differences_.planes());
  kernels.wrap(box.lattice(), count_, differences_.planes());
  kernels.measure(count_, differences_.planes(), lengths_.data(), inverses_.data());
}

void PairVectors::pullBack(double* gradient, double* boxGradient) {
  const PairKernels& kernels = pairKernels();
  double products[6];
  kernels.scale(count_, scales_.data(), differences_.planes(), along_.planes(), products);
  std::fill(gradient_.numbers.begin(), gradient_.numbers.end(), 0.0);
  const Planes from = gradient_.planes();
  kernels.scatter(runs_.data(), runs_.size(), along_.planes(), from);
  for (std::size_t i = 0; i < atoms_.size(); ++i) {
    double* at = gradient + 3 * atoms_[i];
    at[0] += from.x[i];
    at[1] += from.y[i];
    at[2] += from.z[i];
  }
  // the outer product of a vector with itself is symmetric
  constexpr int element[9] = {0, 1, 2, 1, 3, 4, 2, 4, 5};
  for (int i = 0; i < 9; ++i) boxGradient[i] -= products[element[i]];
}

}  // namespace latentcv
