#include "latentcv/descriptor_reader.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <system_error>
#include <thread>

#include "latentcv/descriptors.h"
#include "latentcv/error.h"
#include "reading/mass_metric.h"

namespace latentcv {
namespace {

/**
 * Neighbouring frames that one thread reads: long enough that files are read
 * onwards, short enough to share well.
 */
constexpr std::size_t chunk = 16;

bool same(const TrajectorySource& a, const TrajectorySource& b) {
  return a.path == b.path && a.format == b.format && a.perNanometre == b.perNanometre &&
         a.salvage == b.salvage && a.timestep == b.timestep;
}

/** Threads that are waited for, whatever happens. */
class Threads {
 public:
  ~Threads() {
    for (std::thread& thread : threads_) thread.join();
  }

  /** False where the system has no more of them: those that there are then do the work. */
  template <typename Work>
  bool start(Work work) {
    try {
      threads_.reserve(threads_.size() + 1);
      threads_.emplace_back(std::move(work));
      return true;
    } catch (const std::system_error&) {
      return false;
    }
  }

 private:
  std::vector<std::thread> threads_;
};

MetricPairs pairsOf(const DescriptorReading& reading) {
  MetricPairs pairs;
  pairs.inverseMasses = reading.inverseMasses;
  for (std::size_t i = 0; i < reading.metricPairs.size(); ++i)
    (i % 2 == 0 ? pairs.first : pairs.second).push_back(reading.metricPairs[i]);
  return pairs;
}

}  // namespace

struct DescriptorReader::Worker {
  explicit Worker(const DescriptorReading& reading)
      : atoms(reading.atoms),
        total(reading.total),
        descriptors(reading.descriptors, reading.atoms.size(), reading.minimumImage, reading.references,
                    reading.points) {
    if (!reading.metricPairs.empty()) metric = std::make_unique<MassMetric>(pairsOf(reading), descriptors);
  }

  std::size_t width() const { return descriptors.count() + (metric ? metric->count() : 0); }

  /** Fills row `row` of the batch, and its values, from frame `frame`; returns what is wrong with it. */
  std::string read(std::size_t frame, std::size_t row, double* values, DescriptorBatch& batch,
                   std::uint8_t& box) {
    try {
      trajectory->read(frame, atoms, total, snapshot);
      box = snapshot.hasBox;
      batch.times[row] = snapshot.time;
      batch.steps[row] = snapshot.step;
      if (!snapshot.hasPositions) {
        batch.states[row] = FrameState::withoutPositions;
        return "";
      }
      evaluate(frame, values);
      return "";
    } catch (const std::exception& error) {
      return error.what();
    }
  }

  void evaluate(std::size_t frame, double* values) {
    try {
      descriptors.evaluate(snapshot.positions.data(), snapshot.hasBox ? Box(snapshot.box.data()) : Box(),
                           values);
      if (metric) metric->compute(descriptors, values + descriptors.count());
      checkFinite(values);
    } catch (const Error& error) {
      throw Error(error.code(),
                  trajectory->path() + ", frame " + std::to_string(frame) + ": " + error.what());
    }
  }

  void checkFinite(const double* values) const {
    const auto end = values + width();
    if (std::all_of(values, end, [](double value) { return std::isfinite(value); })) return;
    throw Error(ErrorCode::badData, "expected finite positions but received NaN or infinite ones");
  }

  const std::vector<std::size_t>& atoms;
  std::size_t total;
  Descriptors descriptors;
  std::unique_ptr<MassMetric> metric;
  std::unique_ptr<Trajectory> trajectory;
  Snapshot snapshot;
};

DescriptorReader::DescriptorReader(DescriptorReading reading) : reading_(std::move(reading)) {
  for (const std::size_t atom : reading_.atoms)
    if (atom >= reading_.total)
      throw Error(ErrorCode::badArgument, "expected atoms below " + std::to_string(reading_.total) +
                                              " but received " + std::to_string(atom));
  for (std::size_t i = 0; i < std::max<std::size_t>(reading_.threads, 1); ++i)
    workers_.push_back(std::make_unique<Worker>(reading_));
}

DescriptorReader::~DescriptorReader() = default;

const Trajectory& DescriptorReader::open(const TrajectorySource& source) {
  auto& first = workers_.front()->trajectory;
  if (same(source, source_)) return *first;
  source_ = TrajectorySource();
  first = std::make_unique<Trajectory>(source);
  for (const auto& worker : workers_)
    if (worker != workers_.front()) worker->trajectory = first->again();
  source_ = source;
  return *first;
}

FrameCount DescriptorReader::count(const TrajectorySource& source) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const Trajectory& trajectory = open(source);
  return {trajectory.frames(), trajectory.notes()};
}

std::size_t DescriptorReader::width() const { return workers_.front()->width(); }

DescriptorBatch DescriptorReader::read(const TrajectorySource& source, const FrameSlice& range,
                                       double* values) {
  const std::lock_guard<std::mutex> lock(mutex_);
  open(source);
  DescriptorBatch batch;
  batch.times.resize(range.count);
  batch.steps.resize(range.count);
  batch.states.assign(range.count, FrameState::good);
  std::vector<std::string> problems(range.count);
  std::vector<std::uint8_t> boxes(range.count);
  std::atomic<std::size_t> next{0};
  const auto work = [&](Worker& worker) {
    for (std::size_t from; (from = next.fetch_add(chunk)) < range.count;)
      for (std::size_t row = from; row < std::min(from + chunk, range.count); ++row)
        problems[row] =
            worker.read(range.first + row * range.stride, row, values + row * width(), batch, boxes[row]);
  };
  {
    Threads threads;
    for (std::size_t i = 1; i < workers_.size(); ++i)
      if (!threads.start([&, i] { work(*workers_[i]); })) break;
    work(*workers_.front());
  }
  batch.boxes.assign(boxes.begin(), boxes.end());
  for (std::size_t row = 0; row < range.count; ++row) {
    if (!problems[row].empty()) batch.states[row] = FrameState::bad;
    if (batch.states[row] == FrameState::good) continue;
    std::fill_n(values + row * width(), width(), NAN);
    if (problems[row].empty()) continue;
    batch.problems.push_back(std::move(problems[row]));
  }
  return batch;
}

}  // namespace latentcv
