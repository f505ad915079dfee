/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "zifu-http-private.h"
#include "zifu-sign-in.h"

G_BEGIN_DECLS

/* What is asked for: to read the account, and to go on reading it without the person. */
#define ZIFU_SIGN_IN_SCOPE "account:read offline_access"

/* How long a browser may take, and with it the listener that waits for it. */
#define ZIFU_SIGN_IN_WAIT_MS (5 * 60 * 1000)

/* How long a token that an issuer gives for longer is used at most, in seconds. */
#define ZIFU_SIGN_IN_MAX_LIFE_S (24 * 60 * 60)

/* One member of a form; a @value that is %NULL is left out. */
typedef struct {
  const char *name, *value;
} ZifuFormField;

/*
 * ZifuGrant:
 *
 * What a token is asked for with: decides what a refusal means.
 */
typedef enum { ZIFU_GRANT_CODE, ZIFU_GRANT_DEVICE, ZIFU_GRANT_REFRESH } ZifuGrant;

/* _zifu_secret_free: wipes a text before it is freed; @text: (nullable) (transfer full) */
void  _zifu_secret_free (char *text);

/* _zifu_secret_random: Returns: (transfer full): @n_bytes random bytes of the kernel, in base64url without padding */
char *_zifu_secret_random (gsize n_bytes);

/* _zifu_secret_challenge: Returns: (transfer full): of PKCE with S256 (RFC 7636) */
char *_zifu_secret_challenge (const char *verifier);

/* _zifu_secret_equal: compares in a time that does not tell where two texts differ; both are nullable, and no text equals none */
gboolean _zifu_secret_equal (const char *a, const char *b);

/* _zifu_form_encode: Returns: (transfer full): application/x-www-form-urlencoded; free with _zifu_secret_free() */
char *_zifu_form_encode (const ZifuFormField *fields, guint n_fields);

/* _zifu_form_decode: Returns: (transfer full) (nullable): the members of a query, or %NULL when it is none or has a member twice */
GHashTable *_zifu_form_decode (const char *query);

/* _zifu_reply_read_object: Returns: (transfer full) (nullable): the root of a JSON reply when it is an object */
JsonNode *_zifu_reply_read_object (const ZifuReply *reply);

/* _zifu_reply_wipe: overwrites the body, which held tokens */
void      _zifu_reply_wipe (ZifuReply *reply);

/* _zifu_issuer_check_url: Returns: whether @url may be used with this issuer: https, or this computer itself when the issuer is there */
gboolean  _zifu_issuer_check_url (const char *issuer, const char *url);

/* _zifu_tokens_parse: Returns: (transfer full) (nullable): what a token endpoint gave (RFC 6749, 5.1), or %NULL with an error */
ZifuTokens *_zifu_tokens_parse (const ZifuReply *reply, gint64 received_at, GError **error);

/* _zifu_sign_in_judge: Returns: what a refusal (RFC 6749, 5.2) means */
ZifuSyncError _zifu_sign_in_judge (const ZifuReply *reply, ZifuGrant grant);

/* _zifu_sign_in_ask: Returns: (transfer full) (nullable): tokens; @form: (transfer full), wiped; @reply: (out) (optional): what was said */
ZifuTokens *_zifu_sign_in_ask (ZifuHttp *http, const ZifuIssuer *issuer, ZifuGrant grant, char *form, ZifuReply **reply,
                               GCancellable *cancellable, GError **error);

/* The public functions with times of a test's own. */
ZifuTokens *_zifu_sign_in_with_browser (ZifuHttp *http, const ZifuIssuer *issuer, const char *client_id, const char *resource,
                                        ZifuBrowserFunc open, gpointer user_data, guint wait_ms, GCancellable *cancellable,
                                        GError **error);
ZifuTokens *_zifu_sign_in_with_code (ZifuHttp *http, const ZifuIssuer *issuer, const char *client_id, const char *resource,
                                     ZifuDeviceFunc show, gpointer user_data, guint second_ms, GCancellable *cancellable, GError **error);

/*
 * ZifuListener:
 *
 * Waits on 127.0.0.1 for the one request with which a browser comes back.  Belongs to the thread that made it.
 */
typedef struct _ZifuListener ZifuListener;

/* _zifu_listener_new: Returns: (transfer full) (nullable): one that listens on a free port, or %NULL with an error */
ZifuListener *_zifu_listener_new (GError **error);
void          _zifu_listener_free (ZifuListener *self);

/* _zifu_listener_get_redirect: Returns: where the browser shall be sent */
const char   *_zifu_listener_get_redirect (ZifuListener *self);

/* _zifu_listener_wait: Returns: (transfer full) (nullable): the code that @issuer sent for @state, or %NULL with an error */
char         *_zifu_listener_wait (ZifuListener *self, const ZifuIssuer *issuer, const char *state, guint wait_ms,
                                   GCancellable *cancellable, GError **error);

/* _zifu_listener_page: Returns: (transfer full): a page for the browser, without scripts and without anything from elsewhere */
char         *_zifu_listener_page (const char *title, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuListener, _zifu_listener_free)

G_END_DECLS
