#include "formats/gromacs/xdr_frames.h"

#include <algorithm>
#include <vector>

#include "bytes/byte_order.h"

namespace latentcv {
namespace {

using State = XdrHeader::State;

/** Finds headers behind damage. All of XDR is in words of 4 bytes, so frames begin at multiples of them. */
class Search {
 public:
  Search(const BinaryFile& file, std::int32_t magic, LookAtHeader headerAt)
      : file_(file), headers_(file), magic_(magic), headerAt_(headerAt) {}

  /**
   * Where the next sound frame begins, of `atoms` atoms where that is known; the file's end where none does.
   */
  std::uint64_t next(std::uint64_t from, std::int32_t atoms) {
    constexpr std::uint64_t most = 1 << 16;
    std::vector<unsigned char> block(static_cast<std::size_t>(std::min(most, file_.size())));
    for (std::uint64_t at = from; at + 4 <= file_.size(); at += block.size()) {
      const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(block.size(), file_.size() - at));
      if (!file_.read(at, block.data(), count)) break;
      for (std::size_t i = 0; i + 4 <= count; i += 4)
        if (xdr<std::int32_t>(&block[i]) == magic_ && isSound(at + i, atoms)) return at + i;
    }
    return file_.size();
  }

 private:
  bool isSound(std::uint64_t at, std::int32_t atoms) {
    const XdrHeader header = headerAt_(headers_, at);
    return header.state == State::good && (atoms < 0 || header.atoms == atoms) &&
           at + header.bytes <= file_.size();
  }

  const BinaryFile& file_;
  XdrHeaders headers_;
  std::int32_t magic_;
  LookAtHeader headerAt_;
};

}  // namespace

FrameIndex findXdrFrames(const BinaryFile& file, std::int32_t magic, LookAtHeader headerAt) {
  FrameIndex index;
  XdrHeaders headers(file);
  Search search(file, magic, headerAt);
  std::int32_t atoms = -1;
  for (std::uint64_t at = 0; at < file.size();) {
    const XdrHeader header = headerAt(headers, at);
    const bool whole = header.state == State::good && header.bytes <= file.size() - at;
    if (whole) {
      if (atoms < 0) atoms = header.atoms;
      index.add({at, header.bytes});
      at += header.bytes;
      headers.expectFrames(header.bytes);
      continue;
    }
    const std::uint64_t next = search.next(at + 4, atoms);
    const bool cut = header.state != State::damaged && next == file.size();
    index.addDamaged(cut ? cutOff(at, file.size())
                         : "expected a frame but the file is damaged " + byteOf(at, file.size()));
    at = next;
  }
  return index;
}

}  // namespace latentcv
