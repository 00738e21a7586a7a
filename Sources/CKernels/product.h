// Products whose right matrix is packed beforehand, for the convolutions and, in double precision,
// for the classifier.
#ifndef IMU_PRODUCT_H
#define IMU_PRODUCT_H

// A packed matrix [inner, columns] is panels of so many columns, [panels, inner, IMU_PANEL], zero
// past the last column.
#define IMU_PANEL 32

// A left matrix: the element (row, k) is values[row * row_stride + k * inner_stride].
typedef struct {
  const float *values;
  long row_stride, inner_stride;
} imu_left;

typedef struct {
  const double *values;
  long row_stride, inner_stride;
} imu_double_left;

static inline long imu_panelled(long columns) {
  return (columns + IMU_PANEL - 1) / IMU_PANEL * IMU_PANEL;
}

// c[row * stride + column] = (adds ? itself : 0) + Σ a·b.
void imu_product(
    imu_left a, long rows, long inner, const float *packed, long columns, float *c, long stride,
    int adds);

// The same in double precision.
void imu_double_product(
    imu_double_left a, long rows, long inner, const double *packed, long columns, double *c, long stride,
    int adds);

// Packs rows of `columns` elements that lie `stride` apart.
void imu_pack_rows(const float *b, long inner, long columns, long stride, float *packed);

#endif
