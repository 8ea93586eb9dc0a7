#include "descriptors/kinds.h"
#include "descriptors/vectors.h"

namespace latentcv {
namespace {

/**
 * d from J to I, u the unit vector from J to K at a distance L: depth z = d · u with ∂z/∂d = u and ∂z/∂a = w/L, radius
 * ρ = |w| of w = d − z u with ∂ρ/∂d = w/ρ and ∂ρ/∂a = −z w/(ρ L), a = L u.
 */
class AxisCoordinates : public DescriptorBlock {
 public:
  explicit AxisCoordinates(const std::vector<DescriptorLine>& lines) {
    for (const DescriptorLine& line : lines) {
      const AtomIndices& atoms = line.atoms();
      items_.push_back({{atoms[1], atoms[0]}, {atoms[1], atoms[2]}, line.kind == "depth", {}, {}, {}, {}});
    }
  }

  std::size_t count() const override { return items_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    for (Item& item : items_) {
      item.d = difference(positions, box, item.place);
      item.a = difference(positions, box, item.axis);
      const double length = std::sqrt(dot(item.a, item.a));
      // an axis without a direction: as where three atoms lie in line, no derivative
      const double inverse = length > 0 ? 1 / length : 0;
      const Vector3 u = scaled(inverse, item.a);
      const double depth = dot(item.d, u);
      const Vector3 across = {item.d[0] - depth * u[0], item.d[1] - depth * u[1], item.d[2] - depth * u[2]};
      const double radius = std::sqrt(dot(across, across)), away = radius > 0 ? 1 / radius : 0;
      item.byD = item.isDepth ? u : scaled(away, across);
      item.byA = scaled(inverse * (item.isDepth ? 1 : -depth * away), across);
      *values++ = item.isDepth ? depth : radius;
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    for (const Item& item : items_) {
      pullDifference(item.place, item.d, scaled(*weights, item.byD), gradient, boxGradient);
      pullDifference(item.axis, item.a, scaled(*weights, item.byA), gradient, boxGradient);
      ++weights;
    }
  }

 private:
  struct Item {
    AtomPair place, axis;
    bool isDepth;
    Vector3 d, a, byD, byA;
  };

  std::vector<Item> items_;
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeAxisCoordinates(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<AxisCoordinates>(lines);
}

}  // namespace latentcv
