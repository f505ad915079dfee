/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Loaded before a program that has no option for it (LD_PRELOAD): what it would offer on every interface of the machine, it offers to this
 * computer only.  An address of its own choice stays as it is.
 */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

__attribute__ ((visibility ("default"))) int
bind (int fd, const struct sockaddr *address, socklen_t length)
{
  int (*next) (int, const struct sockaddr *, socklen_t) = NULL;
  struct sockaddr_storage copy;

  *(void **) &next = dlsym (RTLD_NEXT, "bind");
  if (length > sizeof copy)
    return next (fd, address, length);
  memcpy (&copy, address, length);
  if (address->sa_family == AF_INET && length >= sizeof (struct sockaddr_in))
    {
      struct sockaddr_in *four = (struct sockaddr_in *) &copy;

      if (four->sin_addr.s_addr == htonl (INADDR_ANY))
        four->sin_addr.s_addr = htonl (INADDR_LOOPBACK);
    }
  else if (address->sa_family == AF_INET6 && length >= sizeof (struct sockaddr_in6))
    {
      struct sockaddr_in6 *six = (struct sockaddr_in6 *) &copy;

      if (memcmp (&six->sin6_addr, &in6addr_any, sizeof in6addr_any) == 0)
        six->sin6_addr = in6addr_loopback;
    }
  return next (fd, (const struct sockaddr *) &copy, length);
}
