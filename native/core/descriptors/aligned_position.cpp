#include <algorithm>

#include "descriptors/alignment_reference.h"
#include "descriptors/kinds.h"
#include "descriptors/vectors.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

/** The atoms of one reference, made whole, centred, and turned onto it. */
class Alignment {
 public:
  explicit Alignment(std::shared_ptr<const AlignmentReference> reference)
      : reference_(std::move(reference)), centred_(reference_->atoms.size()), pulls_(centred_.size()) {}

  const AlignmentReference& reference() const { return *reference_; }

  void fit(const double* positions, const Box& box) {
    makeWhole(positions, box);
    const double spread = centre();
    rotation_.fit(correlation(*reference_, centred_));
    if (!isUnique(rotation_, *reference_, spread))
      throw Error(
          ErrorCode::badArgument,
          "descriptors with reference " + std::to_string(reference_->number) +
              ": expected atoms that one rotation aligns best but several do as well (they lie in line, or "
              "are as far from the reference as from its mirror image)");
  }

  /** (R (x − centre) + the reference's centre) along one axis. */
  double component(std::size_t atom, int axis) const {
    return dot(rotation_.matrix()[axis], centred_[atom]) + reference_->centre[axis];
  }

  void clearPulls() { std::fill(pulls_.begin(), pulls_.end(), Vector3{}); }
  void pull(std::size_t atom, int axis, double weight) { pulls_[atom][axis] += weight; }

  /** Adds the derivatives by all atoms of the group: its centre and its rotation move with each. */
  void pullBack(double* gradient, double* boxGradient) const {
    Matrix3 byRotation{};
    Vector3 total{};
    for (std::size_t i = 0; i < pulls_.size(); ++i)
      for (int a = 0; a < 3; ++a) {
        total[a] += pulls_[i][a];
        for (int b = 0; b < 3; ++b) byRotation[a][b] += pulls_[i][a] * centred_[i][b];
      }
    const Matrix3 byCorrelation = rotation_.pullBack(byRotation);
    for (std::size_t i = 0; i < pulls_.size(); ++i) {
      const double weight = reference_->weights[i];
      Vector3 derivative = turnedBack({pulls_[i][0] - weight * total[0], pulls_[i][1] - weight * total[1],
                                       pulls_[i][2] - weight * total[2]});
      for (int a = 0; a < 3; ++a) derivative[a] += weight * dot(byCorrelation[a], reference_->centred[i]);
      add(i, derivative, gradient, boxGradient);
    }
  }

 private:
  void makeWhole(const double* positions, const Box& box) {
    const std::vector<std::size_t>& atoms = reference_->atoms;
    centred_[0] = {};
    for (const auto& [from, to] : reference_->tree) {
      const Vector3 d = difference(positions, box, {atoms[from], atoms[to]});
      for (int c = 0; c < 3; ++c) centred_[to][c] = centred_[from][c] + d[c];
    }
  }

  /** Returns Σ weight · |x|². */
  double centre() {
    Vector3 middle{};
    for (std::size_t i = 0; i < centred_.size(); ++i)
      for (int c = 0; c < 3; ++c) middle[c] += reference_->weights[i] * centred_[i][c];
    double spread = 0;
    for (std::size_t i = 0; i < centred_.size(); ++i) {
      for (int c = 0; c < 3; ++c) centred_[i][c] -= middle[c];
      spread += reference_->weights[i] * dot(centred_[i], centred_[i]);
    }
    return spread;
  }

  Vector3 turnedBack(const Vector3& v) const {
    const Matrix3& r = rotation_.matrix();
    Vector3 result{};
    for (int a = 0; a < 3; ++a)
      for (int b = 0; b < 3; ++b) result[b] += r[a][b] * v[a];
    return result;
  }

  // The derivatives of a group sum up to zero, so that its box gradient may be taken from any origin.
  void add(std::size_t i, const Vector3& derivative, double* gradient, double* boxGradient) const {
    double* atom = gradient + 3 * reference_->atoms[i];
    for (int a = 0; a < 3; ++a) {
      atom[a] += derivative[a];
      for (int b = 0; b < 3; ++b) boxGradient[3 * a + b] -= centred_[i][a] * derivative[b];
    }
  }

  std::shared_ptr<const AlignmentReference> reference_;
  std::vector<Vector3> centred_;
  OptimalRotation rotation_;
  std::vector<Vector3> pulls_;
};

class AlignedPositions : public DescriptorBlock {
 public:
  explicit AlignedPositions(const std::vector<DescriptorLine>& lines) {
    for (const DescriptorLine& line : lines) {
      const std::size_t alignment = find(line.reference);
      const AtomIndices& group = line.reference->atoms;
      const auto place = std::find(group.begin(), group.end(), line.atoms()[0]) - group.begin();
      components_.push_back({alignment, static_cast<std::size_t>(place), line.kind.back() - 'x'});
    }
  }

  std::size_t count() const override { return components_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    for (Alignment& alignment : alignments_) alignment.fit(positions, box);
    for (const Component& c : components_) *values++ = alignments_[c.alignment].component(c.atom, c.axis);
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    for (Alignment& alignment : alignments_) alignment.clearPulls();
    for (const Component& c : components_) alignments_[c.alignment].pull(c.atom, c.axis, *weights++);
    for (const Alignment& alignment : alignments_) alignment.pullBack(gradient, boxGradient);
  }

 private:
  struct Component {
    std::size_t alignment, atom;  // the atom by its place in the reference
    int axis;
  };

  std::size_t find(const std::shared_ptr<const AlignmentReference>& reference) {
    std::size_t at = 0;
    while (at < alignments_.size() && &alignments_[at].reference() != reference.get()) ++at;
    if (at == alignments_.size()) alignments_.emplace_back(reference);
    return at;
  }

  // what pullBack gathers is work space, so that no step allocates
  mutable std::vector<Alignment> alignments_;
  std::vector<Component> components_;
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeAlignedPositions(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<AlignedPositions>(lines);
}

}  // namespace latentcv
