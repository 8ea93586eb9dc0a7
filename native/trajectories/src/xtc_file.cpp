#include "xtc_file.h"

#include <algorithm>
#include <array>

#include "byte_order.h"
#include "latentcv/error.h"
#include "xdr_frames.h"
#include "xtc_coordinates.h"

namespace latentcv {
namespace {

constexpr std::int32_t magic = 1995;
constexpr std::size_t headBytes = 56, packingBytes = 36;
/** As few atoms are not packed. */
constexpr std::int64_t mostPlainAtoms = 9;
/** Bytes behind the packed ones that unpackXtc may look at. */
constexpr std::size_t margin = 16;

[[noreturn]] void shorter() { throw Error(ErrorCode::badData, "the file became shorter while it was read"); }

XdrHeader headerAt(const BinaryFile& file, std::uint64_t at) {
  using State = XdrHeader::State;
  std::array<unsigned char, headBytes + packingBytes> bytes{};
  if (!file.read(at, bytes.data(), headBytes)) return {State::cutOff};
  const auto atoms = xdr<std::int32_t>(&bytes[4]);
  if (xdr<std::int32_t>(&bytes[0]) != magic || atoms < 0 || xdr<std::int32_t>(&bytes[52]) != atoms)
    return {State::damaged};
  if (atoms <= mostPlainAtoms)
    return {State::good, headBytes + 12 * static_cast<std::uint64_t>(atoms), atoms};
  if (!file.read(at, bytes.data(), bytes.size())) return {State::cutOff};
  const std::int64_t data = xdr<std::int32_t>(&bytes[bytes.size() - 4]);
  // an atom takes at least a bit and is never packed into more than an uncompressed one
  if (data <= 0 || 8 * data < atoms || data > 16 * std::int64_t{atoms} + 64) return {State::damaged};
  return {State::good, bytes.size() + static_cast<std::uint64_t>(data + 3) / 4 * 4, atoms};
}

}  // namespace

XtcFile::XtcFile(const TrajectorySource& source) : file_(source.path) {
  index_ = findXdrFrames(file_, magic, [this](std::uint64_t at) { return headerAt(file_, at); });
}

std::uint64_t XtcFile::namelessAtoms(const FramePlace& place) const {
  return static_cast<std::uint64_t>(headerAt(file_, place.at).atoms);
}

void XtcFile::take(const FramePlace& place, const AtomChoice& choice, Snapshot& snapshot) {
  std::array<unsigned char, headBytes> head{};
  if (!file_.read(place.at, head.data(), head.size())) shorter();
  choice.check(static_cast<std::uint64_t>(xdr<std::int32_t>(&head[4])));
  snapshot.step = static_cast<std::uint64_t>(xdr<std::int32_t>(&head[8]));
  snapshot.time = static_cast<double>(xdr<float>(&head[12]));
  for (std::size_t i = 0; i < 9; ++i) {
    snapshot.box[i] = static_cast<double>(xdr<float>(&head[16 + 4 * i]));
    snapshot.hasBox = snapshot.hasBox || snapshot.box[i] != 0;
  }
  const auto& atoms = choice.atoms;
  const std::size_t wanted = atoms.empty() ? 0 : *std::max_element(atoms.begin(), atoms.end()) + 1;
  unpack(place.at + headBytes, choice.total, wanted);
  snapshot.positions.resize(3 * atoms.size());
  double* to = snapshot.positions.data();
  for (const std::size_t atom : atoms)
    for (std::size_t axis = 0; axis < 3; ++axis) *to++ = static_cast<double>(positions_[3 * atom + axis]);
}

void XtcFile::unpack(std::uint64_t at, std::size_t total, std::size_t wanted) {
  if (wanted == 0) return;
  if (total <= mostPlainAtoms) {
    data_.resize(12 * total);
    if (!file_.read(at, data_.data(), data_.size())) shorter();
    positions_.resize(3 * total);
    for (std::size_t i = 0; i < positions_.size(); ++i) positions_[i] = xdr<float>(&data_[4 * i]);
    return;
  }
  std::array<unsigned char, packingBytes> head{};
  if (!file_.read(at, head.data(), head.size())) shorter();
  const auto number = [&](std::size_t i) { return xdr<std::int32_t>(&head[4 * i]); };
  const XtcPacking packing{xdr<float>(head.data()),
                           {number(1), number(2), number(3)},
                           {number(4), number(5), number(6)},
                           number(7)};
  const std::int64_t bytes = number(8);
  if (bytes <= 0 || bytes > 16 * static_cast<std::int64_t>(total) + 64) shorter();
  data_.resize(static_cast<std::size_t>(bytes) + margin);
  if (!file_.read(at + packingBytes, data_.data(), static_cast<std::size_t>(bytes))) shorter();
  unpackXtc(packing, data_.data(), static_cast<std::size_t>(bytes), total, wanted, positions_);
}

}  // namespace latentcv
