/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-sync-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "zifu-case-file.h"
#include "zifu-pack-library.h"
#include "zifu-words.h"

/* Page after page, until there is no more; and once more from the beginning where the checks or the server ask for it. */

/* A source that always has more would be read for ever. */
#define MAX_ENTRIES 1000000
#define DEFAULT_LIMIT 200
#define MAX_LIMIT 500
/* A page that arrives damaged is fetched again, as often as one that does not arrive. */
#define MAX_DAMAGED 5

typedef struct {
  ZifuSyncCall         *call;
  ZifuLedger           *ledger;
  const ZifuConnection *connection;
  ZifuFeedPass         *pass;      /* owned */
  guint                 n_moved;   /* 409 in a row */
  guint                 n_damaged; /* in a row */
  gboolean              began_anew;
} Pull;

/* Whose rules there are here. */
static char **
list_regions (void)
{
  g_autoptr (ZifuPackLibrary) library = zifu_pack_library_new_default ();
  g_autoptr (GPtrArray) packs = zifu_pack_library_list (library, NULL);
  g_autoptr (GStrvBuilder) regions = g_strv_builder_new ();

  for (guint i = 0; packs != NULL && i < packs->len; i++)
    {
      const ZifuPackInfo *pack = g_ptr_array_index (packs, i);

      if (!pack->base && pack->problem == NULL)
        g_strv_builder_add (regions, pack->id);
    }
  return g_strv_builder_end (regions);
}

static gboolean
begin_pass (Pull *self, gboolean full, GError **error)
{
  g_clear_pointer (&self->pass, zifu_feed_pass_free);
  self->n_moved = 0;
  self->pass = zifu_feed_pass_begin (self->ledger, self->connection->id, full, error);
  /* Before anything arrived somebody chose the region; later it is the person's own affair. */
  if (self->pass != NULL && self->connection->arrived_at == 0)
    {
      g_auto (GStrv) regions = list_regions ();

      zifu_feed_pass_set_regions (self->pass, (const char *const *) regions);
    }
  return self->pass != NULL;
}

static char *
page_url (const Pull *self)
{
  guint limit = self->connection->max_limit > 0 ? MIN (self->connection->max_limit, MAX_LIMIT) : DEFAULT_LIMIT;
  const char *state = zifu_feed_pass_get_state (self->pass);
  g_autofree char *quoted = state != NULL ? g_uri_escape_string (state, NULL, FALSE) : NULL;
  g_autofree char *path = quoted != NULL ? g_strdup_printf ("/v1/changes?limit=%u&since=%s", limit, quoted)
                                         : g_strdup_printf ("/v1/changes?limit=%u", limit);

  return _zifu_sync_join (self->connection->api_base, path);
}

/* The data moved on between two pages. */
static gboolean
take_moved (Pull *self, GError **error)
{
  if (++self->n_moved > 1)
    {
      self->call->wait_s = self->connection->min_interval_s;
      return _zifu_http_fail (error, ZIFU_SYNC_ERROR_BUSY);
    }
  return zifu_feed_pass_rewind (self->pass, error);
}

/* The state that we hold is too old for the source. */
static gboolean
take_expired (Pull *self, GError **error)
{
  if (self->began_anew || zifu_feed_pass_get_state (self->pass) == NULL)
    return _zifu_http_fail (error, ZIFU_SYNC_ERROR_BROKEN);
  self->began_anew = TRUE;
  return begin_pass (self, TRUE, error);
}

/* What is damaged came that way, or was sent that way: it is asked for again a few times.  Rows that are missing are asked for from the
 * beginning, once: zifu_feed_pass_begin() knows. */
static gboolean
take_damaged (Pull *self, GError *problem, GError **error)
{
  g_autoptr (GError) owned = problem;
  gboolean was_full = zifu_feed_pass_is_full (self->pass);

  if (owned != NULL && owned->domain == ZIFU_LEDGER_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }
  if (self->n_damaged >= MAX_DAMAGED || !_zifu_sync_call_pause (self->call, self->n_damaged++, -1, error))
    return error != NULL && *error != NULL ? FALSE : _zifu_http_fail (error, ZIFU_SYNC_ERROR_BROKEN);
  if (!begin_pass (self, FALSE, error))
    return FALSE;
  if (zifu_feed_pass_is_full (self->pass) && !was_full)
    {
      if (self->began_anew)
        return _zifu_http_fail (error, ZIFU_SYNC_ERROR_BROKEN);
      self->began_anew = TRUE;
    }
  return TRUE;
}

static void
tell_progress (Pull *self)
{
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;

  self->call->n_entries = zifu_feed_pass_get_n_entries (self->pass);
  number = g_strdup_printf ("%u", self->call->n_entries);
  /* Translators: {1} is how many rows came so far. */
  text = zifu_words_fill (ngettext ("{1} entry…", "{1} entries…", self->call->n_entries), number, NULL);
  _zifu_sync_call_tell (self->call, text);
}

static gboolean
take_page (Pull *self, const ZifuReply *reply, gboolean *has_more, GError **error)
{
  g_autofree char *before = g_strdup (zifu_feed_pass_get_state (self->pass));
  guint n_before = zifu_feed_pass_get_n_entries (self->pass);
  g_autoptr (GError) problem = NULL;
  gsize length;
  const char *text = g_bytes_get_data (reply->body, &length);

  *has_more = TRUE;
  if (!_zifu_sync_is_json (reply) || length == 0)
    return take_damaged (self, NULL, error);
  if (!zifu_feed_pass_apply (self->pass, text, length, has_more, &problem))
    {
      *has_more = TRUE;
      return take_damaged (self, g_steal_pointer (&problem), error);
    }
  self->n_moved = self->n_damaged = 0;
  tell_progress (self);
  if (*has_more && (zifu_feed_pass_get_n_entries (self->pass) == n_before ||
                    g_strcmp0 (before, zifu_feed_pass_get_state (self->pass)) == 0 ||
                    zifu_feed_pass_get_n_entries (self->pass) > MAX_ENTRIES))
    return _zifu_http_fail (error, ZIFU_SYNC_ERROR_BROKEN);
  return TRUE;
}

static gboolean
fetch_pages (Pull *self, GError **error)
{
  gboolean has_more = TRUE;

  while (has_more)
    {
      g_autofree char *url = page_url (self);
      g_autoptr (ZifuReply) reply = _zifu_sync_call_get (self->call, url, NULL, TRUE, error);
      gboolean success;

      if (reply == NULL)
        return FALSE;
      if (reply->status == 409)
        success = take_moved (self, error);
      else if (reply->status == 410)
        success = take_expired (self, error);
      else
        success = take_page (self, reply, &has_more, error);
      if (!success)
        return FALSE;
    }
  return TRUE;
}

/*
 * _zifu_sync_pull:
 *
 * Fetches everything that is new, writes it page by page, and looks whether it adds up.
 *
 * Returns: (transfer full) (nullable): the verdict, or %NULL with an error
 */
ZifuFeedVerdict *
_zifu_sync_pull (ZifuSyncCall *call, ZifuLedger *ledger, const ZifuConnection *connection, gint64 now, GError **error)
{
  Pull self = { .call = call, .ledger = ledger, .connection = connection };
  g_autoptr (ZifuFeedVerdict) verdict = NULL;
  gboolean again = TRUE;

  if (!begin_pass (&self, FALSE, error))
    return NULL;
  while (again)
    {
      g_clear_pointer (&verdict, zifu_feed_verdict_free);
      if (fetch_pages (&self, error))
        verdict = zifu_feed_pass_finish (self.pass, now, error);
      again = verdict != NULL && verdict->needs_full && !self.began_anew;
      self.began_anew = self.began_anew || again;
      if (again && !begin_pass (&self, TRUE, error))
        {
          g_clear_pointer (&verdict, zifu_feed_verdict_free);
          again = FALSE;
        }
    }
  g_clear_pointer (&self.pass, zifu_feed_pass_free);
  return g_steal_pointer (&verdict);
}
