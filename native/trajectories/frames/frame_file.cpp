#include "frames/frame_file.h"

#include <algorithm>
#include <cmath>

#include "frames/periodicity.h"
#include "latentcv/error.h"

namespace latentcv {
void AtomChoice::check(std::uint64_t count) const {
  if (count != total)
    throw Error(ErrorCode::badData,
                "expected " + std::to_string(total) + " atoms but received " + std::to_string(count));
}

void FrameFile::index(std::shared_ptr<const FrameIndex> known) {
  index_ = known ? std::move(known) : std::make_shared<const FrameIndex>(findFrames());
}

void FrameFile::read(std::size_t index, const AtomChoice& choice, Snapshot& snapshot) {
  const FramePlace& place = index_->place(index);
  snapshot.hasBox = false;
  snapshot.periodic = {true, true, true};
  snapshot.hasPositions = true;
  snapshot.time = std::numeric_limits<double>::quiet_NaN();
  snapshot.step = index;
  take(place, choice, snapshot);
  const auto finite = [](double value) { return std::isfinite(value); };
  if (snapshot.hasBox && !std::all_of(snapshot.box.begin(), snapshot.box.end(), finite))
    throw Error(ErrorCode::badData, "expected a box of finite vectors");
  openBox(snapshot);
}

}  // namespace latentcv
