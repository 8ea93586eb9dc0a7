#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "coverage.h"
#include "limits.h"
#include "mutator.h"

// A fuzzer that needs only g++: inputs that reach code not reached before are kept and changed further.
// usage: fuzz_model CORPUS SECONDS SEED FINDINGS    (0 seconds: only what is in the corpus)
// `edge-…` (inputs that cross a border in the code that none crossed before) and `crash-…` go to the folder
// FINDINGS. libFuzzer can drive load_model.cpp and read_trajectory.cpp as well.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;
using coverage::Gain;
using Clock = std::chrono::steady_clock;

std::string read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

class Fuzzer {
 public:
  Fuzzer(std::uint64_t seed, fs::path findings) : mutator_(seed), findings_(std::move(findings)) {}

  /** In the order of size, so that the smallest of two files that reach the same stands for both. */
  void readCorpus(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
    std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) {
      return std::make_pair(fs::file_size(a), a) < std::make_pair(fs::file_size(b), b);
    });
    for (const fs::path& file : files) {
      const std::string input = read(file);
      mutator_.learn(input);
      run(input);
      inputs_.push_back(input);
    }
    std::printf("%zu inputs reach %zu\n", inputs_.size(), coverage::seen());
  }

  void fuzz(int seconds) {
    const Clock::time_point end = Clock::now() + std::chrono::seconds(seconds);
    std::size_t runs = 0, added = 0;
    for (; Clock::now() < end; ++runs) {
      const std::string input = mutator_.mutate(any(), any());
      if (input.size() > limits::mostBytes) continue;
      const Gain gain = run(input);
      if (gain == Gain::nothing) continue;
      ++added;
      inputs_.push_back(input);
      mutator_.learn(input);
      if (gain == Gain::borders) save(input);
    }
    std::printf("%zu runs, %zu new inputs, %zu reached\n", runs, added, coverage::seen());
  }

 private:
  const std::string& any() { return inputs_[mutator_.below(inputs_.size())]; }

  static Gain run(const std::string& input) {
    coverage::clear();
    limits::begin(input.data(), input.size());
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
    limits::end();
    return coverage::addNew();
  }

  void save(const std::string& input) const {
    std::ofstream(findings_ / ("edge-" + std::to_string(inputs_.size())), std::ios::binary) << input;
  }

  Mutator mutator_;
  fs::path findings_;
  std::vector<std::string> inputs_;
};

}  // namespace

int main(int count, char** words) {
  if (count != 5) {
    std::fprintf(stderr, "usage: %s CORPUS SECONDS SEED FINDINGS\n", words[0]);
    return 2;
  }
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const std::string crash = (fs::path(words[4]) / "crash-").string();
  limits::install(crash.c_str());
  Fuzzer fuzzer(std::stoull(words[3]), words[4]);
  fuzzer.readCorpus(words[1]);
  fuzzer.fuzz(std::stoi(words[2]));
}
