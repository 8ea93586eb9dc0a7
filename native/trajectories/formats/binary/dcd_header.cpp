#include "formats/binary/dcd_header.h"

#include <array>
#include <string>

#include "frames/frame_index.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

constexpr std::uint64_t controlBytes = 84;

[[noreturn]] void damaged(const std::string& what) {
  throw Error(ErrorCode::badData, "expected the header of a DCD file but " + what);
}

/** Order of bytes and length of markers, by the first record's: `CORD` behind its length, 84. */
void recogniseMarkers(const BinaryFile& file, DcdHeader& header) {
  std::array<unsigned char, 12> bytes{};
  if (!file.read(0, bytes.data(), bytes.size())) damaged("the file is cut off in it");
  for (const ByteOrder order : {ByteOrder::lowestFirst, ByteOrder::highestFirst})
    for (const std::size_t markerBytes : {4, 8}) {
      const std::uint64_t length = markerBytes == 4 ? numberAt<std::uint32_t>(bytes.data(), order)
                                                    : numberAt<std::uint64_t>(bytes.data(), order);
      if (length != controlBytes || std::memcmp(&bytes[markerBytes], "CORD", 4) != 0) continue;
      header.order = order;
      header.markerBytes = markerBytes;
      return;
    }
  damaged("the file does not begin as one");
}

/** The record of control numbers: twenty of four bytes behind `CORD`. */
std::uint64_t readControl(DcdRecords& records, DcdHeader& header) {
  records.next(controlBytes);
  const auto control = [&](std::size_t i) { return records.number<std::int32_t>(4 + 4 * i); };
  header.frames = control(0);
  header.firstStep = control(1);
  header.stepsPerFrame = control(2);
  const std::int64_t fixedAtoms = control(8);
  const std::int32_t version = control(19);
  header.charmm = version != 0;
  if (header.charmm) {
    header.timeOfStep = static_cast<double>(records.number<float>(4 + 4 * 9));
    header.hasCell = control(10) != 0;
    header.fourDimensions = control(11) == 1;
    // most programs that write cells as edges and angles say that they are CHARMM 24
    header.cellMayBeMatrix = version > 25;
  } else {
    header.timeOfStep = records.number<double>(4 + 4 * 9);
  }
  if (fixedAtoms < 0) damaged("it has " + std::to_string(fixedAtoms) + " fixed atoms");
  return static_cast<std::uint64_t>(fixedAtoms);
}

void readFreeAtoms(DcdRecords& records, std::uint64_t count, DcdHeader& header) {
  records.next(4 * count);
  header.freeAtoms.resize(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < header.freeAtoms.size(); ++i) {
    const std::int64_t serial = records.number<std::int32_t>(4 * i);
    if (serial < 1 || static_cast<std::uint64_t>(serial) > header.atoms)
      damaged("atom " + std::to_string(serial) + " moves, of " + std::to_string(header.atoms));
    header.freeAtoms[i] = static_cast<std::size_t>(serial - 1);
  }
}

}  // namespace

std::uint64_t DcdHeader::frameBytes(std::uint64_t count) const {
  const std::uint64_t markers = 2 * markerBytes;
  return (hasCell ? 48 + markers : 0) + (fourDimensions ? 4 : 3) * (4 * count + markers);
}

std::uint64_t DcdRecords::marker(std::uint64_t at) const {
  std::array<unsigned char, 8> bytes{};
  if (!file_.read(at, bytes.data(), markerBytes_)) throw Error(ErrorCode::badData, cutOff(at, file_.size()));
  return markerBytes_ == 4 ? numberAt<std::uint32_t>(bytes.data(), order_)
                           : numberAt<std::uint64_t>(bytes.data(), order_);
}

const std::vector<unsigned char>& DcdRecords::next(std::uint64_t bytes) {
  const std::uint64_t told = marker(at_);
  if (told != bytes)
    throw Error(ErrorCode::badData, "expected a record of " + std::to_string(bytes) + " bytes but received " +
                                        std::to_string(told) + ", " + byteOf(at_, file_.size()));
  return read(bytes, told);
}

const std::vector<unsigned char>& DcdRecords::nextTitle() {
  const std::uint64_t told = marker(at_);
  std::array<unsigned char, 4> count{};
  file_.read(at_ + markerBytes_, count.data(), count.size());
  const std::uint64_t bytes = 4 + 80 * std::uint64_t{numberAt<std::uint32_t>(count.data(), order_)};
  const std::uint64_t behind = at_ + markerBytes_ + bytes;
  const bool longer = bytes > told && behind + markerBytes_ <= file_.size() && marker(behind) == told;
  return read(longer ? bytes : told, told);
}

const std::vector<unsigned char>& DcdRecords::read(std::uint64_t bytes, std::uint64_t told) {
  const std::uint64_t begin = at_ + markerBytes_;
  if (begin > file_.size() || bytes > file_.size() - begin)
    throw Error(ErrorCode::badData, cutOff(at_, file_.size()));
  data_.resize(static_cast<std::size_t>(bytes));
  if (!file_.read(begin, data_.data(), data_.size()) || marker(begin + bytes) != told)
    throw Error(ErrorCode::badData, "expected a record of " + std::to_string(bytes) + " bytes to end " +
                                        byteOf(begin + bytes, file_.size()) + " but it does not");
  at_ = begin + bytes + markerBytes_;
  return data_;
}

DcdHeader readDcdHeader(const BinaryFile& file) {
  DcdHeader header;
  recogniseMarkers(file, header);
  DcdRecords records(file, header.order, header.markerBytes, 0);
  const std::uint64_t fixedAtoms = readControl(records, header);
  const std::vector<unsigned char>& title = records.nextTitle();
  header.title.assign(title.begin(), title.end());
  records.next(4);
  const std::int64_t atoms = records.number<std::int32_t>(0);
  if (atoms < 1 || static_cast<std::uint64_t>(atoms) < fixedAtoms)
    damaged("it has " + std::to_string(atoms) + " atoms, " + std::to_string(fixedAtoms) + " of them fixed");
  header.atoms = static_cast<std::uint64_t>(atoms);
  if (fixedAtoms > 0) readFreeAtoms(records, header.atoms - fixedAtoms, header);
  header.bytes = records.at();
  return header;
}

}  // namespace latentcv
