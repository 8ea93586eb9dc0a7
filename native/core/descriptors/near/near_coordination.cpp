#include "descriptors/near/near_coordination.h"

#include <cmath>

#include "descriptors/near/neighbour_list.h"
#include "descriptors/switching_function.h"
#include "descriptors/vectors.h"

namespace latentcv {
namespace {

// so few are evaluated, all of them, in the time that it takes to see whether a list still holds
constexpr std::size_t fewPairs = 256;

class NearCoordinations : public DescriptorBlock {
 public:
  explicit NearCoordinations(const std::vector<DescriptorLine>& lines) : list_(groupsOf(lines)) {
    for (const DescriptorLine& line : lines) sums_.push_back({SwitchingFunction(line), 0});
  }

  std::size_t count() const override { return sums_.size(); }

  void restrictTo(const NearPlaces* places) override { list_.restrictTo(places); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    list_.update(positions, box);
    subtract(positions);
    pairKernels().wrap(box.lattice(), list_.pairs().size(), differences());
    near_.clear();
    std::size_t p = 0;
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      *values++ = sumOver(sums_[i].function, p, list_.end(i));
      sums_[i].end = near_.size();
      p = list_.end(i);
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    std::size_t n = 0;
    double products[6] = {};
    for (const Sum& sum : sums_) {
      const double weight = *weights++;
      for (; n < sum.end; ++n) addTo(near_[n], weight, gradient, products);
    }
    // the outer product of a vector with itself is symmetric
    constexpr int element[9] = {0, 1, 2, 1, 3, 4, 2, 4, 5};
    for (int i = 0; i < 9; ++i) boxGradient[i] -= products[element[i]];
  }

 private:
  struct Sum {
    SwitchingFunction function;
    std::size_t end;  // of its near pairs, which start where those of the one before end
  };

  /** A pair within the cutoff, and ds/dr / r. */
  struct Near {
    AtomPair pair;
    Vector3 difference;
    double slope;
  };

  Planes differences() {
    const std::size_t stride = planes_.size() / 3;
    return {planes_.data(), planes_.data() + stride, planes_.data() + 2 * stride};
  }

  void subtract(const double* positions) {
    const std::vector<AtomPair>& pairs = list_.pairs();
    const std::size_t needed = padded<double>(pairs.size() + pairPadding);
    if (planes_.size() < 3 * needed) {
      // with room, so that the next lists find it
      planes_.assign(3 * padded<double>(needed + needed / 4), 0.0);
      near_.reserve(planes_.size() / 3);
    }
    const Planes d = differences();
    for (std::size_t p = 0; p < pairs.size(); ++p) {
      const double *a = positions + 3 * pairs[p].first, *b = positions + 3 * pairs[p].second;
      d.x[p] = b[0] - a[0];
      d.y[p] = b[1] - a[1];
      d.z[p] = b[2] - a[2];
    }
  }

  double sumOver(const SwitchingFunction& function, std::size_t start, std::size_t end) {
    const Planes d = differences();
    const double cutoff = function.cutoff() * function.cutoff();
    double total = 0;
    for (std::size_t p = start; p < end; ++p) {
      const double squared = d.x[p] * d.x[p] + d.y[p] * d.y[p] + d.z[p] * d.z[p];
      if (squared > cutoff) continue;
      const SwitchingFunction::Result contact = function.atSquared(squared);
      total += contact.value;
      near_.push_back({list_.pairs()[p], {d.x[p], d.y[p], d.z[p]}, contact.slope});
    }
    return total;
  }

  static void addTo(const Near& near, double weight, double* gradient, double* products) {
    double *a = gradient + 3 * near.pair.first, *b = gradient + 3 * near.pair.second;
    const Vector3 &d = near.difference, along = scaled(weight * near.slope, d);
    for (std::size_t c = 0; c < 3; ++c) {
      a[c] -= along[c];
      b[c] += along[c];
    }
    products[0] += along[0] * d[0];
    products[1] += along[0] * d[1];
    products[2] += along[0] * d[2];
    products[3] += along[1] * d[1];
    products[4] += along[1] * d[2];
    products[5] += along[2] * d[2];
  }

  NeighbourList list_;
  std::vector<Sum> sums_;
  std::vector<Near> near_;
  Buffer<double> planes_;
};

}  // namespace

std::vector<NeighbourGroups> groupsOf(const std::vector<DescriptorLine>& lines) {
  std::vector<NeighbourGroups> groups;
  for (const DescriptorLine& line : lines) groups.push_back({line.groups, SwitchingFunction(line).cutoff()});
  return groups;
}

bool needsNeighbours(const DescriptorLine& line) {
  return std::isfinite(SwitchingFunction(line).cutoff()) && line.pairCount() > fewPairs;
}

std::unique_ptr<DescriptorBlock> makeNearCoordinations(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<NearCoordinations>(lines);
}

}  // namespace latentcv
