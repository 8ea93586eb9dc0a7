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
/** Read at once: some frames of a small system. */
constexpr std::size_t ahead = 1 << 15;

[[noreturn]] void cutOff() { throw Error(ErrorCode::badData, "the file is cut off in this frame"); }

}  // namespace

void XtcFile::read(std::size_t index, const std::vector<std::size_t>& atoms, std::size_t total,
                   Snapshot& snapshot) {
  if (index >= scan_->offsets.size())
    throw Error(ErrorCode::badData, "the file has " + std::to_string(scan_->offsets.size()) + " frames");
  const std::size_t bytes = scan_->bytesOf(index);
  const unsigned char* head = blocks_.bytes(scan_->offsets[index], bytes, ahead);
  if (!head || bytes < headBytes) cutOff();
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
  unpack(head + headBytes, bytes - headBytes, total, wanted);
  snapshot.positions.resize(3 * atoms.size());
  double* to = snapshot.positions.data();
  for (const std::size_t atom : atoms)
    for (std::size_t axis = 0; axis < 3; ++axis) *to++ = static_cast<double>(positions_[3 * atom + axis]);
}

void XtcFile::unpack(const unsigned char* data, std::size_t bytes, std::size_t total, std::size_t wanted) {
  if (wanted == 0) return;
  if (total <= mostPlainAtoms) {
    if (bytes < 12 * total) cutOff();
    positions_.resize(3 * total);
    for (std::size_t i = 0; i < positions_.size(); ++i) positions_[i] = xdrFloat(data + 4 * i);
    return;
  }
  if (bytes < packingBytes) cutOff();
  const auto number = [&](std::size_t i) { return xdrInteger(data + 4 * i); };
  const XtcPacking packing{
      xdrFloat(data), {number(1), number(2), number(3)}, {number(4), number(5), number(6)}, number(7)};
  const auto packed = static_cast<std::size_t>(number(8));
  // the file may be another one than was scanned
  if (packed > bytes - packingBytes) cutOff();
  unpackXtc(packing, data + packingBytes, packed, total, wanted, positions_);
}

}  // namespace latentcv
