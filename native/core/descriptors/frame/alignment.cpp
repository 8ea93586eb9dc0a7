#include "descriptors/frame/alignment.h"

#include "descriptors/vectors.h"
#include "latentcv/error.h"

namespace latentcv {

Alignment::Alignment(std::shared_ptr<const AlignmentReference> reference)
    : Frame(reference->atoms, reference->centre), reference_(std::move(reference)) {}

void Alignment::fit(const double* positions, const Box& box) {
  makeWhole(positions, box);
  const double spread = moveToCentre(positions + 3 * atoms_[0]);
  rotation_.fit(correlation(*reference_, centred_));
  if (!isUnique(rotation_, *reference_, spread))
    throw Error(
        ErrorCode::badArgument,
        "descriptors with reference " + std::to_string(reference_->number) +
            ": expected atoms that one rotation aligns best but several do as well (they lie in line, or "
            "are as far from the reference as from its mirror image)");
}

void Alignment::pullBack(double* gradient, double* boxGradient) const {
  const Matrix3 byCorrelation = rotation_.pullBack(byRotation_);
  for (std::size_t i = 0; i < atoms_.size(); ++i) {
    Vector3 derivative;
    for (int b = 0; b < 3; ++b)
      derivative[b] = reference_->weights[i] * (byCentre_[b] + dot(byCorrelation[b], reference_->centred[i]));
    pullAtom(atoms_[i], centred_[i], derivative, gradient, boxGradient);
  }
}

void Alignment::makeWhole(const double* positions, const Box& box) {
  centred_[0] = {};
  for (const auto& [from, to] : reference_->tree) {
    const Vector3 d = difference(positions, box, {atoms_[from], atoms_[to]});
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
  for (int c = 0; c < 3; ++c) centre_[c] = first[c] + middle[c];
  return spread;
}

}  // namespace latentcv
