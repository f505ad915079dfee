/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-table-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "zifu-ledger.h"

#define CHUNK_BYTES (64 * 1024)

#define DATABASE_MESSAGE N_ ("“{1}” is a database. Household data are opened or restored, not imported.")

/* Looking for ends of lines in bytes overlooks none, whatever the encoding; a row may have several. */
#define MAX_LINE_BYTES (4 * ZIFU_TABLE_MAX_ROW_BYTES)

/* What was seen while the file was looked through. */
typedef struct {
  gint64 n_good, n_bad;    /* sequences of several bytes that are UTF-8, bytes that are not */
  gint64 n_nul[2];         /* bytes that are zero, at even and at odd places */
  gint64 n_lines, length;  /* ends of lines; bytes since the last one */
  guint  need;             /* bytes that a sequence still lacks */
  guchar low, high;        /* bounds of the next one */
} Scan;

struct _ZifuInput {
  char         *path;        /* owned */
  char         *name;        /* owned: as people see it */
  char         *hash;        /* owned */
  GCancellable *cancellable; /* owned, nullable */
  int           fd;
  struct stat   status;      /* when it was opened */
  gint64        position;
  ZifuInputForm form;
  guchar        mark[4];     /* its first bytes */
  Scan          scan;
};

static gboolean
refuse (GError **error, ZifuExchangeError code, const char *message, const char *name)
{
  zifu_exchange_set_error (error, code, message, name, NULL);
  return FALSE;
}

/* Files that people take for a table, and what to do instead. */
static gboolean
check_magic (ZifuInput *self, const guchar *bytes, gsize n, GError **error)
{
  static const struct {
    const char *magic;
    gsize       length;
    const char *message;
  } others[] = {
    { "\xd0\xcf\x11\xe0", 4,
      N_ ("“{1}” is a workbook of the old kind (.xls), or one with a password. Save it as .xlsx without a password, or as CSV.") },
    { "%PDF-", 5, N_ ("“{1}” is a PDF: it holds pages, not rows. Ask the source for a table (Excel or CSV).") },
    { "SQLite format 3", 16, DATABASE_MESSAGE },
    { "\x89PNG", 4, N_ ("“{1}” is a picture. A table (Excel or CSV) is needed.") },
    { "\xff\xd8\xff", 3, N_ ("“{1}” is a picture. A table (Excel or CSV) is needed.") },
    { "\x1f\x8b", 2, N_ ("“{1}” is packed. Unpack it first.") },
    { "Rar!", 4, N_ ("“{1}” is packed. Unpack it first.") },
    { "7z\xbc\xaf", 4, N_ ("“{1}” is packed. Unpack it first.") },
  };

  memcpy (self->mark, bytes, MIN (n, sizeof self->mark));
  self->form = n >= 4 && memcmp (bytes, "PK\3\4", 4) == 0 ? ZIFU_INPUT_ZIP : ZIFU_INPUT_TEXT;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (n >= others[i].length && memcmp (bytes, others[i].magic, others[i].length) == 0)
      return refuse (error, ZIFU_EXCHANGE_ERROR_FORMAT, g_dgettext (GETTEXT_PACKAGE, others[i].message), self->name);
  return TRUE;
}

/* The beginning of a sequence of UTF-8: how many bytes follow, and between which bounds the first of them lies. */
static void
begin_sequence (Scan *scan, guchar c)
{
  scan->low = 0x80;
  scan->high = 0xbf;
  if (c >= 0xc2 && c <= 0xdf)
    scan->need = 1;
  else if (c >= 0xe0 && c <= 0xef)
    {
      scan->need = 2;
      scan->low = c == 0xe0 ? 0xa0 : 0x80;
      scan->high = c == 0xed ? 0x9f : 0xbf;
    }
  else if (c >= 0xf0 && c <= 0xf4)
    {
      scan->need = 3;
      scan->low = c == 0xf0 ? 0x90 : 0x80;
      scan->high = c == 0xf4 ? 0x8f : 0xbf;
    }
  else
    scan->n_bad++;
}

static void
scan_byte (Scan *scan, guchar c, guint parity)
{
  if (scan->need > 0)
    {
      if (c >= scan->low && c <= scan->high)
        {
          scan->low = 0x80;
          scan->high = 0xbf;
          if (--scan->need == 0)
            scan->n_good++;
          return;
        }
      scan->n_bad++;
      scan->need = 0;
    }
  if (c >= 0x80)
    begin_sequence (scan, c);
  else if (c == 0)
    scan->n_nul[parity]++;
}

static gboolean
scan_text (ZifuInput *self, const guchar *bytes, gsize n, GError **error)
{
  Scan *scan = &self->scan;

  for (gsize i = 0; i < n; i++)
    {
      guchar c = bytes[i];

      scan_byte (scan, c, i & 1);
      scan->length++;
      if (c == '\n' || c == '\r')
        {
          scan->n_lines += c == '\n';
          scan->length = 0;
        }
      else if (scan->length > MAX_LINE_BYTES)
        {
          g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT, scan->n_lines + 1);

          /* Translators: {1} is the number of a line, {2} a file */
          zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_LIMIT,
                                   _("Line {1} of “{2}” is longer than a row of a table can be. Nothing was read."), line, self->name);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
look_through (ZifuInput *self, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *buffer = g_malloc (CHUNK_BYTES);
  gboolean first = TRUE;
  gsize n;

  do
    {
      if (!_zifu_input_read (self, buffer, CHUNK_BYTES, &n, error))
        return FALSE;
      if (first && n == 0)
        return refuse (error, ZIFU_EXCHANGE_ERROR_FORMAT, _("“{1}” is empty."), self->name);
      if (first && !check_magic (self, (guchar *) buffer, n, error))
        return FALSE;
      first = FALSE;
      g_checksum_update (checksum, (guchar *) buffer, n);
      if (self->form == ZIFU_INPUT_TEXT && !scan_text (self, (guchar *) buffer, n, error))
        return FALSE;
    }
  while (n > 0);

  self->hash = g_strdup (g_checksum_get_string (checksum));
  return _zifu_input_check_unchanged (self, error);
}

static gboolean
open_file (ZifuInput *self, GError **error)
{
  if (zifu_ledger_is_open_at (self->path))
    return refuse (error, ZIFU_EXCHANGE_ERROR_FORMAT, _(DATABASE_MESSAGE), self->name);
  /* A pipe would wait for its other end. */
  self->fd = g_open (self->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (self->fd < 0 || fstat (self->fd, &self->status) != 0)
    return zifu_exchange_set_file_error (error, self->path, errno);
  if (S_ISDIR (self->status.st_mode))
    return zifu_exchange_set_file_error (error, self->path, EISDIR);
  if (!S_ISREG (self->status.st_mode))
    return refuse (error, ZIFU_EXCHANGE_ERROR_FILE, _("“{1}” is no plain file. Save it to a file first."), self->name);
  return TRUE;
}

/* Bytes that no text has, unless every second one is zero: UTF-16. */
static gboolean
check_is_text (ZifuInput *self, GError **error)
{
  gint64 n_nul = self->scan.n_nul[0] + self->scan.n_nul[1];

  if (self->form != ZIFU_INPUT_TEXT || n_nul == 0 || g_str_has_prefix (_zifu_input_guess_encoding (self), "UTF-16"))
    return TRUE;
  return refuse (error, ZIFU_EXCHANGE_ERROR_FORMAT, _("“{1}” is not a table. A workbook (.xlsx) or text (CSV) is needed."), self->name);
}

/*
 * _zifu_input_open:
 *
 * Opens a file and looks through it once: its hash, whether it is text, in which encoding, and that no line is endless.
 */
ZifuInput *
_zifu_input_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (ZifuInput) self = g_new0 (ZifuInput, 1);
  g_autofree char *base = g_path_get_basename (path);

  self->path = g_strdup (path);
  self->name = g_filename_display_name (base);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->fd = -1;
  if (!open_file (self, error) || !look_through (self, error) || !check_is_text (self, error) || !_zifu_input_rewind (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Closes the file. */
void
_zifu_input_free (ZifuInput *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    close (self->fd);
  g_clear_object (&self->cancellable);
  g_free (self->path);
  g_free (self->name);
  g_free (self->hash);
  g_free (self);
}

ZifuInputForm
_zifu_input_get_form (ZifuInput *self)
{
  return self->form;
}

/*
 * _zifu_input_guess_encoding:
 *
 * A mark at the beginning decides; then zeros at every second place, because digits and separators have them in UTF-16; then whether it
 * is UTF-8 throughout.  Chinese text in GB18030 is hardly ever UTF-8 by chance, whereas UTF-8 with a few broken bytes may well pass for
 * GB18030: so a file that is UTF-8 nearly everywhere is UTF-8 with bad bytes.
 */
const char *
_zifu_input_guess_encoding (ZifuInput *self)
{
  const Scan *scan = &self->scan;
  gint64 pairs = self->status.st_size / 2;

  if (self->mark[0] == 0xef && self->mark[1] == 0xbb && self->mark[2] == 0xbf)
    return "UTF-8";
  if (self->mark[0] == 0xff && self->mark[1] == 0xfe)
    return "UTF-16LE";
  if (self->mark[0] == 0xfe && self->mark[1] == 0xff)
    return "UTF-16BE";
  if (scan->n_nul[1] * 10 >= pairs && scan->n_nul[0] * 4 < scan->n_nul[1])
    return "UTF-16LE";
  if (scan->n_nul[0] * 10 >= pairs && scan->n_nul[1] * 4 < scan->n_nul[0])
    return "UTF-16BE";
  if (scan->n_bad + (scan->need > 0) == 0 || scan->n_good >= 20 * scan->n_bad)
    return "UTF-8";
  return "GB18030";
}

const char *
_zifu_input_get_name (ZifuInput *self)
{
  return self->name;
}

const char *
_zifu_input_get_hash (ZifuInput *self)
{
  return self->hash;
}

int
_zifu_input_get_fd (ZifuInput *self)
{
  return self->fd;
}

gint64
_zifu_input_get_size (ZifuInput *self)
{
  return self->status.st_size;
}

gint64
_zifu_input_get_position (ZifuInput *self)
{
  return self->position;
}

gboolean
_zifu_input_is_cancelled (ZifuInput *self, GError **error)
{
  return g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/* Back to the first byte. */
gboolean
_zifu_input_rewind (ZifuInput *self, GError **error)
{
  if (lseek (self->fd, 0, SEEK_SET) != 0)
    return zifu_exchange_set_file_error (error, self->path, errno);
  self->position = 0;
  return TRUE;
}

/* Up to @size bytes; none at the end. */
gboolean
_zifu_input_read (ZifuInput *self, char *buffer, gsize size, gsize *n, GError **error)
{
  gssize got;

  if (_zifu_input_is_cancelled (self, error))
    return FALSE;
  do
    got = read (self->fd, buffer, size);
  while (got < 0 && errno == EINTR);
  if (got < 0)
    return zifu_exchange_set_file_error (error, self->path, errno);

  *n = got;
  self->position += got;
  return TRUE;
}

/*
 * _zifu_input_check_unchanged:
 *
 * Whether the file is still the one that was opened: another program may be writing it, or have put another in its place.
 */
gboolean
_zifu_input_check_unchanged (ZifuInput *self, GError **error)
{
  const struct stat *before = &self->status;
  struct stat now, there;

  if (fstat (self->fd, &now) == 0 && stat (self->path, &there) == 0 && now.st_size == before->st_size &&
      now.st_mtim.tv_sec == before->st_mtim.tv_sec && now.st_mtim.tv_nsec == before->st_mtim.tv_nsec &&
      there.st_ino == before->st_ino && there.st_dev == before->st_dev)
    return TRUE;
  return refuse (error, ZIFU_EXCHANGE_ERROR_CHANGED, _("“{1}” changed while it was being read. Nothing was imported; try again."),
                 self->name);
}
