#pragma once

#include <array>
#include <string_view>

namespace latentcv {

/**
 * The value of `key=value`, `key="several words"`, `key={several words}` or `key=[an, array]` in an XYZ
 * file's second line, without what is around it; empty where there is none.
 */
std::string_view xyzValue(std::string_view comment, std::string_view key);

/** Where names and positions stand in the lines of an XYZ file: `Properties=species:S:1:pos:R:3` or plain. */
class XyzColumns {
 public:
  /** Takes the second line. Throws Error `badData`. */
  explicit XyzColumns(std::string_view comment);

  std::string_view name(std::string_view line) const;
  std::array<double, 3> position(std::string_view line) const;

 private:
  std::size_t name_ = 0, position_ = 1;
};

}  // namespace latentcv
