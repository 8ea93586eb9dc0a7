#include "formats/gromacs/xtc_coordinates.h"

#include <array>
#include <cstring>

#include "latentcv/error.h"

namespace latentcv {
namespace {

// Sizes of small differences: about 2^(i/3), from the ninth on. Which one is in use, changes along a frame.
constexpr std::uint32_t sizes[] = {
    0,       0,       0,       0,       0,        0,        0,       0,       0,       8,       10,
    12,      16,      20,      25,      32,       40,       50,      64,      80,      101,     128,
    161,     203,     256,     322,     406,      512,      645,     812,     1024,    1290,    1625,
    2048,    2580,    3250,    4096,    5060,     6501,     8192,    10321,   13003,   16384,   20642,
    26007,   32768,   41285,   52015,   65536,    82570,    104031,  131072,  165140,  208063,  262144,
    330280,  416127,  524287,  660561,  832255,   1048576,  1321122, 1664510, 2097152, 2642245, 3329021,
    4194304, 5284491, 6658042, 8388607, 10568983, 13316085, 16777216};
constexpr std::int32_t firstSize = 9, lastSize = sizeof sizes / sizeof *sizes - 1;

using Wide = unsigned __int128;
using Triple = std::array<std::uint32_t, 3>;

[[noreturn]] void damaged() {
  throw Error(ErrorCode::badData, "expected packed coordinates but they are damaged");
}

unsigned bitsOf(Wide value) {
  unsigned bits = 0;
  for (; value != 0; value >>= 1) ++bits;
  return bits;
}

// What is read for each atom is always inlined: not every compiler does it by itself, and without it the place in the bits
// goes through memory, which costs a third of the time.

/** Bits of the data, from the highest of each byte on. */
class Bits {
 public:
  Bits(const unsigned char* data, std::size_t bytes) : data_(data), end_(8 * bytes) {}

  /** Up to 56 of them, the first one highest. */
  [[gnu::always_inline]] std::uint64_t take(unsigned count) {
    if (count == 0) return 0;
    if (at_ + count > end_) damaged();
    std::uint64_t word = 0;
    std::memcpy(&word, data_ + at_ / 8, sizeof word);
    word = __builtin_bswap64(word) << at_ % 8;
    at_ += count;
    return word >> (64 - count);
  }

  /** A number whose lowest byte comes first; its last bits are its highest. */
  [[gnu::always_inline]] Wide number(unsigned count) {
    if (count <= 56) {
      const unsigned whole = (count - 1) / 8 * 8;
      const std::uint64_t bits = take(count), last = bits & ((std::uint64_t{1} << (count - whole)) - 1);
      if (whole == 0) return last;
      return __builtin_bswap64((bits >> (count - whole)) << (64 - whole)) | last << whole;
    }
    Wide value = 0;
    for (unsigned at = 0; at < count; at += 8)
      value |= static_cast<Wide>(take(count - at < 8 ? count - at : 8)) << at;
    return value;
  }

  /** Three numbers below `below`, packed as one of `count` bits. */
  [[gnu::always_inline]] Triple three(unsigned count, const Triple& below) {
    // the fewer bits a division has, the faster it is
    if (count <= 32) return split(static_cast<std::uint32_t>(number(count)), below);
    const Wide wide = number(count);
    if (wide >> 64 == 0) return split(static_cast<std::uint64_t>(wide), below);
    return split(wide, below);
  }

 private:
  template <typename Number>
  [[gnu::always_inline]] static Triple split(Number value, const Triple& below) {
    Triple parts;
    parts[2] = static_cast<std::uint32_t>(value % below[2]);
    value /= below[2];
    parts[1] = static_cast<std::uint32_t>(value % below[1]);
    parts[0] = static_cast<std::uint32_t>(value / below[1]);
    return parts;
  }

  const unsigned char* data_;
  std::size_t end_, at_ = 0;
};

/** Whole coordinates: each from the least to the most of its axis. */
class WholeCoordinates {
 public:
  explicit WholeCoordinates(const XtcPacking& packing) {
    Wide product = 1;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const std::int64_t range = std::int64_t{packing.most[axis]} - packing.least[axis] + 1;
      if (range < 1 || range > UINT32_MAX) damaged();
      below_[axis] = static_cast<std::uint32_t>(range);
      least_[axis] = static_cast<std::uint32_t>(packing.least[axis]);
      apart_ = apart_ || range > 0xffffff;
      bits_[axis] = bitsOf(below_[axis]);
      product *= below_[axis];
    }
    together_ = bitsOf(product);
  }

  [[gnu::always_inline]] Triple read(Bits& bits) const {
    Triple at;
    if (apart_)
      for (std::size_t axis = 0; axis < 3; ++axis)
        at[axis] = static_cast<std::uint32_t>(bits.take(bits_[axis]));
    else
      at = bits.three(together_, below_);
    for (std::size_t axis = 0; axis < 3; ++axis) at[axis] += least_[axis];
    return at;
  }

 private:
  Triple below_{}, least_{};
  std::array<unsigned, 3> bits_{};
  unsigned together_ = 0;
  bool apart_ = false;
};

/** Differences to the atom before. */
class SmallDifferences {
 public:
  explicit SmallDifferences(std::int32_t index) : index_(index) { check(); }

  [[gnu::always_inline]] Triple read(Bits& bits, const Triple& before) const {
    const std::uint32_t size = sizes[index_];
    Triple at = bits.three(static_cast<unsigned>(index_), {size, size, size});
    for (std::size_t axis = 0; axis < 3; ++axis) at[axis] += before[axis] - size / 2;
    return at;
  }

  void change(std::int32_t by) {
    index_ += by;
    if (by != 0) check();
  }

 private:
  void check() const {
    if (index_ < firstSize || index_ > lastSize) damaged();
  }

  std::int32_t index_;
};

class Positions {
 public:
  Positions(std::vector<float>& positions, std::size_t wanted, float precision)
      : positions_(positions.data()), wanted_(wanted), inverse_(1.0f / precision) {}

  [[gnu::always_inline]] void add(const Triple& at) {
    if (done_ < wanted_)
      for (std::size_t axis = 0; axis < 3; ++axis)
        positions_[3 * done_ + axis] = static_cast<float>(static_cast<std::int32_t>(at[axis])) * inverse_;
    ++done_;
  }

  std::size_t done() const { return done_; }

 private:
  float* positions_;
  std::size_t wanted_, done_ = 0;
  float inverse_;
};

}  // namespace

void unpackXtc(const XtcPacking& packing, const unsigned char* data, std::size_t bytes, std::size_t atoms,
               std::size_t wanted, std::vector<float>& positions) {
  positions.resize(3 * wanted);
  const WholeCoordinates whole(packing);
  SmallDifferences small(packing.smallIndex);
  Bits bits(data, bytes);
  Positions out(positions, wanted, packing.precision);
  std::size_t run = 0;
  while (out.done() < wanted) {
    Triple before = whole.read(bits);
    std::int32_t change = 0;
    if (bits.take(1)) {
      const auto code = static_cast<std::uint32_t>(bits.take(5));
      change = static_cast<std::int32_t>(code % 3) - 1;
      run = code / 3;
    }
    if (out.done() + 1 + run > atoms) damaged();
    if (run == 0) out.add(before);
    for (std::size_t i = 0; i < run; ++i) {
      const Triple here = small.read(bits, before);
      out.add(here);
      // a run's first two atoms change places, which packs water tighter
      if (i == 0) out.add(before);
      before = here;
    }
    small.change(change);
  }
}

}  // namespace latentcv
