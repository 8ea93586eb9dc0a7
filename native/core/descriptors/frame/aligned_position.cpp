#include "descriptors/frame/frame_list.h"
#include "descriptors/kinds.h"
#include "descriptors/vectors.h"

namespace latentcv {
namespace {

/** R (x − centre) + the centre's coordinates in the frame. */
class AlignedPositions : public DescriptorBlock {
 public:
  explicit AlignedPositions(const std::vector<DescriptorLine>& lines) {
    for (const DescriptorLine& line : lines) {
      const std::size_t atom = line.atoms()[0];
      const std::size_t frame = frames_.find(line);
      const AtomIndices& group = frames_[frame].atoms();
      const std::size_t place = placeIn(group, atom).value_or(group.size());
      coordinates_.push_back({frame, atom, place, line.kind.back() - 'x', {}});
    }
  }

  std::size_t count() const override { return coordinates_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    frames_.fit(positions, box);
    for (Coordinate& c : coordinates_) {
      const Frame& frame = frames_[c.frame];
      c.from = fromCentre(frame, c, positions, box);
      *values++ = dot(frame.rotation()[c.axis], c.from) + frame.coordinates()[c.axis];
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    frames_.clearPulls();
    for (const Coordinate& c : coordinates_) {
      Frame& frame = frames_[c.frame];
      frame.pullRotation(c.axis, scaled(*weights, c.from));
      const Vector3 derivative = scaled(*weights, frame.rotation()[c.axis]);
      frame.pullCentre(scaled(-1, derivative));
      pullAtom(c.atom, c.from, derivative, gradient, boxGradient);
      ++weights;
    }
    frames_.pullBack(gradient, boxGradient);
  }

 private:
  struct Coordinate {
    std::size_t frame, atom, place;  // the place among those that carry the frame; past their end for others
    int axis;
    Vector3 from;  // the atom as seen from the group's centre
  };

  static Vector3 fromCentre(const Frame& frame, const Coordinate& c, const double* positions,
                            const Box& box) {
    if (c.place < frame.atoms().size()) return frame.centred(c.place);
    const double* at = positions + 3 * c.atom;
    const Vector3& centre = frame.centre();
    return box.minimumImage({at[0] - centre[0], at[1] - centre[1], at[2] - centre[2]});
  }

  // what pullBack gathers is work space, so that no step allocates
  mutable FrameList frames_;
  std::vector<Coordinate> coordinates_;
};

/** R u for the unit vector u from one atom to another. */
class Directions : public DescriptorBlock {
 public:
  explicit Directions(const std::vector<DescriptorLine>& lines) {
    for (const DescriptorLine& line : lines)
      cosines_.push_back(
          {frames_.find(line), {line.atoms()[0], line.atoms()[1]}, line.kind.back() - 'x', {}, 0});
  }

  std::size_t count() const override { return cosines_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    frames_.fit(positions, box);
    for (Cosine& c : cosines_) {
      c.difference = difference(positions, box, c.pair);
      const double length = std::sqrt(dot(c.difference, c.difference));
      // two atoms in one place point nowhere
      c.inverse = length > 0 ? 1 / length : 0;
      *values++ = c.inverse * dot(frames_[c.frame].rotation()[c.axis], c.difference);
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    frames_.clearPulls();
    for (const Cosine& c : cosines_) {
      Frame& frame = frames_[c.frame];
      const Vector3& axis = frame.rotation()[c.axis];
      const Vector3 unit = scaled(c.inverse, c.difference);
      frame.pullRotation(c.axis, scaled(*weights, unit));
      const double along = dot(axis, unit), weight = *weights++ * c.inverse;
      const Vector3 derivative = {weight * (axis[0] - along * unit[0]), weight * (axis[1] - along * unit[1]),
                                  weight * (axis[2] - along * unit[2])};
      pullDifference(c.pair, c.difference, derivative, gradient, boxGradient);
    }
    frames_.pullBack(gradient, boxGradient);
  }

 private:
  struct Cosine {
    std::size_t frame;
    AtomPair pair;
    int axis;
    Vector3 difference;
    double inverse;
  };

  mutable FrameList frames_;
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
