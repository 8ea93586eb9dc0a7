#include <algorithm>

#include "descriptors/kinds.h"
#include "descriptors/vectors.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

struct Coordinate {
  std::size_t point;
  int axis;
};

/**
 * Adds what weights on coordinates of points are by the box: minus the outer product (see DescriptorBlock).
 */
void pullBox(const Vector3& point, int axis, double weight, double* boxGradient) {
  for (int a = 0; a < 3; ++a) boxGradient[3 * a + axis] -= point[a] * weight;
}

class Positions : public DescriptorBlock {
 public:
  explicit Positions(const std::vector<DescriptorLine>& lines) {
    for (const DescriptorLine& line : lines) {
      const std::size_t atom = line.atoms()[0];
      const auto place = std::find(atoms_.begin(), atoms_.end(), atom) - atoms_.begin();
      if (static_cast<std::size_t>(place) == atoms_.size()) atoms_.push_back(atom);
      coordinates_.push_back({static_cast<std::size_t>(place), line.kind.back() - 'x'});
    }
    whole_.resize(atoms_.size());
  }

  std::size_t count() const override { return coordinates_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    for (std::size_t i = 0; i < atoms_.size(); ++i) {
      const double* at = positions + 3 * atoms_[i];
      whole_[i] = {at[0], at[1], at[2]};
    }
    if (box.periodic()) makeWhole(box);
    for (const Coordinate& c : coordinates_) *values++ = whole_[c.point][c.axis];
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    for (const Coordinate& c : coordinates_) {
      gradient[3 * atoms_[c.point] + c.axis] += *weights;
      pullBox(whole_[c.point], c.axis, *weights++, boxGradient);
    }
  }

 private:
  void makeWhole(const Box& box) {
    for (std::size_t i = 1; i < whole_.size(); ++i) {
      const Vector3 &from = whole_[i - 1], &to = whole_[i];
      const Vector3 d = box.minimumImage({to[0] - from[0], to[1] - from[1], to[2] - from[2]});
      whole_[i] = {from[0] + d[0], from[1] + d[1], from[2] + d[2]};
    }
  }

  std::vector<std::size_t> atoms_;
  std::vector<Coordinate> coordinates_;
  std::vector<Vector3> whole_;
};

class BoxVectors : public DescriptorBlock {
 public:
  explicit BoxVectors(const std::vector<DescriptorLine>& lines) {
    // box-bx: the x of the second vector
    for (const DescriptorLine& line : lines)
      coordinates_.push_back({static_cast<std::size_t>(line.kind[4] - 'a'), line.kind[5] - 'x'});
  }

  std::size_t count() const override { return coordinates_.size(); }

  void evaluate(const double*, const Box& box, double* values) override {
    if (!box.periodic())
      throw Error(ErrorCode::badArgument,
                  "expected a periodic box, as the model takes the box vectors, but there is none");
    rows_ = box.rows();
    for (const Coordinate& c : coordinates_) *values++ = rows_[c.point][c.axis];
  }

  void pullBack(const double* weights, double*, double* boxGradient) const override {
    for (const Coordinate& c : coordinates_) pullBox(rows_[c.point], c.axis, *weights++, boxGradient);
  }

 private:
  std::vector<Coordinate> coordinates_;
  std::array<Vector3, 3> rows_{};
};

}  // namespace

std::unique_ptr<DescriptorBlock> makePositions(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Positions>(lines);
}

std::unique_ptr<DescriptorBlock> makeBoxVectors(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<BoxVectors>(lines);
}

}  // namespace latentcv
