/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-household-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "zifu-json.h"

/*
 * Goes through a JSON document value by value, so that a document of any length takes little memory.  It only knows where a
 * value begins and ends; json-glib reads what is in it.
 */
#define BUFFER_BYTES (64 * 1024)
#define MAX_VALUE_BYTES (16 * 1024 * 1024)

struct _ZifuJsonScanner {
  int         fd;
  char       *name; /* owned: as messages call the file */
  struct stat status;
  gint64      offset, line;
  gsize       used, at;
  guint       depth;                           /* of what was entered */
  gboolean    follows[ZIFU_JSON_MAX_DEPTH + 1]; /* whether an element stands before, by depth */
  GString    *value;
  JsonParser *parser; /* owned */
  char        buffer[BUFFER_BYTES];
};

/* The file itself cannot be this and be read. */
static gboolean
fail (ZifuJsonScanner *self, GError **error)
{
  g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT, self->line);

  /* Translators: {1} is the name of a file, {2} the number of a line */
  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_FORMAT, _("“{1}” is not a household document, or it is not whole (line {2})."),
                           self->name, line);
  return FALSE;
}

/*
 * _zifu_json_scanner_new:
 *
 * Returns: (transfer full) (nullable): a scanner at the beginning of a plain file, or %NULL with an error
 */
ZifuJsonScanner *
_zifu_json_scanner_new (const char *path, GError **error)
{
  g_autoptr (ZifuJsonScanner) self = g_new0 (ZifuJsonScanner, 1);

  self->fd = -1;
  self->name = g_filename_display_basename (path);
  self->line = 1;
  if (zifu_ledger_is_open_at (path))
    {
      fail (self, error);
      return NULL;
    }
  self->fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (self->fd < 0 || fstat (self->fd, &self->status) != 0)
    {
      zifu_exchange_set_file_error (error, path, errno);
      return NULL;
    }
  self->value = g_string_new (NULL);
  /* Not an immutable one: newer json-glib ends the program when such a parser has read two values where one was meant. */
  self->parser = json_parser_new ();
  if (!S_ISREG (self->status.st_mode))
    {
      fail (self, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* How many bytes there are. */
gint64
_zifu_json_scanner_get_size (ZifuJsonScanner *self)
{
  return self->status.st_size;
}

/* How many of them were read. */
gint64
_zifu_json_scanner_get_offset (ZifuJsonScanner *self)
{
  return self->offset;
}

/* Makes sure that a byte is there; @c is -1 at the end of the file. */
static gboolean
peek (ZifuJsonScanner *self, int *c, GError **error)
{
  if (self->at == self->used)
    {
      gssize n;

      do
        n = read (self->fd, self->buffer, BUFFER_BYTES);
      while (n < 0 && errno == EINTR);
      if (n < 0)
        return zifu_exchange_set_file_error (error, self->name, errno);
      self->used = n;
      self->at = 0;
    }
  *c = self->at < self->used ? (guchar) self->buffer[self->at] : -1;
  return TRUE;
}

static void
skip (ZifuJsonScanner *self)
{
  if (self->buffer[self->at] == '\n')
    self->line++;
  self->at++;
  self->offset++;
}

/* To the next byte that is no white space. */
static gboolean
peek_token (ZifuJsonScanner *self, int *c, GError **error)
{
  while (peek (self, c, error))
    {
      if (*c < 0 || strchr (" \t\r\n", *c) == NULL || *c == 0)
        return TRUE;
      skip (self);
    }
  return FALSE;
}

static gboolean
take (ZifuJsonScanner *self, char wanted, GError **error)
{
  int c;

  if (!peek_token (self, &c, error))
    return FALSE;
  if (c != wanted)
    return fail (self, error);
  skip (self);
  return TRUE;
}

/*
 * _zifu_json_scanner_enter:
 * @bracket: '{' or '['
 *
 * Goes into an object or a list.
 */
gboolean
_zifu_json_scanner_enter (ZifuJsonScanner *self, char bracket, GError **error)
{
  if (!take (self, bracket, error))
    return FALSE;
  if (self->depth == ZIFU_JSON_MAX_DEPTH)
    return fail (self, error);
  self->follows[++self->depth] = FALSE;
  return TRUE;
}

/*
 * _zifu_json_scanner_next:
 * @bracket: as for _zifu_json_scanner_enter()
 * @more: (out): whether there is another element; after the last one the object or list has been left
 */
gboolean
_zifu_json_scanner_next (ZifuJsonScanner *self, char bracket, gboolean *more, GError **error)
{
  int c;

  if (!peek_token (self, &c, error))
    return FALSE;
  *more = c != (bracket == '{' ? '}' : ']');
  if (!*more)
    {
      skip (self);
      self->depth--;
      return TRUE;
    }
  if (self->follows[self->depth] && !take (self, ',', error))
    return FALSE;
  self->follows[self->depth] = TRUE;
  return TRUE;
}

/* Bytes of one value: brackets are counted, those in texts are not. */
static gboolean
collect (ZifuJsonScanner *self, GError **error)
{
  gboolean in_text = FALSE, escaped = FALSE;
  guint depth = 0;
  int c;

  g_string_truncate (self->value, 0);
  if (!peek_token (self, &c, error))
    return FALSE;
  while (peek (self, &c, error))
    {
      gboolean opens = !in_text && (c == '{' || c == '['), closes = !in_text && (c == '}' || c == ']');

      if (!in_text && depth == 0 && self->value->len > 0 && (c < 0 || strchr (",:]} \t\r\n", c) != NULL))
        return TRUE;
      if (c <= 0 || self->value->len == MAX_VALUE_BYTES || (opens && depth == ZIFU_JSON_MAX_DEPTH) || (closes && depth == 0))
        return fail (self, error);
      depth += opens ? 1 : closes ? -1 : 0;
      if (c == '"' && !escaped)
        in_text = !in_text;
      escaped = in_text && c == '\\' && !escaped;
      g_string_append_c (self->value, (char) c);
      skip (self);
    }
  return FALSE;
}

/*
 * _zifu_json_scanner_value:
 * @value: (out) (transfer full): the value that comes next, with all that is in it
 */
gboolean
_zifu_json_scanner_value (ZifuJsonScanner *self, JsonNode **value, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (!collect (self, error))
    return FALSE;
  if (!g_utf8_validate (self->value->str, (gssize) self->value->len, NULL) ||
      !json_parser_load_from_data (self->parser, self->value->str, (gssize) self->value->len, &reason))
    return fail (self, error);

  *value = json_parser_steal_root (self->parser);
  return *value != NULL || fail (self, error);
}

/*
 * _zifu_json_scanner_name:
 * @name: (out) (transfer full): name of the member that comes next; its value comes after it
 */
gboolean
_zifu_json_scanner_name (ZifuJsonScanner *self, char **name, GError **error)
{
  g_autoptr (JsonNode) node = NULL;

  if (!_zifu_json_scanner_value (self, &node, error))
    return FALSE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return fail (self, error);
  *name = json_node_dup_string (node);
  if (take (self, ':', error))
    return TRUE;
  g_clear_pointer (name, g_free);
  return FALSE;
}

/*
 * _zifu_json_scanner_finish:
 *
 * Nothing may come after the document, and it must be the file that was there at the beginning.
 */
gboolean
_zifu_json_scanner_finish (ZifuJsonScanner *self, GError **error)
{
  struct stat now;
  int c;

  if (!peek_token (self, &c, error))
    return FALSE;
  if (c >= 0)
    return fail (self, error);
  if (fstat (self->fd, &now) == 0 && now.st_size == self->status.st_size && now.st_mtim.tv_sec == self->status.st_mtim.tv_sec &&
      now.st_mtim.tv_nsec == self->status.st_mtim.tv_nsec)
    return TRUE;

  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_CHANGED, _("“{1}” was changed while it was being read. Nothing was taken over."),
                           self->name, NULL);
  return FALSE;
}

/* Ends. */
void
_zifu_json_scanner_free (ZifuJsonScanner *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    close (self->fd);
  g_free (self->name);
  if (self->value != NULL)
    g_string_free (self->value, TRUE);
  g_clear_object (&self->parser);
  g_free (self);
}
