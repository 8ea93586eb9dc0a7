#include "formats/binary/prepared_file.h"

#include <cstring>
#include <string_view>

#include "frames/periodicity.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

// What src/native/prepared-frames.ts writes, number by number of 8 bytes.
constexpr std::string_view magic = "LCVFRAME";
constexpr std::uint64_t version = 1;
/** magic, version, bytes of the header, atoms, bonds, bytes of the texts */
constexpr std::size_t headerWords = 6;
/** bytes behind this number, atoms, state, step, time, whether there is a box and along what, the box */
constexpr std::size_t frameWords = 15, flagsWord = 5, boxWord = 6;
/**
 * Of the flags the first bit is set where there is a box, the next three along vectors that are not periodic.
 */
constexpr std::uint64_t hasBoxFlag = 1, openFlag = 2;
constexpr std::uint64_t endOfFrames = UINT64_MAX;
enum State : std::uint64_t { good = 0, withoutPositions = 1, bad = 2 };
constexpr std::size_t texts = 6;

template <typename Number>
Number at(const unsigned char* bytes, std::size_t word) {
  Number number{};
  std::memcpy(&number, bytes + 8 * word, sizeof number);
  return number;
}

[[noreturn]] void damaged(const std::string& what) {
  throw Error(ErrorCode::badData, "expected a file of prepared frames but " + what);
}

struct Header {
  std::uint64_t bytes, atoms, bonds, textBytes;
};

Header readHeader(const BinaryFile& file) {
  unsigned char bytes[8 * headerWords];
  if (!file.read(0, bytes, sizeof bytes) || std::memcmp(bytes, magic.data(), magic.size()) != 0)
    damaged("it does not begin as one");
  if (at<std::uint64_t>(bytes, 1) != version) damaged("its version is another");
  const Header header{at<std::uint64_t>(bytes, 2), at<std::uint64_t>(bytes, 3), at<std::uint64_t>(bytes, 4),
                      at<std::uint64_t>(bytes, 5)};
  // each is held against the file's length before they are added up
  const std::uint64_t size = file.size();
  if (header.bytes > size || header.atoms > size / 16 || header.bonds > size / 8 || header.textBytes > size ||
      header.bytes != sizeof bytes + header.textBytes + 16 * header.atoms + 8 * header.bonds)
    damaged("its header is " + cutOff(0, size));
  return header;
}

bool hasBox(std::uint64_t flags) { return (flags & hasBoxFlag) != 0; }

std::array<bool, 3> periodicIn(std::uint64_t flags) {
  std::array<bool, 3> periodic{};
  for (std::size_t i = 0; i < 3; ++i) periodic[i] = (flags & (openFlag << i)) == 0;
  return periodic;
}

/** Takes texts that end in zeros from a block of them. */
class TextBlock {
 public:
  explicit TextBlock(std::string_view text) : text_(text) {}

  std::string_view next() {
    const std::size_t end = text_.find('\0');
    if (end == std::string_view::npos) damaged("names are missing");
    const std::string_view found = text_.substr(0, end);
    text_.remove_prefix(end + 1);
    return found;
  }

 private:
  std::string_view text_;
};

}  // namespace

const FormatInfo PreparedFile::format{
    "latentcv frames",
    {},
    "written by latentcv itself, of what others read",
    {},
    [](std::string_view bytes) { return bytes.substr(0, magic.size()) == magic; },
    true,
    nullptr,
    &openAs<PreparedFile>};

PreparedFile::PreparedFile(const TrajectorySource& source)
    : file_(source.path), reader_(file_), firstFrame_(readHeader(file_).bytes) {}

FrameIndex PreparedFile::findFrames() const {
  FrameIndex index;
  std::uint64_t place = firstFrame_;
  for (unsigned char bytes[8];;) {
    if (!file_.read(place, bytes, sizeof bytes)) break;
    const std::uint64_t length = at<std::uint64_t>(bytes, 0);
    if (length == endOfFrames) return index;
    const std::uint64_t left = file_.size() - place - 8;
    if (length < 8 * (frameWords - 1) || length > left) break;
    if (index.size() == 0) describeFirst(place, index);
    index.add({place, 8 + length});
    place += 8 + length;
  }
  index.addDamaged(cutOff(place, file_.size()));
  return index;
}

void PreparedFile::describeFirst(std::uint64_t place, FrameIndex& index) const {
  unsigned char bytes[8];
  if (!file_.read(place + 8 * flagsWord, bytes, sizeof bytes)) return;
  const auto flags = at<std::uint64_t>(bytes, 0);
  const std::string note = hasBox(flags) ? periodicityNote(periodicIn(flags)) : "";
  if (!note.empty()) index.addNote(note);
}

void PreparedFile::take(const FramePlace& place, const AtomChoice& choice, Snapshot& snapshot) {
  const auto size = static_cast<std::size_t>(place.bytes);
  const unsigned char* bytes = reader_.bytes(place.at, size, size);
  if (!bytes) throw Error(ErrorCode::badData, "the file became shorter while it was read");
  const std::size_t rest = size - 8 * frameWords;
  const char* text = reinterpret_cast<const char*>(bytes + 8 * frameWords);
  const auto state = at<std::uint64_t>(bytes, 2);
  if (state == bad) throw Error(ErrorCode::badData, std::string(text, rest));
  const auto atoms = at<std::uint64_t>(bytes, 1);
  choice.check(atoms);
  if (state > bad || atoms != rest / 24 || rest % 24 != 0) damaged("a frame has another length");
  snapshot.step = at<std::uint64_t>(bytes, 3);
  snapshot.time = at<double>(bytes, 4);
  snapshot.hasPositions = state == good;
  const auto flags = at<std::uint64_t>(bytes, flagsWord);
  snapshot.hasBox = hasBox(flags);
  snapshot.periodic = periodicIn(flags);
  for (std::size_t i = 0; i < 9; ++i) snapshot.box[i] = at<double>(bytes, boxWord + i);
  snapshot.positions.clear();
  for (const std::size_t atom : choice.atoms)
    for (std::size_t axis = 0; axis < 3; ++axis)
      snapshot.positions.push_back(at<double>(bytes, frameWords + 3 * atom + axis));
}

Structure preparedNames(const BinaryFile& file) {
  const Header header = readHeader(file);
  std::vector<unsigned char> bytes(static_cast<std::size_t>(header.bytes));
  if (!file.read(0, bytes.data(), bytes.size())) damaged("it became shorter while it was read");
  const auto atoms = static_cast<std::size_t>(header.atoms);
  const unsigned char* numbers = bytes.data() + 8 * headerWords;
  const unsigned char* pairs = numbers + 16 * atoms;
  TextBlock texts(std::string_view(reinterpret_cast<const char*>(pairs + 8 * header.bonds),
                                   static_cast<std::size_t>(header.textBytes)));
  Structure structure;
  for (std::size_t i = 0; i < atoms; ++i) {
    const std::string_view name = texts.next();
    structure.atoms.add(name, texts.next());
    const std::string_view residue = texts.next();
    structure.atoms.setResidue(residue, at<double>(numbers, 2 * i), texts.next());
    const std::string_view chain = texts.next();
    structure.atoms.setChain(chain, texts.next());
    structure.atoms.masses.back() = at<double>(numbers, 2 * i + 1);
  }
  for (std::size_t i = 0; i < header.bonds; ++i) {
    std::array<std::uint32_t, 2> pair;
    std::memcpy(pair.data(), pairs + 8 * i, sizeof pair);
    if (pair[0] >= atoms || pair[1] >= atoms || pair[0] == pair[1]) damaged("a bond joins what is not there");
    structure.bonds.push_back(pair);
  }
  return structure;
}

}  // namespace latentcv
