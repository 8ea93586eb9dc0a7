/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#include "plumed-plugin/argument_units.h"

#include <cmath>
#include <map>
#include <sstream>

#include "core/ActionWithValue.h"
#include "latentcv/pi.h"

namespace PLMD {
namespace latentcv_plugin {
namespace {

enum class Quantity { unknown, length, angle, number };

/** What PLUMED's actions compute. A component that is not listed, and every other action, may be anything. */
struct ActionQuantity {
  const char* action;
  const char* components;  // "" is the action's own value; separated by spaces, with a space at both ends
  Quantity quantity;
};

const ActionQuantity actionQuantities[] = {
    {"DISTANCE", "  x y z ", Quantity::length},
    {"DISTANCE", " a b c ", Quantity::number},  // SCALED_COMPONENTS
    {"POSITION", " x y z ", Quantity::length},
    {"POSITION", " a b c ", Quantity::number},
    {"CELL", " ax ay az bx by bz cx cy cz ", Quantity::length},
    {"ANGLE", "  ", Quantity::angle},
    {"TORSION", "  ", Quantity::angle},  // COSINE has no period
    {"COORDINATION", "  ", Quantity::number},
    {"CONTACTMAP", "  ", Quantity::number},
    {"COORDINATIONNUMBER", "  ", Quantity::number},
    {"ALPHABETA", "  ", Quantity::number},
    {"DIHCOR", "  ", Quantity::number},
};

/** Since 2.10 an action is DISTANCE_SCALAR or DISTANCE_VECTOR where the input says DISTANCE. */
std::string directive(const std::string& name) {
  for (const std::string suffix : {"_SCALAR", "_VECTOR"})
    if (name.size() > suffix.size() && name.compare(name.size() - suffix.size(), suffix.size(), suffix) == 0)
      return name.substr(0, name.size() - suffix.size());
  return name;
}

Quantity quantityOf(Value& argument) {
  const ActionWithValue* action = argument.getPntrToAction();
  if (!action) return Quantity::unknown;
  const std::string name = directive(action->getName());
  const std::size_t label = action->getLabel().size();
  const std::string component = argument.getName().size() > label ? argument.getName().substr(label + 1) : "";
  for (const ActionQuantity& entry : actionQuantities) {
    if (name != entry.action) continue;
    if (std::string(entry.components).find(" " + component + " ") == std::string::npos) continue;
    if (name == "TORSION" && !argument.isPeriodic()) return Quantity::number;
    return entry.quantity;
  }
  return Quantity::unknown;
}

/** What a unit is of, how much of nm or rad it is, and how the keyword UNITS calls it. */
struct Unit {
  Quantity quantity = Quantity::unknown;
  double size = 1;
  const char* forPlumed = "";
};

Unit unitNamed(std::string name) {
  static const std::map<std::string, Unit> units{
      {"nm", {Quantity::length, 1, "nm"}},
      {"pm", {Quantity::length, 1e-3, "0.001"}},
      {"um", {Quantity::length, 1e3, "um"}},
      {"a", {Quantity::length, 0.1, "A"}},
      {"\xc3\x85", {Quantity::length, 0.1, "A"}},
      {"angstrom", {Quantity::length, 0.1, "A"}},
      {"bohr", {Quantity::length, 0.052917721, "Bohr"}},
      {"rad", {Quantity::angle, 1, ""}},
      {"deg", {Quantity::angle, latentcv::pi / 180, ""}},
      {"degrees", {Quantity::angle, latentcv::pi / 180, ""}},
  };
  // in ASCII alone: the bytes of an A with a ring are not letters
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const auto found = units.find(name);
  return found == units.end() ? Unit() : found->second;
}

std::string inPlumed(Quantity quantity, const LengthUnit& length) {
  if (quantity == Quantity::number) return "a number without a unit";
  if (quantity == Quantity::angle) return "an angle in rad";
  std::ostringstream text;
  if (length.name.empty()) {
    text << "a length in units of " << length.nanometres << " nm";
    return text.str();
  }
  text << "a length in " << length.name;
  if (length.nanometres != 1) text << " (" << length.nanometres << " nm)";
  return text.str();
}

/**
 * What to write where the two differ by a factor; where they are of different kinds it is another quantity.
 */
std::string cure(const Value& argument, Quantity received, const Unit& expected, const LengthUnit& length) {
  if (received != expected.quantity) return "";
  const double factor = (received == Quantity::length ? length.nanometres : 1) / expected.size;
  std::ostringstream text;
  text.precision(12);
  text << ": ";
  if (received == Quantity::length) text << "write UNITS LENGTH=" << expected.forPlumed << ", or ";
  text << "give the model CUSTOM ARG=" << argument.getName() << " FUNC=" << factor
       << "*x PERIODIC=NO, with LABELS=ignore";
  return text.str();
}

}  // namespace

UnitComparison compareUnit(Value& argument, const std::string& expected, const LengthUnit& length) {
  const Unit unit = unitNamed(expected);
  const Quantity received = quantityOf(argument);
  // a file that gives no unit says nothing, and neither does a unit that we do not know
  if (expected.empty()) return {};
  if (received == Quantity::unknown || unit.quantity == Quantity::unknown) return {false, ""};
  const double size = received == Quantity::length ? length.nanometres : 1;
  if (received == unit.quantity && std::abs(size / unit.size - 1) < 1e-6) return {};
  return {true, "argument " + argument.getName() + " is " + inPlumed(received, length) +
                    " but the model was trained on " + expected + " there" +
                    cure(argument, received, unit, length)};
}

}  // namespace latentcv_plugin
}  // namespace PLMD
