/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A strict reader of JSON.
 *
 * json-glib's own parser takes more than JSON, turns what does not fit a number into another number, keeps the last of two
 * members with one name, and calls itself for each level of nesting.  Money and rules need the opposite, and a message that
 * names the place; so the text is read here and only the tree is json-glib's.
 */

#include <string.h>

#include <glib/gi18n.h>

#include "zifu-case-file.h"
#include "zifu-json.h"

/* Bytes of a member's name, with its 0, that need no memory of their own. */
#define SHORT_NAME 48

typedef struct
{
  const char *text;
  const char *at;
  const char *end;
  guint depth;
  gboolean is_foreign;
  GString *string; /* the last one that was read */
} Reader;

static JsonNode *read_value (Reader *reader, const ZifuPath *path, GError **error);

static void
fail_here (Reader *reader, const ZifuPath *path, const char *template_, GError **error)
{
  guint line = 1;
  const char *line_start = reader->text;
  g_autofree char *line_text = NULL;
  g_autofree char *column_text = NULL;

  for (const char *p = reader->text; p < reader->at; p++)
    {
      if (*p != '\n')
        continue;
      line++;
      line_start = p + 1;
    }
  line_text = g_strdup_printf ("%u", line);
  column_text = g_strdup_printf ("%ld", g_utf8_strlen (line_start, reader->at - line_start) + 1);
  zifu_path_error (path, error, ZIFU_ERROR_SYNTAX, template_, line_text, column_text);
}

static void
fail_syntax (Reader *reader, const ZifuPath *path, GError **error)
{
  if (reader->at >= reader->end)
    fail_here (reader, path, N_ ("the text ends too early (line {1}, column {2})"), error);
  else
    fail_here (reader, path, N_ ("not JSON at line {1}, column {2}"), error);
}

static void
skip_blanks (Reader *reader)
{
  while (reader->at < reader->end && (*reader->at == ' ' || *reader->at == '\t' || *reader->at == '\r' || *reader->at == '\n'))
    reader->at++;
}

static gboolean
take (Reader *reader, char c)
{
  skip_blanks (reader);
  if (reader->at >= reader->end || *reader->at != c)
    return FALSE;
  reader->at++;
  return TRUE;
}

static gboolean
read_hex (Reader *reader, gunichar *out)
{
  gunichar value = 0;

  if (reader->end - reader->at < 4)
    return FALSE;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (reader->at[i]);

      if (digit < 0)
        return FALSE;
      value = value * 16 + (gunichar) digit;
    }
  reader->at += 4;
  *out = value;
  return TRUE;
}

/* After "\u": four digits, or two groups of four for what lies beyond 16 bits.  A text cannot hold U+0000. */
static gboolean
read_unicode (Reader *reader, GString *into)
{
  gunichar high, low;

  if (!read_hex (reader, &high))
    return FALSE;
  if (high >= 0xd800 && high < 0xdc00)
    {
      if (reader->end - reader->at < 6 || reader->at[0] != '\\' || reader->at[1] != 'u')
        return FALSE;
      reader->at += 2;
      if (!read_hex (reader, &low) || low < 0xdc00 || low > 0xdfff)
        return FALSE;
      high = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    }
  if (high == 0 || !g_unichar_validate (high))
    return FALSE;
  g_string_append_unichar (into, high);
  return TRUE;
}

static gboolean
read_escape (Reader *reader, GString *into)
{
  static const char names[] = "\"\\/bfnrt";
  static const char values[] = "\"\\/\b\f\n\r\t";
  const char *found;
  char c;

  if (reader->at >= reader->end)
    return FALSE;
  c = *reader->at;
  if (c == 'u')
    {
      reader->at++;
      return read_unicode (reader, into);
    }
  found = c ? strchr (names, c) : NULL;
  if (!found)
    return FALSE;
  reader->at++;
  g_string_append_c (into, values[found - names]);
  return TRUE;
}

/* Bytes that stand for themselves. */
static void
read_plain (Reader *reader, GString *into)
{
  const char *start = reader->at;
  gsize n;

  while (reader->at < reader->end && (guchar) *reader->at >= 0x20 && *reader->at != '"' && *reader->at != '\\')
    reader->at++;
  n = (gsize) (reader->at - start);
  if (G_UNLIKELY (into->len + n >= into->allocated_len))
    {
      g_string_append_len (into, start, (gssize) n);
      return;
    }
  memcpy (into->str + into->len, start, n);
  into->len += n;
  into->str[into->len] = '\0';
}

/* The text is the reader's, until the next one is read. */
static const char *
read_string (Reader *reader, const ZifuPath *path, GError **error)
{
  GString *into = reader->string;

  if (!take (reader, '"'))
    {
      fail_syntax (reader, path, error);
      return NULL;
    }
  g_string_truncate (into, 0);
  for (;;)
    {
      read_plain (reader, into);
      if (reader->at >= reader->end || (*reader->at != '"' && *reader->at != '\\'))
        break;
      if (*reader->at++ == '"')
        return into->str;
      if (!read_escape (reader, into))
        break;
    }
  fail_syntax (reader, path, error);
  return NULL;
}

/*
 * GLib's g_ascii_string_to_signed() is not used: when two threads come to it first at the same time, one waits for the other, the
 * waiting leaves its errno behind, and a good number is refused.  A batch met that once in thousands of runs.
 */
static gboolean
parse_digits (const char *at, const char *end, gint64 *value)
{
  gboolean negative = *at == '-';

  *value = 0;
  for (at += negative; at < end; at++)
    {
      gint64 digit = negative ? '0' - *at : *at - '0';

      if (__builtin_mul_overflow (*value, 10, value) || __builtin_add_overflow (*value, digit, value))
        return FALSE;
    }
  return TRUE;
}

static JsonNode *
read_number (Reader *reader, const ZifuPath *path, GError **error)
{
  const char *start = reader->at;
  g_autofree char *text = NULL;
  gboolean exact = TRUE;
  gint64 value;

  if (*reader->at == '-')
    reader->at++;
  if (reader->at >= reader->end || !g_ascii_isdigit (*reader->at))
    {
      fail_syntax (reader, path, error);
      return NULL;
    }
  if (*reader->at == '0' && reader->at + 1 < reader->end && g_ascii_isdigit (reader->at[1]))
    {
      fail_syntax (reader, path, error);
      return NULL;
    }
  while (reader->at < reader->end && *reader->at && (g_ascii_isdigit (*reader->at) || strchr (".eE+-", *reader->at)))
    {
      exact = exact && g_ascii_isdigit (*reader->at);
      reader->at++;
    }
  if (exact && parse_digits (start, reader->at, &value))
    return json_node_init_int (json_node_alloc (), value);
  text = g_strndup (start, MIN (reader->at - start, 40));
  if (!exact && reader->is_foreign)
    return json_node_init_double (json_node_alloc (), 0);
  if (!exact)
    {
      zifu_path_error (path, error, ZIFU_ERROR_SYNTAX,
                       N_ ("not an exact number: {1} has a point or an exponent; write amounts and ratios as text, such as \"0.85\""), text,
                       NULL);
      return NULL;
    }
  zifu_path_error (path, error, ZIFU_ERROR_OVERFLOW, N_ ("not an exact number: {1} has too many digits"), text, NULL);
  return NULL;
}

static gboolean
fail_twice (const ZifuPath *at, GError **error)
{
  g_clear_error (error);
  zifu_path_error (at, error, ZIFU_ERROR_SYNTAX, N_ ("field '{1}' appears twice"), at->name, NULL);
  return FALSE;
}

static JsonNode *
read_member_value (Reader *reader, const ZifuPath *at, GError **error)
{
  if (take (reader, ':'))
    return read_value (reader, at, error);
  fail_syntax (reader, at, error);
  return NULL;
}

/*
 * Whether there was a member of this name is seen by their number, so that a good document is looked up once; it is what is told of a
 * second one, whatever may be wrong with its value.
 */
static gboolean
read_member (Reader *reader, JsonObject *object, const ZifuPath *path, GError **error)
{
  guint n = json_object_get_size (object);
  char room[SHORT_NAME];
  g_autofree char *long_name = NULL;
  g_autoptr (GError) local = NULL;
  const char *name = read_string (reader, path, error);
  ZifuPath at;
  JsonNode *value;

  if (name == NULL)
    return FALSE;
  if (reader->string->len < sizeof room)
    name = memcpy (room, name, reader->string->len + 1);
  else
    name = long_name = g_strdup (name);
  at = zifu_path_member (path, name);
  value = read_member_value (reader, &at, &local);
  if (value == NULL)
    {
      if (json_object_has_member (object, name))
        fail_twice (&at, &local);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  json_object_set_member (object, name, value);
  return json_object_get_size (object) > n || fail_twice (&at, error);
}

static JsonNode *
read_object (Reader *reader, const ZifuPath *path, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();

  reader->at++;
  if (!take (reader, '}'))
    {
      do
        {
          if (!read_member (reader, object, path, error))
            return NULL;
        }
      while (take (reader, ','));
      if (!take (reader, '}'))
        {
          fail_syntax (reader, path, error);
          return NULL;
        }
    }
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
read_array (Reader *reader, const ZifuPath *path, GError **error)
{
  g_autoptr (JsonArray) array = json_array_new ();

  reader->at++;
  if (!take (reader, ']'))
    {
      do
        {
          ZifuPath at = zifu_path_item (path, json_array_get_length (array));
          JsonNode *value = read_value (reader, &at, error);

          if (!value)
            return NULL;
          json_array_add_element (array, value);
        }
      while (take (reader, ','));
      if (!take (reader, ']'))
        {
          fail_syntax (reader, path, error);
          return NULL;
        }
    }
  return json_node_init_array (json_node_alloc (), array);
}

static gboolean
take_word (Reader *reader, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (reader->end - reader->at) < length || strncmp (reader->at, word, length) != 0)
    return FALSE;
  reader->at += length;
  return TRUE;
}

static JsonNode *
read_nested (Reader *reader, const ZifuPath *path, GError **error)
{
  JsonNode *node;

  if (reader->depth >= ZIFU_JSON_MAX_DEPTH)
    {
      /* The pointer of such a place is as long as the nesting is deep: line and column tell more. */
      while (path->parent)
        path = path->parent;
      fail_here (reader, path, N_ ("nested too deeply (line {1}, column {2})"), error);
      return NULL;
    }
  reader->depth++;
  node = *reader->at == '{' ? read_object (reader, path, error) : read_array (reader, path, error);
  reader->depth--;
  return node;
}

static JsonNode *
read_value (Reader *reader, const ZifuPath *path, GError **error)
{
  skip_blanks (reader);
  if (reader->at < reader->end)
    {
      char c = *reader->at;

      if (c == '{' || c == '[')
        return read_nested (reader, path, error);
      if (c == '"')
        {
          const char *text = read_string (reader, path, error);

          return text ? json_node_init_string (json_node_alloc (), text) : NULL;
        }
      if (c == '-' || g_ascii_isdigit (c))
        return read_number (reader, path, error);
      if (take_word (reader, "true"))
        return json_node_init_boolean (json_node_alloc (), TRUE);
      if (take_word (reader, "false"))
        return json_node_init_boolean (json_node_alloc (), FALSE);
      if (take_word (reader, "null"))
        return json_node_init_null (json_node_alloc ());
    }
  fail_syntax (reader, path, error);
  return NULL;
}

/* How many bytes at the beginning are ASCII, and none of them 0: some of them, eight at a time. */
static gsize
ascii_length (const char *text, gsize length)
{
  const guint64 ones = 0x0101010101010101u, tops = ones << 7;
  guint64 bytes;
  gsize n = 0;

  for (; n + sizeof bytes <= length; n += sizeof bytes)
    {
      memcpy (&bytes, text + n, sizeof bytes);
      if ((((bytes - ones) | bytes) & tops) != 0)
        break;
    }
  return n;
}

/* @length is that of the text, whatever it is. */
static JsonNode *
read_document (const char *text, gssize length, const ZifuPath *root, gboolean is_foreign, GError **error)
{
  Reader reader = { .is_foreign = is_foreign };
  g_autoptr (JsonNode) node = NULL;
  const char *bad = NULL;
  gsize ascii = ascii_length (text, (gsize) length);

  reader.text = text;
  reader.end = text + length;
  if (!g_utf8_validate_len (text + ascii, (gsize) length - ascii, &bad))
    {
      g_autofree char *byte = g_strdup_printf ("%" G_GSIZE_FORMAT, (gsize) (bad - text) + 1);

      zifu_path_error (root, error, ZIFU_ERROR_FILE, N_ ("not a UTF-8 text (byte {1})"), byte, NULL);
      return NULL;
    }
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    reader.text += 3;
  reader.at = reader.text;
  skip_blanks (&reader);
  if (reader.at == reader.end)
    {
      zifu_path_error (root, error, ZIFU_ERROR_FILE, N_ ("the file is empty"), NULL, NULL);
      return NULL;
    }
  reader.string = g_string_sized_new (64);
  node = read_value (&reader, root, error);
  g_string_free (reader.string, TRUE);
  if (!node)
    return NULL;
  skip_blanks (&reader);
  if (reader.at != reader.end)
    {
      fail_here (&reader, root, N_ ("more text after the end of the document (line {1}, column {2})"), error);
      return NULL;
    }
  return g_steal_pointer (&node);
}

/**
 * zifu_json_read_text:
 * @text: (array length=length): a JSON document in UTF-8, with or without a byte order mark
 * @length: length in bytes, −1 when @text ends with a NUL
 * @name: (nullable): the file, as messages shall name it
 * @error: return location for a #GError
 *
 * Reads a document strictly: whole numbers only, no member twice, at most %ZIFU_JSON_MAX_DEPTH levels.
 *
 * Returns: (transfer full): the root, or %NULL
 */
JsonNode *
zifu_json_read_text (const char *text, gssize length, const char *name, GError **error)
{
  ZifuPath root = zifu_path_root (name, "");

  g_return_val_if_fail (text != NULL, NULL);

  if (length < 0)
    length = (gssize) strlen (text);
  if (length > ZIFU_JSON_MAX_BYTES)
    {
      zifu_path_error (&root, error, ZIFU_ERROR_FILE, N_ ("larger than 64 MB"), NULL, NULL);
      return NULL;
    }
  return read_document (text, length, &root, FALSE, error);
}

/**
 * zifu_json_read_foreign:
 * @text: (array length=length): a JSON document in UTF-8 of which not every member is known here
 * @length: length in bytes
 * @name: (nullable): the document, as messages shall name it
 * @error: return location for a #GError
 *
 * Reads a document as strictly as zifu_json_read_text(), except that numbers with a point or an exponent are passed over: what is at their
 * place is neither a text nor a whole number, and its value is 0.
 *
 * Returns: (transfer full): the root, or %NULL
 */
JsonNode *
zifu_json_read_foreign (const char *text, gsize length, const char *name, GError **error)
{
  ZifuPath root = zifu_path_root (name, "");

  g_return_val_if_fail (text != NULL && length <= ZIFU_JSON_MAX_BYTES, NULL);

  return read_document (text, (gssize) length, &root, TRUE, error);
}

/**
 * zifu_json_read_own:
 * @text: (array length=length): a document that was written here, however long
 * @length: length in bytes
 * @error: return location for a #GError
 *
 * Reads what we wrote ourselves: a limit that keeps strangers from filling the memory does not hold for it.
 *
 * Returns: (transfer full): the root, or %NULL
 */
JsonNode *
zifu_json_read_own (const char *text, gssize length, GError **error)
{
  ZifuPath root = zifu_path_root (NULL, "");

  g_return_val_if_fail (text != NULL && length >= 0, NULL);

  return read_document (text, length, &root, FALSE, error);
}
