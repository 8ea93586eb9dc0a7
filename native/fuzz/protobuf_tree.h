#pragma once

#include <cstdint>
#include <string>
#include <vector>

/** One field of a protobuf message; what parses as a message has children instead of bytes. */
struct Field {
  std::uint64_t number = 0;
  int wireType = 0;
  std::uint64_t value = 0;  // varint, fixed32, fixed64
  std::string bytes;        // length-delimited
  std::vector<Field> children;
};

/** The fields of a message; false where the bytes are not a message. */
bool parseMessage(const std::string& bytes, std::vector<Field>& fields, int depth = 0);

/** The bytes of a message, every length as its content is. */
std::string writeMessage(const std::vector<Field>& fields);
