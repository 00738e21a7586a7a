#include "CKernels.h"

#include <stddef.h>
// Defines __GLIBC__ where there is one.
#include <stdlib.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

const char *imu_preferred_matrix_kernel(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
    return "SKYLAKEX";
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "HASWELL";
#endif
  return NULL;
}

int imu_keep_freed_memory(void) {
#if defined(__GLIBC__)
  return mallopt(M_MMAP_MAX, 0) && mallopt(M_TRIM_THRESHOLD, 1 << 30);
#else
  return 0;
#endif
}
