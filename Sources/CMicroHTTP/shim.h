// GNU libmicrohttpd, and inline functions for its variadic calls.
#pragma once
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <microhttpd.h>

// Everything one daemon is started with; names follow libmicrohttpd's options.
struct stet_mhd_settings {
  int listen_socket;
  unsigned int threads;
  unsigned int connection_limit;
  unsigned int per_address_limit;
  unsigned int idle_seconds;
  size_t connection_memory;
  const char *_Nullable certificate;  // PEM, or NULL for plain HTTP
  const char *_Nullable key;          // PEM
  const char *_Nullable priorities;   // what GnuTLS may negotiate
  void *_Nonnull context;             // first argument of every callback
  MHD_AccessHandlerCallback _Nonnull on_request;
  void *_Nullable (*_Nonnull on_target)(void *_Nullable context, const char *_Nonnull target,
                                        struct MHD_Connection *_Nonnull connection);
  size_t (*_Nonnull unescape)(void *_Nullable context, struct MHD_Connection *_Nonnull connection,
                              char *_Nonnull text);
  MHD_RequestCompletedCallback _Nonnull on_completed;
  MHD_NotifyConnectionCallback _Nonnull on_connection;
};

static inline struct MHD_Daemon *_Nullable stet_mhd_start(
    const struct stet_mhd_settings *_Nonnull s) {
  unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
  struct MHD_OptionItem more[5];
  int count = 0;
  if (s->threads > 1)
    more[count++] = (struct MHD_OptionItem){MHD_OPTION_THREAD_POOL_SIZE, s->threads, NULL};
  if (s->certificate != NULL) {
    flags |= MHD_USE_TLS;
    more[count++] =
        (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)s->certificate};
    more[count++] =
        (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)s->key};
    more[count++] = (struct MHD_OptionItem){
        MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)s->priorities};
  }
  more[count] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
  return MHD_start_daemon(
      flags, 0, NULL, NULL, s->on_request, s->context,
      MHD_OPTION_LISTEN_SOCKET, s->listen_socket,
      MHD_OPTION_CONNECTION_LIMIT, s->connection_limit,
      MHD_OPTION_PER_IP_CONNECTION_LIMIT, s->per_address_limit,
      MHD_OPTION_CONNECTION_TIMEOUT, s->idle_seconds,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, s->connection_memory,
      MHD_OPTION_STRICT_FOR_CLIENT, (int)1,
      MHD_OPTION_URI_LOG_CALLBACK, s->on_target, s->context,
      MHD_OPTION_UNESCAPE_CALLBACK, s->unescape, s->context,
      MHD_OPTION_NOTIFY_COMPLETED, s->on_completed, s->context,
      MHD_OPTION_NOTIFY_CONNECTION, s->on_connection, s->context,
      MHD_OPTION_ARRAY, more,
      MHD_OPTION_END);
}

static inline void *_Nullable stet_mhd_socket_context(struct MHD_Connection *_Nonnull connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info == NULL ? NULL : info->socket_context;
}

// The descriptor of the connection's socket, or -1.
static inline int stet_mhd_socket(struct MHD_Connection *_Nonnull connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info == NULL ? -1 : info->connect_fd;
}

// Bytes of the request line and the header fields, or 0 if they are not all there yet.
static inline size_t stet_mhd_header_size(struct MHD_Connection *_Nonnull connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  return info == NULL ? 0 : info->header_size;
}

// The status of the answer that was queued, or 0.
static inline unsigned int stet_mhd_status(struct MHD_Connection *_Nonnull connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_HTTP_STATUS);
  return info == NULL ? 0 : info->http_status;
}

// The address of the other side.
static inline const struct sockaddr *_Nullable stet_mhd_peer(
    struct MHD_Connection *_Nonnull connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return info == NULL ? NULL : info->client_addr;
}
