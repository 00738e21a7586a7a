// Runs of channels whose length the compiler knows where it is a usual one.
#ifndef IMU_RUNS_H
#define IMU_RUNS_H

enum { RUN = 32 };

#define INLINED inline __attribute__((always_inline))

// Calls `work` with n, the channels of a run; as a constant where it is a usual one, so that the
// compiler need not guess how long its loops are.
#define IN_RUNS(left, work, ...)     \
  do {                               \
    if ((left) >= RUN) {             \
      enum { n = RUN };              \
      work(__VA_ARGS__);             \
    } else if ((left) == RUN / 2) {  \
      enum { n = RUN / 2 };          \
      work(__VA_ARGS__);             \
    } else {                         \
      const long n = (left);         \
      work(__VA_ARGS__);             \
    }                                \
  } while (0)

#endif
