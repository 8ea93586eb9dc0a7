// Threads of one reader, and readings of one reader from several threads: what ThreadSanitizer looks at.
#include "latentcv/descriptor_reader.h"

#include <pthread.h>

#include <fstream>
#include <system_error>
#include <thread>

#include "testing.h"

using namespace latentcv;

namespace {

constexpr std::size_t frames = 400;

/** Two atoms i + 1 Å apart in frame i; frame 7 of the damaged file holds no number. */
std::string writeWalk(const std::string& path, bool damaged = false) {
  std::ofstream file(path);
  for (std::size_t i = 0; i < frames; ++i)
    file << "2\nframe\nC 0 0 0\nC " << (damaged && i == 7 ? "there" : std::to_string(i + 1)) << " 0 0\n";
  return path;
}

/** Files in the working folder that go away with the test. */
struct Files {
  std::string good = writeWalk("descriptor_reader_test.xyz"),
              damaged = writeWalk("descriptor_reader_test-damaged.xyz", true);
  ~Files() {
    std::remove(good.c_str());
    std::remove(damaged.c_str());
  }
};

DescriptorReading reading(std::size_t threads) {
  DescriptorReading reading;
  reading.descriptors = {"distance 0 1", "inverse-distance 0 1"};
  reading.atoms = {0, 1};
  reading.total = 2;
  reading.minimumImage = false;
  reading.threads = threads;
  return reading;
}

TrajectorySource sourceOf(const std::string& path, bool salvage = false) {
  TrajectorySource source;
  source.path = path;
  source.format = "XYZ";
  source.salvage = salvage;
  return source;
}

void checkWalk(DescriptorReader& reader, const TrajectorySource& source, const FrameSlice& range) {
  std::vector<double> values(range.count * reader.width());
  const DescriptorBatch batch = reader.read(source, range, values.data());
  for (std::size_t row = 0; row < range.count; ++row) {
    const double distance = static_cast<double>(range.first + row * range.stride + 1) / 10;
    CHECK(batch.states[row] == FrameState::good);
    CHECK(values[2 * row] == near(distance, 1e-15 * distance));
    CHECK(values[2 * row + 1] == near(1 / distance, 1e-15 / distance));
  }
}

}  // namespace

TEST_CASE("any number of threads reads every frame into its row") {
  const Files files;
  for (const std::size_t threads : {1, 2, 5}) {
    DescriptorReader reader(reading(threads));
    checkWalk(reader, sourceOf(files.good), {0, frames, 1});
    checkWalk(reader, sourceOf(files.good), {3, 99, 4});
  }
}

/** While it is there, the system starts no thread: each would need a stack as large as the address space. */
struct NoThreads {
  NoThreads() { setStack(std::size_t{1} << 47); }
  ~NoThreads() { setStack(std::size_t{8} << 20); }

  static void setStack(std::size_t bytes) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, bytes);
    CHECK(pthread_setattr_default_np(&attributes) == 0);
    pthread_attr_destroy(&attributes);
  }
};

TEST_CASE("where the system starts no more threads, those that there are do the work") {
  const Files files;
  DescriptorReader reader(reading(4));
  const NoThreads without;
  CHECK_THROWS_AS(std::thread([] {}), std::system_error);
  checkWalk(reader, sourceOf(files.good), {0, frames, 1});
}

TEST_CASE("frames that cannot be read are told in their order, whichever thread meets them") {
  const Files files;
  DescriptorReader reader(reading(3));
  std::vector<double> values(frames * reader.width());
  const DescriptorBatch batch = reader.read(sourceOf(files.damaged, true), {0, frames, 1}, values.data());
  CHECK((batch.problems.size() == 1 && batch.states[7] == FrameState::bad && std::isnan(values[14])));
  CHECK(batch.states[8] == FrameState::good);
}

TEST_CASE("readings of one reader from several threads wait for each other") {
  const Files files;
  DescriptorReader reader(reading(2));
  std::vector<std::thread> callers;
  for (std::size_t caller = 0; caller < 4; ++caller)
    callers.emplace_back([&, caller] {
      for (std::size_t turn = 0; turn < 5; ++turn) {
        // two files in turn, so that each opens what the other had closed
        if (caller % 2 == 0)
          checkWalk(reader, sourceOf(files.good), {caller, 100, 2});
        else
          CHECK(reader.count(sourceOf(files.damaged, true)).frames == frames);
      }
    });
  for (std::thread& caller : callers) caller.join();
}
