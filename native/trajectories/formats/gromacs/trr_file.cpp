#include "formats/gromacs/trr_file.h"

#include <array>
#include <cstring>

#include "bytes/byte_order.h"
#include "formats/gromacs/xdr_frames.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

constexpr std::int32_t magic = 1993;
constexpr std::size_t versionBytes = 24, headBytes = versionBytes + 52;

/** What the header says: ten sizes in bytes, then atoms, step and nre; time and lambda follow as reals. */
struct TrrHeader {
  std::array<std::int64_t, 13> numbers{};
  std::int64_t real = 0;  // bytes of a number

  std::int64_t box() const { return numbers[2]; }
  /** Bytes between the box and the positions: virial and pressure. */
  std::int64_t tensors() const { return numbers[3] + numbers[4]; }
  std::int64_t positions() const { return numbers[7]; }
  std::int64_t atoms() const { return numbers[10]; }
  std::int64_t step() const { return numbers[11]; }

  std::int64_t frameBytes() const {
    std::int64_t sum = static_cast<std::int64_t>(headBytes) + 2 * real;
    for (std::size_t i = 0; i < 10; ++i) sum += numbers[i];
    return sum;
  }
};

/** False where the numbers do not fit each other. */
bool readHeader(const unsigned char* bytes, TrrHeader& header) {
  if (xdr<std::int32_t>(bytes) != magic || std::memcmp(bytes + 12, "GMX_trn_file", 12) != 0) return false;
  auto& numbers = header.numbers;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    numbers[i] = xdr<std::int32_t>(bytes + versionBytes + 4 * i);
    if (numbers[i] < 0 && i != 11) return false;
  }
  if (header.atoms() == 0) return false;
  header.real = header.box() / 9;
  for (std::size_t i = 7; i < 10; ++i) {
    if (numbers[i] == 0) continue;
    if (header.real == 0) header.real = numbers[i] / (3 * header.atoms());
    if (numbers[i] != 3 * header.atoms() * header.real) return false;
  }
  const bool tensorsFit = header.box() == 0 || header.box() == 9 * header.real;
  // input records, energies, topology and symbols: no program writes them into a trajectory
  const bool others = numbers[0] || numbers[1] || numbers[5] || numbers[6];
  return tensorsFit && !others && (header.real == 4 || header.real == 8);
}

XdrHeader headerAt(XdrHeaders& headers, std::uint64_t at) {
  using State = XdrHeader::State;
  const unsigned char* bytes = headers.bytes(at, headBytes);
  if (!bytes) return {State::cutOff};
  TrrHeader header;
  if (!readHeader(bytes, header)) return {State::damaged};
  return {State::good, static_cast<std::uint64_t>(header.frameBytes()),
          static_cast<std::int32_t>(header.atoms())};
}

double realAt(const unsigned char* bytes, std::int64_t size) {
  return size == 4 ? static_cast<double>(xdr<float>(bytes)) : xdr<double>(bytes);
}

}  // namespace

const FormatInfo TrrFile::format{
    "TRR",
    {"trr"},
    "GROMACS, full precision",
    {".trr"},
    [](std::string_view bytes) { return bytes.substr(0, 4) == std::string_view("\x00\x00\x07\xc9", 4); },
    true,
    nullptr,
    &openAs<TrrFile>};

TrrFile::TrrFile(const TrajectorySource& source) : file_(source.path) {}

FrameIndex TrrFile::findFrames() const { return findXdrFrames(file_, magic, headerAt); }

std::uint64_t TrrFile::namelessAtoms(const FramePlace& place) const {
  XdrHeaders headers(file_);
  return static_cast<std::uint64_t>(headerAt(headers, place.at).atoms);
}

void TrrFile::take(const FramePlace& place, const AtomChoice& choice, Snapshot& snapshot) {
  data_.resize(static_cast<std::size_t>(place.bytes));
  TrrHeader header;
  if (!file_.read(place.at, data_.data(), data_.size()) || !readHeader(data_.data(), header) ||
      static_cast<std::uint64_t>(header.frameBytes()) != place.bytes)
    throw Error(ErrorCode::badData, "the file changed while it was read");
  choice.check(static_cast<std::uint64_t>(header.atoms()));
  const auto real = static_cast<std::size_t>(header.real);
  const auto number = [&](const unsigned char* from, std::size_t i) {
    return realAt(from + real * i, header.real);
  };
  const unsigned char* at = data_.data() + headBytes;
  snapshot.step = static_cast<std::uint32_t>(header.step());
  snapshot.time = number(at, 0);
  at += 2 * real;
  for (std::size_t i = 0; header.box() > 0 && i < 9; ++i) {
    snapshot.box[i] = number(at, i);
    snapshot.hasBox = snapshot.hasBox || snapshot.box[i] != 0;
  }
  at += header.box() + header.tensors();
  snapshot.hasPositions = header.positions() > 0;
  if (!snapshot.hasPositions) return;
  snapshot.positions.resize(3 * choice.atoms.size());
  double* to = snapshot.positions.data();
  for (const std::size_t atom : choice.atoms)
    for (std::size_t axis = 0; axis < 3; ++axis) *to++ = number(at, 3 * atom + axis);
}

}  // namespace latentcv
