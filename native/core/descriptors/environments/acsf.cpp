#include <algorithm>
#include <cmath>

#include "descriptors/distributions/line_options.h"
#include "descriptors/distributions/pair_room.h"
#include "descriptors/environments/environments.h"
#include "descriptors/kinds.h"
#include "descriptors/sequence.h"
#include "descriptors/vectors.h"
#include "latentcv/error.h"
#include "latentcv/pi.h"

namespace latentcv {
namespace {

/** A radial function where there is no zeta, else an angular one. */
struct AcsfLine {
  double cutoff;
  bool angular;
  double eta, shift, zeta, lambda;
};

AcsfLine acsfOf(const DescriptorLine& line) {
  LineOptions options(
      line,
      "cutoff and a number above 0, then radial ETA RS, both at least 0, for one group of neighbours or "
      "angular ETA ZETA LAMBDA, ETA at least 0, ZETA at least 1, LAMBDA 1 or -1, for groups that share "
      "no atom");
  options.leaveSpecies();
  const double cutoff = options.take("cutoff", 1)[0];
  const std::vector<double> radial = options.takeIfThere("radial", 2);
  const std::vector<double> angular =
      radial.empty() ? options.take("angular", 3) : std::vector<double>{radial[0], 1, 1};
  options.expectNoMore();
  options.expect(cutoff > 0 && angular[0] >= 0 && angular[1] >= 1 && std::abs(angular[2]) == 1);
  options.expect(radial.empty() || (radial[1] >= 0 && line.groups.size() < 3));
  return {cutoff, radial.empty(), angular[0], radial.empty() ? 0 : radial[1], angular[1], angular[2]};
}

bool sameCentres(const DescriptorLine& a, const DescriptorLine& b) {
  return a.atoms() == b.atoms() && acsfOf(a).cutoff == acsfOf(b).cutoff;
}

bool share(const AtomIndices& a, const AtomIndices& b) {
  AtomIndices first = a, second = b, both;
  std::sort(first.begin(), first.end());
  std::sort(second.begin(), second.end());
  std::set_intersection(first.begin(), first.end(), second.begin(), second.end(), std::back_inserter(both));
  return !both.empty();
}

/** (cos(π r/R) + 1)/2, 0 beyond R, and its derivative by r. */
struct CosineCutoff {
  double value = 0, slope = 0;

  CosineCutoff(double distance, double cutoff) {
    if (!(distance < cutoff)) return;
    const double turn = pi * distance / cutoff;
    value = (std::cos(turn) + 1) / 2;
    slope = -pi / (2 * cutoff) * std::sin(turn);
  }
};

/** x^n with a power that is whole mostly. */
double powerOf(double x, double exponent) {
  if (exponent != std::floor(exponent) || exponent > 64) return std::pow(x, exponent);
  double power = 1;
  for (unsigned n = static_cast<unsigned>(exponent); n > 0; n >>= 1, x *= x)
    if (n & 1) power *= x;
  return power;
}

struct Radial {
  double eta, shift;
  std::size_t line;
};

struct Angle {
  double zeta, lambda;
  std::size_t line;
};

/** The neighbours of one group, with the radial functions of them. */
struct Neighbours {
  AtomIndices group;
  Environments environments;
  std::vector<Radial> radials;
  std::vector<double> cutoffs,
      cutoffSlopes;                  // of each neighbour; derivatives by the distance, over the distance
  std::vector<double> radialSlopes;  // the same of each neighbour's radial functions
};

/** Angular functions of one Gaussian, of pairs of neighbours in a group or in two. */
struct Angular {
  std::size_t first, second;
  double eta;
  std::vector<Angle> angles;
};

/** Of a neighbour: exp(−η r²) times the cutoff's function, and its derivative by the distance over the distance. */
struct Faded {
  Vector3 vector;
  double squared, inverse, value, slope;
};

/**
 * Means over centres of atom-centred symmetry functions (Behler 2011, doi:10.1063/1.3553717): radial G2 = Σ exp(−η (r − R_s)²) f(r),
 * of which G1 is the one of η = 0, and angular G4 = 2^(1 − ζ) Σ (1 + λ cos θ)^ζ exp(−η (r_ij² + r_ik² + r_jk²)) f f f, each pair of
 * neighbours once.
 */
class Acsf : public DescriptorBlock {
 public:
  explicit Acsf(const std::vector<DescriptorLine>& lines)
      : cutoff_(acsfOf(lines.front()).cutoff), centres_(lines.front().atoms()), count_(lines.size()) {
    for (std::size_t i = 0; i < lines.size(); ++i) add(lines[i], i);
  }

  std::size_t count() const override { return count_; }

  void evaluate(const double* positions, const Box& box, double* values) override {
    std::fill_n(values, count_, 0.0);
    for (Neighbours& neighbours : neighbours_) {
      neighbours.environments.update(positions, box);
      takeRadials(neighbours, values);
    }
    expectFewPairs();
    for (Angular& angular : angulars_)
      for (std::size_t i = 0; i < centres_.size(); ++i) {
        fade(angular, i);
        forEachPair(angular, [&](const Faded& a, const Faded& b) { addAngles(angular, a, b, values); });
      }
    for (std::size_t k = 0; k < count_; ++k)
      values[k] /= std::max<double>(1, static_cast<double>(centres_.size()));
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    for (const Neighbours& neighbours : neighbours_) pullRadials(neighbours, weights);
    for (const Angular& angular : angulars_) {
      const bool any = std::any_of(angular.angles.begin(), angular.angles.end(),
                                   [&](const Angle& angle) { return weights[angle.line] != 0; });
      for (std::size_t i = 0; any && i < centres_.size(); ++i) {
        fade(angular, i);
        pullAngles(angular, weights, i);
      }
    }
    for (const Neighbours& neighbours : neighbours_) {
      scale(neighbours);
      neighbours.environments.pullBack(gradient, boxGradient);
    }
  }

 private:
  void add(const DescriptorLine& line, std::size_t place) {
    const AcsfLine parts = acsfOf(line);
    const AtomIndices &first = line.groups[line.groups.size() > 1 ? 1 : 0], &second = line.groups.back();
    // of what is not there, nothing is counted
    if (centres_.empty() || first.empty() || second.empty()) return;
    const std::size_t a = neighboursOf(first, line.kind), b = neighboursOf(second, line.kind);
    if (!parts.angular) return neighbours_[a].radials.push_back({parts.eta, parts.shift, place});
    const auto found = std::find_if(angulars_.begin(), angulars_.end(), [&](const Angular& each) {
      return each.first == a && each.second == b && each.eta == parts.eta;
    });
    if (found != angulars_.end()) return found->angles.push_back({parts.zeta, parts.lambda, place});
    angulars_.push_back({a, b, parts.eta, {{parts.zeta, parts.lambda, place}}});
  }

  std::size_t neighboursOf(const AtomIndices& group, const std::string& kind) {
    for (std::size_t n = 0; n < neighbours_.size(); ++n)
      if (neighbours_[n].group == group) return n;
    neighbours_.push_back({group, Environments(centres_, group, cutoff_, kind), {}, {}, {}, {}});
    return neighbours_.size() - 1;
  }

  /** Of all centres' neighbours, as their number grows with the square of these. */
  void expectFewPairs() const {
    constexpr double most = 1 << 25;
    double pairs = 0;
    for (const Angular& angular : angulars_)
      for (std::size_t i = 0; i < centres_.size(); ++i)
        pairs += static_cast<double>(neighbours_[angular.first].environments.count(i)) *
                 static_cast<double>(neighbours_[angular.second].environments.count(i));
    if (pairs <= most) return;
    throw Error(ErrorCode::badData,
                "expected at most " + std::to_string(static_cast<long>(most)) +
                    " pairs of neighbours for acsf but there are more: take a smaller cutoff");
  }

  void takeRadials(Neighbours& neighbours, double* values) {
    const Environments& environments = neighbours.environments;
    makeRoom(neighbours.cutoffs, environments.room(), 1, "acsf");
    makeRoom(neighbours.cutoffSlopes, environments.room(), 1, "acsf");
    makeRoom(neighbours.radialSlopes, environments.room(),
             std::max<std::size_t>(neighbours.radials.size(), 1), "acsf");
    forEachNeighbour(environments, [&](std::size_t p) {
      const double distance = std::sqrt(environments.squares()[p]), inverse = distance > 0 ? 1 / distance : 0;
      const CosineCutoff cutoff(distance, cutoff_);
      neighbours.cutoffs[p] = cutoff.value;
      neighbours.cutoffSlopes[p] = cutoff.slope * inverse;
      double* slope = neighbours.radialSlopes.data() + p * neighbours.radials.size();
      for (const Radial& radial : neighbours.radials) {
        const double apart = distance - radial.shift, gaussian = std::exp(-radial.eta * apart * apart);
        values[radial.line] += gaussian * cutoff.value;
        *slope++ = gaussian * (cutoff.slope - 2 * radial.eta * apart * cutoff.value) * inverse;
      }
    });
  }

  void pullRadials(const Neighbours& neighbours, const double* weights) const {
    const Environments& environments = neighbours.environments;
    const Planes along = environments.derivatives();
    for (std::size_t i = 0; i < centres_.size(); ++i) {
      const Environment environment = environments.of(i);
      for (std::size_t k = 0; k < environments.count(i); ++k) {
        const std::size_t p = environments.at(i) + k;
        const double* slope = neighbours.radialSlopes.data() + p * neighbours.radials.size();
        double scale = 0;
        for (const Radial& radial : neighbours.radials) scale += weights[radial.line] * *slope++;
        along.x[p] = scale * environment.x[k];
        along.y[p] = scale * environment.y[k];
        along.z[p] = scale * environment.z[k];
      }
    }
  }

  template <typename Visit>
  void forEachNeighbour(const Environments& environments, const Visit& visit) const {
    for (std::size_t i = 0; i < centres_.size(); ++i)
      for (std::size_t p = environments.at(i); p < environments.at(i) + environments.count(i); ++p) visit(p);
  }

  /** Takes the neighbours of a centre, faded as these functions have it. */
  void fade(const Angular& angular, std::size_t centre) const {
    fadeOne(neighbours_[angular.first], angular.eta, centre, firsts_);
    if (angular.second != angular.first) fadeOne(neighbours_[angular.second], angular.eta, centre, seconds_);
  }

  void fadeOne(const Neighbours& neighbours, double eta, std::size_t centre,
               std::vector<Faded>& faded) const {
    const Environment environment = neighbours.environments.of(centre);
    const std::size_t at = neighbours.environments.at(centre);
    faded.clear();
    for (std::size_t k = 0; k < neighbours.environments.count(centre); ++k) {
      const double squared = environment.squares[k], gaussian = std::exp(-eta * squared);
      faded.push_back({{environment.x[k], environment.y[k], environment.z[k]},
                       squared,
                       squared > 0 ? 1 / std::sqrt(squared) : 0,
                       gaussian * neighbours.cutoffs[at + k],
                       gaussian * (neighbours.cutoffSlopes[at + k] - 2 * eta * neighbours.cutoffs[at + k])});
    }
  }

  /** Each pair of neighbours within one group, or across two, that is nearer to each other than the cutoff. */
  template <typename Visit>
  void forEachPair(const Angular& angular, const Visit& visit) const {
    const bool within = angular.first == angular.second;
    const std::vector<Faded>& others = within ? firsts_ : seconds_;
    for (const Faded& a : firsts_)
      for (const Faded* b = within ? &a + 1 : others.data(); b != others.data() + others.size(); ++b) {
        const double squared = a.squared + b->squared - 2 * dot(a.vector, b->vector);
        // what is not a number shows
        if (!(squared > cutoff_ * cutoff_)) visit(a, *b);
      }
  }

  /** What the distance between two neighbours gives, and its derivative by it over the distance. */
  struct Between {
    double value, slope;

    Between(const Faded& a, const Faded& b, double eta, double cutoff) {
      const Vector3 apart = {b.vector[0] - a.vector[0], b.vector[1] - a.vector[1], b.vector[2] - a.vector[2]};
      const double squared = dot(apart, apart), distance = std::sqrt(squared),
                   gaussian = std::exp(-eta * squared);
      const CosineCutoff fading(distance, cutoff);
      value = gaussian * fading.value;
      slope = gaussian * (distance > 0 ? fading.slope / distance : 0) - 2 * eta * value;
    }
  };

  /** (1 + λ cos θ)/2, which rounding must not make negative. */
  static double halfOf(double cosine, double lambda) { return std::max(0.0, (1 + lambda * cosine) / 2); }

  void addAngles(const Angular& angular, const Faded& a, const Faded& b, double* values) const {
    const double cosine = dot(a.vector, b.vector) * a.inverse * b.inverse;
    const double product = 2 * a.value * b.value * Between(a, b, angular.eta, cutoff_).value;
    for (const Angle& angle : angular.angles)
      values[angle.line] += product * powerOf(halfOf(cosine, angle.lambda), angle.zeta);
  }

  void pullAngles(const Angular& angular, const double* weights, std::size_t centre) const {
    const bool within = angular.first == angular.second;
    for (std::vector<Vector3>* each : {&byFirsts_, &bySeconds_})
      each->assign(std::max(firsts_.size(), seconds_.size()), {0, 0, 0});
    std::vector<Vector3>& byOthers = within ? byFirsts_ : bySeconds_;
    const Faded* others = (within ? firsts_ : seconds_).data();
    forEachPair(angular, [&](const Faded& a, const Faded& b) {
      pullPair(angular, weights, a, b, byFirsts_[static_cast<std::size_t>(&a - firsts_.data())],
               byOthers[static_cast<std::size_t>(&b - others)]);
    });
    addTo(neighbours_[angular.first], centre, byFirsts_);
    if (!within) addTo(neighbours_[angular.second], centre, bySeconds_);
  }

  void pullPair(const Angular& angular, const double* weights, const Faded& a, const Faded& b, Vector3& byA,
                Vector3& byB) const {
    const double cosine = dot(a.vector, b.vector) * a.inverse * b.inverse;
    double value = 0, slope = 0;
    for (const Angle& angle : angular.angles) {
      const double half = halfOf(cosine, angle.lambda), power = powerOf(half, angle.zeta - 1);
      value += weights[angle.line] * 2 * power * half;
      slope += weights[angle.line] * angle.zeta * angle.lambda * power;
    }
    const Between between(a, b, angular.eta, cutoff_);
    const double product = a.value * b.value * between.value, byCosine = slope * product;
    const double across = value * a.value * b.value * between.slope, mixed = byCosine * a.inverse * b.inverse;
    // ∂cos/∂a = b/(|a| |b|) − cos a/|a|²
    const double alongA = value * a.slope * b.value * between.value -
                          byCosine * cosine * a.inverse * a.inverse + across,
                 alongB = value * b.slope * a.value * between.value -
                          byCosine * cosine * b.inverse * b.inverse + across;
    for (std::size_t c = 0; c < 3; ++c) {
      byA[c] += alongA * a.vector[c] + (mixed - across) * b.vector[c];
      byB[c] += alongB * b.vector[c] + (mixed - across) * a.vector[c];
    }
  }

  static void addTo(const Neighbours& neighbours, std::size_t centre, const std::vector<Vector3>& by) {
    const Planes along = neighbours.environments.derivatives();
    const std::size_t at = neighbours.environments.at(centre);
    for (std::size_t k = 0; k < neighbours.environments.count(centre); ++k) {
      along.x[at + k] += by[k][0];
      along.y[at + k] += by[k][1];
      along.z[at + k] += by[k][2];
    }
  }

  /** Of sums over centres, by their number. */
  void scale(const Neighbours& neighbours) const {
    const double each = 1 / static_cast<double>(centres_.size());
    const Planes along = neighbours.environments.derivatives();
    for (double* plane : {along.x, along.y, along.z})
      for (std::size_t p = 0; p < neighbours.environments.room(); ++p) plane[p] *= each;
  }

  double cutoff_;
  AtomIndices centres_;
  std::size_t count_;
  std::vector<Neighbours> neighbours_;
  std::vector<Angular> angulars_;
  // of one centre
  mutable std::vector<Faded> firsts_, seconds_;
  mutable std::vector<Vector3> byFirsts_, bySeconds_;
};

}  // namespace

void expectAcsf(const DescriptorLine& line) {
  acsfOf(line);
  if (line.groups.size() == 3 && share(line.groups[1], line.groups[2]))
    throw Malformed{"two groups of neighbours that share no atom, or one"};
}

std::unique_ptr<DescriptorBlock> makeAcsfs(const std::vector<DescriptorLine>& lines) {
  return makeBlocks(lines, sameCentres,
                    [](const std::vector<DescriptorLine>& alike) { return std::make_unique<Acsf>(alike); });
}

}  // namespace latentcv
