#include <algorithm>
#include <cmath>

#include "descriptors/kinds.h"
#include "descriptors/vectors.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

void expectPeriodic(const Box& box, const char* what) {
  if (!box.periodic())
    throw Error(ErrorCode::badArgument, "expected a periodic box, as the model takes its " +
                                            std::string(what) + ", but there is none");
}

double lengthOf(const Vector3& vector) { return std::sqrt(dot(vector, vector)); }

/** The box's volume, or that by atom of a group. */
class Volumes : public DescriptorBlock {
 public:
  explicit Volumes(const std::vector<DescriptorLine>& lines) {
    for (const DescriptorLine& line : lines)
      shares_.push_back(1 / static_cast<double>(std::max<std::size_t>(line.atoms().size(), 1)));
  }

  std::size_t count() const override { return shares_.size(); }

  void evaluate(const double*, const Box& box, double* values) override {
    expectPeriodic(box, "volume");
    const std::array<Vector3, 3>& rows = box.rows();
    volume_ = std::abs(dot(rows[0], cross(rows[1], rows[2])));
    for (double share : shares_) *values++ = share * volume_;
  }

  void pullBack(const double* weights, double*, double* boxGradient) const override {
    for (double share : shares_) {
      const double change = *weights++ * share * volume_;
      for (std::size_t axis = 0; axis < 3; ++axis) boxGradient[4 * axis] -= change;
    }
  }

 private:
  std::vector<double> shares_;
  double volume_ = 0;
};

/** An edge of the box, or the angle between two of them. */
struct CellPart {
  bool angle;
  std::size_t edge;  // or the one that the angle lies opposite to
};

CellPart cellPart(const std::string& kind) {
  const std::string names[] = {"cell-a", "cell-b", "cell-c", "cell-alpha", "cell-beta", "cell-gamma"};
  const std::size_t place = static_cast<std::size_t>(std::find(names, names + 6, kind) - names);
  return {place >= 3, place % 3};
}

/** Adds what weight · an inner product of two box vectors is by the box (see DescriptorBlock). */
void pullProduct(const Vector3& p, const Vector3& q, double weight, double* boxGradient) {
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t b = 0; b < 3; ++b) boxGradient[3 * a + b] -= weight * (p[a] * q[b] + q[a] * p[b]);
}

class Cell : public DescriptorBlock {
 public:
  explicit Cell(const std::vector<DescriptorLine>& lines) {
    for (const DescriptorLine& line : lines) parts_.push_back(cellPart(line.kind));
  }

  std::size_t count() const override { return parts_.size(); }

  void evaluate(const double*, const Box& box, double* values) override {
    expectPeriodic(box, "edges and angles");
    rows_ = box.rows();
    for (const CellPart& part : parts_) *values++ = part.angle ? angle(part) : lengthOf(rows_[part.edge]);
  }

  void pullBack(const double* weights, double*, double* boxGradient) const override {
    for (const CellPart& part : parts_) {
      const double weight = *weights++;
      if (part.angle) {
        pullAngle(part, weight, boxGradient);
      } else {
        const Vector3& edge = rows_[part.edge];
        pullProduct(edge, edge, weight / (2 * lengthOf(edge)), boxGradient);
      }
    }
  }

 private:
  const Vector3& first(const CellPart& part) const { return rows_[(part.edge + 1) % 3]; }
  const Vector3& second(const CellPart& part) const { return rows_[(part.edge + 2) % 3]; }

  double angle(const CellPart& part) const {
    const Vector3 across = cross(first(part), second(part));
    return std::atan2(lengthOf(across), dot(first(part), second(part)));
  }

  // Of cos θ = p·q/(|p| |q|); edges of a box that has a volume are never in line.
  void pullAngle(const CellPart& part, double weight, double* boxGradient) const {
    const Vector3 &p = first(part), &q = second(part);
    const double pp = dot(p, p), qq = dot(q, q), pq = dot(p, q), sine = lengthOf(cross(p, q));
    pullProduct(p, q, -weight / sine, boxGradient);
    pullProduct(p, p, weight * pq / (2 * pp * sine), boxGradient);
    pullProduct(q, q, weight * pq / (2 * qq * sine), boxGradient);
  }

  std::vector<CellPart> parts_;
  std::array<Vector3, 3> rows_{};
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeVolumes(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Volumes>(lines);
}

std::unique_ptr<DescriptorBlock> makeCells(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Cell>(lines);
}

}  // namespace latentcv
