#include "text/text_file.h"

#include "latentcv/error.h"

namespace latentcv {

void TextFile::take(const FramePlace& place, const AtomChoice& choice, Snapshot& snapshot) {
  text_.resize(static_cast<std::size_t>(place.bytes));
  if (!file_.read(place.at, text_.data(), text_.size()))
    throw Error(ErrorCode::badData, "the file became shorter while it was read");
  positions_.clear();
  parse(Lines({reinterpret_cast<const char*>(text_.data()), text_.size()}), choice, snapshot, positions_);
  choice.check(positions_.size() / 3);
  for (double& value : snapshot.box) value /= perNanometre_;
  snapshot.positions.resize(3 * choice.atoms.size());
  double* to = snapshot.positions.data();
  for (const std::size_t atom : choice.atoms)
    for (std::size_t axis = 0; axis < 3; ++axis) *to++ = positions_[3 * atom + axis] / perNanometre_;
}

}  // namespace latentcv
