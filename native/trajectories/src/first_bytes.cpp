#include "first_bytes.h"

#include <array>
#include <string_view>

#include "binary_file.h"

namespace latentcv {

std::string formatByFirstBytes(const std::string& path) {
  using namespace std::string_view_literals;
  const BinaryFile file(path);
  std::array<unsigned char, 12> bytes{};
  file.read(0, bytes.data(), file.size() < bytes.size() ? static_cast<std::size_t>(file.size()) : 12);
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (text.substr(0, 4) == "\x00\x00\x07\xcb"sv) return "XTC";
  if (text.substr(0, 4) == "\x00\x00\x07\xc9"sv) return "TRR";
  if (text.substr(4, 4) == "CORD" || text.substr(8, 4) == "CORD") return "DCD";
  if (text.substr(0, 3) == "CDF" || text.substr(1, 3) == "HDF") return "Amber NetCDF";
  if (text.substr(0, 5) == "ITEM:") return "LAMMPS";
  return "";
}

bool hasFirstBytes(const std::string& format) {
  return format == "XTC" || format == "TRR" || format == "DCD" || format == "Amber NetCDF";
}

}  // namespace latentcv
