/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-sign-in-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * Any program of this computer, and any page that a browser shows, can send something here.  So only one path is answered, only for the
 * name that the browser was sent to, and only an answer with the right state ends the wait; everything else is told nothing.
 */

#define PATH "/callback"
#define MAX_CODE_LENGTH 4096
/* How long the browser may take to fetch its page once all is known. */
#define GRACE_MS 2000

struct _ZifuListener {
  GMainContext     *context;
  SoupServer       *server;
  char             *host, *redirect;
  const ZifuIssuer *issuer; /* while it waits */
  const char       *state;  /* while it waits */
  gboolean          answered, sent, late;
  char             *code;   /* owned, nullable */
  ZifuSyncError     failure;
};

char *
_zifu_listener_page (const char *title, const char *text)
{
  /* Translators: the code of your language, such as zh_CN */
  g_autofree char *language = g_strdelimit (g_strdup (C_ ("language code", "en")), "_", '-');
  g_autofree char *title_markup = g_markup_escape_text (title, -1), *text_markup = g_markup_escape_text (text, -1);

  return g_strdup_printf ("<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                          "<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n<title>%s</title>\n"
                          "<style>body { font-family: system-ui, sans-serif; line-height: 1.6; max-width: 32em; margin: 20vh auto; "
                          "padding: 0 1.5em; text-align: center } h1 { font-size: 1.5em; line-height: 1.3 }</style>\n"
                          "</head>\n<body>\n<main>\n<h1>%s</h1>\n<p>%s</p>\n</main>\n</body>\n</html>\n",
                          language, title_markup, title_markup, text_markup);
}

static void
answer (SoupServerMessage *message, guint status, const char *title, const char *text)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
                                "frame-ancestors 'none'");
  soup_message_headers_replace (headers, "Connection", "close");
  if (title != NULL)
    {
      char *page = _zifu_listener_page (title, text);

      soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_TAKE, page, strlen (page));
    }
  soup_server_message_set_status (message, status, NULL);
}

static ZifuSyncError
judge_error (const char *name)
{
  static const char *const declined[] = { "access_denied", "consent_required", "interaction_required", "invalid_scope", "invalid_target",
                                          "login_required", "unauthorized_client", NULL };

  if (g_strv_contains (declined, name))
    return ZIFU_SYNC_ERROR_REFUSED;
  return g_str_equal (name, "temporarily_unavailable") ? ZIFU_SYNC_ERROR_BUSY : ZIFU_SYNC_ERROR_SERVER;
}

static gboolean
is_code (const char *text)
{
  gsize n = 0;

  while (text[n] >= ' ' && text[n] < 0x7f)
    n++;
  return n > 0 && n <= MAX_CODE_LENGTH && text[n] == '\0';
}

/* Whether it says who it comes from, where that is promised (RFC 9207): otherwise it may be the answer of another issuer. */
static gboolean
comes_from_issuer (ZifuListener *self, GHashTable *members)
{
  const char *iss = g_hash_table_lookup (members, "iss");

  return iss != NULL ? g_str_equal (iss, self->issuer->issuer) : !self->issuer->sends_iss;
}

/* Returns: whether there is a code; otherwise @failure says why not */
static gboolean
read_answer (ZifuListener *self, GHashTable *members)
{
  const char *error = g_hash_table_lookup (members, "error"), *code = g_hash_table_lookup (members, "code");

  if (!comes_from_issuer (self, members))
    self->failure = ZIFU_SYNC_ERROR_UNTRUSTED;
  else if (error != NULL)
    self->failure = judge_error (error);
  else if (code == NULL || !is_code (code))
    self->failure = ZIFU_SYNC_ERROR_BROKEN;
  else
    self->code = g_strdup (code);
  return self->code != NULL;
}

static void
on_finished (SoupServerMessage *message, gpointer data)
{
  ZifuListener *self = data;

  self->sent = TRUE;
}

static void
answer_browser (ZifuListener *self, SoupServerMessage *message, GHashTable *members)
{
  self->answered = TRUE;
  g_signal_connect (message, "finished", G_CALLBACK (on_finished), self);
  if (read_answer (self, members))
    /* Translators: a page in the browser after signing in there */
    answer (message, 200, _("Signed in"), _("You can close this window and return to Zifu."));
  else if (self->failure == ZIFU_SYNC_ERROR_REFUSED)
    answer (message, 200, _("Not signed in"), _("The sign-in was declined. You can close this window and return to Zifu."));
  else
    answer (message, 400, _("Not signed in"), _("The sign-in did not succeed. Close this window; Zifu says what happened."));
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *unused, gpointer data)
{
  ZifuListener *self = data;
  const char *host = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Host");
  g_autoptr (GHashTable) members = NULL;

  if (self->state == NULL || self->answered || !g_str_equal (path, PATH) || g_strcmp0 (host, self->host) != 0)
    {
      answer (message, 404, NULL, NULL);
      return;
    }
  if (g_strcmp0 (soup_server_message_get_method (message), "GET") != 0)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow", "GET");
      answer (message, 405, NULL, NULL);
      return;
    }
  members = _zifu_form_decode (g_uri_get_query (soup_server_message_get_uri (message)));
  if (members == NULL || !_zifu_secret_equal (g_hash_table_lookup (members, "state"), self->state))
    {
      answer (message, 400, _("Not signed in"),
              _("This page does not belong to the sign-in that Zifu began. Close it and use the window that Zifu opened."));
      return;
    }
  answer_browser (self, message, members);
}

ZifuListener *
_zifu_listener_new (GError **error)
{
  ZifuListener *self = g_new0 (ZifuListener, 1);
  gboolean listens;
  GSList *uris;

  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new ("server-header", NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  listens = soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL);
  g_main_context_pop_thread_default (self->context);
  uris = listens ? soup_server_get_uris (self->server) : NULL;
  if (uris == NULL)
    {
      _zifu_listener_free (self);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("This computer lets no program wait for the browser."));
      return NULL;
    }
  self->host = g_strdup_printf ("127.0.0.1:%d", g_uri_get_port (uris->data));
  self->redirect = g_strdup_printf ("http://%s" PATH, self->host);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return self;
}

void
_zifu_listener_free (ZifuListener *self)
{
  if (self == NULL)
    return;

  g_main_context_push_thread_default (self->context);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  /* Connections say goodbye here. */
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  _zifu_secret_free (self->code);
  g_free (self->host);
  g_free (self->redirect);
  g_free (self);
}

const char *
_zifu_listener_get_redirect (ZifuListener *self)
{
  return self->redirect;
}

static gboolean
on_late (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  return G_SOURCE_REMOVE;
}

static GSource *
attach_timeout (ZifuListener *self, guint ms, gboolean *flag)
{
  GSource *source = g_timeout_source_new (ms);

  g_source_set_callback (source, on_late, flag, NULL);
  g_source_attach (source, self->context);
  return source;
}

/* The browser gets its page before the listener goes. */
static void
finish_page (ZifuListener *self)
{
  gboolean late = FALSE;
  g_autoptr (GSource) timeout = attach_timeout (self, GRACE_MS, &late);

  while (!self->sent && !late)
    g_main_context_iteration (self->context, TRUE);
  g_source_destroy (timeout);
}

char *
_zifu_listener_wait (ZifuListener *self, const ZifuIssuer *issuer, const char *state, guint wait_ms, GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GSource) timeout = attach_timeout (self, wait_ms, &self->late);
  g_autoptr (GSource) watch = cancellable != NULL ? g_cancellable_source_new (cancellable) : NULL;

  self->issuer = issuer;
  self->state = state;
  if (watch != NULL)
    {
      g_source_set_callback (watch, G_SOURCE_FUNC (on_cancelled), NULL, NULL);
      g_source_attach (watch, self->context);
    }
  g_main_context_push_thread_default (self->context);
  while (!self->answered && !self->late && !g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (self->context, TRUE);
  if (self->answered)
    finish_page (self);
  g_main_context_pop_thread_default (self->context);
  g_source_destroy (timeout);
  if (watch != NULL)
    g_source_destroy (watch);
  self->issuer = NULL;
  self->state = NULL;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (self->code == NULL)
    _zifu_http_fail (error, self->answered ? self->failure : ZIFU_SYNC_ERROR_EXPIRED);
  return g_steal_pointer (&self->code);
}
