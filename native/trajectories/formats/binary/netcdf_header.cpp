#include "formats/binary/netcdf_header.h"

#include <algorithm>
#include <limits>

#include "bytes/byte_order.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

constexpr std::int32_t dimensionTag = 10, variableTag = 11, attributeTag = 12;
constexpr std::int32_t charType = 2;
/** A header with more than this is none of a trajectory. */
constexpr std::uint64_t longestHeader = std::uint64_t{1} << 24;
/** No length of a file or in memory comes near; products of two stay below 2^63. */
constexpr std::uint64_t mostNumbers = std::uint64_t{1} << 48;

[[noreturn]] void damaged(const std::string& what) {
  throw Error(ErrorCode::badData, "expected the header of a NetCDF file but " + what);
}

/** Bytes of the types 1 to 11, of which those behind 6 are CDF-5's. */
std::size_t bytesOfType(std::int32_t type) {
  constexpr std::size_t bytes[] = {0, 1, 1, 2, 4, 4, 8, 1, 2, 4, 8, 8};
  if (type < 1 || type > 11) damaged("type " + std::to_string(type) + " is none");
  return bytes[type];
}

struct Dimension {
  std::uint64_t length;
  bool isRecord;
};

class HeaderReader {
 public:
  explicit HeaderReader(const BinaryFile& file) {
    bytes_.resize(static_cast<std::size_t>(std::min(file.size(), longestHeader)));
    if (!file.read(0, bytes_.data(), bytes_.size())) damaged("the file cannot be read");
  }

  NetcdfHeader read() {
    readMagic();
    NetcdfHeader header;
    header.records = count();
    if (header.records == (version_ == 5 ? UINT64_MAX : UINT32_MAX)) header.records = UINT64_MAX;
    readDimensions();
    double scale = 1;
    header.texts = readAttributes(scale);
    readVariables(header);
    return header;
  }

 private:
  const unsigned char* take(std::uint64_t count) {
    if (count > bytes_.size() - at_) damaged("the file is cut off in it");
    const unsigned char* begin = bytes_.data() + at_;
    at_ += static_cast<std::size_t>(count);
    return begin;
  }

  std::int32_t integer() { return xdr<std::int32_t>(take(4)); }

  /** A length: of 8 bytes in CDF-5, else of 4. */
  std::uint64_t count() {
    return version_ == 5 ? xdr<std::uint64_t>(take(8)) : std::uint64_t{xdr<std::uint32_t>(take(4))};
  }

  std::uint64_t offset() {
    return version_ == 1 ? std::uint64_t{xdr<std::uint32_t>(take(4))} : xdr<std::uint64_t>(take(8));
  }

  /** Bytes that are filled up to a multiple of 4. */
  const unsigned char* padded(std::uint64_t bytes) {
    if (bytes > bytes_.size()) damaged("the file is cut off in it");
    return take((bytes + 3) / 4 * 4);
  }

  std::string name() {
    const std::uint64_t length = count();
    const unsigned char* text = padded(length);
    return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)};
  }

  /** How many items of a list follow; a list that is not there has two zeros. */
  std::uint64_t list(std::int32_t tag) {
    const std::int32_t found = integer();
    const std::uint64_t items = count();
    if (found != tag && !(found == 0 && items == 0)) damaged("a list of it is damaged");
    return items;
  }

  void readMagic() {
    const unsigned char* magic = take(4);
    if (std::memcmp(magic + 1, "HDF", 3) == 0)
      damaged("this is NetCDF-4 (HDF5): nccopy -k 64-bit-offset makes a classic file of it");
    version_ = magic[3];
    const bool known = version_ == 1 || version_ == 2 || version_ == 5;
    if (std::memcmp(magic, "CDF", 3) != 0 || !known) damaged("the file does not begin as one");
  }

  void readDimensions() {
    for (std::uint64_t left = list(dimensionTag); left > 0; --left) {
      name();
      const std::uint64_t length = count();
      dimensions_.push_back({length, length == 0});
    }
  }

  std::map<std::string, std::string> readAttributes(double& scale) {
    std::map<std::string, std::string> texts;
    for (std::uint64_t left = list(attributeTag); left > 0; --left) {
      const std::string key = name();
      const std::int32_t type = integer();
      const std::uint64_t values = count(), bytes = bytesOfType(type);
      if (values > bytes_.size()) damaged("the file is cut off in it");
      const unsigned char* data = padded(bytes * values);
      if (type == charType)
        texts[key] = {reinterpret_cast<const char*>(data), static_cast<std::size_t>(values)};
      if (key != "scale_factor" || values != 1) continue;
      if (type == netcdfFloat) scale = static_cast<double>(xdr<float>(data));
      if (type == netcdfDouble) scale = xdr<double>(data);
    }
    return texts;
  }

  NetcdfVariable readVariable() {
    NetcdfVariable variable;
    variable.name = name();
    const std::uint64_t dimensions = count();
    for (std::uint64_t i = 0; i < dimensions; ++i) {
      const std::uint64_t id = count();
      if (id >= dimensions_.size()) damaged("a variable of it has an unknown dimension");
      const Dimension& dimension = dimensions_[static_cast<std::size_t>(id)];
      if (dimension.isRecord && i > 0) damaged("records are not a variable's first dimension");
      if (dimension.isRecord)
        variable.perRecord = true;
      else
        variable.lengths.push_back(dimension.length);
    }
    variable.units = readAttributes(variable.scale)["units"];
    variable.type = integer();
    count();  // its size, which follows from the rest
    variable.begin = offset();
    bytesOfType(variable.type);
    return variable;
  }

  void readVariables(NetcdfHeader& header) {
    std::uint64_t perRecord = 0, last = 0;
    header.firstRecord = UINT64_MAX;
    for (std::uint64_t left = list(variableTag); left > 0; --left) {
      const NetcdfVariable variable = readVariable();
      if (variable.perRecord) {
        last = bytesOfType(variable.type) * variable.numbers();
        header.recordBytes += (last + 3) / 4 * 4;
        header.firstRecord = std::min(header.firstRecord, variable.begin);
        if (++perRecord > mostRecordVariables) damaged("it has too many variables");
      }
      header.variables[variable.name] = variable;
    }
    // a single variable of records is not filled up
    if (perRecord == 1) header.recordBytes = last;
  }

  /** So that their sizes add up below 2^63. */
  static constexpr std::uint64_t mostRecordVariables = 1024;

  std::vector<unsigned char> bytes_;
  std::size_t at_ = 0;
  int version_ = 0;
  std::vector<Dimension> dimensions_;
};

}  // namespace

std::size_t NetcdfVariable::numberBytes() const {
  return type == netcdfFloat ? 4 : type == netcdfDouble ? 8 : 0;
}

std::uint64_t NetcdfVariable::numbers() const {
  std::uint64_t product = 1;
  for (const std::uint64_t length : lengths) {
    if (length != 0 && product > mostNumbers / length) damaged("a variable of it has no end");
    product *= length;
  }
  return product;
}

NetcdfHeader readNetcdfHeader(const BinaryFile& file) { return HeaderReader(file).read(); }

}  // namespace latentcv
