// OpenBLAS, for its types only: the library is loaded late, after the kernel has been chosen, so
// nothing here is linked. The typedefs come from the header, so they cannot disagree with it.
// Debian keeps the header of each build in a folder of its own, beside the one of the alternatives.
#if __has_include(<openblas-pthread/cblas.h>)
#include <openblas-pthread/cblas.h>
#else
#include <cblas.h>
#endif

typedef __typeof__(&cblas_sgemm) imu_cblas_sgemm;
typedef __typeof__(&cblas_dgemm) imu_cblas_dgemm;
typedef __typeof__(&openblas_get_config) imu_openblas_get_config;
typedef __typeof__(&openblas_get_corename) imu_openblas_get_corename;
typedef __typeof__(&openblas_set_num_threads) imu_openblas_set_num_threads;
