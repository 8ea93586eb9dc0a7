#include "descriptors/frame/alignment.h"

#include <algorithm>

#include "descriptors/vectors.h"
#include "latentcv/error.h"

namespace latentcv {

Alignment::Alignment(std::shared_ptr<const AlignmentReference> reference)
    : reference_(std::move(reference)), centred_(reference_->atoms.size()) {}

void Alignment::fit(const double* positions, const Box& box) {
  makeWhole(positions, box);
  const double spread = moveToCentre(positions + 3 * reference_->atoms[0]);
  rotation_.fit(correlation(*reference_, centred_));
  if (!isUnique(rotation_, *reference_, spread))
    throw Error(
        ErrorCode::badArgument,
        "descriptors with reference " + std::to_string(reference_->number) +
            ": expected atoms that one rotation aligns best but several do as well (they lie in line, or "
            "are as far from the reference as from its mirror image)");
}

Vector3 Alignment::turned(std::size_t atom) const {
  const Matrix3& r = rotation();
  const Vector3& at = centred_[atom];
  return {dot(r[0], at), dot(r[1], at), dot(r[2], at)};
}

void Alignment::pullTurned(std::size_t atom, const Vector3& derivative, double* gradient,
                           double* boxGradient) {
  const Vector3& from = centred_[atom];
  for (int row = 0; row < 3; ++row) pullRotation(row, scaled(derivative[row], from));
  const Vector3 own = turnedBack(derivative);
  pullCentre(scaled(-1, own));
  double* at = gradient + 3 * reference_->atoms[atom];
  for (int b = 0; b < 3; ++b) {
    at[b] += own[b];
    for (int a = 0; a < 3; ++a) boxGradient[3 * a + b] -= from[a] * own[b];
  }
}

Vector3 Alignment::turnedBack(const Vector3& v) const {
  const Matrix3& r = rotation();
  Vector3 result{};
  for (int a = 0; a < 3; ++a)
    for (int b = 0; b < 3; ++b) result[b] += r[a][b] * v[a];
  return result;
}

void Alignment::clearPulls() {
  byRotation_ = {};
  byCentre_ = {};
}

void Alignment::pullRotation(int row, const Vector3& derivative) {
  for (int b = 0; b < 3; ++b) byRotation_[row][b] += derivative[b];
}

void Alignment::pullCentre(const Vector3& derivative) {
  for (int b = 0; b < 3; ++b) byCentre_[b] += derivative[b];
}

void Alignment::pullBack(double* gradient, double* boxGradient) const {
  const Matrix3 byCorrelation = rotation_.pullBack(byRotation_);
  for (std::size_t i = 0; i < centred_.size(); ++i) {
    double* atom = gradient + 3 * reference_->atoms[i];
    for (int b = 0; b < 3; ++b) {
      const double derivative =
          reference_->weights[i] * (byCentre_[b] + dot(byCorrelation[b], reference_->centred[i]));
      atom[b] += derivative;
      for (int a = 0; a < 3; ++a) boxGradient[3 * a + b] -= centred_[i][a] * derivative;
    }
  }
}

void Alignment::makeWhole(const double* positions, const Box& box) {
  const std::vector<std::size_t>& atoms = reference_->atoms;
  centred_[0] = {};
  for (const auto& [from, to] : reference_->tree) {
    const Vector3 d = difference(positions, box, {atoms[from], atoms[to]});
    for (int c = 0; c < 3; ++c) centred_[to][c] = centred_[from][c] + d[c];
  }
}

/** Returns Σ weight · |x|². */
double Alignment::moveToCentre(const double* first) {
  Vector3 middle{};
  for (std::size_t i = 0; i < centred_.size(); ++i)
    for (int c = 0; c < 3; ++c) middle[c] += reference_->weights[i] * centred_[i][c];
  double spread = 0;
  for (std::size_t i = 0; i < centred_.size(); ++i) {
    for (int c = 0; c < 3; ++c) centred_[i][c] -= middle[c];
    spread += reference_->weights[i] * dot(centred_[i], centred_[i]);
  }
  for (int c = 0; c < 3; ++c) middle_[c] = first[c] + middle[c];
  return spread;
}

std::optional<std::size_t> placeIn(const AlignmentReference& reference, std::size_t atom) {
  const auto found = std::find(reference.atoms.begin(), reference.atoms.end(), atom);
  if (found == reference.atoms.end()) return std::nullopt;
  return static_cast<std::size_t>(found - reference.atoms.begin());
}

std::size_t AlignmentList::find(const std::shared_ptr<const AlignmentReference>& reference) {
  std::size_t at = 0;
  while (at < alignments_.size() && &alignments_[at].reference() != reference.get()) ++at;
  if (at == alignments_.size()) alignments_.emplace_back(reference);
  return at;
}

void AlignmentList::fit(const double* positions, const Box& box) {
  for (Alignment& alignment : alignments_) alignment.fit(positions, box);
}

void AlignmentList::clearPulls() {
  for (Alignment& alignment : alignments_) alignment.clearPulls();
}

void AlignmentList::pullBack(double* gradient, double* boxGradient) const {
  for (const Alignment& alignment : alignments_) alignment.pullBack(gradient, boxGradient);
}

}  // namespace latentcv
