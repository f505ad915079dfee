/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-account-lock-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "zifu-http-private.h"

#define LOOK_EVERY_MS 20
/* Longer than any exchange of tokens with all its deadlines. */
#define GIVE_UP_AFTER_S 120

/* In the folder of the ledger, which a window and a command line program share even inside a sandbox. */
static char *
dup_path (const char *key)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  g_autofree char *name = g_strdup_printf ("account-%.16s.lock", digest);

  return g_build_filename (g_get_user_data_dir (), "zifu", name, NULL);
}

static int
open_file (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return -1;
  return g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

/* Whoever waits at a file while it is deleted gets the lock of a file that others do not see any more. */
static gboolean
is_there (int lock, const char *path)
{
  struct stat ours, theirs;

  return fstat (lock, &ours) == 0 && stat (path, &theirs) == 0 && ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino;
}

gboolean
_zifu_account_lock_take (const char *key, int *lock, GCancellable *cancellable, GError **error)
{
  gint64 end = g_get_monotonic_time () + GIVE_UP_AFTER_S * G_USEC_PER_SEC;
  g_autofree char *path = dup_path (key);

  *lock = open_file (path);
  while (*lock >= 0)
    {
      if (flock (*lock, LOCK_EX | LOCK_NB) == 0)
        {
          if (is_there (*lock, path))
            break;
          _zifu_account_lock_give_back (*lock);
          *lock = open_file (path);
          continue;
        }
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

/* The file stays, for the next time. */
void
_zifu_account_lock_give_back (int lock)
{
  if (lock >= 0)
    close (lock);
}

/* There is nothing any more that the lock would be for: its file goes while it is held, and those who wait at it look again. */
void
_zifu_account_lock_drop (const char *key, int lock)
{
  g_autofree char *path = dup_path (key);

  if (lock >= 0 && is_there (lock, path))
    g_unlink (path);
  _zifu_account_lock_give_back (lock);
}
