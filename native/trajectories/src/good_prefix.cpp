#include "good_prefix.h"

#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <vector>

#include "latentcv/error.h"

namespace latentcv {
namespace {

std::string temporaryName(const std::string& ending) {
  const char* folder = std::getenv("TMPDIR");
  std::string name = std::string(folder && *folder ? folder : "/tmp") + "/latentcv-XXXXXX" + ending;
  const int descriptor = mkstemps(name.data(), static_cast<int>(ending.size()));
  if (descriptor < 0) throw Error(ErrorCode::badData, "cannot write a temporary file like " + name);
  close(descriptor);
  return name;
}

}  // namespace

GoodPrefix::GoodPrefix(const std::string& path, std::uint64_t bytes, const std::string& ending)
    : path_(temporaryName(ending)) {
  std::ifstream from(path, std::ios::binary);
  std::ofstream to(path_, std::ios::binary);
  std::vector<char> block(1 << 20);
  while (bytes > 0 && from && to) {
    const auto wanted = static_cast<std::streamsize>(bytes < block.size() ? bytes : block.size());
    from.read(block.data(), wanted);
    to.write(block.data(), from.gcount());
    bytes -= static_cast<std::uint64_t>(from.gcount());
  }
  to.close();
  if (bytes > 0 || !to) {
    std::remove(path_.c_str());
    throw Error(ErrorCode::badData, "cannot copy the good frames of " + path + " to " + path_);
  }
}

GoodPrefix::~GoodPrefix() { std::remove(path_.c_str()); }

}  // namespace latentcv
