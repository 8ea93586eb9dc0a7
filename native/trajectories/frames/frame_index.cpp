#include "frames/frame_index.h"

#include "latentcv/error.h"

namespace latentcv {

void FrameIndex::addDamaged(const std::string& problem) {
  damaged_[places_.size()] = problem;
  places_.emplace_back();
}

const FramePlace& FrameIndex::place(std::size_t index) const {
  if (index >= places_.size())
    throw Error(ErrorCode::badData, "the file has " + std::to_string(places_.size()) + " frames");
  const auto found = damaged_.find(index);
  if (found != damaged_.end()) throw Error(ErrorCode::badData, found->second);
  return places_[index];
}

std::string FrameIndex::problem() const {
  if (damaged_.empty()) return "";
  const auto& [index, problem] = *damaged_.begin();
  return "frame " + std::to_string(index) + ": " + problem;
}

std::string byteOf(std::uint64_t at, std::uint64_t size) {
  return "at byte " + std::to_string(at) + " of " + std::to_string(size);
}

std::string cutOff(std::uint64_t at, std::uint64_t size) {
  return "the file is cut off in the frame " + byteOf(at, size);
}

}  // namespace latentcv
