#include "limits.h"

#include <fcntl.h>
#include <sanitizer/common_interface_defs.h>
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

// g++ ships the functions of sanitizer/allocator_interface.h without the header
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*onMalloc)(const volatile void*, std::size_t),
                                                         void (*onFree)(const volatile void*));
extern "C" std::size_t __sanitizer_get_allocated_size(const volatile void* pointer);

namespace {

const char* crashPath = "";
const char* current = nullptr;
std::size_t currentSize = 0;
std::atomic<std::size_t> allocated{0};

/** Runs where the process is about to end: no allocation, no stream. */
void keepInput() {
  if (!current) return;
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (std::size_t i = 0; i < currentSize; ++i)
    hash = (hash ^ static_cast<std::uint8_t>(current[i])) * 0x100000001b3U;
  char path[4096];
  std::snprintf(path, sizeof path, "%s%016llx", crashPath, static_cast<unsigned long long>(hash));
  const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file < 0 || write(file, current, currentSize) != static_cast<ssize_t>(currentSize)) return;
  close(file);
  std::fprintf(stderr, "fuzz: the input is kept as %s\n", path);
  current = nullptr;
}

void stop(const char* why) {
  std::fprintf(stderr, "fuzz: an input of %zu bytes %s\n", currentSize, why);
  __sanitizer_print_stack_trace();
  keepInput();
  _exit(1);
}

void outOfTime(int) { stop("takes too long"); }

void onAbort(int) {
  keepInput();
  _exit(1);
}

void onMalloc(const volatile void*, std::size_t size) {
  if (!current) return;
  allocated += size;
  if (allocated > limits::mostMemory) stop("needs too much memory");
}

void onFree(const volatile void* pointer) {
  if (!current || !pointer) return;
  const std::size_t size = __sanitizer_get_allocated_size(pointer);
  allocated -= size < allocated ? size : allocated.load();
}

void setTimer(int seconds) {
  itimerval timer{};
  timer.it_value.tv_sec = seconds;
  setitimer(ITIMER_VIRTUAL, &timer, nullptr);
}

}  // namespace

// an allocation that no machine has is a finding, not a null pointer
extern "C" __attribute__((visibility("default"))) const char* __asan_default_options() {
  return "allocator_may_return_null=0";
}
// it has no callback of its own
extern "C" __attribute__((visibility("default"))) const char* __ubsan_default_options() {
  return "abort_on_error=1:print_stacktrace=1";
}

void limits::install(const char* path) {
  crashPath = path;
  __sanitizer_set_death_callback(keepInput);
  __sanitizer_install_malloc_and_free_hooks(onMalloc, onFree);
  signal(SIGABRT, onAbort);
  signal(SIGVTALRM, outOfTime);
}

void limits::begin(const char* data, std::size_t size) {
  allocated = 0;
  currentSize = size;
  setTimer(mostSeconds);
  current = data;
}

void limits::end() {
  current = nullptr;
  setTimer(0);
}
