#include "CKernels.h"
#include "clones.h"
#include "product.h"
#include "runs.h"

#include <string.h>

// Winograd's minimal filtering F(4×4, 3×3) with the points 0, ±1, ±2 (Lavin and Gray, 2016).
//
// With d a 6×6 tile of the input, g a kernel and Y a 4×4 tile of the output, all by channel:
// V = Bᵀ·d·B, U = G·g·Gᵀ, M = Σ over input channels of U⊙V, Y = Aᵀ·M·A. Being linear, its gradients
// are the transposes: dM = A·dY·Aᵀ, dU = Σ over tiles of V⊙dM, dg = Gᵀ·dU·G.
//
// The 36 products of a block of tiles are matrix products. Rows of the transforms are loops over
// channels, which the compiler turns into vectors.

enum { TILES = 96, POINTS = 36 };

// Between the 36 matrices of a block, so that they do not fall on the same lines of the cache.
enum { GAP = 48 };

static const float zeros[RUN];

typedef struct {
  long image, row, column;
} place;

static inline long tiles_down(long height) { return (height + 3) / 4; }

static inline place place_of(const imu_patch_shape *s, long tile) {
  const long across = tiles_down(s->output_width);
  const long all = tiles_down(s->output_height) * across;
  return (place){tile / all, tile % all / across * 4, tile % across * 4};
}

long imu_winograd_tiles(imu_patch_shape s) {
  return tiles_down(s.output_height) * tiles_down(s.output_width);
}

// The lines under a 6×6 tile of the input, null where they are padding.
static void lines_under(const imu_patch_shape *s, const float *x, place p,
                        const float *lines[POINTS]) {
  x += p.image * s->height * s->width * s->channels;
  for (long i = 0; i < 6; i++) {
    for (long j = 0; j < 6; j++) {
      const long row = p.row + i - s->padding_height;
      const long column = p.column + j - s->padding_width;
      const int isInside = row >= 0 && row < s->height && column >= 0 && column < s->width;
      lines[i * 6 + j] = isInside ? x + (row * s->width + column) * s->channels : NULL;
    }
  }
}

// Fetches the next tile's lines of up to 64 channels while this one is transformed: those of a row
// are few, and the next row is elsewhere.
static INLINED void fetch_lines(const float *const lines[POINTS], long channels) {
  for (long p = 0; p < POINTS; p++) {
    for (long c = 0; c < channels && c < 64; c += 16) {
      if (lines[p]) __builtin_prefetch(lines[p] + c);
    }
  }
}

// V of channels c to c + n of one tile; matrix p of V begins at p·step.
static INLINED void input_run(const float *const lines[POINTS], long c, const long n,
                              float *restrict v, long step) {
  float t[POINTS][RUN];
  for (long j = 0; j < 6; j++) {
    const float *d[6];
    for (long i = 0; i < 6; i++) d[i] = lines[i * 6 + j] ? lines[i * 6 + j] + c : zeros;
    const float *restrict d0 = d[0], *restrict d1 = d[1], *restrict d2 = d[2];
    const float *restrict d3 = d[3], *restrict d4 = d[4], *restrict d5 = d[5];
    for (long k = 0; k < n; k++) {
      const float a = d4[k] - 4 * d2[k], b = d3[k] - 4 * d1[k];
      const float e = d4[k] - d2[k], f = 2 * (d3[k] - d1[k]);
      t[j][k] = 4 * d0[k] - 5 * d2[k] + d4[k];
      t[6 + j][k] = a + b;
      t[12 + j][k] = a - b;
      t[18 + j][k] = e + f;
      t[24 + j][k] = e - f;
      t[30 + j][k] = 4 * d1[k] - 5 * d3[k] + d5[k];
    }
  }
  for (long i = 0; i < 6; i++) {
    const float(*restrict d)[RUN] = t + i * 6;
    float *restrict o = v + i * 6 * step + c;
    for (long k = 0; k < n; k++) {
      const float a = d[4][k] - 4 * d[2][k], b = d[3][k] - 4 * d[1][k];
      const float e = d[4][k] - d[2][k], f = 2 * (d[3][k] - d[1][k]);
      o[k] = 4 * d[0][k] - 5 * d[2][k] + d[4][k];
      o[step + k] = a + b;
      o[2 * step + k] = a - b;
      o[3 * step + k] = e + f;
      o[4 * step + k] = e - f;
      o[5 * step + k] = 4 * d[1][k] - 5 * d[3][k] + d[5][k];
    }
  }
}

// V of one tile.
IMU_WIDEST
static void transform_input(const float *const lines[POINTS], long channels, float *restrict v,
                            long step) {
  for (long c = 0; c < channels; c += RUN) {
    IN_RUNS(channels - c, input_run, lines, c, n, v, step);
  }
}

// Where the outputs of a tile lie: so many rows and columns of it are inside the image.
typedef struct {
  long offset, rows, columns, row_stride;
} target;

static inline target target_of(const imu_patch_shape *s, place p, long outputs) {
  target t;
  t.offset = ((p.image * s->output_height + p.row) * s->output_width + p.column) * outputs;
  t.rows = s->output_height - p.row < 4 ? s->output_height - p.row : 4;
  t.columns = s->output_width - p.column < 4 ? s->output_width - p.column : 4;
  t.row_stride = s->output_width * outputs;
  return t;
}

// Y of channels c to c + n of one tile, and what follows the convolution.
static INLINED void output_run(const float *m, long step, long outputs, long c, const long n,
                               target p, imu_epilogue after, float *y) {
  float t[24][RUN];
  for (long j = 0; j < 6; j++) {
    const float *restrict d = m + j * step + c;
    for (long k = 0; k < n; k++) {
      const float a = d[6 * step + k] + d[12 * step + k];
      const float b = d[6 * step + k] - d[12 * step + k];
      const float e = d[18 * step + k] + d[24 * step + k];
      const float f = d[18 * step + k] - d[24 * step + k];
      t[j][k] = d[k] + a + e;
      t[6 + j][k] = b + 2 * f;
      t[12 + j][k] = a + 4 * e;
      t[18 + j][k] = b + 8 * f + d[30 * step + k];
    }
  }
  const float *restrict bias = after.bias ? after.bias + c : zeros;
  for (long i = 0; i < p.rows; i++) {
    const float(*restrict d)[RUN] = t + i * 6;
    float o[4][RUN];
    for (long k = 0; k < n; k++) {
      const float a = d[1][k] + d[2][k], b = d[1][k] - d[2][k];
      const float e = d[3][k] + d[4][k], f = d[3][k] - d[4][k];
      o[0][k] = d[0][k] + a + e + bias[k];
      o[1][k] = b + 2 * f + bias[k];
      o[2][k] = a + 4 * e + bias[k];
      o[3][k] = b + 8 * f + d[5][k] + bias[k];
    }
    for (long j = 0; j < p.columns; j++) {
      const long offset = p.offset + i * p.row_stride + j * outputs + c;
      float *restrict to = y + offset;
      const float *restrict residual = after.residual ? after.residual + offset : zeros;
      if (after.is_rectified) {
        for (long k = 0; k < n; k++) {
          const float sum = o[j][k] + residual[k];
          to[k] = sum > 0 ? sum : 0;
        }
      } else {
        for (long k = 0; k < n; k++) to[k] = o[j][k] + residual[k];
      }
    }
  }
}

// Y of one tile, and what follows the convolution.
IMU_WIDEST
static void transform_output(const float *m, long step, long outputs, target p,
                             imu_epilogue after, float *y) {
  for (long c = 0; c < outputs; c += RUN) {
    IN_RUNS(outputs - c, output_run, m, step, outputs, c, n, p, after, y);
  }
}

static long block_step(long channels, long tiles) { return tiles * channels + GAP; }

long imu_winograd_scratch(long inputs, long outputs) {
  return POINTS * (block_step(inputs, TILES) + block_step(outputs, TILES));
}

void imu_winograd_convolution(imu_patch_shape s, long outputs, const float *x, long images,
                              const float *weight, imu_epilogue after, float *y, float *scratch) {
  const long count = images * imu_winograd_tiles(s);
  const long in_step = block_step(s.channels, TILES), out_step = block_step(outputs, TILES);
  const long matrix = s.channels * imu_panelled(outputs);
  float *v = scratch, *m = scratch + POINTS * in_step;
  for (long first = 0; first < count; first += TILES) {
    const long tiles = count - first < TILES ? count - first : TILES;
    const float *lines[2][POINTS];
    lines_under(&s, x, place_of(&s, first), lines[0]);
    for (long tile = 0; tile < tiles; tile++) {
      if (tile + 1 < tiles) {
        lines_under(&s, x, place_of(&s, first + tile + 1), lines[(tile + 1) % 2]);
        fetch_lines(lines[(tile + 1) % 2], s.channels);
      }
      transform_input(lines[tile % 2], s.channels, v + tile * s.channels, in_step);
    }
    for (long p = 0; p < POINTS; p++) {
      const imu_left left = {v + p * in_step, s.channels, 1};
      imu_product(left, tiles, s.channels, weight + p * matrix, outputs, m + p * out_step, outputs,
                  0);
    }
    for (long tile = 0; tile < tiles; tile++) {
      transform_output(m + tile * outputs, out_step, outputs,
                       target_of(&s, place_of(&s, first + tile), outputs), after, y);
    }
  }
}

// U of one input channel and a run of output channels, packed: matrix p begins at p·step.
IMU_WIDEST
static void transform_weight(const float g[9][RUN], float *restrict u, long step) {
  float t[18][RUN];
  for (long j = 0; j < 3; j++) {
    for (long k = 0; k < RUN; k++) {
      const float a = g[j][k] + g[6 + j][k], b = g[j][k] / 4 + g[6 + j][k];
      t[j][k] = g[j][k] / 4;
      t[3 + j][k] = (a + g[3 + j][k]) / -6;
      t[6 + j][k] = (a - g[3 + j][k]) / -6;
      t[9 + j][k] = (b + g[3 + j][k] / 2) / 6;
      t[12 + j][k] = (b - g[3 + j][k] / 2) / 6;
      t[15 + j][k] = g[6 + j][k];
    }
  }
  for (long i = 0; i < 6; i++) {
    const float(*restrict d)[RUN] = t + i * 3;
    float *restrict o = u + i * 6 * step;
    for (long k = 0; k < RUN; k++) {
      const float a = d[0][k] + d[2][k], b = d[0][k] / 4 + d[2][k];
      o[k] = d[0][k] / 4;
      o[step + k] = (a + d[1][k]) / -6;
      o[2 * step + k] = (a - d[1][k]) / -6;
      o[3 * step + k] = (b + d[1][k] / 2) / 6;
      o[4 * step + k] = (b - d[1][k] / 2) / 6;
      o[5 * step + k] = d[2][k];
    }
  }
}

long imu_winograd_weight_count(long inputs, long outputs) {
  return POINTS * inputs * imu_panelled(outputs);
}

void imu_winograd_weight(const float *weight, const float *scale, long inputs, long outputs,
                         int is_flipped, long first, long end, float *u) {
  const long step = inputs * imu_panelled(outputs);
  for (long o = first * RUN; o < outputs && o < end * RUN; o += RUN) {
    const long n = outputs - o < RUN ? outputs - o : RUN;
    for (long i = 0; i < inputs; i++) {
      float g[9][RUN] = {{0}};
      for (long k = 0; k < n; k++) {
        const float *w = weight + (is_flipped ? i * outputs + o + k : (o + k) * inputs + i) * 9;
        const float factor = scale ? scale[o + k] : 1;
        for (long tap = 0; tap < 9; tap++) g[tap][k] = w[is_flipped ? 8 - tap : tap] * factor;
      }
      transform_weight((const float(*)[RUN])g, u + o * inputs + i * RUN, step);
    }
  }
}

// The gradient of the weight.

// dM of channels c to c + n of one tile, a line of the packed matrix; matrix p begins at p·step.
static INLINED void gradient_run(const float *dy, target p, long outputs, long c, const long n,
                                 float *restrict m, long step) {
  float t[24][RUN];
  for (long j = 0; j < 4; j++) {
    const float *d[4];
    for (long i = 0; i < 4; i++) {
      const int isInside = i < p.rows && j < p.columns;
      d[i] = isInside ? dy + p.offset + i * p.row_stride + j * outputs + c : zeros;
    }
    for (long k = 0; k < n; k++) {
      const float a = d[0][k] + d[2][k], b = d[1][k] + d[3][k];
      const float e = d[0][k] + 4 * d[2][k], f = 2 * d[1][k] + 8 * d[3][k];
      t[j][k] = d[0][k];
      t[4 + j][k] = a + b;
      t[8 + j][k] = a - b;
      t[12 + j][k] = e + f;
      t[16 + j][k] = e - f;
      t[20 + j][k] = d[3][k];
    }
  }
  for (long i = 0; i < 6; i++) {
    const float(*restrict d)[RUN] = t + i * 4;
    float *restrict o = m + i * 6 * step;
    for (long k = 0; k < n; k++) {
      const float a = d[0][k] + d[2][k], b = d[1][k] + d[3][k];
      const float e = d[0][k] + 4 * d[2][k], f = 2 * d[1][k] + 8 * d[3][k];
      o[k] = d[0][k];
      o[step + k] = a + b;
      o[2 * step + k] = a - b;
      o[3 * step + k] = e + f;
      o[4 * step + k] = e - f;
      o[5 * step + k] = d[3][k];
    }
    for (long j = 0; n < RUN && j < 6; j++) {
      memset(o + j * step + n, 0, (RUN - n) * sizeof(float));
    }
  }
}

// dM of one tile, run by run.
IMU_WIDEST
static void transform_gradient(const float *dy, target p, long outputs, float *restrict m,
                               long step, long panel) {
  for (long c = 0; c < outputs; c += RUN, m += panel) {
    IN_RUNS(outputs - c, gradient_run, dy, p, outputs, c, n, m, step);
  }
}

void imu_winograd_gradient_transforms(imu_patch_shape s, long outputs, const float *x,
                                      const float *dy, long tiles, long first, long end, float *v,
                                      float *m) {
  const long in_step = block_step(s.channels, tiles);
  const long out_step = block_step(imu_panelled(outputs), tiles);
  const float *lines[2][POINTS];
  lines_under(&s, x, place_of(&s, first), lines[first % 2]);
  for (long tile = first; tile < end; tile++) {
    if (tile + 1 < end) {
      lines_under(&s, x, place_of(&s, tile + 1), lines[(tile + 1) % 2]);
      fetch_lines(lines[(tile + 1) % 2], s.channels);
    }
    transform_input(lines[tile % 2], s.channels, v + tile * s.channels, in_step);
    transform_gradient(dy, target_of(&s, place_of(&s, tile), outputs), outputs, m + tile * RUN,
                       out_step, tiles * RUN);
  }
}

long imu_winograd_gradient_scratch(long channels, long tiles) {
  return POINTS * block_step(imu_panelled(channels), tiles);
}

void imu_winograd_gradient_product(long inputs, long outputs, long tiles, long point,
                                   const float *v, const float *m, int adds, float *du) {
  const imu_left left = {v + point * block_step(inputs, tiles), 1, inputs};
  imu_product(left, inputs, tiles, m + point * block_step(imu_panelled(outputs), tiles), outputs,
              du + point * inputs * outputs, outputs, adds);
}

// dg of one input channel and a run of output channels.
IMU_WIDEST
static void transform_back(const float *restrict u, long step, long n, float g[9][RUN]) {
  float t[18][RUN];
  for (long j = 0; j < 6; j++) {
    const float *restrict d = u + j * step;
    for (long k = 0; k < n; k++) {
      const float d0 = d[k], d1 = d[6 * step + k], d2 = d[12 * step + k];
      const float d3 = d[18 * step + k], d4 = d[24 * step + k], d5 = d[30 * step + k];
      t[j][k] = d0 / 4 - (d1 + d2) / 6 + (d3 + d4) / 24;
      t[6 + j][k] = (d2 - d1) / 6 + (d3 - d4) / 12;
      t[12 + j][k] = (d3 + d4 - d1 - d2) / 6 + d5;
    }
  }
  for (long i = 0; i < 3; i++) {
    const float(*restrict d)[RUN] = t + i * 6;
    for (long k = 0; k < n; k++) {
      g[i * 3][k] = d[0][k] / 4 - (d[1][k] + d[2][k]) / 6 + (d[3][k] + d[4][k]) / 24;
      g[i * 3 + 1][k] = (d[2][k] - d[1][k]) / 6 + (d[3][k] - d[4][k]) / 12;
      g[i * 3 + 2][k] = (d[3][k] + d[4][k] - d[1][k] - d[2][k]) / 6 + d[5][k];
    }
  }
}

void imu_winograd_weight_gradient(const float *du, long inputs, long outputs, long first, long end,
                                  float *dw) {
  for (long o = first * RUN; o < outputs && o < end * RUN; o += RUN) {
    const long n = outputs - o < RUN ? outputs - o : RUN;
    for (long i = 0; i < inputs; i++) {
      float g[9][RUN];
      transform_back(du + i * outputs + o, inputs * outputs, n, g);
      for (long k = 0; k < n; k++) {
        for (long tap = 0; tap < 9; tap++) dw[((o + k) * inputs + i) * 9 + tap] = g[tap][k];
      }
    }
  }
}
