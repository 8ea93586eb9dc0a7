#include "bytes/block_reader.h"

#include <algorithm>

namespace latentcv {

const unsigned char* BlockReader::bytes(std::uint64_t at, std::size_t count, std::size_t ahead) {
  if (at >= start_ && at + count <= start_ + length_) return block_.data() + (at - start_);
  if (at > file_.size() || count > file_.size() - at) return nullptr;
  length_ = static_cast<std::size_t>(std::min<std::uint64_t>(std::max(count, ahead), file_.size() - at));
  start_ = at;
  if (block_.size() < length_ + margin) block_.resize(length_ + margin);
  if (file_.read(at, block_.data(), length_)) return block_.data();
  length_ = 0;
  return nullptr;
}

}  // namespace latentcv
