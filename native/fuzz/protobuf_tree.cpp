#include "protobuf_tree.h"

namespace {

constexpr int deepest = 24;

class Reader {
 public:
  explicit Reader(const std::string& bytes) : bytes_(bytes) {}
  bool atEnd() const { return at_ == bytes_.size(); }

  bool varint(std::uint64_t& value) {
    value = 0;
    for (int shift = 0; shift < 64 && !atEnd(); shift += 7) {
      const auto byte = static_cast<std::uint8_t>(bytes_[at_++]);
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return true;
    }
    return false;
  }

  bool fixed(int size, std::uint64_t& value) {
    value = 0;
    if (bytes_.size() - at_ < static_cast<std::size_t>(size)) return false;
    for (int i = 0; i < size; ++i)
      value |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(bytes_[at_++])) << 8 * i;
    return true;
  }

  bool text(std::string& value) {
    std::uint64_t length = 0;
    if (!varint(length) || bytes_.size() - at_ < length) return false;
    value = bytes_.substr(at_, length);
    at_ += length;
    return true;
  }

 private:
  const std::string& bytes_;
  std::size_t at_ = 0;
};

bool readField(Reader& reader, Field& field, int depth) {
  std::uint64_t tag = 0;
  if (!reader.varint(tag)) return false;
  field.number = tag >> 3;
  field.wireType = static_cast<int>(tag & 7);
  if (field.number == 0) return false;
  if (field.wireType == 0) return reader.varint(field.value);
  if (field.wireType == 1) return reader.fixed(8, field.value);
  if (field.wireType == 5) return reader.fixed(4, field.value);
  if (field.wireType != 2 || !reader.text(field.bytes)) return false;
  if (!field.bytes.empty() && parseMessage(field.bytes, field.children, depth + 1))
    field.bytes.clear();
  else
    field.children.clear();
  return true;
}

void writeVarint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(value | 0x80));
  out.push_back(static_cast<char>(value));
}

void writeFixed(std::string& out, int size, std::uint64_t value) {
  for (int i = 0; i < size; ++i) out.push_back(static_cast<char>(value >> 8 * i));
}

}  // namespace

bool parseMessage(const std::string& bytes, std::vector<Field>& fields, int depth) {
  if (depth > deepest) return false;
  for (Reader reader(bytes); !reader.atEnd();) {
    fields.emplace_back();
    if (!readField(reader, fields.back(), depth)) return false;
  }
  return true;
}

std::string writeMessage(const std::vector<Field>& fields) {
  std::string out;
  for (const Field& field : fields) {
    writeVarint(out, field.number << 3 | static_cast<std::uint64_t>(field.wireType));
    if (field.wireType == 0) writeVarint(out, field.value);
    if (field.wireType == 1) writeFixed(out, 8, field.value);
    if (field.wireType == 5) writeFixed(out, 4, field.value);
    if (field.wireType != 2) continue;
    const std::string content = field.children.empty() ? field.bytes : writeMessage(field.children);
    writeVarint(out, content.size());
    out += content;
  }
  return out;
}
