#include "../distributions/five_atoms_in_boxes.h"

TEST_CASE("power spectra are DScribe's") {
  // DScribe 2.1.2: SOAP(species=["H", "O"], periodic=True, r_cut=7, n_max=3, l_max=3, sigma=0.8, rbf="gto") of H2O3, Å, with
  // weighting={"function": "poly", "r0": 7, "c": 1, "m": 1}, average="outer"; without, average="inner"
  const Numbers found = valuesOf({"soap 0-4 / 0 1 basis 3 3 0.7 0.08 poly outer spectrum 0 0 0",
                                  "soap 0-4 / 0 1 basis 3 3 0.7 0.08 poly outer spectrum 2 2 1",
                                  "soap 0-4 / 0 1 / 2-4 basis 3 3 0.7 0.08 poly outer spectrum 1 0 0",
                                  "soap 0-4 / 2-4 species 8 basis 3 3 0.7 0.08 poly outer spectrum 0 1 1",
                                  "soap 0-4 / 0 1 basis 3 3 0.7 0.08 uniform inner spectrum 0 0 0",
                                  "soap 0-4 / 0 1 / 2-4 basis 3 3 0.7 0.08 uniform inner spectrum 0 2 0"},
                                 positions, boxes[2]);
  const Numbers expected = {0.35162277981119705,    0.016687589502580945, 4.127711950158539e-05,
                            -0.0037833913733036754, 0.156816651172402,    0.5883168285946728};
  for (std::size_t i = 0; i < found.size(); ++i)
    CHECK(found[i] == near(expected[i], 1e-9 * std::abs(expected[i])));
}

TEST_CASE("of one atom alone its own density is left") {
  const Numbers alone = {0.1, 0.2, 0.3};
  const Numbers found = valuesOf({"soap 0 basis 2 2 0.5 0.05 poly outer spectrum 0 1 0",
                                  "soap 0 basis 2 2 0.5 0.05 uniform inner spectrum 0 1 0",
                                  "soap 0 basis 2 2 0.5 0.05 poly "
                                  "outer spectrum 0 1 1"},
                                 alone, {});
  CHECK(found[0] > 0.1);
  CHECK(found[0] == near(found[1], 1e-14));
  CHECK(found[2] == 0);
}

TEST_CASE("of no neighbours there is nothing") {
  const Numbers found = valuesOf({"soap 0-4 / basis 2 2 0.5 0.05 poly outer spectrum 0 1 0",
                                  "soap 0-4 / / 0-2 basis 2 2 0.5 0.05 poly outer spectrum 1 0 0",
                                  "soap / 0-4 basis 2 2 0.5 0.05 poly outer spectrum 0 0 0",
                                  "soap 0-4 / 0-2 basis 2 2 0.5 0.05 poly outer spectrum 0 0 0"},
                                 positions, boxes[2]);
  CHECK(found[0] == 0);
  CHECK(found[1] == 0);
  CHECK(found[2] == 0);
  CHECK(found[3] > 0);
}

TEST_CASE("derivatives of power spectra by atoms and box, against central differences") {
  compareInBoxes({"soap 0-4 basis 3 4 0.7 0.08 poly outer spectrum 0 1 2",
                  "soap 0-4 basis 3 4 0.7 0.08 poly outer spectrum 2 2 4",
                  "soap 0-4 / 0 1 3 basis 3 4 0.7 0.08 poly outer spectrum 0 2 3",
                  "soap 0-4 / 0 1 / 2-4 basis 3 4 0.7 0.08 poly outer spectrum 2 0 1",
                  "soap 0-4 / 0 1 / 2-4 basis 3 4 0.7 0.08 poly outer spectrum 1 0 0",
                  "soap 0-4 / 0 1 / 2-4 basis 3 4 0.7 0.08 poly inner spectrum 1 0 2",
                  "soap 0-4 basis 3 4 0.7 0.08 uniform inner spectrum 1 1 2",
                  "soap 0 2 / 1 3 4 basis 5 2 0.6 0.05 uniform outer spectrum 1 4 1",
                  "soap 0-4 basis 2 12 0.8 0.1 poly outer spectrum 0 1 12",
                  "soap 0-4 / / 0-2 basis 2 2 0.5 0.05 poly outer spectrum 1 0 0"},
                 true);
}

TEST_CASE("power spectra whose line or box is wrong are refused") {
  const std::string start = "soap 0-4 basis ";
  for (const char* numbers : {"0 4 0.7 0.08", "13 4 0.7 0.08", "3 13 0.7 0.08", "3 2.5 0.7 0.08",
                              "3 4 0.1 0.08", "3 4 0.7 0", "3 4 0.7"})
    expectRefused((start + numbers + " poly outer spectrum 0 0 0").c_str(),
                  "expected basis N L CUTOFF SIGMA, N from 1 to 12");
  for (const char* rest :
       {"outer spectrum 0 0 0", "poly spectrum 0 0 0", "poly outer", "poly outer spectrum 1 0 0",
        "poly outer spectrum 0 3 0", "poly outer spectrum 0 0 5", "poly 2 outer spectrum 0 0 0",
        "poly uniform outer spectrum 0 0 0"})
    expectRefused((start + "3 4 0.7 0.08 " + rest).c_str(), "then spectrum and two radial functions");
  for (const char* species :
       {"species 0", "species 119", "species 8 8 8 8", "species", "species 8 species 8"})
    expectRefused(
        (std::string("soap 0-4 ") + species + " basis 3 4 0.7 0.08 poly outer spectrum 0 0 0").c_str(),
        "expected basis N L CUTOFF SIGMA");
  expectRefused("soap 0 1 / 2 / 3 / 4 basis 3 4 0.7 0.08 poly outer spectrum 0 0 0",
                "up to two groups of neighbours");
  expectRefused("soap 0-4 basis 12 0 0.15 0.08 poly outer spectrum 0 0 0",
                "so many overlap too much to be told apart");
}
