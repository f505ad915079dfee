/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Which files are household data, so that nobody writes something else in their place.
 *
 * And which of them this program has open.  The locks of SQLite belong to the program, not to the one who took them: whoever opens such a
 * file by itself and closes it again drops them all, and another program that ends then takes the log away under the one that still writes
 * to it.  So a file that is open here is never opened past SQLite.
 */

#define MAGIC "SQLite format 3"

/* A ledger of this program.  The same file twice is two of them. */
typedef struct {
  dev_t device;
  ino_t number;
} Place;

static GMutex lock;
static GArray *places; /* of Place; under lock */

static gboolean
find_place (const char *path, Place *place)
{
  struct stat status;

  if (stat (path, &status) != 0 || !S_ISREG (status.st_mode))
    return FALSE;
  *place = (Place){ status.st_dev, status.st_ino };
  return TRUE;
}

/* Where the file stands among those that are open; −1 = it is not.  Under lock. */
static int
index_of (const Place *place)
{
  for (guint i = 0; places != NULL && i < places->len; i++)
    {
      const Place *other = &g_array_index (places, Place, i);

      if (other->device == place->device && other->number == place->number)
        return (int) i;
    }
  return -1;
}

/*
 * _zifu_ledger_enter:
 *
 * Remembers that this program has the file of @self open, until _zifu_ledger_leave().
 */
void
_zifu_ledger_enter (ZifuLedger *self)
{
  Place place;

  if (self->entered || !find_place (self->path, &place))
    return;
  self->entered = TRUE;
  self->device = place.device;
  self->number = place.number;
  g_mutex_lock (&lock);
  if (places == NULL)
    places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_array_append_val (places, place);
  g_mutex_unlock (&lock);
}

/*
 * _zifu_ledger_leave:
 *
 * The file is closed.
 */
void
_zifu_ledger_leave (ZifuLedger *self)
{
  const Place place = { (dev_t) self->device, (ino_t) self->number };
  int i;

  if (!self->entered)
    return;
  self->entered = FALSE;
  g_mutex_lock (&lock);
  i = index_of (&place);
  if (i >= 0)
    g_array_remove_index_fast (places, i);
  if (places->len == 0)
    g_clear_pointer (&places, g_array_unref);
  g_mutex_unlock (&lock);
}

/**
 * zifu_ledger_is_open_at:
 * @path: a file, by whatever name
 *
 * Returns: whether this program has it open as household data: then it must not be opened in any other way
 */
gboolean
zifu_ledger_is_open_at (const char *path)
{
  Place place;
  gboolean is_open;

  g_return_val_if_fail (path != NULL, FALSE);

  if (!find_place (path, &place))
    return FALSE;
  g_mutex_lock (&lock);
  is_open = index_of (&place) >= 0;
  g_mutex_unlock (&lock);
  return is_open;
}

static gboolean
has_header (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  char header[72] = "";
  guint32 id = 0;
  gssize n = -1;

  if (fd >= 0)
    {
      n = read (fd, header, sizeof header);
      close (fd);
    }
  if (n == (gssize) sizeof header && memcmp (header, MAGIC, sizeof MAGIC) == 0)
    memcpy (&id, header + 68, sizeof id);
  return GUINT32_FROM_BE (id) == ZIFU_LEDGER_APPLICATION_ID;
}

static gboolean
is_ledger (const char *path)
{
  Place place;

  return find_place (path, &place) && (zifu_ledger_is_open_at (path) || has_header (path));
}

/**
 * zifu_ledger_lies_at:
 * @path: a file, by whatever name
 *
 * Whether household data lie there, whoever has them open, or the log that belongs to some: something else that is written there would take
 * their place, and all of it would be lost.
 *
 * Returns: whether it is so
 */
gboolean
zifu_ledger_lies_at (const char *path)
{
  static const char *const endings[] = { "-wal", "-shm", "-journal" };

  g_return_val_if_fail (path != NULL, FALSE);

  if (is_ledger (path))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (path, endings[i]))
      {
        g_autofree char *main_path = g_strndup (path, strlen (path) - strlen (endings[i]));

        return is_ledger (main_path);
      }
  return FALSE;
}
