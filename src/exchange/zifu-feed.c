/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-feed.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "zifu-case-file.h"
#include "zifu-json.h"

/*
 * A feed document as data: what must hold of it as a whole.  Its size and nesting, that the number of rows is the one it says, that no row
 * is missing between two, and that the rows add up to its checkpoint.  When one of these fails, none of its rows is believed.
 */

static gboolean
refuse (GError **error, ZifuExchangeError code, const char *message, const char *first, const char *second)
{
  zifu_exchange_set_error (error, code, message, first, second);
  return FALSE;
}

/**
 * zifu_feed_get_money:
 * @data: what a row holds
 * @name: a member
 * @amount: (out): the amount in fen; 0 when there is none
 *
 * Reads an amount as the protocol has it: a text with two decimals, such as "12.30".
 *
 * Returns: %FALSE when there is something that is no such amount
 */
gboolean
zifu_feed_get_money (JsonObject *data, const char *name, ZifuMoney *amount)
{
  const char *text, *p;
  gboolean minus;
  gsize n;

  g_return_val_if_fail (data != NULL && name != NULL && amount != NULL, FALSE);

  *amount = 0;
  if (!json_object_has_member (data, name) || json_object_get_null_member (data, name))
    return TRUE;
  text = zifu_json_peek_string (data, name);
  if (text == NULL)
    return FALSE;
  minus = *text == '-';
  p = text + minus;
  n = strspn (p, "0123456789");
  if (n == 0 || n > 14 || (n > 1 && *p == '0') || p[n] != '.' || strspn (p + n + 1, "0123456789") != 2 || p[n + 3] != '\0')
    return FALSE;
  for (; *p != '\0'; p++)
    if (*p != '.')
      *amount = *amount * 10 + (*p - '0');
  if (minus && *amount == 0)
    return FALSE;
  *amount = minus ? -*amount : *amount;
  return TRUE;
}

/* A counter of the protocol: digits in a text. */
static gboolean
read_counter (JsonObject *object, const char *name, guint64 *value)
{
  const char *text = zifu_json_peek_string (object, name);

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, value, NULL);
}

static gboolean
read_row (ZifuFeedRow *row, JsonObject *entry)
{
  const char *op = zifu_json_peek_string (entry, "op");
  JsonNode *ver = json_object_get_member (entry, "ver"), *data = json_object_get_member (entry, "data");

  row->type = zifu_json_peek_string (entry, "type");
  row->id = zifu_json_peek_string (entry, "id");
  if (row->type == NULL || *row->type == '\0' || strlen (row->type) > 64 || row->id == NULL || *row->id == '\0' ||
      g_utf8_strlen (row->id, -1) > 64 || op == NULL || ver == NULL ||
      !JSON_NODE_HOLDS_VALUE (ver) || json_node_get_value_type (ver) != G_TYPE_INT64 || json_node_get_int (ver) < 1)
    return FALSE;
  row->ver = json_node_get_int (ver);
  row->withdrawn = g_str_equal (op, "del");
  row->data = data != NULL && JSON_NODE_HOLDS_OBJECT (data) ? json_node_get_object (data) : NULL;
  return g_str_equal (op, "del") || (g_str_equal (op, "put") && row->data != NULL);
}

/* Of two states of one row the newer one counts; it takes the place of the older one. */
static void
put_row (ZifuFeed *self, GHashTable *places, const ZifuFeedRow *row)
{
  char *key = g_strconcat (row->type, "|", row->id, NULL);
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, key));
  ZifuFeedRow *known;

  if (place == 0)
    {
      g_ptr_array_add (self->rows, g_memdup2 (row, sizeof *row));
      g_hash_table_insert (places, key, GUINT_TO_POINTER (self->rows->len));
      return;
    }
  g_free (key);
  known = g_ptr_array_index (self->rows, place - 1);
  if (row->ver >= known->ver)
    *known = *row;
}

/* Where @data of each row stands in the document.  It was read already: what is looked for here is there. */

typedef struct {
  const char *start;
  gsize       length;
} Slice;

static const char *
skip_blanks (const char *p)
{
  while (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n')
    p++;
  return p;
}

static const char *
skip_text (const char *p)
{
  for (p++; *p != '"'; p++)
    if (*p == '\\')
      p++;
  return p + 1;
}

static const char *
skip_value (const char *p)
{
  guint depth = 0;

  if (*p == '"')
    return skip_text (p);
  if (*p != '{' && *p != '[')
    return p + strcspn (p, ",]} \t\r\n");
  do
    {
      if (*p == '"')
        {
          p = skip_text (p);
          continue;
        }
      if (*p == '{' || *p == '[')
        depth++;
      if (*p == '}' || *p == ']')
        depth--;
      p++;
    }
  while (depth > 0);
  return p;
}

/* The next member of an object, of which @p is at the bracket or behind a member; NULL after the last one. */
static const char *
next_member (const char *p, const char **name, gsize *length)
{
  p = skip_blanks (p);
  if (*p == '}')
    return NULL;
  p = skip_blanks (p + 1);
  if (*p == '}')
    return NULL;
  *name = p + 1;
  p = skip_text (p);
  *length = (gsize) (p - *name - 1);
  return skip_blanks (skip_blanks (p) + 1);
}

static const char *
find_member (const char *object, const char *wanted)
{
  const char *p = object, *name;
  gsize length;

  while ((p = next_member (p, &name, &length)) != NULL)
    {
      if (length == strlen (wanted) && memcmp (name, wanted, length) == 0)
        return p;
      p = skip_value (p);
    }
  return NULL;
}

static GArray *
find_slices (const char *text)
{
  GArray *slices = g_array_new (FALSE, TRUE, sizeof (Slice));
  const char *p = find_member (skip_blanks (text + (g_str_has_prefix (text, "\xef\xbb\xbf") ? 3 : 0)), "entries");

  p = p != NULL ? skip_blanks (p + 1) : NULL;
  while (p != NULL && *p == '{')
    {
      Slice slice = { find_member (p, "data"), 0 };

      if (slice.start != NULL)
        slice.length = (gsize) (skip_value (slice.start) - slice.start);
      g_array_append_val (slices, slice);
      p = skip_blanks (skip_value (p));
      p = *p == ',' ? skip_blanks (p + 1) : NULL;
    }
  return slices;
}

static gboolean
read_rows (ZifuFeed *self, JsonArray *entries, GError **error)
{
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint64 last = 0;

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonNode *node = json_array_get_element (entries, i);
      JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      ZifuFeedRow row = { .number = i + 1 };
      guint64 seq, before;

      if (entry == NULL || !read_row (&row, entry) || !read_counter (entry, "seq", &seq) || !read_counter (entry, "prev_seq", &before))
        return refuse (error, ZIFU_EXCHANGE_ERROR_FORMAT, _("Row {1} of the account document is not one. Nothing was read."), number, NULL);
      if (i == 0)
        {
          self->whole = before == 0;
          self->before_seq = (gint64) before;
        }
      if (i > 0 ? before != last || seq <= last : seq <= before)
        return refuse (error, ZIFU_EXCHANGE_ERROR_DAMAGED,
                       _("Rows are missing before row {1} of the account document. Fetch it once more."), number, NULL);
      last = seq;
      row.seq = (gint64) seq;
      self->last_seq = (gint64) seq;
      put_row (self, places, &row);
    }
  return TRUE;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* SHA-256 over the sorted lines type|id|ver, with and without an end of the last line. */
static gboolean
digest_fits (const ZifuFeed *self, const char *digest)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *without = NULL, *with = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const ZifuFeedRow *row = g_ptr_array_index (self->rows, i);

      if (!row->withdrawn)
        g_ptr_array_add (lines, g_strdup_printf ("%s|%s|%" G_GINT64_FORMAT, row->type, row->id, row->ver));
    }
  g_ptr_array_sort (lines, compare_texts);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *) g_ptr_array_index (lines, i));
  without = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, -1);
  g_string_append_c (text, '\n');
  with = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, -1);
  return g_ascii_strcasecmp (digest, without) == 0 || g_ascii_strcasecmp (digest, with) == 0;
}

static gboolean
counts_fit (const ZifuFeed *self, JsonObject *counts)
{
  g_autoptr (GList) types = json_object_get_members (counts);

  for (GList *l = types; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (counts, l->data);
      gint64 n = 0;

      for (guint i = 0; i < self->rows->len; i++)
        {
          const ZifuFeedRow *row = g_ptr_array_index (self->rows, i);

          n += !row->withdrawn && g_str_equal (row->type, l->data);
        }
      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) != n)
        return FALSE;
    }
  return TRUE;
}

/* Only a document that holds everything can be compared with the totals of everything. */
static gboolean
check_checkpoint (const ZifuFeed *self, GError **error)
{
  JsonNode *counts;
  const char *digest;

  if (self->checkpoint == NULL || !self->whole || self->has_more)
    return TRUE;
  counts = json_object_get_member (self->checkpoint, "counts");
  digest = zifu_json_peek_string (self->checkpoint, "digest");
  if ((counts == NULL || !JSON_NODE_HOLDS_OBJECT (counts) || counts_fit (self, json_node_get_object (counts))) &&
      (digest == NULL || digest_fits (self, digest)))
    return TRUE;
  return refuse (error, ZIFU_EXCHANGE_ERROR_DAMAGED,
                 _("The account document does not hold the rows that its own totals name. Fetch it once more."), NULL, NULL);
}

static gboolean
read_page (ZifuFeed *self, JsonObject *page, gboolean with_totals, GError **error)
{
  JsonNode *entries = json_object_get_member (page, "entries"), *count = json_object_get_member (page, "count");
  JsonNode *more = json_object_get_member (page, "has_more"), *checkpoint = json_object_get_member (page, "checkpoint");
  JsonNode *person = json_object_get_member (page, "person");
  gboolean counted;

  if (entries == NULL || !JSON_NODE_HOLDS_ARRAY (entries) || zifu_json_peek_string (page, "state") == NULL || more == NULL ||
      !JSON_NODE_HOLDS_VALUE (more) || json_node_get_value_type (more) != G_TYPE_BOOLEAN)
    return refuse (error, ZIFU_EXCHANGE_ERROR_FORMAT, _("This JSON document is neither an account document nor one of ours."), NULL, NULL);
  counted = count != NULL && JSON_NODE_HOLDS_VALUE (count) && json_node_get_value_type (count) == G_TYPE_INT64 &&
            json_node_get_int (count) == json_array_get_length (json_node_get_array (entries));
  if (!counted)
    return refuse (error, ZIFU_EXCHANGE_ERROR_DAMAGED, _("The account document does not hold as many rows as it says. Fetch it once more."),
                   NULL, NULL);
  self->n_entries = json_array_get_length (json_node_get_array (entries));
  self->state = zifu_json_peek_string (page, "state");
  self->has_more = json_node_get_boolean (more);
  self->whole = TRUE;
  self->checkpoint = checkpoint != NULL && JSON_NODE_HOLDS_OBJECT (checkpoint) ? json_node_get_object (checkpoint) : NULL;
  if (person != NULL && JSON_NODE_HOLDS_OBJECT (person))
    self->person = zifu_json_peek_string (json_node_get_object (person), "psn_name");
  return read_rows (self, json_node_get_array (entries), error) && (!with_totals || check_checkpoint (self, error));
}

/* A document without what every page has, or with something else at its place. */
static gboolean
check_page (const ZifuFeed *self, GError **error)
{
  JsonNode *checkpoint = json_object_get_member (json_node_get_object (self->root), "checkpoint");

  if (*self->state == '\0' || strlen (self->state) > 512 || (checkpoint != NULL && self->checkpoint == NULL))
    return refuse (error, ZIFU_EXCHANGE_ERROR_FORMAT, _("This JSON document is neither an account document nor one of ours."), NULL, NULL);
  if (self->n_entries > ZIFU_FEED_MAX_ENTRIES)
    return refuse (error, ZIFU_EXCHANGE_ERROR_LIMIT, _("The provider sent more than 500 rows at once. Nothing was read."), NULL, NULL);
  if (self->has_more && self->n_entries == 0)
    return refuse (error, ZIFU_EXCHANGE_ERROR_FORMAT, _("The provider sent an empty page and says that more follows. Nothing was read."),
                   NULL, NULL);
  return TRUE;
}

/* A row carries its own number, and everything that rows of its type must hold. */
static gboolean
check_data (JsonObject *entry, const char **field)
{
  JsonNode *node = json_object_get_member (entry, "data");
  JsonObject *data = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *type = zifu_json_peek_string (entry, "type"), *own;

  if (data == NULL)
    return TRUE;
  if (!zifu_feed_check_row (type, data, field))
    return FALSE;
  *field = g_str_equal (type, "setlinfo") ? "setl_id" : "rid";
  own = zifu_json_peek_string (data, *field);
  return own == NULL || g_str_equal (own, zifu_json_peek_string (entry, "id"));
}

static void
keep_texts (ZifuFeed *self, const char *text)
{
  g_autoptr (GArray) slices = find_slices (text);

  for (guint i = 0; i < self->rows->len; i++)
    {
      ZifuFeedRow *row = g_ptr_array_index (self->rows, i);
      const Slice *slice = &g_array_index (slices, Slice, row->number - 1);

      row->raw = row->data != NULL ? slice->start : NULL;
      row->raw_length = row->data != NULL ? slice->length : 0;
    }
}

static gboolean
check_shapes (ZifuFeed *self, GError **error)
{
  JsonArray *entries = json_object_get_array_member (json_node_get_object (self->root), "entries");

  for (guint i = 0; i < self->n_entries; i++)
    {
      const char *field = NULL;

      if (!check_data (json_array_get_object_element (entries, i), &field))
        {
          g_autofree char *number = g_strdup_printf ("%u", i + 1);

          /* Translators: {1} is the number of a row, {2} the name of a field in it, such as pay_sumamt */
          return refuse (error, ZIFU_EXCHANGE_ERROR_FORMAT,
                         _("Row {1} of the account document: “{2}” is missing or is not as it must be. Nothing was read."), number, field);
        }
    }
  return TRUE;
}

static ZifuFeed *
parse (const char *text, gsize length, const char *name, gboolean is_page, GError **error)
{
  g_autoptr (ZifuFeed) self = g_new0 (ZifuFeed, 1);
  ZifuPath root = zifu_path_root (name, "");
  JsonObject *page;

  self->rows = g_ptr_array_new_with_free_func (g_free);
  if (length > ZIFU_FEED_MAX_BYTES)
    {
      refuse (error, ZIFU_EXCHANGE_ERROR_LIMIT, _("The account document is larger than 8 MB. Nothing was read."), NULL, NULL);
      return NULL;
    }
  self->root = zifu_json_read_foreign (text, length, name, error);
  page = self->root != NULL ? zifu_json_to_object (self->root, &root, error) : NULL;
  if (page == NULL || !read_page (self, page, !is_page, error))
    return NULL;
  keep_texts (self, text);
  return g_steal_pointer (&self);
}

/**
 * zifu_feed_parse:
 * @text: (array length=length): a JSON document, with a NUL behind it; it must outlive what is read
 * @length: its length in bytes
 * @name: (nullable): the file, as messages shall name it
 * @error: return location for an error of #ZifuError (no JSON) or #ZifuExchangeError
 *
 * Reads a page of changes out of a file, with the person beside it when it says so.  Only the newest state of each row is kept.  What a row
 * holds is not looked at yet.
 *
 * Returns: (transfer full) (nullable): the document, or %NULL with an error
 */
ZifuFeed *
zifu_feed_parse (const char *text, gsize length, const char *name, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  return parse (text, length, name, FALSE, error);
}

/**
 * zifu_feed_parse_page:
 * @text: (array length=length): what a server sent, with a NUL behind it; it must outlive the page
 * @length: its length in bytes
 * @error: return location for an error of #ZifuError (no JSON) or #ZifuExchangeError
 *
 * Reads a page of a server.  Nothing of it is believed: one object, at most 64 levels and 8 MB, no member twice, as many rows as it says
 * and at most 500, a chain without a gap, and rows of a known type with everything that they must hold.
 *
 * Returns: (transfer full) (nullable): the page, or %NULL with an error
 */
ZifuFeed *
zifu_feed_parse_page (const char *text, gsize length, GError **error)
{
  g_autoptr (ZifuFeed) self = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (length > 0 && *skip_blanks (text) != '{')
    {
      refuse (error, ZIFU_EXCHANGE_ERROR_FORMAT, _("This JSON document is neither an account document nor one of ours."), NULL, NULL);
      return NULL;
    }
  self = parse (text, length, NULL, TRUE, error);
  return self != NULL && check_page (self, error) && check_shapes (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * zifu_feed_free:
 * @self: (nullable) (transfer full): a document
 *
 * Frees @self with all its rows.
 */
void
zifu_feed_free (ZifuFeed *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->root, json_node_unref);
  g_free (self);
}
