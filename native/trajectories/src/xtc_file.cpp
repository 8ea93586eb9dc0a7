#include "xtc_file.h"

#include <algorithm>
#include <array>

#include "latentcv/error.h"
#include "xtc_coordinates.h"

namespace latentcv {
namespace {

constexpr std::size_t headBytes = 56, packingBytes = 36;
/** As few atoms are not packed. */
constexpr std::size_t mostPlainAtoms = 9;
/** Bytes behind the packed ones that unpackXtc may look at. */
constexpr std::size_t margin = 16;

[[noreturn]] void cutOff() { throw Error(ErrorCode::badData, "the file is cut off in this frame"); }

}  // namespace

void XtcFile::read(std::size_t index, const std::vector<std::size_t>& atoms, std::size_t total,
                   Snapshot& snapshot) {
  if (index >= offsets_.size())
    throw Error(ErrorCode::badData, "the file has " + std::to_string(offsets_.size()) + " frames");
  const std::uint64_t at = offsets_[index];
  std::array<unsigned char, headBytes> head{};
  if (!file_.read(at, head.data(), head.size())) cutOff();
  const auto count = static_cast<std::size_t>(xdrInteger(&head[4]));
  if (count != total)
    throw Error(ErrorCode::badData,
                "expected " + std::to_string(total) + " atoms but received " + std::to_string(count));
  snapshot.step = static_cast<std::uint64_t>(xdrInteger(&head[8]));
  snapshot.time = static_cast<double>(xdrFloat(&head[12]));
  snapshot.hasBox = false;
  for (std::size_t i = 0; i < 9; ++i) {
    snapshot.box[i] = static_cast<double>(xdrFloat(&head[16 + 4 * i]));
    snapshot.hasBox = snapshot.hasBox || snapshot.box[i] != 0;
  }
  snapshot.hasPositions = true;
  const std::size_t wanted = atoms.empty() ? 0 : *std::max_element(atoms.begin(), atoms.end()) + 1;
  unpack(at + headBytes, total, wanted);
  snapshot.positions.resize(3 * atoms.size());
  double* to = snapshot.positions.data();
  for (const std::size_t atom : atoms)
    for (std::size_t axis = 0; axis < 3; ++axis) *to++ = static_cast<double>(positions_[3 * atom + axis]);
}

void XtcFile::unpack(std::uint64_t at, std::size_t total, std::size_t wanted) {
  if (wanted == 0) return;
  if (total <= mostPlainAtoms) {
    data_.resize(12 * total);
    if (!file_.read(at, data_.data(), data_.size())) cutOff();
    positions_.resize(3 * total);
    for (std::size_t i = 0; i < positions_.size(); ++i) positions_[i] = xdrFloat(&data_[4 * i]);
    return;
  }
  std::array<unsigned char, packingBytes> head{};
  if (!file_.read(at, head.data(), head.size())) cutOff();
  const auto number = [&](std::size_t i) { return xdrInteger(&head[4 * i]); };
  const XtcPacking packing{
      xdrFloat(head.data()), {number(1), number(2), number(3)}, {number(4), number(5), number(6)}, number(7)};
  const auto bytes = static_cast<std::size_t>(number(8));
  data_.resize(bytes + margin);
  if (!file_.read(at + packingBytes, data_.data(), bytes)) cutOff();
  unpackXtc(packing, data_.data(), bytes, total, wanted, positions_);
}

}  // namespace latentcv
