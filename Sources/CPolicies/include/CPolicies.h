// The default policy, Policies/gdpr-art17.json, as the bytes it had when the program was built.
#ifndef IMU_CPOLICIES_H
#define IMU_CPOLICIES_H

#include <stddef.h>
#include <stdint.h>

const uint8_t *_Nonnull imu_policy_gdpr_art17(void);
size_t imu_policy_gdpr_art17_length(void);

#endif
