#ifndef CJAPANESEVOWELS_H
#define CJAPANESEVOWELS_H

#include <stddef.h>

/// The embedded default data set; Scripts/embed-japanese-vowels describes the layout.
extern const unsigned char *const japanese_vowels_bytes;
extern const size_t japanese_vowels_count;

#endif
