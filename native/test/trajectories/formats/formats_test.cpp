#include "latentcv/formats.h"

#include <algorithm>

#include "formats/formats.h"
#include "testing.h"
#include "trajectories/fixtures.h"

using namespace latentcv;
using namespace fixtures;

namespace {

std::string named(const char* name) {
  const FormatInfo* found = formatNamed(name);
  return found ? std::string(found->name) : "none";
}

}  // namespace

TEST_CASE("every file is known by its ending, and those of formats with first bytes by them alone") {
  for (const TrajectoryFixture& fixture : trajectories()) {
    CHECK(ownFormatName(sourceOf(pathOf(fixture.name), "")) == fixture.format);
    const FormatInfo* begun = formatByFirstBytes(pathOf(fixture.name));
    CHECK(begun == (formatNamed(fixture.format)->isBegunBy ? formatNamed(fixture.format) : nullptr));
  }
}

TEST_CASE("a format has chemfiles' name and shorter ones, in letters of any size") {
  CHECK(named("XTC") == "XTC");
  CHECK(named("xtc") == "XTC");
  CHECK(named("Amber NetCDF") == "Amber NetCDF");
  CHECK(named("AMBER NETCDF") == "Amber NetCDF");
  CHECK(named("netcdf") == "Amber NetCDF");
  CHECK(named("lammps") == "LAMMPS");
  CHECK(named("lammps data") == "LAMMPS Data");
  CHECK(named("TNG") == "none");
  CHECK(named("") == "none");
}

TEST_CASE("no two formats share a name, an alias or an ending") {
  std::vector<std::string> words;
  for (const OwnFormat& format : describeFormats()) {
    CHECK(!format.description.empty());
    // what latentcv writes for itself is known by its first bytes alone
    CHECK(format.endings.empty() == (format.name == "latentcv frames"));
    for (const auto* list : {&format.aliases, &format.endings})
      words.insert(words.end(), list->begin(), list->end());
  }
  std::sort(words.begin(), words.end());
  CHECK(std::adjacent_find(words.begin(), words.end()) == words.end());
}

TEST_CASE("what is no file is told apart from a file of another format") {
  CHECK_THROWS_WITH(ownFormatName(sourceOf(pathOf("none.xtc"), "")), contains("cannot find"));
  CHECK_THROWS_WITH(ownFormatName(sourceOf(LATENTCV_TRAJECTORIES, "")), contains("is a folder"));
  CHECK(ownFormatName(sourceOf(pathOf("expected.txt"), "")) == "");
  CHECK(ownFormatName(sourceOf(pathOf("mdtraj.xtc"), "TNG")) == "");
}
