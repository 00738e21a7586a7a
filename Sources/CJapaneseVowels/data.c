#include "CJapaneseVowels.h"
