#include "formats/lammps/units.h"

#include <map>

#include "bytes/binary_file.h"
#include "text/text_lines.h"

namespace latentcv {
namespace {

std::optional<LammpsUnits> unitsOf(std::string_view style) {
  static const std::map<std::string_view, LammpsUnits> styles{
      {"real", {10, 1e-3}},  {"metal", {10, 1}},     {"si", {1e-9, 1e12}},
      {"cgs", {1e-7, 1e12}}, {"nano", {1, 1e3}},     {"electron", {10 / 0.529177210903, 1e-3}},
      {"lj", {1, 1}},        {"micro", {1e-3, 1e6}},
  };
  const auto found = styles.find(trimmed(style));
  if (found == styles.end()) return std::nullopt;
  return found->second;
}

}  // namespace

std::optional<LammpsUnits> unitsToldBy(const std::string& path) {
  const BinaryFile file(path);
  LineScanner lines(file);
  std::string_view line;
  if (!lines.next(line)) return std::nullopt;
  // LAMMPS data file via write_data, version …, timestep = 0, units = real
  constexpr std::string_view told = "units = ";
  if (const auto at = line.find(told); at != std::string_view::npos)
    return unitsOf(line.substr(at + told.size()));
  if (line != "ITEM: UNITS" || !lines.next(line)) return std::nullopt;
  return unitsOf(line);
}

double lammpsPerNanometre(const std::string& path) {
  const auto told = unitsToldBy(path);
  return told ? told->perNanometre : 0;
}

}  // namespace latentcv
