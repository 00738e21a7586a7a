// One clone of a function for every vector width; the loader takes the widest the machine has.
#if defined(__x86_64__) && defined(__linux__)
#define IMU_WIDEST __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define IMU_WIDEST
#endif
