#ifndef METER_H
#define METER_H

#include <stddef.h>
#include <stdint.h>

/// libFuzzer's own loop, called from a `main` of ours.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *, size_t));

/// Begins to count what this thread allocates; what was allocated before does not count.
void meter_begin(void);

/// Ends the count and gives the most bytes that were in use at a time since it began.
size_t meter_end(void);

/// Puts bytes into a file that lies in memory; gives the path under which it can be opened, of the
/// slot 0 or 1. Writing to a slot again replaces its content.
const char *memory_file(int slot, const uint8_t *bytes, size_t count);

#endif
