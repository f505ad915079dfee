/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* O_TMPFILE */
#include "zifu-output-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "zifu-ledger.h"

#define BUFFER_BYTES (64 * 1024)

struct _ZifuOutput {
  char  *path;    /* owned: where it goes */
  char  *working; /* owned, nullable: where it is written; NULL = it has no name so far, or is written straight to the target */
  int    fd;
  gboolean plain; /* the target is a plain file, or there is none yet: it is replaced when the new one is complete */
  gboolean own_fd;
  int    failure; /* errno of the first write that failed; 0 = none */
  gsize  used;
  char   buffer[BUFFER_BYTES];
};

static void
flush (ZifuOutput *self)
{
  gsize done = 0;

  while (self->failure == 0 && done < self->used)
    {
      gssize n = write (self->fd, self->buffer + done, self->used - done);

      if (n >= 0)
        done += n;
      else if (errno != EINTR)
        self->failure = errno;
    }
  self->used = 0;
}

/* A link is followed: what it points to is replaced, not the link. */
static char *
resolve (const char *path)
{
  char *real = realpath (path, NULL);
  char *copy = g_strdup (real != NULL ? real : path);

  free (real);
  return copy;
}

/* Pipes and devices are written to as they are. */
static gboolean
is_plain (const char *path, gboolean *is_folder)
{
  struct stat status;

  *is_folder = FALSE;
  if (stat (path, &status) != 0)
    return TRUE;
  *is_folder = S_ISDIR (status.st_mode);
  return S_ISREG (status.st_mode);
}

static char *
get_link (ZifuOutput *self)
{
  return g_strdup_printf ("/proc/self/fd/%d", self->fd);
}

/* Without a name as long as that is possible: whatever ends the program, nothing of the file is left. */
static void
create_plain (ZifuOutput *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *working = NULL, *link_ = NULL;

  self->plain = TRUE;
  self->fd = g_open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  link_ = get_link (self);
  if (self->fd >= 0 && g_access (link_, F_OK) == 0)
    return;
  if (self->fd >= 0)
    close (self->fd);

  /* Not every kind of disk knows such files. */
  working = g_build_filename (folder, ZIFU_OUTPUT_WORKING "XXXXXX", NULL);
  self->fd = g_mkstemp_full (working, O_RDWR | O_CLOEXEC, 0600);
  if (self->fd >= 0)
    self->working = g_steal_pointer (&working);
}

/* Returns: whether it has a name beside its target */
static gboolean
give_name (ZifuOutput *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path), *link_ = get_link (self);

  while (self->working == NULL)
    {
      g_autofree char *working = g_strdup_printf ("%s/" ZIFU_OUTPUT_WORKING "%08X", folder, g_random_int ());

      if (linkat (AT_FDCWD, link_, AT_FDCWD, working, AT_SYMLINK_FOLLOW) == 0)
        self->working = g_steal_pointer (&working);
      else if (errno != EEXIST)
        return FALSE;
    }
  return TRUE;
}

static ZifuOutput *
create (const char *path, GError **error)
{
  g_autoptr (ZifuOutput) self = g_new0 (ZifuOutput, 1);
  gboolean is_folder;

  self->fd = -1;
  self->own_fd = TRUE;
  self->path = resolve (path);
  if (is_plain (self->path, &is_folder))
    create_plain (self);
  else if (is_folder)
    errno = EISDIR;
  else
    self->fd = g_open (self->path, O_WRONLY | O_CLOEXEC);

  if (self->fd >= 0)
    return g_steal_pointer (&self);

  zifu_exchange_set_file_error (error, path, errno);
  return NULL;
}

/*
 * _zifu_output_new:
 * @path: where the file is to be; what is there is replaced when the new one is complete, unless it is household data
 *
 * Returns: (transfer full) (nullable): an output, or %NULL with an error
 */
ZifuOutput *
_zifu_output_new (const char *path, GError **error)
{
  if (zifu_ledger_lies_at (path))
    {
      g_autofree char *name = g_filename_display_name (path);

      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT,
                               /* Translators: {1} is a file */
                               _("“{1}” holds household data and is not overwritten. Choose another file."), name, NULL);
      return NULL;
    }
  return create (path, error);
}

/*
 * _zifu_output_new_ledger:
 * @path: where the household data are to be; as for _zifu_output_new(), but household data may be there
 *
 * Returns: (transfer full) (nullable): an output, or %NULL with an error
 */
ZifuOutput *
_zifu_output_new_ledger (const char *path, GError **error)
{
  return create (path, error);
}

/*
 * _zifu_output_open:
 * @path: (nullable): as for _zifu_output_new(); %NULL = the standard output
 *
 * Returns: (transfer full) (nullable): an output, or %NULL with an error
 */
ZifuOutput *
_zifu_output_open (const char *path, GError **error)
{
  ZifuOutput *self;

  if (path != NULL)
    return _zifu_output_new (path, error);

  self = g_new0 (ZifuOutput, 1);
  self->fd = STDOUT_FILENO;
  self->path = g_strdup (_("standard output"));
  return self;
}

/* Adds @length bytes. */
void
_zifu_output_write (ZifuOutput *self, const char *bytes, gsize length)
{
  while (length > 0 && self->failure == 0)
    {
      gsize n = MIN (length, BUFFER_BYTES - self->used);

      memcpy (self->buffer + self->used, bytes, n);
      self->used += n;
      bytes += n;
      length -= n;
      if (self->used == BUFFER_BYTES)
        flush (self);
    }
}

/* Adds @text. */
void
_zifu_output_puts (ZifuOutput *self, const char *text)
{
  _zifu_output_write (self, text, strlen (text));
}

/*
 * _zifu_output_check:
 *
 * Returns: %FALSE with an error when something could not be written so far
 */
gboolean
_zifu_output_check (ZifuOutput *self, GError **error)
{
  return self->failure == 0 || zifu_exchange_set_file_error (error, self->path, self->failure);
}

/* The name of the file that is being written, from now on; %NULL when there is none of its own. */
const char *
_zifu_output_get_working_path (ZifuOutput *self)
{
  return self->plain && give_name (self) ? self->working : NULL;
}

/* After a power cut the folder must know the new name as well. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  if (fsync (fd) != 0)
    g_debug ("%s: %s", folder, g_strerror (errno));
  close (fd);
}

/*
 * _zifu_output_commit:
 *
 * Finishes the file and puts it where it belongs.
 *
 * Returns: whether it is there; else it is not, and what was there before is as it was
 */
gboolean
_zifu_output_commit (ZifuOutput *self, GError **error)
{
  flush (self);
  if (self->failure == 0 && self->plain &&
      (fsync (self->fd) != 0 || !give_name (self) || g_rename (self->working, self->path) != 0))
    self->failure = errno;
  if (!_zifu_output_check (self, error))
    return FALSE;

  if (self->plain)
    sync_folder (self->path);
  g_clear_pointer (&self->working, g_free);
  return TRUE;
}

/* Ends; what was not committed is taken away. */
void
_zifu_output_free (ZifuOutput *self)
{
  if (self == NULL)
    return;

  if (self->own_fd && self->fd >= 0)
    close (self->fd);
  if (self->working != NULL && g_unlink (self->working) != 0)
    g_debug ("%s: %s", self->working, g_strerror (errno));
  g_free (self->working);
  g_free (self->path);
  g_free (self);
}
