#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
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

  /**
   * What whoever reads the file should know of it: what it says of itself that is not
   * so, what was taken for granted.
   */
  void addNote(const std::string& note) { notes_.push_back(note); }
  const std::vector<std::string>& notes() const { return notes_; }

  /** Ids of the atoms of every frame, ascending, of a format that tells any other than 1, 2, …; else none. */
  void setIds(std::vector<std::uint64_t> ids) { ids_ = std::move(ids); }
  const std::vector<std::uint64_t>& ids() const { return ids_; }

  /** What the file says of the box, as text, for frames that do not say it themselves. */
  void setCell(std::string_view cell) { cell_ = cell; }
  const std::string& cell() const { return cell_; }

  std::size_t size() const { return places_.size(); }
  bool anyGood() const { return damaged_.size() < places_.size(); }

  bool isDamaged(std::size_t index) const { return damaged_.count(index) > 0; }

  /** Throws Error `badData` for a damaged frame, or one that is not there. */
  const FramePlace& place(std::size_t index) const;

  /** The first damaged frame (`frame 3: …`); empty where there is none. */
  std::string problem() const;

 private:
  std::vector<FramePlace> places_;
  std::map<std::size_t, std::string> damaged_;
  std::vector<std::string> notes_;
  std::vector<std::uint64_t> ids_;
  std::string cell_;
};

/** `at byte 3 of 90`, for messages. */
std::string byteOf(std::uint64_t at, std::uint64_t size);

/** What is said of a frame that goes on behind the file's end. */
std::string cutOff(std::uint64_t at, std::uint64_t size);

}  // namespace latentcv
