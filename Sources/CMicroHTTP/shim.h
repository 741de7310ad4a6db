// GNU libmicrohttpd, and inline functions for its variadic queries.
#pragma once
#include <sys/types.h>
#include <sys/socket.h>
#include <microhttpd.h>
