#include <algorithm>

#include "descriptors/groups/ring.h"
#include "descriptors/kinds.h"
#include "descriptors/vectors.h"

namespace latentcv {
namespace {

enum class Measure { distance, cosine, cosineSquared, height, offset };

Measure measureOf(const std::string& kind) {
  if (kind == "ring-distance") return Measure::distance;
  if (kind == "ring-cosine") return Measure::cosine;
  if (kind == "ring-cosine-squared") return Measure::cosineSquared;
  return kind == "ring-height" ? Measure::height : Measure::offset;
}

/** How two rings stand to each other; d goes from the centre of the first to that of the second, n is the first's normal. */
class Rings : public DescriptorBlock {
 public:
  explicit Rings(const std::vector<DescriptorLine>& lines) {
    for (const DescriptorLine& line : lines)
      terms_.push_back({measureOf(line.kind),
                        ringOf(line.groups[0], line.text),
                        ringOf(line.groups[1], line.text),
                        {},
                        {},
                        {},
                        {}});
  }

  std::size_t count() const override { return terms_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    for (std::size_t r = 0; r < rings_.size(); ++r) rings_[r].evaluate(positions, box, texts_[r]);
    for (Term& term : terms_) *values++ = evaluate(term, box);
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    for (const Term& term : terms_) {
      const double weight = *weights++;
      const Ring &first = rings_[term.first], &second = rings_[term.second];
      first.pullNormal(scaled(weight, term.byFirst), gradient, boxGradient);
      second.pullNormal(scaled(weight, term.bySecond), gradient, boxGradient);
      first.pullCentre(scaled(-weight, term.byBetween), gradient);
      second.pullCentre(scaled(weight, term.byBetween), gradient);
      for (int a = 0; a < 3; ++a)
        for (int b = 0; b < 3; ++b) boxGradient[3 * a + b] -= weight * term.between[a] * term.byBetween[b];
    }
  }

 private:
  struct Term {
    Measure measure;
    std::size_t first, second;
    /** d, and derivatives by d and by both normals. */
    Vector3 between, byBetween, byFirst, bySecond;
  };

  double evaluate(Term& term, const Box& box) const {
    const Ring &first = rings_[term.first], &second = rings_[term.second];
    const Vector3 &n = first.normal(), &m = second.normal();
    const Vector3 &from = first.centre(), &to = second.centre();
    const Vector3 d = box.minimumImage({to[0] - from[0], to[1] - from[1], to[2] - from[2]});
    term.between = d;
    term.byBetween = term.byFirst = term.bySecond = {};
    const double height = dot(d, n), cosine = dot(n, m);
    switch (term.measure) {
      case Measure::distance: {
        const double length = std::sqrt(dot(d, d));
        // no derivative where two centres are in one place, as for distances
        if (length > 0) term.byBetween = scaled(1 / length, d);
        return length;
      }
      case Measure::cosine:
        term.byFirst = m;
        term.bySecond = n;
        return cosine;
      case Measure::cosineSquared:
        term.byFirst = scaled(2 * cosine, m);
        term.bySecond = scaled(2 * cosine, n);
        return cosine * cosine;
      case Measure::height:
        term.byBetween = n;
        term.byFirst = d;
        return height;
      case Measure::offset:
        break;
    }
    const Vector3 aside = {d[0] - height * n[0], d[1] - height * n[1], d[2] - height * n[2]};
    const double offset = std::sqrt(dot(aside, aside));
    if (offset > 0) {
      term.byBetween = scaled(1 / offset, aside);
      term.byFirst = scaled(-height / offset, aside);
    }
    return offset;
  }

  /** Rings that several lines name are looked at once. */
  std::size_t ringOf(const AtomIndices& atoms, const std::string& text) {
    const auto same = [&](const Ring& ring) { return ring.atoms() == atoms; };
    const std::size_t at =
        static_cast<std::size_t>(std::find_if(rings_.begin(), rings_.end(), same) - rings_.begin());
    if (at == rings_.size()) {
      rings_.emplace_back(atoms);
      texts_.push_back(text);
    }
    return at;
  }

  std::vector<Ring> rings_;
  std::vector<std::string> texts_;  // a line that names the ring, for messages
  std::vector<Term> terms_;
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeRings(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Rings>(lines);
}

}  // namespace latentcv
