#include "number_pool.h"

#include <mutex>
#include <vector>

namespace latentcv {
namespace {

/** As many as a garbage collection lets go of at once. */
constexpr std::size_t mostKept = 4;

}  // namespace

/** What nobody uses; all of one size, the largest that was asked for. */
struct NumberPool::Free {
  std::mutex mutex;
  std::size_t size = 0;
  std::vector<std::unique_ptr<double[]>> rooms;

  std::unique_ptr<double[]> take(std::size_t count) {
    const std::lock_guard<std::mutex> lock(mutex);
    if (count > size) {
      rooms.clear();
      size = count;
    }
    if (rooms.empty()) return std::unique_ptr<double[]>(new double[size]);
    auto room = std::move(rooms.back());
    rooms.pop_back();
    return room;
  }

  void giveBack(std::unique_ptr<double[]> room, std::size_t itsSize) {
    const std::lock_guard<std::mutex> lock(mutex);
    if (itsSize == size && rooms.size() < mostKept) rooms.push_back(std::move(room));
  }
};

NumberPool::NumberPool() : free_(std::make_shared<Free>()) {}

std::shared_ptr<double[]> NumberPool::take(std::size_t count) {
  std::unique_ptr<double[]> room = free_->take(count);
  const auto giveBack = [free = free_, size = free_->size](double* numbers) {
    free->giveBack(std::unique_ptr<double[]>(numbers), size);
  };
  return std::shared_ptr<double[]>(room.release(), giveBack);
}

}  // namespace latentcv
