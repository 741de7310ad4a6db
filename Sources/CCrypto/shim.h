// OpenSSL 3 libcrypto: SHA-2 and Ed25519.
#pragma once
// The plain SHA-256 functions are called deprecated because they bypass OpenSSL's providers. That is
// why we use them: looking for a provider costs a command more than all of its hashing.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
