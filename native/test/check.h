#pragma once

#include <cmath>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

// A test program in a page: TEST registers a function, CHECK counts what does not hold, runTests reports.
namespace check {

struct Test {
  const char* name;
  std::function<void()> body;
};

inline std::vector<Test>& tests() {
  static std::vector<Test> all;
  return all;
}

inline int& failures() {
  static int count = 0;
  return count;
}

struct Registration {
  Registration(const char* name, std::function<void()> body) { tests().push_back({name, std::move(body)}); }
};

inline void fail(const char* file, int line, const std::string& what) {
  ++failures();
  std::printf("%s:%d: %s\n", file, line, what.c_str());
}

inline std::string show(double value) {
  char text[40];
  std::snprintf(text, sizeof(text), "%.17g", value);
  return text;
}

/** Runs every test; the exit status of the program. */
inline int runTests() {
  int passed = 0, failed = 0;
  for (const Test& test : tests()) {
    const int before = failures();
    try {
      test.body();
    } catch (const std::exception& error) {
      fail(test.name, 0, std::string("threw ") + error.what());
    }
    const bool good = failures() == before;
    ++(good ? passed : failed);
    std::printf("%s - %s\n", good ? "ok" : "not ok", test.name);
  }
  std::printf("%d passed, %d failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}

}  // namespace check

#define CHECK_JOIN_(a, b) a##b
#define CHECK_JOIN(a, b) CHECK_JOIN_(a, b)
#define TEST(name)                                                                                 \
  static void CHECK_JOIN(test, __LINE__)();                                                        \
  static check::Registration CHECK_JOIN(registration, __LINE__)(name, CHECK_JOIN(test, __LINE__)); \
  static void CHECK_JOIN(test, __LINE__)()
#define CHECK(condition)                                                             \
  do {                                                                               \
    if (!(condition)) check::fail(__FILE__, __LINE__, "does not hold: " #condition); \
  } while (false)
#define CHECK_NEAR(received, expected, tolerance)                                                       \
  do {                                                                                                  \
    const double r_ = (received), e_ = (expected);                                                      \
    if (!(std::abs(r_ - e_) <= (tolerance)))                                                            \
      check::fail(__FILE__, __LINE__,                                                                   \
                  "expected " #received " to be " + check::show(e_) + " but it is " + check::show(r_)); \
  } while (false)
/** The statement throws an exception whose message contains `text`. */
#define CHECK_THROWS(statement, text)                                                                  \
  do {                                                                                                 \
    std::string message_ = "(nothing thrown)";                                                         \
    try {                                                                                              \
      statement;                                                                                       \
    } catch (const std::exception& error_) {                                                           \
      message_ = error_.what();                                                                        \
    }                                                                                                  \
    if (message_.find(text) == std::string::npos)                                                      \
      check::fail(__FILE__, __LINE__,                                                                  \
                  std::string("expected an error with \"") + (text) + "\" but received: " + message_); \
  } while (false)
