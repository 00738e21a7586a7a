// The loops that need the widest vectors of the machine they run on.
#ifndef IMU_CKERNELS_H
#define IMU_CKERNELS_H

#endif
