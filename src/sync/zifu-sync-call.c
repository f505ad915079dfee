/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-sync-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "zifu-case-file.h"
#include "zifu-json.h"
#include "zifu-retry.h"
#include "zifu-words.h"

/* A longer wait is not slept through: the run ends and the connection remembers until when. */
#define MAX_SLEEP_S 60

/* Above this, tokens and certificates misbehave: it is kept with the connection and told. */
#define MAX_SKEW_S 300

void
_zifu_sync_call_init (ZifuSyncCall *self, const ZifuSyncOptions *options, GCancellable *cancellable)
{
  memset (self, 0, sizeof *self);
  self->options = options;
  self->cancellable = cancellable;
  self->random = options->random != NULL ? g_rand_copy (options->random) : g_rand_new ();
  self->patient = TRUE;
}

void
_zifu_sync_call_clear (ZifuSyncCall *self)
{
  g_clear_pointer (&self->random, g_rand_free);
  if (self->token != NULL)
    memset (self->token, 0, strlen (self->token));
  g_clear_pointer (&self->token, g_free);
}

void
_zifu_sync_call_tell (ZifuSyncCall *self, const char *stage)
{
  if (self->options->progress != NULL)
    self->options->progress (stage, self->n_entries, self->options->progress_data);
}

/* Sleeps, unless it is cancelled. */
static gboolean
sleep_ms (ZifuSyncCall *self, gint64 ms, GError **error)
{
  gint64 end = g_get_monotonic_time () + ms * 1000, left;
  GPollFD fd = { 0 };
  gboolean wakes = self->cancellable != NULL && g_cancellable_make_pollfd (self->cancellable, &fd);

  while ((left = end - g_get_monotonic_time ()) > 0 && !g_cancellable_is_cancelled (self->cancellable))
    {
      if (wakes)
        g_poll (&fd, 1, (int) MIN (left / 1000 + 1, 1000));
      else
        g_usleep ((gulong) MIN (left, 100000));
    }
  if (wakes)
    g_cancellable_release_fd (self->cancellable);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/* Waits before the next try.  %FALSE without an error: there is none. */
gboolean
_zifu_sync_call_pause (ZifuSyncCall *self, guint n_repeats, gint64 retry_after_s, GError **error)
{
  guint unit = self->options->wait_unit_ms > 0 ? self->options->wait_unit_ms : 1000;
  g_autofree char *seconds = NULL, *text = NULL;
  gint64 ms;

  if (!self->patient || retry_after_s > MAX_SLEEP_S || !zifu_retry_get_wait (n_repeats, retry_after_s, self->random, &ms))
    return FALSE;
  seconds = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (ms / 1000, 1));
  /* Translators: {1} is a number of seconds */
  text = zifu_words_fill (_("No answer yet. Next try in {1} s…"), seconds, NULL);
  _zifu_sync_call_tell (self, text);
  return sleep_ms (self, ms * unit / 1000, error);
}

static gboolean
is (const ZifuReply *reply, const char *problem)
{
  return g_strcmp0 (reply->problem, problem) == 0;
}

/* Why a reply is none that anybody asked for: by the type of the problem, else by the status. */
static ZifuSyncError
judge (const ZifuReply *reply)
{
  if (is (reply, "consent-expired"))
    return ZIFU_SYNC_ERROR_CONSENT;
  if (is (reply, "insufficient-scope") || reply->status == 401)
    return ZIFU_SYNC_ERROR_SIGN_IN;
  if (is (reply, "version-unsupported"))
    return ZIFU_SYNC_ERROR_VERSION;
  if (is (reply, "rate-limited") || is (reply, "maintenance") || reply->status == 429 || reply->status == 503)
    return ZIFU_SYNC_ERROR_BUSY;
  if (reply->status == 408)
    return ZIFU_SYNC_ERROR_TIMED_OUT;
  if (reply->status == 511)
    return ZIFU_SYNC_ERROR_OFFLINE; /* the door of a public network */
  return reply->status < 400 ? ZIFU_SYNC_ERROR_BROKEN : ZIFU_SYNC_ERROR_SERVER;
}

static gboolean
may_repeat (const ZifuReply *reply, ZifuSyncError code)
{
  if (reply != NULL && code == ZIFU_SYNC_ERROR_SERVER)
    return reply->status >= 500;
  return code == ZIFU_SYNC_ERROR_BUSY || code == ZIFU_SYNC_ERROR_TIMED_OUT || code == ZIFU_SYNC_ERROR_OFFLINE ||
         (reply == NULL && code == ZIFU_SYNC_ERROR_SERVER);
}

/* What the caller deals with; "moved" and "expired" are answers too. */
static gboolean
is_answer (const ZifuReply *reply, gboolean conditional)
{
  return reply->status == 200 || (reply->status == 304 && conditional) || reply->status == 409 || reply->status == 410;
}

static gboolean
renew_token (ZifuSyncCall *self, const char *refused, GError **error)
{
  char *token;

  if (self->options->tokens == NULL)
    return _zifu_http_fail (error, ZIFU_SYNC_ERROR_SIGN_IN);
  token = zifu_token_source_get_token (self->options->tokens, refused, self->cancellable, error);
  if (token == NULL)
    return FALSE;
  g_free (self->token);
  self->token = token;
  return TRUE;
}

/*
 * _zifu_sync_call_get:
 * @authorized: whether the token goes with it
 *
 * Fetches with patience: a token that is refused is renewed once; what may pass by itself is tried again after a pause.  409 and 410
 * are answers, and 304 when @etag is given.
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL with an error of #ZifuSyncError or %G_IO_ERROR_CANCELLED
 */
ZifuReply *
_zifu_sync_call_get (ZifuSyncCall *self, const char *url, const char *etag, gboolean authorized, GError **error)
{
  gboolean renewed = FALSE;

  for (guint n_repeats = 0;;)
    {
      g_autoptr (ZifuReply) reply = NULL;
      g_autoptr (GError) failed = NULL, stopped = NULL;
      ZifuSyncError code;

      if (authorized && self->token == NULL && !renew_token (self, NULL, error))
        return NULL;
      reply = zifu_http_get (self->options->http, url, authorized ? self->token : NULL, etag, ZIFU_SYNC_MAX_BYTES, self->cancellable,
                             &failed);
      if (reply != NULL)
        self->skew_s = ABS (reply->clock_skew_s) > MAX_SKEW_S ? reply->clock_skew_s : 0;
      if (reply != NULL && is_answer (reply, etag != NULL))
        return g_steal_pointer (&reply);
      if (reply == NULL && failed->domain != ZIFU_SYNC_ERROR)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return NULL;
        }
      if (reply != NULL && reply->status == 401 && authorized && !renewed)
        {
          renewed = TRUE;
          if (!renew_token (self, self->token, error))
            return NULL;
          continue;
        }
      code = reply != NULL ? judge (reply) : (ZifuSyncError) failed->code;
      if (may_repeat (reply, code) && _zifu_sync_call_pause (self, n_repeats, reply != NULL ? reply->retry_after_s : -1, &stopped))
        {
          n_repeats++;
          continue;
        }
      if (stopped != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&stopped));
          return NULL;
        }
      self->wait_s = code == ZIFU_SYNC_ERROR_BUSY && reply != NULL ? MAX (reply->retry_after_s, 0) : 0;
      _zifu_http_fail (error, code);
      return NULL;
    }
}

gboolean
_zifu_sync_is_json (const ZifuReply *reply)
{
  return g_strcmp0 (reply->media_type, "application/json") == 0;
}

JsonNode *
_zifu_sync_read_object (const ZifuReply *reply, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  gsize length;
  const char *text = g_bytes_get_data (reply->body, &length);

  if (reply->status == 200 && _zifu_sync_is_json (reply) && length > 0)
    root = zifu_json_read_text (text, (gssize) length, NULL, NULL);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return g_steal_pointer (&root);
  _zifu_http_fail (error, reply->status == 200 ? ZIFU_SYNC_ERROR_BROKEN : ZIFU_SYNC_ERROR_SERVER);
  return NULL;
}

const char *
_zifu_sync_read_text (JsonObject *object, const char *name, gsize max)
{
  const char *text = zifu_json_peek_string (object, name);

  return text != NULL && *text != '\0' && (gsize) g_utf8_strlen (text, -1) <= max ? text : NULL;
}

char *
_zifu_sync_join (const char *base, const char *path)
{
  gsize n = strlen (base);

  while (n > 0 && base[n - 1] == '/')
    n--;
  return g_strdup_printf ("%.*s%s", (int) n, base, path);
}
