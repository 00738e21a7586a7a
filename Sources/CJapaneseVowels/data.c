#include "CJapaneseVowels.h"

static const unsigned char bytes[] = {
#embed "japanese-vowels.bin"
};

const unsigned char *const japanese_vowels_bytes = bytes;
const size_t japanese_vowels_count = sizeof bytes;
