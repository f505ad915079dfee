/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-table-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * Bytes that are no text in the encoding are never left out: U+FFFD stands for them, and where they are is remembered until the row
 * that holds them is told about it.
 */

#define CHUNK_BYTES (64 * 1024)
#define REPLACEMENT "\xef\xbf\xbd"

typedef struct {
  gint64 text; /* place in the text, in bytes of UTF-8 from the beginning */
  gint64 byte; /* place in the file */
} Bad;

struct _ZifuDecoder {
  ZifuInput *source;   /* not owned */
  char       *encoding; /* owned */
  GIConv      converter; /* (GIConv) -1 = the file is UTF-8 */
  char       *pending;  /* owned: bytes that were read and not yet decoded */
  gsize       n_pending;
  gint64      at;       /* place of the first of them in the file */
  gint64      written;  /* bytes of text so far */
  GArray     *bads;     /* of Bad, the oldest first */
  guint       first_bad;
  gboolean    ended;
};

static const char *
choose_encoding (ZifuInput *source, const char *encoding)
{
  if (encoding == NULL || *encoding == '\0')
    return _zifu_input_guess_encoding (source);
  if (g_ascii_strcasecmp (encoding, "UTF-16") == 0)
    return g_str_equal (_zifu_input_guess_encoding (source), "UTF-16BE") ? "UTF-16BE" : "UTF-16LE";
  return encoding;
}

/* The mark at the beginning belongs to no cell. */
static void
skip_mark (ZifuDecoder *self)
{
  static const char *const marks[] = { "\xef\xbb\xbf", "\xff\xfe", "\xfe\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      gsize length = strlen (marks[i]);

      if (self->n_pending >= length && memcmp (self->pending, marks[i], length) == 0 &&
          (length == 3) == (self->converter == (GIConv) -1))
        {
          self->n_pending -= length;
          self->at += length;
          memmove (self->pending, self->pending + length, self->n_pending);
          return;
        }
    }
}

/*
 * _zifu_decoder_new:
 * @source: a file of text, at its beginning; must live longer than the decoder
 * @encoding: (nullable): name of an encoding; %NULL = found out
 */
ZifuDecoder *
_zifu_decoder_new (ZifuInput *source, const char *encoding, GError **error)
{
  g_autoptr (ZifuDecoder) self = g_new0 (ZifuDecoder, 1);

  self->source = source;
  self->encoding = g_strdup (choose_encoding (source, encoding));
  self->pending = g_malloc (2 * CHUNK_BYTES);
  self->bads = g_array_new (FALSE, FALSE, sizeof (Bad));
  self->converter = (GIConv) -1;
  if (g_ascii_strcasecmp (self->encoding, "UTF-8") == 0 || g_ascii_strcasecmp (self->encoding, "UTF8") == 0)
    return g_steal_pointer (&self);

  self->converter = g_iconv_open ("UTF-8", self->encoding);
  if (self->converter != (GIConv) -1)
    return g_steal_pointer (&self);
  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, _("The encoding “{1}” is not known here, unlike UTF-8, GB18030 or UTF-16."),
                           self->encoding, NULL);
  return NULL;
}

/* The source is left open. */
void
_zifu_decoder_free (ZifuDecoder *self)
{
  if (self == NULL)
    return;

  if (self->converter != (GIConv) -1)
    g_iconv_close (self->converter);
  g_array_unref (self->bads);
  g_free (self->pending);
  g_free (self->encoding);
  g_free (self);
}

const char *
_zifu_decoder_get_encoding (ZifuDecoder *self)
{
  return self->encoding;
}

static void
take (ZifuDecoder *self, gsize n)
{
  self->n_pending -= n;
  self->at += n;
  memmove (self->pending, self->pending + n, self->n_pending);
}

static void
append_bad (ZifuDecoder *self, GString *text, gint64 byte)
{
  Bad bad = { self->written, byte };

  g_array_append_val (self->bads, bad);
  g_string_append (text, REPLACEMENT);
  self->written += strlen (REPLACEMENT);
}

static void
append (ZifuDecoder *self, GString *text, const char *bytes, gsize n)
{
  g_string_append_len (text, bytes, n);
  self->written += n;
}

static void
decode_utf8 (ZifuDecoder *self, GString *text)
{
  const char *p = self->pending, *end = self->pending + self->n_pending;

  while (p < end)
    {
      const char *invalid;

      g_utf8_validate_len (p, end - p, &invalid);
      append (self, text, p, invalid - p);
      p = invalid;
      /* A character that the chunk cut in two. */
      if (p < end && !self->ended && end - p < 4 && g_utf8_get_char_validated (p, end - p) == (gunichar) -2)
        break;
      if (p < end)
        {
          append_bad (self, text, self->at + (p - self->pending));
          p++;
        }
    }
  take (self, p - self->pending);
}

/* How many bytes a character has at least. */
static gsize
get_unit (const char *encoding)
{
  if (g_ascii_strncasecmp (encoding, "UTF-16", 6) == 0 || g_ascii_strncasecmp (encoding, "UCS-2", 5) == 0)
    return 2;
  return g_ascii_strncasecmp (encoding, "UTF-32", 6) == 0 || g_ascii_strncasecmp (encoding, "UCS-4", 5) == 0 ? 4 : 1;
}

/* How much there is before a character that is zero: it would end the cell too early. */
static gsize
find_zero (const char *bytes, gsize n, gsize unit)
{
  static const char zero[4] = { 0 };
  gsize i = 0;

  while (i + unit <= n && memcmp (bytes + i, zero, unit) != 0)
    i += unit;
  return i + unit <= n ? i : n;
}

static void
decode_converted (ZifuDecoder *self, GString *text)
{
  gsize unit = get_unit (self->encoding), n_in = self->n_pending;
  char *in = self->pending;

  while (n_in > 0)
    {
      char buffer[8192];
      char *out = buffer;
      gsize n_out = sizeof buffer, n = find_zero (in, n_in, unit), left = n, code = 0;
      int failure = 0;

      if (n > 0)
        {
          code = g_iconv (self->converter, &in, &left, &out, &n_out);
          failure = errno;
          n_in -= n - left;
          append (self, text, buffer, out - buffer);
        }
      if (code == (gsize) -1 && failure == E2BIG)
        continue;
      if (n_in == 0 || (code == (gsize) -1 && failure == EINVAL && !self->ended && left == n_in))
        break;
      append_bad (self, text, self->at + (in - self->pending));
      in += MIN (unit, n_in);
      n_in -= MIN (unit, n_in);
      g_iconv (self->converter, NULL, NULL, NULL, NULL);
    }
  take (self, in - self->pending);
}

/*
 * _zifu_decoder_read:
 * @text: the next piece is added to it
 * @more: (out): %FALSE when the file ended
 */
gboolean
_zifu_decoder_read (ZifuDecoder *self, GString *text, gboolean *more, GError **error)
{
  gsize n;

  if (!_zifu_input_read (self->source, self->pending + self->n_pending, CHUNK_BYTES, &n, error))
    return FALSE;

  self->n_pending += n;
  self->ended = n == 0;
  if (self->at == 0)
    skip_mark (self);
  if (self->converter == (GIConv) -1)
    decode_utf8 (self, text);
  else
    decode_converted (self, text);
  *more = !self->ended;
  return !self->ended || _zifu_input_check_unchanged (self->source, error);
}

/*
 * _zifu_decoder_take_bad:
 * @before: a place in the text, in bytes from its beginning
 *
 * Returns: where in the file the first bytes before that place are that are no text; -1 = none.  They are told once.
 */
gint64
_zifu_decoder_take_bad (ZifuDecoder *self, gint64 before)
{
  gint64 byte = -1;

  while (self->first_bad < self->bads->len)
    {
      const Bad *bad = &g_array_index (self->bads, Bad, self->first_bad);

      if (bad->text >= before)
        break;
      if (byte < 0)
        byte = bad->byte;
      self->first_bad++;
    }
  if (self->first_bad == self->bads->len && self->first_bad > 0)
    {
      g_array_set_size (self->bads, 0);
      self->first_bad = 0;
    }
  return byte;
}
