// The network of libgit2 1.5, switched off. Stet leaves the network to the git program, but the
// library reads every certificate of the machine when it starts (3 ms), and its archive would drag
// in TLS, SSH and Kerberos. Where these functions are defined first, the linker leaves the parts of
// the archive alone that define them. A shared libgit2 takes no notice of this file; an archive of
// another version makes the link fail, with the names of what has changed.
#include <git2/errors.h>
#include <stdbool.h>
#include <stddef.h>

static int refuse(void) {
  git_error_set_str(GIT_ERROR_NET, "stet leaves the network to the git program");
  return -1;
}

// streams/mbedtls.c
int git_mbedtls_stream_global_init(void) { return 0; }
int git_mbedtls__set_cert_location(const char *file, const char *path) { return refuse(); }
int git_mbedtls_stream_new(void **out, const char *host, const char *port) { return refuse(); }
int git_mbedtls_stream_wrap(void **out, void *in, const char *host) { return refuse(); }

// transports/http.c, git.c and ssh.c
bool git_http__expect_continue = false;
int git_smart_subtransport_http(void **out, void *owner, void *param) { return refuse(); }
int git_smart_subtransport_git(void **out, void *owner, void *param) { return refuse(); }
int git_smart_subtransport_ssh(void **out, void *owner, void *param) { return refuse(); }
int git_transport_ssh_with_paths(void **out, void *owner, void *paths) { return refuse(); }
int git_transport_ssh_global_init(void) { return 0; }

// hash/mbedtls.c: the objects of a ledger have SHA-1 names; SHA-256 is computed by our own Keys.
int git_hash_sha256_global_init(void) { return 0; }
int git_hash_sha256_ctx_init(void *context) { return refuse(); }
void git_hash_sha256_ctx_cleanup(void *context) {}
int git_hash_sha256_init(void *context) { return refuse(); }
int git_hash_sha256_update(void *context, const void *data, size_t size) { return refuse(); }
int git_hash_sha256_final(unsigned char *out, void *context) { return refuse(); }
