// The product kernel for one vector width; product.c includes it once for each, with
// SUFFIX, LANES, ROWS, TARGET and MULTIPLY_ADD defined.
//
// ROWS × 2·LANES sums stay in registers over a run of the inner extent. Every element is a sum in
// the order of the inner extent alone, so its bits depend neither on the width nor on its place.
#define GLUE_TOKENS(a, b) a##b
#define GLUE(a, b) GLUE_TOKENS(a, b)
#define VECTOR GLUE(vector_, SUFFIX)

typedef float VECTOR __attribute__((ext_vector_type(LANES), aligned(4)));

TARGET static inline __attribute__((always_inline)) void GLUE(tile_, SUFFIX)(
    const long rows, imu_left a, long inner, const float *b, float *c, long stride, int adds) {
  VECTOR sums[ROWS][2];
#pragma clang loop unroll(full)
  for (long r = 0; r < rows; r++) {
    sums[r][0] = adds ? *(const VECTOR *)(c + r * stride) : (VECTOR)0;
    sums[r][1] = adds ? *(const VECTOR *)(c + r * stride + LANES) : (VECTOR)0;
  }
  for (long k = 0; k < inner; k++) {
    const VECTOR low = *(const VECTOR *)(b + k * IMU_PANEL);
    const VECTOR high = *(const VECTOR *)(b + k * IMU_PANEL + LANES);
#pragma clang loop unroll(full)
    for (long r = 0; r < rows; r++) {
      const VECTOR x = a.values[r * a.row_stride + k * a.inner_stride];
      sums[r][0] = MULTIPLY_ADD(x, low, sums[r][0]);
      sums[r][1] = MULTIPLY_ADD(x, high, sums[r][1]);
    }
  }
#pragma clang loop unroll(full)
  for (long r = 0; r < rows; r++) {
    *(VECTOR *)(c + r * stride) = sums[r][0];
    *(VECTOR *)(c + r * stride + LANES) = sums[r][1];
  }
}

TARGET static void GLUE(rows_, SUFFIX)(
    long rows, imu_left a, long inner, const float *b, float *c, long stride, int adds) {
  switch (rows) {
#define TILE(n) \
  case n: GLUE(tile_, SUFFIX)(n, a, inner, b, c, stride, adds); return;
    TILE(1) TILE(2) TILE(3) TILE(4) TILE(5)
#if ROWS > 6
    TILE(6) TILE(7) TILE(8) TILE(9) TILE(10) TILE(11)
#endif
#undef TILE
    default: GLUE(tile_, SUFFIX)(ROWS, a, inner, b, c, stride, adds);
  }
}

TARGET static void GLUE(product_, SUFFIX)(
    imu_left a, long rows, long inner, const float *packed, long columns, float *c, long stride,
    int adds) {
  float edge[ROWS * 2 * LANES];
  for (long panel = 0; panel < columns; panel += IMU_PANEL) {
    for (long k = 0; k < inner; k += INNER_RUN) {
      const long run = inner - k < INNER_RUN ? inner - k : INNER_RUN;
      const float *b = packed + panel * inner + k * IMU_PANEL;
      for (long j = panel; j < panel + IMU_PANEL && j < columns; j += 2 * LANES) {
        const long width = columns - j < 2 * LANES ? columns - j : 2 * LANES;
        for (long r = 0; r < rows; r += ROWS) {
          const long height = rows - r < ROWS ? rows - r : ROWS;
          imu_left part = a;
          part.values += r * a.row_stride + k * a.inner_stride;
          float *target = c + r * stride + j;
          if (width == 2 * LANES) {
            GLUE(rows_, SUFFIX)(height, part, run, b + j - panel, target, stride, adds || k > 0);
            continue;
          }
          if (adds || k > 0) copy_rows(target, stride, edge, 2 * LANES, height, width);
          GLUE(rows_, SUFFIX)(height, part, run, b + j - panel, edge, 2 * LANES, adds || k > 0);
          copy_rows(edge, 2 * LANES, target, stride, height, width);
        }
      }
    }
  }
}

#undef VECTOR
#undef GLUE
#undef GLUE_TOKENS
#undef SUFFIX
#undef LANES
#undef ROWS
#undef TARGET
#undef MULTIPLY_ADD
