#include "descriptors/sequence.h"

namespace latentcv {

std::size_t Sequence::count() const {
  std::size_t sum = 0;
  for (const auto& block : blocks_) sum += block->count();
  return sum;
}

void Sequence::restrictTo(const NearPlaces* places) {
  for (const auto& block : blocks_) block->restrictTo(places);
}

void Sequence::evaluate(const double* positions, const Box& box, double* values) {
  for (const auto& block : blocks_) {
    block->evaluate(positions, box, values);
    values += block->count();
  }
}

void Sequence::pullBack(const double* weights, double* gradient, double* boxGradient) const {
  for (const auto& block : blocks_) {
    block->pullBack(weights, gradient, boxGradient);
    weights += block->count();
  }
}

}  // namespace latentcv
