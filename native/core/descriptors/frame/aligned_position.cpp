#include "descriptors/frame/alignment.h"
#include "descriptors/kinds.h"
#include "descriptors/vectors.h"

namespace latentcv {
namespace {

/** Adds a derivative by an atom, and what it is by the box where the atom stands at `from` an origin. */
void add(std::size_t atom, const Vector3& from, const Vector3& derivative, double* gradient,
         double* boxGradient) {
  for (int a = 0; a < 3; ++a) {
    gradient[3 * atom + a] += derivative[a];
    for (int b = 0; b < 3; ++b) boxGradient[3 * a + b] -= from[a] * derivative[b];
  }
}

class AlignedPositions : public DescriptorBlock {
 public:
  explicit AlignedPositions(const std::vector<DescriptorLine>& lines) {
    for (const DescriptorLine& line : lines) {
      const std::size_t atom = line.atoms()[0];
      const std::size_t place = placeIn(*line.reference, atom).value_or(line.reference->atoms.size());
      coordinates_.push_back({alignments_.find(line.reference), atom, place, line.kind.back() - 'x', {}});
    }
  }

  std::size_t count() const override { return coordinates_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    alignments_.fit(positions, box);
    for (Coordinate& c : coordinates_) {
      const Alignment& alignment = alignments_[c.alignment];
      c.from = fromCentre(alignment, c, positions, box);
      *values++ = dot(alignment.rotation()[c.axis], c.from) + alignment.reference().centre[c.axis];
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    alignments_.clearPulls();
    for (const Coordinate& c : coordinates_) {
      Alignment& alignment = alignments_[c.alignment];
      alignment.pullRotation(c.axis, scaled(*weights, c.from));
      const Vector3 derivative = scaled(*weights, alignment.rotation()[c.axis]);
      alignment.pullCentre(scaled(-1, derivative));
      add(c.atom, c.from, derivative, gradient, boxGradient);
      ++weights;
    }
    alignments_.pullBack(gradient, boxGradient);
  }

 private:
  struct Coordinate {
    std::size_t alignment, atom, place;  // the place in the reference; past its end for others
    int axis;
    Vector3 from;  // the atom as seen from the group's centre
  };

  static Vector3 fromCentre(const Alignment& alignment, const Coordinate& c, const double* positions,
                            const Box& box) {
    if (c.place < alignment.reference().atoms.size()) return alignment.centred(c.place);
    const double* at = positions + 3 * c.atom;
    const Vector3& centre = alignment.centre();
    return box.minimumImage({at[0] - centre[0], at[1] - centre[1], at[2] - centre[2]});
  }

  // what pullBack gathers is work space, so that no step allocates
  mutable AlignmentList alignments_;
  std::vector<Coordinate> coordinates_;
};

/** R u for the unit vector u from one atom to another. */
class Directions : public DescriptorBlock {
 public:
  explicit Directions(const std::vector<DescriptorLine>& lines) {
    for (const DescriptorLine& line : lines)
      cosines_.push_back({alignments_.find(line.reference),
                          {line.atoms()[0], line.atoms()[1]},
                          line.kind.back() - 'x',
                          {},
                          0});
  }

  std::size_t count() const override { return cosines_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    alignments_.fit(positions, box);
    for (Cosine& c : cosines_) {
      c.difference = difference(positions, box, c.pair);
      const double length = std::sqrt(dot(c.difference, c.difference));
      // two atoms in one place point nowhere
      c.inverse = length > 0 ? 1 / length : 0;
      *values++ = c.inverse * dot(alignments_[c.alignment].rotation()[c.axis], c.difference);
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    alignments_.clearPulls();
    for (const Cosine& c : cosines_) {
      Alignment& alignment = alignments_[c.alignment];
      const Vector3& axis = alignment.rotation()[c.axis];
      const Vector3 unit = scaled(c.inverse, c.difference);
      alignment.pullRotation(c.axis, scaled(*weights, unit));
      const double along = dot(axis, unit), weight = *weights++ * c.inverse;
      const Vector3 derivative = {weight * (axis[0] - along * unit[0]), weight * (axis[1] - along * unit[1]),
                                  weight * (axis[2] - along * unit[2])};
      pullDifference(c.pair, c.difference, derivative, gradient, boxGradient);
    }
    alignments_.pullBack(gradient, boxGradient);
  }

 private:
  struct Cosine {
    std::size_t alignment;
    AtomPair pair;
    int axis;
    Vector3 difference;
    double inverse;
  };

  mutable AlignmentList alignments_;
  std::vector<Cosine> cosines_;
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeAlignedPositions(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<AlignedPositions>(lines);
}

std::unique_ptr<DescriptorBlock> makeDirections(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Directions>(lines);
}

}  // namespace latentcv
