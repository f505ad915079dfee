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

#define MAX_BYTES (8 * 1024 * 1024)

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
  if (row->type == NULL || row->id == NULL || *row->id == '\0' || strlen (row->id) > 64 || op == NULL || ver == NULL ||
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
        self->whole = before == 0;
      else if (before != last || seq <= last)
        return refuse (error, ZIFU_EXCHANGE_ERROR_DAMAGED,
                       _("Rows are missing before row {1} of the account document. Fetch it once more."), number, NULL);
      last = seq;
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
read_page (ZifuFeed *self, JsonObject *page, GError **error)
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
  self->has_more = json_node_get_boolean (more);
  self->whole = TRUE;
  self->checkpoint = checkpoint != NULL && JSON_NODE_HOLDS_OBJECT (checkpoint) ? json_node_get_object (checkpoint) : NULL;
  if (person != NULL && JSON_NODE_HOLDS_OBJECT (person))
    self->person = zifu_json_peek_string (json_node_get_object (person), "psn_name");
  return read_rows (self, json_node_get_array (entries), error) && check_checkpoint (self, error);
}

/**
 * zifu_feed_parse:
 * @text: (array length=length): a JSON document
 * @length: its length in bytes
 * @name: (nullable): the file, as messages shall name it
 * @error: return location for an error of #ZifuError (no JSON) or #ZifuExchangeError
 *
 * Reads a page of changes, with the person beside it when it says so.  Only the newest state of each row is kept.
 *
 * Returns: (transfer full) (nullable): the document, or %NULL with an error
 */
ZifuFeed *
zifu_feed_parse (const char *text, gsize length, const char *name, GError **error)
{
  g_autoptr (ZifuFeed) self = g_new0 (ZifuFeed, 1);
  ZifuPath root = zifu_path_root (name, "");
  JsonObject *page;

  g_return_val_if_fail (text != NULL, NULL);

  self->rows = g_ptr_array_new_with_free_func (g_free);
  if (length > MAX_BYTES)
    {
      refuse (error, ZIFU_EXCHANGE_ERROR_LIMIT, _("The account document is larger than 8 MB. Nothing was read."), NULL, NULL);
      return NULL;
    }
  self->root = zifu_json_read_text (text, (gssize) length, name, error);
  page = self->root != NULL ? zifu_json_to_object (self->root, &root, error) : NULL;
  return page != NULL && read_page (self, page, error) ? g_steal_pointer (&self) : NULL;
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
