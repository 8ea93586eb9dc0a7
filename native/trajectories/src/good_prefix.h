#pragma once

#include <cstdint>
#include <string>

namespace latentcv {

/** A copy of a file's first bytes, that goes with this object. */
class GoodPrefix {
 public:
  /** Throws Error `badData` where there is no room for it. */
  GoodPrefix(const std::string& path, std::uint64_t bytes, const std::string& ending);
  ~GoodPrefix();
  GoodPrefix(const GoodPrefix&) = delete;
  GoodPrefix& operator=(const GoodPrefix&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace latentcv
