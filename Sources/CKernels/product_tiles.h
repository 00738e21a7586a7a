// The product kernel for one vector width and one type of elements; product_element.h includes it
// once for each, with SUFFIX, LANES, ROWS, TARGET and MULTIPLY_ADD defined.
//
// ROWS × 2·LANES sums stay in registers over a run of the inner extent. Every element is a sum in
// the order of the inner extent alone, so its bits depend neither on the width nor on its place.
#define GLUE_TOKENS(a, b) a##b
#define GLUE(a, b) GLUE_TOKENS(a, b)
#define VECTOR GLUE(vector_, SUFFIX)

typedef ELEMENT VECTOR __attribute__((ext_vector_type(LANES), aligned(sizeof(ELEMENT))));

// `rows` and `vectors` are constants wherever this is inlined.
TARGET static inline __attribute__((always_inline)) void GLUE(tile_, SUFFIX)(
    const long rows, const long vectors, LEFT a, long inner, const ELEMENT *b, ELEMENT *c,
    long stride, int adds) {
  VECTOR sums[ROWS][2];
#pragma clang loop unroll(full)
  for (long r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
    for (long v = 0; v < vectors; v++) {
      sums[r][v] = adds ? *(const VECTOR *)(c + r * stride + v * LANES) : (VECTOR)0;
    }
  }
  for (long k = 0; k < inner; k++) {
    VECTOR y[2];
#pragma clang loop unroll(full)
    for (long v = 0; v < vectors; v++) y[v] = *(const VECTOR *)(b + k * IMU_PANEL + v * LANES);
#pragma clang loop unroll(full)
    for (long r = 0; r < rows; r++) {
      const VECTOR x = a.values[r * a.row_stride + k * a.inner_stride];
#pragma clang loop unroll(full)
      for (long v = 0; v < vectors; v++) sums[r][v] = MULTIPLY_ADD(x, y[v], sums[r][v]);
    }
  }
#pragma clang loop unroll(full)
  for (long r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
    for (long v = 0; v < vectors; v++) *(VECTOR *)(c + r * stride + v * LANES) = sums[r][v];
  }
}

TARGET static void GLUE(rows_, SUFFIX)(
    long rows, long vectors, LEFT a, long inner, const ELEMENT *b, ELEMENT *c, long stride,
    int adds) {
#define TILE(n) \
  case n: \
    vectors == 1 ? GLUE(tile_, SUFFIX)(n, 1, a, inner, b, c, stride, adds) \
                 : GLUE(tile_, SUFFIX)(n, 2, a, inner, b, c, stride, adds); \
    return;
  switch (rows) {
    TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)
#if ROWS > 6
    TILE(7) TILE(8) TILE(9) TILE(10) TILE(11) TILE(12)
#endif
  }
#undef TILE
}

TARGET static void GLUE(product_, SUFFIX)(
    LEFT a, long rows, long inner, const ELEMENT *packed, long columns, ELEMENT *c, long stride,
    int adds) {
  ELEMENT edge[ROWS * 2 * LANES];
  for (long panel = 0; panel < columns; panel += IMU_PANEL) {
    for (long k = 0; k < inner; k += INNER_RUN) {
      const long run = inner - k < INNER_RUN ? inner - k : INNER_RUN;
      const ELEMENT *b = packed + panel * inner + k * IMU_PANEL;
      for (long j = panel; j < panel + IMU_PANEL && j < columns; j += 2 * LANES) {
        const long width = columns - j < 2 * LANES ? columns - j : 2 * LANES;
        for (long r = 0; r < rows; r += ROWS) {
          const long height = rows - r < ROWS ? rows - r : ROWS;
          LEFT part = a;
          part.values += r * a.row_stride + k * a.inner_stride;
          ELEMENT *target = c + r * stride + j;
          if (width % LANES == 0) {
            GLUE(rows_, SUFFIX)(
                height, width / LANES, part, run, b + j - panel, target, stride, adds || k > 0);
            continue;
          }
          if (adds || k > 0) COPY_ROWS(target, stride, edge, 2 * LANES, height, width)
          GLUE(rows_, SUFFIX)(
              height, width <= LANES ? 1 : 2, part, run, b + j - panel, edge, 2 * LANES,
              adds || k > 0);
          COPY_ROWS(edge, 2 * LANES, target, stride, height, width)
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
