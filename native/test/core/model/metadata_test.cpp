#include "latentcv/metadata.h"

#include <fstream>

#include "model/printable.h"
#include "testing.h"

using namespace latentcv;

namespace {

using Properties = std::map<std::string, std::string>;

Properties complete() {
  return {{"latentcv.format", "1"},
          {"latentcv.generator", "latentcv 0.1.0"},
          {"latentcv.inputs", "d1\nphi"},
          {"latentcv.inputs.units", "nm\n"},
          {"latentcv.inputs.periods", "none\n-3.14159265358979312 3.14159265358979312"},
          {"latentcv.inputs.min", "0.1\n-3"},
          {"latentcv.inputs.max", "0.4\n3.1"},
          {"latentcv.outputs", "node-0"},
          {"latentcv.outputs.periods", "none"},
          {"latentcv.check.inputs", "0.1 0.2\n0.3 1e-3"},
          {"latentcv.check.cv", "0.5\n0.25"},
          {"latentcv.check.jacobian", "1 2\n3 4\n"},
          {"latentcv.training", "null"}};
}

Metadata read(Properties properties, const char* key, const char* value) {
  properties[key] = value;
  return readMetadata(properties, 2, 1);
}

/** `\x1b` is the byte. */
std::string unescaped(const std::string& text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 2, "\\x") == 0) {
      bytes += static_cast<char>(std::stoi(text.substr(i + 2, 2), nullptr, 16));
      i += 3;
    } else {
      bytes += text[i];
    }
  }
  return bytes;
}

}  // namespace

TEST_CASE("every list of a complete file is read") {
  const Metadata metadata = readMetadata(complete(), 2, 1);
  CHECK(metadata.inputs == (std::vector<std::string>{"d1", "phi"}));
  CHECK(metadata.inputUnits == (std::vector<std::string>{"nm", ""}));
  CHECK(!metadata.inputPeriods[0].periodic);
  CHECK((metadata.inputPeriods[1].periodic && metadata.inputPeriods[1].upper == 3.14159265358979312));
  CHECK(metadata.inputMin == (std::vector<double>{0.1, -3}));
  CHECK(metadata.inputMax == (std::vector<double>{0.4, 3.1}));
  CHECK(metadata.checks.rows == 2);
  CHECK(metadata.checks.inputs[3] == 1e-3);
  CHECK(metadata.checks.jacobian == (std::vector<double>{1, 2, 3, 4}));
}

TEST_CASE("the papers of the method are read where the file names them") {
  const Metadata metadata =
      read(complete(), "latentcv.method.references", "A 2020, doi:10.1/x\nB & C 2021\n");
  CHECK(metadata.methodReferences == (std::vector<std::string>{"A 2020, doi:10.1/x", "B & C 2021"}));
  CHECK(readMetadata(complete(), 2, 1).methodReferences.empty());
  CHECK(read(complete(), "latentcv.method.references", "A\x1b[2J").methodReferences[0] == "A\\x1b[2J");
}

TEST_CASE("the bias of a committor has a temperature, and is in kJ/mol") {
  CHECK(readMetadata(complete(), 2, 1).kolmogorovTemperature == 0);
  Properties properties = complete();
  properties["latentcv.kolmogorov.temperature"] = "310";
  CHECK_THROWS_WITH(readMetadata(properties, 2, 1), contains("expected kJ/mol for latentcv.units.energy"));
  properties["latentcv.units.energy"] = "kJ/mol";
  CHECK(readMetadata(properties, 2, 1).kolmogorovTemperature == 310);
  for (const char* bad : {"", "0", "-1", "300 310", "hot"}) {
    properties["latentcv.kolmogorov.temperature"] = bad;
    CHECK_THROWS_WITH(readMetadata(properties, 2, 1), contains("latentcv.kolmogorov.temperature"));
  }
}

TEST_CASE("a file made elsewhere, without any of it, is accepted") {
  const Metadata metadata = readMetadata({{"author", "somebody"}}, 2, 1);
  CHECK((metadata.inputs.empty() && metadata.outputs.empty() && metadata.checks.rows == 0));
}

TEST_CASE("lists of the wrong length and numbers that are none are refused with their key") {
  CHECK_THROWS_WITH(read(complete(), "latentcv.inputs", "d1"),
                    contains("expected 2 lines in latentcv.inputs but received 1"));
  CHECK_THROWS_WITH(read(complete(), "latentcv.inputs", "a\nb\nc"),
                    contains("expected 2 lines in latentcv.inputs but received 3"));
  CHECK_THROWS_WITH(read(complete(), "latentcv.inputs.periods", "none\n1"),
                    contains("line 2 of latentcv.inputs.periods"));
  CHECK_THROWS_WITH(read(complete(), "latentcv.inputs.periods", "none\n2 1"),
                    contains("line 2 of latentcv.inputs.periods"));
  CHECK_THROWS_WITH(read(complete(), "latentcv.inputs.min", "1"),
                    contains("expected 2 lines in latentcv.inputs.min but received 1"));
  CHECK_THROWS_WITH(read(complete(), "latentcv.inputs.max", "0.4 0.5\n3"),
                    contains("expected 1 numbers in line 1 of latentcv.inputs.max but received 2"));
  CHECK_THROWS_WITH(read(complete(), "latentcv.check.inputs", "0.1 x\n0 0"),
                    contains("expected numbers in line 1 of latentcv.check.inputs"));
  CHECK_THROWS_WITH(read(complete(), "latentcv.check.inputs", "0.1 nan\n0 0"),
                    contains("line 1 of latentcv.check.inputs"));
  CHECK_THROWS_WITH(read(complete(), "latentcv.check.inputs", "0.1\n0 0"),
                    contains("expected 2 numbers in line 1 of latentcv.check.inputs"));
  CHECK_THROWS_WITH(read(complete(), "latentcv.check.cv", "1"),
                    contains("expected 2 rows, as in latentcv.check.inputs, in latentcv.check.cv"));
  CHECK_THROWS_WITH(read(complete(), "latentcv.format", "2"), contains("made by a newer latentcv"));
  CHECK_THROWS_WITH(read(complete(), "latentcv.descriptors.pbc", "maybe"),
                    contains("expected minimum-image or none"));
}

TEST_CASE("a file that ends before its last entry is known to be cut short") {
  Properties properties = complete();
  properties.erase("latentcv.training");
  CHECK_THROWS_WITH(readMetadata(properties, 2, 1), contains("but the file ends before it"));
}

TEST_CASE("outputs have names that PLUMED can use") {
  std::ifstream table(LATENTCV_COMPONENT_NAMES);
  std::size_t accepted = 0, refused = 0;
  for (std::string verdict, name; std::getline(table, verdict, '\t') && std::getline(table, name);) {
    name = unescaped(name);
    if (verdict == "accepted") {
      CHECK(read(complete(), "latentcv.outputs", name.c_str()).outputs == std::vector<std::string>{name});
      ++accepted;
    } else {
      // a line end makes two of one, which is refused as well
      CHECK_THROWS_WITH(read(complete(), "latentcv.outputs", name.c_str()), contains("in latentcv.outputs"));
      ++refused;
    }
  }
  CHECK((accepted == 11 && refused == 25));
}

TEST_CASE("a name is shown so that a terminal obeys nothing in it") {
  CHECK_THROWS_WITH(
      read(complete(), "latentcv.outputs", "a\x1b[2J%n"),
      contains(
          "expected names of letters, digits, _ and - in latentcv.outputs but received \"a\\x1b[2J%n\""));
  CHECK_THROWS_WITH(read(complete(), "latentcv.outputs", "bias"),
                    contains("that PLUMED adds up over all actions but received \"bias\""));
  CHECK(printable("\xc2\x9b"
                  "31m \xc3\xa4 \x7f") == "\xc2\\x9b31m \xc3\xa4 \\x7f");
  CHECK(quoted(std::string(100, 'a')) == "\"" + std::string(80, 'a') + "…\"");
  CHECK(read(complete(), "latentcv.generator", "x\x1b]0;y\x07").generator == "x\\x1b]0;y\\x07");
}

TEST_CASE("no two outputs have one name") {
  Properties properties = complete();
  properties["latentcv.check.inputs"] = properties["latentcv.check.cv"] =
      properties["latentcv.check.jacobian"] = "";
  properties["latentcv.outputs"] = "slow\nslow";
  properties["latentcv.outputs.periods"] = "none\nnone";
  CHECK_THROWS_WITH(readMetadata(properties, 2, 2), contains("\"slow\" comes twice"));
}

TEST_CASE("a file whose lines an editor ended its own way reads the same") {
  CHECK(read(complete(), "latentcv.inputs", "d1\r\nphi\r\n").inputs ==
        (std::vector<std::string>{"d1", "phi"}));
}

TEST_CASE("atoms and descriptors come together") {
  Properties properties = complete();
  properties["latentcv.atoms"] = "5\n7\n11";
  CHECK_THROWS_WITH(readMetadata(properties, 2, 1),
                    contains("latentcv.atoms and latentcv.descriptors together"));
  properties["latentcv.descriptors"] = "distance 0 1\ndistance 1 2";
  properties["latentcv.descriptors.references"] = "0 0 1 0.5 0 0\n0 1 1 0 0.5 0\n";
  properties["latentcv.descriptors.points"] = "centre 0 1\r\ncentre 1 2 weights 1 16\n";
  const Metadata metadata = readMetadata(properties, 2, 1);
  CHECK(metadata.atoms == (std::vector<long long>{5, 7, 11}));
  CHECK(metadata.points == (std::vector<std::string>{"centre 0 1", "centre 1 2 weights 1 16"}));
  CHECK((metadata.descriptors.size() == 2 && metadata.minimumImage));
  CHECK(metadata.references == (std::vector<std::string>{"0 0 1 0.5 0 0", "0 1 1 0 0.5 0"}));
  properties["latentcv.atoms"] = "0\n7\n11";
  CHECK_THROWS_WITH(readMetadata(properties, 2, 1), contains("expected atom numbers from 1"));
}
