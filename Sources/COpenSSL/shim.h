// OpenSSL 3 as Swift sees it: digests, HMAC, keys and signatures through the EVP interface.
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
