#include "CPolicies.h"

static const uint8_t gdpr_art17[] = {
#embed "../../Policies/gdpr-art17.json"
};

const uint8_t *imu_policy_gdpr_art17(void) { return gdpr_art17; }
size_t imu_policy_gdpr_art17_length(void) { return sizeof gdpr_art17; }
