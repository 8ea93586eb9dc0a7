#include <cstdio>
#include <fstream>

#include "formats/lammps/units.h"
#include "testing.h"

using namespace latentcv;

namespace {

std::optional<LammpsUnits> unitsIn(const std::string& style) {
  const std::string path = "lammps_units_test.lammpstrj";
  std::ofstream(path) << "ITEM: UNITS\n" << style << "\n";
  const auto units = unitsToldBy(path);
  std::remove(path.c_str());
  return units;
}

}  // namespace

// docs.lammps.org/units.html: the unit of distance, in m, and of time, in s, of each style
TEST_CASE("units of LAMMPS in nm and ps") {
  struct Style {
    const char* name;
    double metres, seconds;
  };
  const Style styles[] = {{"real", 1e-10, 1e-15},
                          {"metal", 1e-10, 1e-12},
                          {"si", 1, 1},
                          {"cgs", 1e-2, 1},
                          {"nano", 1e-9, 1e-9},
                          {"micro", 1e-6, 1e-6},
                          {"electron", 5.29177210903e-11, 1e-15}};
  for (const Style& style : styles) {
    const auto units = unitsIn(style.name);
    CHECK(units.has_value());
    CHECK(units->perNanometre * style.metres / 1e-9 == near(1, 1e-12));
    CHECK(units->picoseconds / (style.seconds / 1e-12) == near(1, 1e-12));
  }
  CHECK((unitsIn("lj")->perNanometre == 1 && unitsIn("lj")->picoseconds == 1));
  CHECK(!unitsIn("furlong"));
}
