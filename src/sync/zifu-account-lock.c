/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-account-lock-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "zifu-http-private.h"

#define LOOK_EVERY_MS 20
/* Longer than any exchange of tokens with all its deadlines. */
#define GIVE_UP_AFTER_S 120

/* In the folder of the ledger, which a window and a command line program share even inside a sandbox. */
static int
open_file (const char *key)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "zifu", NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  g_autofree char *name = g_strdup_printf ("account-%.16s.lock", digest);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return -1;
  return g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

gboolean
_zifu_account_lock_take (const char *key, int *lock, GCancellable *cancellable, GError **error)
{
  gint64 end = g_get_monotonic_time () + GIVE_UP_AFTER_S * G_USEC_PER_SEC;

  *lock = open_file (key);
  while (*lock >= 0 && flock (*lock, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno != EWOULDBLOCK && errno != EINTR)
        {
          /* A file system without locks. */
          _zifu_account_lock_give_back (*lock);
          *lock = -1;
          break;
        }
      if (g_get_monotonic_time () > end)
        _zifu_http_fail (error, ZIFU_SYNC_ERROR_TIMED_OUT);
      else if (!g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          g_usleep (LOOK_EVERY_MS * 1000);
          continue;
        }
      _zifu_account_lock_give_back (*lock);
      *lock = -1;
      return FALSE;
    }
  return TRUE;
}

/* The file stays: who removes it takes the lock from those who wait at it. */
void
_zifu_account_lock_give_back (int lock)
{
  if (lock >= 0)
    close (lock);
}
