#include <algorithm>
#include <array>
#include <cmath>

#include "descriptors/crystals/atom_statistic.h"
#include "descriptors/distributions/line_options.h"
#include "descriptors/distributions/pair_room.h"
#include "descriptors/kinds.h"
#include "descriptors/near/neighbour_vectors.h"
#include "descriptors/sequence.h"
#include "descriptors/vectors.h"

namespace latentcv {
namespace {

// the kernel exp(−d²/(4σ²)) is 1.4e-11 there
constexpr double similarityReach = 10;

struct SimilarityLine {
  double sigma, lambda;
  std::vector<std::vector<Vector3>> environments;
};

std::vector<Vector3> vectorsOf(const std::vector<double>& numbers) {
  std::vector<Vector3> vectors;
  for (std::size_t i = 0; i + 2 < numbers.size(); i += 3)
    vectors.push_back({numbers[i], numbers[i + 1], numbers[i + 2]});
  return vectors;
}

SimilarityLine similarityOf(const DescriptorLine& line) {
  LineOptions options(line,
                      "sigma and a number above 0, lambda and a number above 0, environment with the three "
                      "coordinates of each of its vectors, once or several times, and one statistic");
  options.leaveStatistic();
  SimilarityLine result = {options.take("sigma", 1)[0], options.take("lambda", 1)[0], {}};
  for (const std::vector<double>& numbers : options.takeAll("environment")) {
    options.expect(!numbers.empty() && numbers.size() % 3 == 0);
    result.environments.push_back(vectorsOf(numbers));
  }
  options.expectNoMore();
  options.expect(result.sigma > 0 && result.lambda > 0 && !result.environments.empty());
  return result;
}

bool sameEnvironments(const DescriptorLine& a, const DescriptorLine& b) {
  const SimilarityLine first = similarityOf(a), second = similarityOf(b);
  return a.groups == b.groups && first.sigma == second.sigma && first.lambda == second.lambda &&
         first.environments == second.environments;
}

double longestOf(const std::vector<std::vector<Vector3>>& environments) {
  double longest = 0;
  for (const auto& environment : environments)
    for (const Vector3& vector : environment) longest = std::max(longest, std::sqrt(dot(vector, vector)));
  return longest;
}

/** How alike the environments of atoms are to those of a lattice, the most alike of these where there are several. */
class Similarities : public DescriptorBlock {
 public:
  explicit Similarities(const std::vector<DescriptorLine>& lines)
      : settings_(similarityOf(lines.front())),
        within_(lines.front().groups.size() == 1),
        neighbours_(
            {lines.front().groups, longestOf(settings_.environments) + similarityReach * settings_.sigma},
            lines.front().kind + " (its longest vector and 10 sigma)"),
        types_(settings_.environments.size()),
        atoms_(lines.front().atoms().size()),
        kernels_(types_ * atoms_.size()),
        derivatives_(atoms_.size()),
        shares_(kernels_.size()),
        statistics_(lines.begin(), lines.end()) {}

  std::size_t count() const override { return statistics_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    neighbours_.update(positions, box);
    makeRoom(slopes_, neighbours_.count(), (within_ ? 2 : 1) * types_, "similarity");
    std::fill(kernels_.begin(), kernels_.end(), 0.0);
    const Planes d = neighbours_.vectors();
    Vector3* slope = slopes_.data();
    for (std::size_t p = 0; p < neighbours_.count(); ++p) {
      const Vector3 there = {d.x[p], d.y[p], d.z[p]};
      for (std::size_t t = 0; t < types_; ++t) {
        add(there, t, kernels_[types_ * neighbours_.first()[p] + t], *slope++);
        if (within_) add(scaled(-1, there), t, kernels_[types_ * neighbours_.second()[p] + t], *slope++);
      }
    }
    for (std::size_t i = 0; i < atoms_.size(); ++i) atoms_[i] = bestOf(&kernels_[types_ * i]);
    for (const AtomStatistic& statistic : statistics_) *values++ = statistic.of(atoms_.data(), atoms_.size());
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    std::fill(derivatives_.begin(), derivatives_.end(), 0.0);
    for (const AtomStatistic& statistic : statistics_)
      statistic.pullBack(*weights++, atoms_.data(), atoms_.size(), derivatives_.data());
    for (std::size_t i = 0; i < atoms_.size(); ++i)
      for (std::size_t t = 0; t < types_; ++t)
        shares_[types_ * i + t] =
            derivatives_[i] * std::exp(settings_.lambda * (kernels_[types_ * i + t] - atoms_[i]));
    const Planes along = neighbours_.derivatives();
    const Vector3* slope = slopes_.data();
    for (std::size_t p = 0; p < neighbours_.count(); ++p) {
      Vector3 sum = {0, 0, 0};
      for (std::size_t t = 0; t < types_; ++t) {
        addScaled(sum, shares_[types_ * neighbours_.first()[p] + t], *slope++);
        if (within_) addScaled(sum, -shares_[types_ * neighbours_.second()[p] + t], *slope++);
      }
      along.x[p] = sum[0];
      along.y[p] = sum[1];
      along.z[p] = sum[2];
    }
    neighbours_.pullBack(gradient, boxGradient);
  }

 private:
  /** The kernel of a neighbour there with an environment, added, and its derivative by where it is. */
  void add(const Vector3& there, std::size_t type, double& kernel, Vector3& slope) const {
    const std::vector<Vector3>& environment = settings_.environments[type];
    const double width = 1 / (4 * settings_.sigma * settings_.sigma);
    const double reach = similarityReach * settings_.sigma,
                 each = 1 / static_cast<double>(environment.size());
    slope = {0, 0, 0};
    for (const Vector3& place : environment) {
      const Vector3 apart = {there[0] - place[0], there[1] - place[1], there[2] - place[2]};
      const double squared = dot(apart, apart);
      if (squared > reach * reach) continue;
      const double value = each * std::exp(-squared * width);
      kernel += value;
      addScaled(slope, -2 * width * value, apart);
    }
  }

  static void addScaled(Vector3& sum, double factor, const Vector3& vector) {
    for (std::size_t c = 0; c < 3; ++c) sum[c] += factor * vector[c];
  }

  /** ln(Σ exp(λ k))/λ */
  double bestOf(const double* kernels) const {
    if (types_ == 1) return kernels[0];
    const double largest = *std::max_element(kernels, kernels + types_);
    double sum = 0;
    for (std::size_t t = 0; t < types_; ++t) sum += std::exp(settings_.lambda * (kernels[t] - largest));
    return largest + std::log(sum) / settings_.lambda;
  }

  SimilarityLine settings_;
  bool within_;
  NeighbourVectors neighbours_;
  std::size_t types_;
  std::vector<double> atoms_, kernels_;
  mutable std::vector<double> derivatives_, shares_;
  std::vector<Vector3> slopes_;  // of each pair and type; within one group seen from either atom
  std::vector<AtomStatistic> statistics_;
};

}  // namespace

void expectSimilarity(const DescriptorLine& line) {
  similarityOf(line);
  AtomStatistic{line};
}

std::unique_ptr<DescriptorBlock> makeSimilarities(const std::vector<DescriptorLine>& lines) {
  return makeBlocks(lines, sameEnvironments, [](const std::vector<DescriptorLine>& alike) {
    return std::make_unique<Similarities>(alike);
  });
}

}  // namespace latentcv
