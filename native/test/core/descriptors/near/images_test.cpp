// In a box that is smaller than twice a cutoff, images of atoms are neighbours: a unit cell is what its crystal is.
#include "../five_atoms.h"

namespace {

const Numbers cell = {0.62, 0, 0, 0.2, 0.7, 0, -0.15, 0.1, 0.66};
const Numbers places = {0.02, 0.03, 0.01, 0.3, 0.31, 0.4, 0.5, 0.1, 0.35, 0.1, 0.4, 0.15, 0.35, 0.6, 0.1};
constexpr int copies = 3;

/** The atoms of all cells, atom by atom, so that those of one are a range. */
Numbers crystal() {
  Numbers all;
  for (int atom = 0; atom < 5; ++atom)
    for (int i = 0; i < copies * copies * copies; ++i)
      for (int c = 0; c < 3; ++c)
        all.push_back(places[3 * atom + c] + i % copies * cell[c] + i / copies % copies * cell[3 + c] +
                      i / (copies * copies) * cell[6 + c]);
  return all;
}

/** Settings of descriptors of all atoms, and of the first two with the others: what stands before and behind the atoms. */
struct Form {
  const char *kind, *rest;
};

const Form forms[] = {
    {"coordination-number", "cubic 0.4 0.85 mean"},
    {"coordination-number", "cubic 0.4 0.85 moment 2"},
    {"rdf", "grid 0.7 0.02 20 bin 17"},
    {"pair-entropy", "grid 0.7 0.03 40"},
    {"debye", "q 12 window 0.85"},
    {"similarity", "sigma 0.03 lambda 20 environment 0.3 0.2 0.4 -0.2 0.5 0.1 mean"},
    {"soap", "basis 4 4 0.8 0.06 poly outer spectrum 1 3 2"},
    {"soap", "basis 3 2 0.6 0.05 uniform inner spectrum 0 2 0"},
    {"acsf", "cutoff 0.8 radial 20 0.5"},
    {"acsf", "cutoff 0.7 angular 3 4 -1"},
};

std::string lineOf(const Form& form, const std::string& atoms) {
  return form.kind + (" " + atoms) + " " + form.rest;
}

}  // namespace

TEST_CASE("a unit cell has the numbers of its crystal") {
  Numbers rows = cell;
  for (double& each : rows) each *= copies;
  Lines ofCell = {"steinhardt 0-4 cubic 0.5 0.8 l 6 mean", "averaged-steinhardt 0-4 cubic 0.5 0.8 l 4 mean"},
        ofCrystal = {"steinhardt 0-134 cubic 0.5 0.8 l 6 mean",
                     "averaged-steinhardt 0-134 cubic 0.5 0.8 l 4 mean"};
  for (const Form& form : forms) {
    ofCell.push_back(lineOf(form, "0-4"));
    ofCrystal.push_back(lineOf(form, "0-134"));
    ofCell.push_back(lineOf(form, "0 1 / 1-4"));
    ofCrystal.push_back(lineOf(form, "0-53 / 27-134"));
  }
  Descriptors one(ofCell, 5, true), many(ofCrystal, 135, true);
  const Numbers found = evaluate(one, places, boxOf(cell)), expected = evaluate(many, crystal(), boxOf(rows));
  for (std::size_t i = 0; i < found.size(); ++i)
    CHECK_MESSAGE(found[i] == near(expected[i], 1e-12 * (1 + std::abs(expected[i]))), ofCell[i]);
}

TEST_CASE("derivatives of images by atoms and box, against central differences") {
  Lines lines = {"steinhardt 0-4 cubic 0.5 0.8 l 6 mean", "averaged-steinhardt 0-4 cubic 0.5 0.8 l 4 mean"};
  for (const Form& form : forms) {
    lines.push_back(lineOf(form, "0-4"));
    lines.push_back(lineOf(form, "0 1 / 1-4"));
  }
  compareWithDifferences(lines, {0.9, 0, 0, 0.2, 1.05, 0, -0.15, 0.1, 0.95});
}
