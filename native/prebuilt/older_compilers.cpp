// In the prebuilt core alone, which GCC 8 and the C library of RHEL 8 must be able to link: what the headers of a newer GCC
// refer to, as that GCC's library has it. Weak, so that a library's own goes before it.
#include <new>

#if defined(__GLIBCXX__)
namespace std {

[[gnu::weak]] void __throw_bad_array_new_length() { throw bad_array_new_length(); }

}  // namespace std

/** Whether the process has one thread: not known, so no. */
extern "C" {
[[gnu::weak]] char __libc_single_threaded = 0;
}
#endif
