// The simplified interfaces of libpng and libjpeg-turbo: both decode from memory, give the size
// before any pixel is allocated, and report errors as values, not by longjmp, which Swift cannot
// survive.
#include <png.h>
#include <turbojpeg.h>
