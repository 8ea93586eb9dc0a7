#include "formats/gromacs/xtc_file.h"

#include <algorithm>

#include "bytes/byte_order.h"
#include "formats/gromacs/xdr_frames.h"
#include "formats/gromacs/xtc_coordinates.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

/** The second, of GROMACS since 2023, is of systems whose packed coordinates may take more than 2 GiB. */
constexpr std::int32_t magic = 1995, largeMagic = 2023;
constexpr std::size_t headBytes = 56;

bool isLarge(const unsigned char* head) { return xdr<std::int32_t>(head) == largeMagic; }

/** What stands before packed coordinates: eight numbers, and how many bytes they take, in 8 bytes or 4. */
std::size_t packingBytes(bool large) { return large ? 40 : 36; }

std::int64_t packedBytes(const unsigned char* packing, bool large) {
  return large ? xdr<std::int64_t>(packing + 32) : std::int64_t{xdr<std::int32_t>(packing + 32)};
}
/** As few atoms are not packed. */
constexpr std::int64_t mostPlainAtoms = 9;
/** Read at once: some frames of a small system. */
constexpr std::size_t ahead = 1 << 15;

[[noreturn]] void changed() { throw Error(ErrorCode::badData, "the file changed while it was read"); }

XdrHeader headerAt(XdrHeaders& headers, std::uint64_t at) {
  using State = XdrHeader::State;
  const unsigned char* bytes = headers.bytes(at, headBytes);
  if (!bytes) return {State::cutOff};
  const auto atoms = xdr<std::int32_t>(&bytes[4]);
  const bool large = isLarge(bytes);
  const std::size_t allBytes = headBytes + packingBytes(large);
  if ((!large && xdr<std::int32_t>(bytes) != magic) || atoms < 0 || xdr<std::int32_t>(&bytes[52]) != atoms)
    return {State::damaged};
  if (atoms <= mostPlainAtoms)
    return {State::good, headBytes + 12 * static_cast<std::uint64_t>(atoms), atoms};
  bytes = headers.bytes(at, allBytes);
  if (!bytes) return {State::cutOff};
  const std::int64_t data = packedBytes(bytes + headBytes, large);
  // an atom takes at least a bit and is never packed into more than an uncompressed one
  if (data <= 0 || data > 16 * std::int64_t{atoms} + 64 || 8 * data < atoms) return {State::damaged};
  return {State::good, allBytes + static_cast<std::uint64_t>(data + 3) / 4 * 4, atoms};
}

}  // namespace

const FormatInfo XtcFile::format{"XTC",
                                 {"xtc"},
                                 "GROMACS, packed positions",
                                 {".xtc"},
                                 [](std::string_view bytes) {
                                   const std::string_view begin = bytes.substr(0, 4);
                                   return begin == std::string_view("\x00\x00\x07\xcb", 4) ||
                                          begin == std::string_view("\x00\x00\x07\xe7", 4);
                                 },
                                 true,
                                 nullptr,
                                 &openAs<XtcFile>};

XtcFile::XtcFile(const TrajectorySource& source) : file_(source.path), blocks_(file_) {}

FrameIndex XtcFile::findFrames() const {
  unsigned char first[4] = {};
  file_.read(0, first, 4);
  return findXdrFrames(file_, isLarge(first) ? largeMagic : magic, headerAt);
}

std::uint64_t XtcFile::namelessAtoms(const FramePlace& place) const {
  XdrHeaders headers(file_);
  return static_cast<std::uint64_t>(headerAt(headers, place.at).atoms);
}

void XtcFile::take(const FramePlace& place, const AtomChoice& choice, Snapshot& snapshot) {
  const auto bytes = static_cast<std::size_t>(place.bytes);
  const unsigned char* head = blocks_.bytes(place.at, bytes, ahead);
  if (!head || bytes < headBytes) changed();
  choice.check(static_cast<std::uint64_t>(xdr<std::int32_t>(&head[4])));
  // the lower 32 bits of a step, which long runs go beyond
  snapshot.step = static_cast<std::uint64_t>(xdr<std::uint32_t>(&head[8]));
  snapshot.time = static_cast<double>(xdr<float>(&head[12]));
  for (std::size_t i = 0; i < 9; ++i) {
    snapshot.box[i] = static_cast<double>(xdr<float>(&head[16 + 4 * i]));
    snapshot.hasBox = snapshot.hasBox || snapshot.box[i] != 0;
  }
  const auto& atoms = choice.atoms;
  const std::size_t wanted = atoms.empty() ? 0 : *std::max_element(atoms.begin(), atoms.end()) + 1;
  unpack(head + headBytes, bytes - headBytes, isLarge(head), choice.total, wanted);
  snapshot.positions.resize(3 * atoms.size());
  double* to = snapshot.positions.data();
  for (const std::size_t atom : atoms)
    for (std::size_t axis = 0; axis < 3; ++axis) *to++ = static_cast<double>(positions_[3 * atom + axis]);
}

void XtcFile::unpack(const unsigned char* data, std::size_t bytes, bool large, std::size_t total,
                     std::size_t wanted) {
  if (wanted == 0) return;
  if (total <= mostPlainAtoms) {
    if (bytes < 12 * total) changed();
    positions_.resize(3 * total);
    for (std::size_t i = 0; i < positions_.size(); ++i) positions_[i] = xdr<float>(data + 4 * i);
    return;
  }
  const std::size_t before = packingBytes(large);
  if (bytes < before) changed();
  const auto number = [&](std::size_t i) { return xdr<std::int32_t>(data + 4 * i); };
  const XtcPacking packing{
      xdr<float>(data), {number(1), number(2), number(3)}, {number(4), number(5), number(6)}, number(7)};
  const std::int64_t packed = packedBytes(data, large);
  if (packed <= 0 || packed > static_cast<std::int64_t>(bytes - before)) changed();
  unpackXtc(packing, data + before, static_cast<std::size_t>(packed), total, wanted, positions_);
}

}  // namespace latentcv
