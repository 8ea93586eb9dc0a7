/*
What a step of PLUMED costs with each of several inputs.
usage: step_timer --atoms N --molecule M [--walking 1|--cells C] --rounds R --milliseconds T LABEL=plumed.dat …

Every input is a PLUMED of its own in this process, loaded through PLUMED's wrapper (PLUMED_KERNEL). N atoms
are in a cubic box, the first M of them close together as in a molecule; they move a little at every step, or diffuse; or they
are a crystal of C cells along each edge.
First each input is evaluated once at the same positions, then all are timed in turn, a block of T ms each,
for R rounds.

Prints JSON: [{label, bias, forces: [3 M] kJ/mol/nm, virial: [9], microseconds: {min, median}}], the time
being thread CPU time per step over the blocks.
*/
#include <algorithm>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine.h"

namespace {

struct Options {
  System system;
  std::size_t rounds = 1;
  double milliseconds = 10;
  std::vector<std::pair<std::string, std::string>> inputs;  // label, file
};

/** An input that is timed. */
class Subject {
 public:
  Subject(const std::string& label, const std::string& file, const Options& options, Frames& frames)
      : engine_(file, options.system), label_(label), molecule_(options.system.molecule), frames_(frames) {
    firstForces();
    calibrate(options.milliseconds);
  }

  void round() {
    const long first = step_;
    blocks_.push_back(timeBlock(stepsPerBlock_));
    moves_.push_back(timeMoves(first, stepsPerBlock_));
  }

  void print() const {
    std::printf("  {\"label\": \"%s\", \"bias\": %.17g,\n", label_.c_str(), firstBias_);
    printList("forces", firstForces_);
    printList("virial", firstVirial_);
    std::vector<double> sorted = blocks_;
    std::sort(sorted.begin(), sorted.end());
    // the least that it took to move atoms is not PLUMED's
    const double moving = *std::min_element(moves_.begin(), moves_.end());
    std::printf("   \"microseconds\": {\"min\": %.3f, \"median\": %.3f}}", sorted.front() - moving,
                sorted[sorted.size() / 2] - moving);
  }

 private:
  /** Where atoms are goes on from block to block, as in a run. */
  void step() {
    engine_.step(step_, frames_.at(static_cast<std::size_t>(step_)));
    ++step_;
  }

  void firstForces() {
    step();
    firstBias_ = engine_.bias();
    const auto first = engine_.forces().begin();
    firstForces_.assign(first, first + static_cast<std::ptrdiff_t>(3 * molecule_));
    firstVirial_.assign(engine_.virial().begin(), engine_.virial().end());
  }

  /** µs per step, after one that fills the caches. */
  double timeBlock(std::size_t steps) {
    step();
    const double began = threadMicroseconds();
    for (std::size_t i = 0; i < steps; ++i) step();
    return (threadMicroseconds() - began) / static_cast<double>(steps);
  }

  /** What moving the atoms of as many steps takes, µs per step. */
  double timeMoves(long first, std::size_t steps) {
    double sum = 0;
    const double began = threadMicroseconds();
    for (std::size_t i = 0; i < steps; ++i) sum += frames_.at(static_cast<std::size_t>(first) + i).front();
    const double time = (threadMicroseconds() - began) / static_cast<double>(steps);
    // the sum is there for the loop to be done
    return sum == 0.5 ? 0 : time;
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

  Engine engine_;
  std::string label_;
  std::size_t molecule_;
  Frames& frames_;
  long step_ = 0;
  double firstBias_ = 0;
  std::vector<double> firstForces_, firstVirial_, blocks_, moves_;
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
        options.system.atoms = static_cast<std::size_t>(value);
      else if (word == "--molecule")
        options.system.molecule = static_cast<std::size_t>(value);
      else if (word == "--walking")
        options.system.walking = value != 0;
      else if (word == "--cells")
        options.system.cells = static_cast<std::size_t>(value);
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
  if (options.inputs.empty() || options.system.molecule < 1 ||
      options.system.atoms < options.system.molecule || options.rounds < 1)
    throw std::invalid_argument("expected --atoms N --molecule M (M <= N) and inputs as LABEL=FILE");
  return options;
}

}  // namespace

int main(int count, char** arguments) try {
  const Options options = readOptions(count, arguments);
  Frames frames(options.system);
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
