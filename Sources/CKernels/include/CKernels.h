// The loops that need the widest vectors of the machine they run on, and what it has of them.
#ifndef IMU_CKERNELS_H
#define IMU_CKERNELS_H

// The OpenBLAS kernel for this processor, as OPENBLAS_CORETYPE wants it: "SKYLAKEX" with the AVX-512
// subsets that kernel uses, "HASWELL" with AVX2 and FMA, and a null pointer where the choice is
// better left to OpenBLAS. The name is a constant; nobody frees it.
const char *imu_preferred_matrix_kernel(void);

#endif
