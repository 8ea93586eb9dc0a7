#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace latentcv {

/** Every buffer starts on a cache line and is padded with zeros to whole ones, so that no kernel has a tail.
 */
constexpr std::size_t cacheLineBytes = 64;

/** Elements of T that `count` takes with its padding. */
template <typename T>
constexpr std::size_t padded(std::size_t count) {
  constexpr std::size_t line = cacheLineBytes / sizeof(T);
  return (count + line - 1) / line * line;
}

template <typename T>
struct CacheLineAllocator {
  using value_type = T;
  CacheLineAllocator() = default;
  template <typename U>
  CacheLineAllocator(const CacheLineAllocator<U>&) {}
  T* allocate(std::size_t n) {
    return static_cast<T*>(::operator new(n * sizeof(T), std::align_val_t(cacheLineBytes)));
  }
  void deallocate(T* p, std::size_t) { ::operator delete(p, std::align_val_t(cacheLineBytes)); }
  bool operator==(const CacheLineAllocator&) const { return true; }
  bool operator!=(const CacheLineAllocator&) const { return false; }
};

template <typename T>
using Buffer = std::vector<T, CacheLineAllocator<T>>;

/**
 * A matrix [rows, columns] stored once and read in order by both products: blocks of a few rows, in each
 * block chunks of one vector register's width, in each chunk the rows. Padded with zeros.
 */
template <typename T>
struct BlockedMatrix {
  std::size_t rowBlocks = 0, chunks = 0;
  Buffer<T> elements;
};

/** The same without its owner. Kernels call nothing of the standard library, see kernels_avx2.cpp. */
template <typename T>
struct BlockedView {
  std::size_t rowBlocks, chunks;
  const T* elements;
};

template <typename T>
BlockedView<T> view(const BlockedMatrix<T>& matrix) {
  return {matrix.rowBlocks, matrix.chunks, matrix.elements.data()};
}

/** The products with a matrix, compiled once for each vector width that processors have. */
template <typename T>
struct Kernels {
  const char* name;
  std::size_t lanes;      // elements per vector register
  std::size_t blockRows;  // rows per block

  /** y [rows] = matrix · x [columns] + bias [rows]. */
  void (*multiply)(BlockedView<T> matrix, const T* bias, const T* x, T* y);

  /** out [count, columns] += g [count, rows] · matrix, rows of g and out `gStride` and `outStride` apart. */
  void (*addTransposed)(BlockedView<T> matrix, std::size_t count, const T* g, std::size_t gStride, T* out,
                        std::size_t outStride);
};

/** The widest kernels that this processor runs. */
template <typename T>
const Kernels<T>& kernels();

/** Packs a row-major [rows, columns] matrix. */
template <typename T>
BlockedMatrix<T> pack(const std::vector<double>& matrix, std::size_t rows, std::size_t columns);

}  // namespace latentcv
