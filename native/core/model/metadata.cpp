#include "latentcv/metadata.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "descriptors/number_words.h"
#include "latentcv/error.h"
#include "latentcv/side_outputs.h"
#include "model/printable.h"

namespace latentcv {
namespace {

using Properties = std::map<std::string, std::string>;

// latentcv.format this code reads
constexpr char format[] = "1";

std::string text(const Properties& properties, const std::string& key) {
  const auto found = properties.find("latentcv." + key);
  return found == properties.end() ? "" : found->second;
}

bool has(const Properties& properties, const std::string& key) {
  return properties.count("latentcv." + key) != 0;
}

/** One item per line; none where the key is absent. */
std::vector<std::string> split(const Properties& properties, const std::string& key) {
  std::vector<std::string> items;
  if (!has(properties, key)) return items;
  const std::string all = text(properties, key);
  for (std::size_t start = 0; start <= all.size();) {
    const std::size_t end = std::min(all.find('\n', start), all.size());
    // an editor may have made two characters of each line end
    const bool carriage = end > start && all[end - 1] == '\r';
    items.push_back(all.substr(start, end - start - (carriage ? 1 : 0)));
    start = end + 1;
  }
  return items;
}

/** The same for items that are never empty: a line end after the last one is not one more item. */
std::vector<std::string> lines(const Properties& properties, const std::string& key) {
  std::vector<std::string> items = split(properties, key);
  if (!items.empty() && items.back().empty()) items.pop_back();
  return items;
}

void expectCount(const std::string& key, std::size_t expected, std::size_t received, const char* of) {
  if (expected != received)
    throw badModel("expected " + std::to_string(expected) + " " + of + " in latentcv." + key +
                   " but received " + std::to_string(received));
}

/** A list that, where present, has one line per input or output. */
std::vector<std::string> list(const Properties& properties, const std::string& key, std::size_t expected) {
  std::vector<std::string> items = split(properties, key);
  if (items.empty()) return items;
  // an item may be empty (a quantity without unit), so only the count tells whether the last line end ends it
  if (items.size() == expected + 1 && items.back().empty()) items.pop_back();
  expectCount(key, expected, items.size(), "lines");
  return items;
}

std::vector<double> numbers(const std::string& line, const std::string& where) {
  const std::optional<std::vector<double>> values = numbersIn(line);
  if (!values) throw badModel("expected numbers in " + where + " but received \"" + line + "\"");
  if (!std::all_of(values->begin(), values->end(), [](double value) { return std::isfinite(value); }))
    throw badModel("expected finite numbers in " + where + " but received \"" + line + "\"");
  return *values;
}

std::string lineOf(const std::string& key, std::size_t number) {
  return "line " + std::to_string(number + 1) + " of latentcv." + key;
}

std::vector<Period> periods(const Properties& properties, const std::string& key, std::size_t expected) {
  std::vector<Period> result;
  for (const std::string& line : list(properties, key, expected)) {
    Period period;
    if (line != "none") {
      const std::vector<double> bounds = numbers(line, lineOf(key, result.size()));
      if (bounds.size() != 2 || !(bounds[0] < bounds[1]))
        throw badModel("expected `none` or `lower upper` in " + lineOf(key, result.size()) +
                       " but received \"" + line + "\"");
      period = {true, bounds[0], bounds[1]};
    }
    result.push_back(period);
  }
  return result;
}

/** Rows of `columns` numbers, one row per line, into one row-major vector. */
std::vector<double> table(const Properties& properties, const std::string& key, std::size_t columns) {
  std::vector<double> values;
  std::size_t row = 0;
  for (const std::string& line : lines(properties, key)) {
    const std::vector<double> parsed = numbers(line, lineOf(key, row));
    if (parsed.size() != columns)
      throw badModel("expected " + std::to_string(columns) + " numbers in " + lineOf(key, row) +
                     " but received " + std::to_string(parsed.size()));
    values.insert(values.end(), parsed.begin(), parsed.end());
    ++row;
  }
  return values;
}

/** One number per line. */
std::vector<double> column(const Properties& properties, const std::string& key, std::size_t expected) {
  list(properties, key, expected);
  return table(properties, key, 1);
}

void expectRanges(const Metadata& metadata) {
  if (metadata.inputMin.size() != metadata.inputMax.size())
    throw badModel(
        "expected latentcv.inputs.min and latentcv.inputs.max together but only one is in the file");
}

CheckVectors checkVectors(const Properties& properties, std::size_t d, std::size_t k) {
  CheckVectors checks;
  checks.inputs = table(properties, "check.inputs", d);
  checks.cv = table(properties, "check.cv", k);
  checks.jacobian = table(properties, "check.jacobian", k * d);
  checks.rows = checks.inputs.size() / d;
  expectCount("check.cv", checks.rows, checks.cv.size() / k, "rows, as in latentcv.check.inputs,");
  const auto expectRows = [&](const std::string& key, const std::vector<double>& values,
                              std::size_t columns) {
    if (!values.empty())
      expectCount(key, checks.rows, values.size() / columns, "rows, as in latentcv.check.inputs,");
  };
  expectRows("check.jacobian", checks.jacobian, k * d);
  for (const std::string name : sideOutputNames) {
    const std::string key = "check." + name, gradientKey = key + ".gradient";
    SideChecks& side = checks.sides[name];
    side.values = table(properties, key, 1);
    side.gradient = table(properties, gradientKey, d);
    expectRows(key, side.values, 1);
    expectRows(gradientKey, side.gradient, d);
  }
  return checks;
}

std::vector<long long> atoms(const Properties& properties) {
  std::vector<long long> serials;
  for (const std::string& line : lines(properties, "atoms")) {
    for (double value : numbers(line, lineOf("atoms", serials.size()))) {
      if (value < 1 || value != std::floor(value) || value > 9e15)
        throw badModel("expected atom numbers from 1 in latentcv.atoms but received \"" + line + "\"");
      serials.push_back(static_cast<long long>(value));
    }
  }
  return serials;
}

/** Letters, digits, _ and -, whatever the locale. */
bool isNameCharacter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

void expectComponentName(const std::string& name) {
  if (name.empty() || !std::all_of(name.begin(), name.end(), isNameCharacter))
    throw badModel("expected names of letters, digits, _ and - in latentcv.outputs but received " +
                   quoted(name));
  if (name == "bias" || name == "work")
    throw badModel("expected no name in latentcv.outputs that PLUMED adds up over all actions but received " +
                   quoted(name));
}

/**
 * Components of an action in PLUMED: distinct, spelled so that every input can name them, and none that
 * PLUMED takes for an energy (test/fixtures/component-names.txt; src/onnx/component-names.ts is the same).
 */
void expectComponentNames(const std::vector<std::string>& names) {
  std::set<std::string> seen;
  for (const std::string& name : names) {
    expectComponentName(name);
    if (!seen.insert(name).second)
      throw badModel("expected different names in latentcv.outputs but " + quoted(name) + " comes twice");
  }
}

bool minimumImage(const Properties& properties) {
  const std::string value = text(properties, "descriptors.pbc");
  if (value == "none") return false;
  if (value.empty() || value == "minimum-image") return true;
  throw badModel("expected minimum-image or none for latentcv.descriptors.pbc but received \"" + value +
                 "\"");
}

/** Of the output kolmogorov, kT times a number: at which temperature it is the bias that it should be. */
double kolmogorovTemperature(const Properties& properties) {
  const std::string key = "kolmogorov.temperature";
  if (!has(properties, key)) return 0;
  const std::vector<double> values = numbers(text(properties, key), "latentcv." + key);
  if (values.size() != 1 || !(values.front() > 0))
    throw badModel("expected a temperature in K in latentcv." + key + " but received \"" +
                   text(properties, key) + "\"");
  const std::string unit = text(properties, "units.energy");
  if (unit != "kJ/mol")
    throw badModel("expected kJ/mol for latentcv.units.energy but received \"" + unit + "\"");
  return values.front();
}

void expectFormat(const Properties& properties) {
  const std::string received = text(properties, "format");
  if (has(properties, "format") && received != format)
    throw badModel(std::string("expected latentcv.format ") + format + " but received \"" + received +
                   "\": the file was made by a newer latentcv");
  // it is written last, and a protobuf file cut at the border of two entries parses
  if (has(properties, "format") && !has(properties, "training"))
    throw badModel("expected latentcv.training, the last entry of the metadata, but the file ends before it");
}

}  // namespace

Metadata readMetadata(const Properties& properties, std::size_t d, std::size_t k) {
  expectFormat(properties);
  Metadata metadata;
  metadata.generator = printable(text(properties, "generator"));
  metadata.method = printable(text(properties, "method"));
  for (const std::string& reference : lines(properties, "method.references"))
    metadata.methodReferences.push_back(printable(reference));
  metadata.network = printable(text(properties, "network"));
  metadata.inputs = list(properties, "inputs", d);
  metadata.inputUnits = list(properties, "inputs.units", d);
  metadata.inputPeriods = periods(properties, "inputs.periods", d);
  metadata.inputMin = column(properties, "inputs.min", d);
  metadata.inputMax = column(properties, "inputs.max", d);
  expectRanges(metadata);
  metadata.outputs = list(properties, "outputs", k);
  expectComponentNames(metadata.outputs);
  metadata.outputPeriods = periods(properties, "outputs.periods", k);
  metadata.atoms = atoms(properties);
  metadata.atomNames = list(properties, "atoms.names", metadata.atoms.size());
  metadata.descriptors = list(properties, "descriptors", d);
  metadata.references = lines(properties, "descriptors.references");
  metadata.points = lines(properties, "descriptors.points");
  metadata.minimumImage = minimumImage(properties);
  metadata.lengthUnit = text(properties, "units.length");
  metadata.kolmogorovTemperature = kolmogorovTemperature(properties);
  metadata.checks = checkVectors(properties, d, k);
  if (metadata.atoms.empty() != metadata.descriptors.empty())
    throw badModel("expected latentcv.atoms and latentcv.descriptors together but only one is in the file");
  return metadata;
}

}  // namespace latentcv
