#define _GNU_SOURCE
#include "Meter.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

// Of the sanitizers' runtime (sanitizer/allocator_interface.h).
extern int __sanitizer_install_malloc_and_free_hooks(
  void (*)(const volatile void *, size_t), void (*)(const volatile void *));
extern size_t __sanitizer_get_allocated_size(const volatile void *);

static _Thread_local int is_counting;
// Signed: what was allocated before the count can be freed within it.
static _Thread_local ptrdiff_t used, most;

static void allocated(const volatile void *block, size_t size) {
  (void)block;
  if (!is_counting) return;
  used += (ptrdiff_t)size;
  if (used > most) most = used;
}

static void freed(const volatile void *block) {
  if (is_counting && block) used -= (ptrdiff_t)__sanitizer_get_allocated_size(block);
}

void meter_begin(void) {
  static int is_installed;
  if (!is_installed) is_installed = __sanitizer_install_malloc_and_free_hooks(allocated, freed);
  if (!is_installed) {
    fputs("fuzz-parsers: allocations cannot be counted\n", stderr);
    _Exit(2);
  }
  used = most = 0;
  is_counting = 1;
}

size_t meter_end(void) {
  is_counting = 0;
  return (size_t)most;
}

const char *memory_file(int slot, const uint8_t *bytes, size_t count) {
  static int descriptors[2] = {-1, -1};
  static char paths[2][32];
  if (descriptors[slot] < 0) {
    descriptors[slot] = memfd_create("fuzz", MFD_CLOEXEC);
    snprintf(paths[slot], sizeof paths[slot], "/proc/self/fd/%d", descriptors[slot]);
  }
  if (ftruncate(descriptors[slot], 0) || pwrite(descriptors[slot], bytes, count, 0) != (ssize_t)count) {
    fputs("fuzz-parsers: no memory for a file\n", stderr);
    _Exit(2);
  }
  return paths[slot];
}
