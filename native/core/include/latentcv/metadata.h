#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace latentcv {

/** Domain of a periodic quantity. */
struct Period {
  bool periodic = false;
  double lower = 0, upper = 0;
};

/** Of an output beside the collective variables; empty where the file gives none. */
struct SideChecks {
  std::vector<double> values;    // [rows]
  std::vector<double> gradient;  // [rows, d]
};

/** Check vectors from the training data: what the model gives at a few inputs. Row-major. */
struct CheckVectors {
  std::size_t rows = 0;
  std::vector<double> inputs;               // [rows, d]
  std::vector<double> cv;                   // [rows, k]
  std::vector<double> jacobian;             // [rows, k, d], or empty where the file gives none
  std::map<std::string, SideChecks> sides;  // by the name of the output
};

/**
 * What `metadata_props` says of a model (docs/architecture.md lists the keys). Every member is empty
 * where the file, made elsewhere, does not say.
 */
struct Metadata {
  std::string method, network, generator;
  std::vector<std::string> methodReferences;  // papers to cite, `authors year, doi:…`
  std::vector<std::string> inputs, inputUnits;
  std::vector<Period> inputPeriods;
  std::vector<double> inputMin, inputMax;  // over the training frames
  std::vector<std::string> outputs;
  std::vector<Period> outputPeriods;
  std::vector<long long> atoms;        // PLUMED serials, from 1
  std::vector<std::string> atomNames;  // `ALA 2 CA`; compareMolecule reads them
  std::vector<std::string> descriptors;
  std::vector<std::string> references;  // structures that descriptors align to
  std::vector<std::string> points;      // places that follow from atoms
  bool minimumImage = true;
  std::string lengthUnit;
  double kolmogorovTemperature = 0;  // K, of the output kolmogorov, which is in kJ/mol
  CheckVectors checks;
};

/**
 * Reads the properties of a model with d inputs and k outputs.
 * Throws Error naming the key where a list has the wrong length or a number does not parse.
 */
Metadata readMetadata(const std::map<std::string, std::string>& properties, std::size_t d, std::size_t k);

}  // namespace latentcv
