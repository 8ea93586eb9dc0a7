/*
What a step of PLUMED costs with each of several inputs.
usage: step_timer --atoms N --molecule M --rounds R --milliseconds T LABEL=plumed.dat …

Every input is a PLUMED of its own in this process, loaded through PLUMED's wrapper (PLUMED_KERNEL). N atoms
are in a cubic box, the first M of them close together as in a molecule; they move a little at every step.
First each input is evaluated once at the same positions, then all are timed in turn, a block of T ms each,
for R rounds.

Prints JSON: [{label, bias, forces: [3 M] kJ/mol/nm, virial: [9], microseconds: {min, median}}], the time
being thread CPU time per step over the blocks.
*/
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#define __PLUMED_WRAPPER_IMPLEMENTATION 1
#define __PLUMED_WRAPPER_LINK_RUNTIME 1
#define __PLUMED_HAS_DLOPEN 1
#include "plumed/wrapper/Plumed.h"

namespace {

using Coordinates = std::vector<double>;  // [3 atoms], nm

struct Options {
  std::size_t atoms = 0, molecule = 0, rounds = 1;
  double milliseconds = 10;
  std::vector<std::pair<std::string, std::string>> inputs;  // label, file
};

double boxEdge(std::size_t atoms) { return std::max(3.0, std::cbrt(static_cast<double>(atoms) / 100)); }

double squaredDistance(const Coordinates& positions, std::size_t i, std::size_t j) {
  double sum = 0;
  for (std::size_t a = 0; a < 3; ++a) sum += std::pow(positions[3 * i + a] - positions[3 * j + a], 2);
  return sum;
}

/** Atoms at random, those of the molecule in a cube of 1.8 nm and, where there is room, 0.15 nm apart. */
Coordinates placeAtoms(const Options& options) {
  std::mt19937_64 random(1);
  const double box = boxEdge(options.atoms), cube = 1.8;
  Coordinates positions(3 * options.atoms);
  for (std::size_t i = 0; i < options.atoms; ++i) {
    const bool inside = i < options.molecule;
    std::uniform_real_distribution<double> place(inside ? (box - cube) / 2 : 0,
                                                 inside ? (box + cube) / 2 : box);
    bool free = false;
    for (int attempt = 0; !free && attempt < 10000; ++attempt) {
      for (std::size_t a = 0; a < 3; ++a) positions[3 * i + a] = place(random);
      free = true;
      for (std::size_t j = 0; inside && free && j < i; ++j) free = squaredDistance(positions, i, j) > 0.0225;
    }
  }
  return positions;
}

/** The atoms at a few moments, each 0.01 nm or less from its place. */
std::vector<Coordinates> makeFrames(const Options& options) {
  const Coordinates places = placeAtoms(options);
  std::mt19937_64 random(2);
  std::uniform_real_distribution<double> move(-0.01, 0.01);
  std::vector<Coordinates> frames(16, places);
  for (Coordinates& frame : frames)
    for (double& coordinate : frame) coordinate += move(random);
  return frames;
}

double threadMicroseconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return 1e6 * static_cast<double>(time.tv_sec) + 1e-3 * static_cast<double>(time.tv_nsec);
}

/** A PLUMED with an input, as an MD engine runs it. */
class Subject {
 public:
  Subject(const std::string& label, const std::string& file, const Options& options,
          const std::vector<Coordinates>& frames)
      : label_(label),
        molecule_(options.molecule),
        frames_(frames),
        masses_(options.atoms, 12),
        charges_(options.atoms, 0),
        forces_(3 * options.atoms, 0) {
    const int realPrecision = 8, atoms = static_cast<int>(options.atoms);
    const double unit = 1, temperature = 2.5, timeStep = 0.002;
    plumed_.cmd("setRealPrecision", &realPrecision);
    plumed_.cmd("setMDLengthUnits", &unit);
    plumed_.cmd("setMDTimeUnits", &unit);
    plumed_.cmd("setMDEnergyUnits", &unit);
    plumed_.cmd("setMDEngine", "step_timer");
    plumed_.cmd("setKbT", &temperature);
    plumed_.cmd("setTimestep", &timeStep);
    plumed_.cmd("setNatoms", &atoms);
    plumed_.cmd("setLogFile", "/dev/null");
    plumed_.cmd("setPlumedDat", file.c_str());
    plumed_.cmd("init");
    for (std::size_t a = 0; a < 3; ++a) box_[4 * a] = boxEdge(options.atoms);
    firstForces();
    calibrate(options.milliseconds);
  }

  void round() { blocks_.push_back(timeBlock(stepsPerBlock_)); }

  void print() const {
    std::printf("  {\"label\": \"%s\", \"bias\": %.17g,\n", label_.c_str(), firstBias_);
    printList("forces", firstForces_);
    printList("virial", firstVirial_);
    std::vector<double> sorted = blocks_;
    std::sort(sorted.begin(), sorted.end());
    std::printf("   \"microseconds\": {\"min\": %.3f, \"median\": %.3f}}", sorted.front(),
                sorted[sorted.size() / 2]);
  }

 private:
  void step(const Coordinates& positions) {
    plumed_.cmd("setStepLong", &step_);
    plumed_.cmd("setPositions", positions.data(), positions.size());
    plumed_.cmd("setMasses", masses_.data(), masses_.size());
    plumed_.cmd("setCharges", charges_.data(), charges_.size());
    plumed_.cmd("setBox", box_.data(), box_.size());
    plumed_.cmd("setForces", forces_.data(), forces_.size());
    plumed_.cmd("setVirial", virial_.data(), virial_.size());
    plumed_.cmd("calc");
    ++step_;
  }

  void firstForces() {
    step(frames_.front());
    plumed_.cmd("getBias", &firstBias_);
    firstForces_.assign(forces_.begin(), forces_.begin() + static_cast<std::ptrdiff_t>(3 * molecule_));
    firstVirial_.assign(virial_.begin(), virial_.end());
  }

  /** µs per step. */
  double timeBlock(std::size_t steps) {
    const double began = threadMicroseconds();
    for (std::size_t i = 0; i < steps; ++i) step(frames_[i % frames_.size()]);
    return (threadMicroseconds() - began) / static_cast<double>(steps);
  }

  /** Warms up, then takes as many steps for a block as fill the time. */
  void calibrate(double milliseconds) {
    std::size_t steps = 1;
    double perStep = timeBlock(3);
    while (perStep * static_cast<double>(steps) < 500 * milliseconds) perStep = timeBlock(steps *= 2);
    stepsPerBlock_ = std::max<std::size_t>(1, static_cast<std::size_t>(1000 * milliseconds / perStep));
  }

  static void printList(const char* name, const std::vector<double>& numbers) {
    std::printf("   \"%s\": [", name);
    for (std::size_t i = 0; i < numbers.size(); ++i) std::printf("%s%.17g", i ? ", " : "", numbers[i]);
    std::printf("],\n");
  }

  PLMD::Plumed plumed_;
  std::string label_;
  std::size_t molecule_;
  const std::vector<Coordinates>& frames_;
  std::vector<double> masses_, charges_;
  Coordinates forces_;
  std::array<double, 9> box_{}, virial_{};
  long step_ = 0;
  double firstBias_ = 0;
  std::vector<double> firstForces_, firstVirial_, blocks_;
  std::size_t stepsPerBlock_ = 1;
};

Options readOptions(int count, char** arguments) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string word = arguments[i];
    const std::size_t equals = word.find('=');
    if (word.rfind("--", 0) == 0 && i + 1 < count) {
      const double value = std::stod(arguments[++i]);
      if (word == "--atoms")
        options.atoms = static_cast<std::size_t>(value);
      else if (word == "--molecule")
        options.molecule = static_cast<std::size_t>(value);
      else if (word == "--rounds")
        options.rounds = static_cast<std::size_t>(value);
      else if (word == "--milliseconds")
        options.milliseconds = value;
      else
        throw std::invalid_argument("unknown option " + word);
    } else if (equals != std::string::npos) {
      options.inputs.emplace_back(word.substr(0, equals), word.substr(equals + 1));
    } else {
      throw std::invalid_argument("expected LABEL=FILE but received " + word);
    }
  }
  if (options.inputs.empty() || options.molecule < 1 || options.atoms < options.molecule ||
      options.rounds < 1)
    throw std::invalid_argument("expected --atoms N --molecule M (M <= N) and inputs as LABEL=FILE");
  return options;
}

}  // namespace

int main(int count, char** arguments) try {
  const Options options = readOptions(count, arguments);
  const std::vector<Coordinates> frames = makeFrames(options);
  std::vector<std::unique_ptr<Subject>> subjects;
  for (const auto& [label, file] : options.inputs)
    subjects.push_back(std::make_unique<Subject>(label, file, options, frames));
  for (std::size_t i = 0; i < options.rounds; ++i)
    for (const auto& subject : subjects) subject->round();
  std::printf("[\n");
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    if (i) std::printf(",\n");
    subjects[i]->print();
  }
  std::printf("\n]\n");
} catch (const std::exception& problem) {
  std::fprintf(stderr, "step_timer: %s\n", problem.what());
  return 1;
}
