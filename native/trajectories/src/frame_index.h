#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace latentcv {

/** Bytes of a file that hold one frame. */
struct FramePlace {
  std::uint64_t at = 0, bytes = 0;
};

/** Where a file's frames are, and which of them are damaged. */
class FrameIndex {
 public:
  void add(const FramePlace& place) { places_.push_back(place); }

  /** A frame that is there but cannot be read, and why. */
  void addDamaged(const std::string& problem);

  /** Of a file that has other frames than it says; they can be read. */
  void setMismatch(const std::string& problem) { mismatch_ = problem; }
  const std::string& mismatch() const { return mismatch_; }

  std::size_t size() const { return places_.size(); }
  bool anyGood() const { return damaged_.size() < places_.size(); }

  /** Throws Error `badData` for a damaged frame, or one that is not there. */
  const FramePlace& place(std::size_t index) const;

  /** The first damaged frame (`frame 3: …`); empty where there is none. */
  std::string problem() const;

 private:
  std::vector<FramePlace> places_;
  std::map<std::size_t, std::string> damaged_;
  std::string mismatch_;
};

/** `at byte 3 of 90`, for messages. */
std::string byteOf(std::uint64_t at, std::uint64_t size);

/** What is said of a frame that goes on behind the file's end. */
std::string cutOff(std::uint64_t at, std::uint64_t size);

}  // namespace latentcv
