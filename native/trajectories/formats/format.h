#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "frames/frame_file.h"

namespace latentcv {

/** A format that is read here, without chemfiles: it stands beside its reader. */
struct FormatInfo {
  using Texts = std::array<std::string_view, 4>;  // empty ones are none

  /** chemfiles' name, and the shorter ones that are understood too, in small letters. */
  std::string_view name;
  Texts aliases;
  std::string_view description;
  /** With their dots. */
  Texts endings;
  /** Whether only a file of this format begins so; null where the first bytes do not tell. */
  bool (*isBegunBy)(std::string_view bytes) = nullptr;
  /** Whether every file of it begins so. */
  bool alwaysBegunSo = false;
  /**
   * The units of length in one nm that a file tells, 0 where it does not; null for a format that has none.
   */
  double (*perNanometre)(const std::string& path) = nullptr;
  std::unique_ptr<FrameFile> (*open)(const TrajectorySource& source) = nullptr;
};

template <typename File>
std::unique_ptr<FrameFile> openAs(const TrajectorySource& source) {
  return std::make_unique<File>(source);
}

}  // namespace latentcv
