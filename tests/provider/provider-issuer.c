/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "provider.h"

#include <string.h>

/*
 * Signs people in: OAuth 2.0 with the authorization code and PKCE (S256 only) for a public client on a loopback redirect, the device
 * grant, refresh tokens that rotate, revocation.  Everything is kept in memory.
 */

#define SCOPES "account:read offline_access"
#define DEVICE_GRANT "urn:ietf:params:oauth:grant-type:device_code"

/* All tokens that come from one consent: they end together. */
typedef struct {
  gint     n_references;
  Person  *person;  /* not owned */
  char    *client;  /* owned */
  gboolean offline, ended;
} Family;

/* A code, an access token or a refresh token. */
typedef struct {
  Family  *family;    /* owned reference */
  gint64   expires;   /* monotonic microseconds; 0 = never */
  char    *challenge, *redirect; /* owned: of a code */
  gboolean used;
} Grant;

/* Somebody stands before the page of consent. */
typedef struct {
  char    *client, *redirect, *state, *challenge, *scope; /* owned, nullable */
  char    *device_code; /* owned, nullable: instead of a redirect */
} Request;

typedef struct {
  char    *user_code, *client, *scope; /* owned */
  gint64   expires, next;              /* monotonic microseconds: an earlier question is one too many */
  guint    interval;
  gboolean denied;
  Family  *family;                     /* owned, nullable: allowed */
} Device;

struct _Issuer {
  Provider   *provider;
  GHashTable *requests, *codes, *access, *refresh, *devices; /* by what names them; owned */
};

/* ---- parts */

static Family *
family_ref (Family *self)
{
  self->n_references++;
  return self;
}

static void
family_unref (Family *self)
{
  if (--self->n_references > 0)
    return;
  g_free (self->client);
  g_free (self);
}

static void
grant_free (Grant *self)
{
  family_unref (self->family);
  g_free (self->challenge);
  g_free (self->redirect);
  g_free (self);
}

static void
request_free (Request *self)
{
  g_free (self->client);
  g_free (self->redirect);
  g_free (self->state);
  g_free (self->challenge);
  g_free (self->scope);
  g_free (self->device_code);
  g_free (self);
}

static void
device_free (Device *self)
{
  g_free (self->user_code);
  g_free (self->client);
  g_free (self->scope);
  g_clear_pointer (&self->family, family_unref);
  g_free (self);
}

Issuer *
issuer_new (Provider *provider)
{
  Issuer *self = g_new0 (Issuer, 1);

  self->provider = provider;
  self->requests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) request_free);
  self->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) grant_free);
  self->access = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) grant_free);
  self->refresh = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) grant_free);
  self->devices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) device_free);
  return self;
}

void
issuer_free (Issuer *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->requests);
  g_hash_table_unref (self->codes);
  g_hash_table_unref (self->access);
  g_hash_table_unref (self->refresh);
  g_hash_table_unref (self->devices);
  g_free (self);
}

/* 244 bits that nobody can guess. */
static char *
make_secret (void)
{
  g_autofree char *a = g_uuid_string_random (), *b = g_uuid_string_random (), *both = g_strconcat (a, b, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);
}

static char *
make_challenge (const char *verifier)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  char *text;

  g_checksum_update (sum, (const guchar *) verifier, -1);
  g_checksum_get_digest (sum, digest, &length);
  text = g_base64_encode (digest, length);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

static gboolean
is_over (gpointer key, gpointer value, gpointer user_data)
{
  const Grant *grant = value;

  return grant->expires != 0 && grant->expires < g_get_monotonic_time ();
}

static char *
give (Issuer *self, GHashTable *table, Family *family, guint seconds)
{
  Grant *grant = g_new0 (Grant, 1);
  char *secret = make_secret ();

  g_hash_table_foreach_remove (table, is_over, NULL);
  grant->family = family_ref (family);
  grant->expires = seconds > 0 ? g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC : 0;
  g_hash_table_insert (table, g_strdup (secret), grant);
  return secret;
}

static Family *
allow (Issuer *self, Person *person, const char *client, const char *scope)
{
  Family *family = g_new0 (Family, 1);

  family->n_references = 1;
  family->person = person;
  family->client = g_strdup (client);
  family->offline = scope != NULL && strstr (scope, "offline_access") != NULL;
  person->consent_from = g_get_real_time () / G_USEC_PER_SEC;
  person->consent_to = person->consent_from + 180 * 86400;
  person->consent_ended = FALSE;
  return family;
}

/* ---- answers */

static void
answer_error (Answer *answer, const char *error, const char *what)
{
  answer_text (answer, 400, "application/json", g_strdup_printf ("{\"error\":\"%s\",\"error_description\":\"%s\"}", error, what));
}

static void
answer_tokens (Issuer *self, Family *family, const char *fault, Answer *answer)
{
  g_autofree char *access = give (self, self->access, family, self->provider->token_seconds), *refresh = NULL, *member = NULL;

  if (family->offline && g_strcmp0 (fault, "no-refresh") != 0)
    refresh = give (self, self->refresh, family, 0);
  if (refresh != NULL)
    member = g_strdup_printf (",\"refresh_token\":\"%s\"", refresh);
  answer_text (answer, 200, "application/json",
               g_strdup_printf ("{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%u,\"scope\":\"%s\"%s}", access,
                                self->provider->token_seconds, family->offline ? SCOPES : "account:read", member != NULL ? member : ""));
}

static void
answer_metadata (Issuer *self, const char *fault, Answer *answer)
{
  const char *base = self->provider->base;
  const char *wrong = g_strcmp0 (fault, "wrong-issuer") == 0 ? "/other" : "";

  answer_text (answer, 200, "application/json",
               g_strdup_printf ("{\"issuer\":\"%s%s\",\"authorization_endpoint\":\"%s/authorize\",\"token_endpoint\":\"%s/token\","
                                "\"device_authorization_endpoint\":\"%s/device_authorization\",\"revocation_endpoint\":\"%s/revoke\","
                                "\"response_types_supported\":[\"code\"],\"response_modes_supported\":[\"query\"],"
                                "\"grant_types_supported\":[\"authorization_code\",\"refresh_token\",\"" DEVICE_GRANT "\"],"
                                "\"code_challenge_methods_supported\":[\"S256\"],\"token_endpoint_auth_methods_supported\":[\"none\"],"
                                "\"revocation_endpoint_auth_methods_supported\":[\"none\"],"
                                "\"scopes_supported\":[\"account:read\",\"offline_access\"],"
                                "\"authorization_response_iss_parameter_supported\":%s}",
                                base, wrong, base, base, base, base, g_strcmp0 (fault, "no-iss") == 0 ? "false" : "true"));
}

static void
answer_page (Answer *answer, guint status, char *page)
{
  answer_text (answer, status, "text/html; charset=utf-8", page);
}

/* ---- the authorization request */

/* http://127.0.0.1:PORT/… or http://[::1]:PORT/…, any port; a name is no loopback address. */
static gboolean
is_loopback (const char *redirect)
{
  g_autoptr (GUri) uri = redirect != NULL ? g_uri_parse (redirect, G_URI_FLAGS_NONE, NULL) : NULL;

  return uri != NULL && g_str_equal (g_uri_get_scheme (uri), "http") && g_uri_get_fragment (uri) == NULL &&
         g_uri_get_userinfo (uri) == NULL &&
         (g_strcmp0 (g_uri_get_host (uri), "127.0.0.1") == 0 || g_strcmp0 (g_uri_get_host (uri), "::1") == 0);
}

static gboolean
is_client (Issuer *self, const char *client)
{
  const char *only = self->provider->client;

  return client != NULL && *client != '\0' && strlen (client) <= 100 && (only == NULL || g_str_equal (client, only));
}

static gboolean
is_scope (const char *scope)
{
  g_auto (GStrv) words = g_strsplit (scope != NULL ? scope : "account:read", " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (!g_str_equal (words[i], "account:read") && !g_str_equal (words[i], "offline_access"))
      return FALSE;
  return g_strv_contains ((const char *const *) words, "account:read");
}

static void
redirect_back (Issuer *self, const Request *request, const char *name, const char *value, const char *fault, Answer *answer)
{
  g_autoptr (GString) location = g_string_new (request->redirect);

  g_string_append_c (location, strchr (request->redirect, '?') != NULL ? '&' : '?');
  g_string_append_printf (location, "%s=", name);
  g_string_append_uri_escaped (location, value, NULL, FALSE);
  if (request->state != NULL || g_strcmp0 (fault, "wrong-state") == 0)
    {
      g_string_append (location, "&state=");
      g_string_append_uri_escaped (location, g_strcmp0 (fault, "wrong-state") == 0 ? "not-yours" : request->state, NULL, FALSE);
    }
  if (g_strcmp0 (fault, "no-iss") != 0)
    {
      g_string_append (location, "&iss=");
      g_string_append_uri_escaped (location, g_strcmp0 (fault, "wrong-iss") == 0 ? "http://127.0.0.1:9/other" : self->provider->base, NULL,
                                   FALSE);
    }
  answer_text (answer, 303, NULL, NULL);
  answer->location = g_string_free (g_steal_pointer (&location), FALSE);
}

static void
decide (Issuer *self, const Request *request, Person *person, const char *fault, Answer *answer)
{
  g_autofree char *code = NULL;
  Family *family;
  Grant *grant;

  if (person == NULL || g_strcmp0 (fault, "deny") == 0)
    {
      redirect_back (self, request, "error", "access_denied", fault, answer);
      return;
    }
  family = allow (self, person, request->client, request->scope);
  code = give (self, self->codes, family, self->provider->code_seconds);
  family_unref (family);
  grant = g_hash_table_lookup (self->codes, code);
  grant->challenge = g_strdup (request->challenge);
  grant->redirect = g_strdup (request->redirect);
  redirect_back (self, request, "code", code, fault, answer);
}

/* What is wrong with a request whose redirect may be used; NULL when nothing is. */
static const char *
judge_request (const Request *request, GHashTable *query)
{
  if (g_strcmp0 (g_hash_table_lookup (query, "response_type"), "code") != 0)
    return "unsupported_response_type";
  if (g_strcmp0 (g_hash_table_lookup (query, "code_challenge_method"), "S256") != 0 || request->challenge == NULL ||
      strlen (request->challenge) != 43)
    return "invalid_request";
  return is_scope (request->scope) ? NULL : "invalid_scope";
}

static void
answer_authorize (Issuer *self, GHashTable *query, const char *language, const char *fault, Answer *answer)
{
  Request *request;
  const char *problem;
  char *id;

  if (!is_client (self, g_hash_table_lookup (query, "client_id")) || !is_loopback (g_hash_table_lookup (query, "redirect_uri")))
    {
      answer_page (answer, 400,
                   page_message ("这个登录请求无效：程序未登记，或返回地址不是本机。",
                                 "This request to sign in is not valid: the program is unknown, or the address to return to is not this"
                                 " computer.",
                                 language));
      return;
    }
  request = g_new0 (Request, 1);
  request->client = g_strdup (g_hash_table_lookup (query, "client_id"));
  request->redirect = g_strdup (g_hash_table_lookup (query, "redirect_uri"));
  request->state = g_strdup (g_hash_table_lookup (query, "state"));
  request->challenge = g_strdup (g_hash_table_lookup (query, "code_challenge"));
  request->scope = g_strdup (g_hash_table_lookup (query, "scope"));
  id = make_secret ();
  /* Whoever walks away from the page leaves a request behind. */
  if (g_hash_table_size (self->requests) > 1000)
    g_hash_table_remove_all (self->requests);
  g_hash_table_insert (self->requests, id, request);
  problem = judge_request (request, query);
  if (problem != NULL)
    redirect_back (self, request, "error", problem, fault, answer);
  else if (self->provider->allow != NULL)
    decide (self, request, people_find (self->provider->people, self->provider->allow), fault, answer);
  else
    {
      answer_page (answer, 200, page_consent (self->provider->people, "/authorize/decision", id, request->client, language));
      return;
    }
  g_hash_table_remove (self->requests, id);
}

static void
answer_device_decision (Issuer *self, const Request *request, Person *person, const char *language, Answer *answer)
{
  Device *device = g_hash_table_lookup (self->devices, request->device_code);

  if (device != NULL && person != NULL)
    device->family = allow (self, person, device->client, device->scope);
  else if (device != NULL)
    device->denied = TRUE;
  answer_page (answer, 200,
               person != NULL ? page_message ("已授权。请回到程序。", "Allowed. Go back to the program.", language)
                              : page_message ("已拒绝，没有连接任何账户。", "Refused. Nothing was connected.", language));
}

static void
answer_decision (Issuer *self, GHashTable *form, const char *language, const char *fault, Answer *answer)
{
  const char *id = g_hash_table_lookup (form, "request");
  Request *request = id != NULL ? g_hash_table_lookup (self->requests, id) : NULL;
  gboolean yes = g_strcmp0 (g_hash_table_lookup (form, "decision"), "allow") == 0;
  Person *person = yes ? people_find (self->provider->people, g_hash_table_lookup (form, "person")) : NULL;

  if (request == NULL || (yes && person == NULL))
    {
      answer_page (answer, 400, page_message ("这个页面已过期，请从程序重新开始登录。", "This page has expired. Start again in the program.", language));
      return;
    }
  if (request->device_code != NULL)
    answer_device_decision (self, request, g_strcmp0 (fault, "deny") == 0 ? NULL : person, language, answer);
  else
    decide (self, request, person, fault, answer);
  g_hash_table_remove (self->requests, id);
}

/* ---- the device grant */

static char *
make_user_code (void)
{
  static const char letters[] = "BCDFGHJKLMNPQRSTVWXZ";
  g_autofree char *secret = make_secret ();
  char code[10] = "XXXX-XXXX";

  for (guint i = 0; i < 8; i++)
    {
      int byte = g_ascii_xdigit_value (secret[2 * i]) * 16 + g_ascii_xdigit_value (secret[2 * i + 1]);

      code[i + (i > 3)] = letters[(guint) byte % (sizeof letters - 1)];
    }
  return g_strdup (code);
}

static void
answer_device_authorization (Issuer *self, GHashTable *form, Answer *answer)
{
  Provider *provider = self->provider;
  g_autofree char *interval = NULL;
  Device *device;
  char *secret;

  if (!is_client (self, g_hash_table_lookup (form, "client_id")))
    {
      answer_error (answer, "invalid_client", "unknown client");
      return;
    }
  if (!is_scope (g_hash_table_lookup (form, "scope")))
    {
      answer_error (answer, "invalid_scope", "unknown scope");
      return;
    }
  device = g_new0 (Device, 1);
  device->user_code = make_user_code ();
  device->client = g_strdup (g_hash_table_lookup (form, "client_id"));
  device->scope = g_strdup (g_hash_table_lookup (form, "scope"));
  device->expires = g_get_monotonic_time () + (gint64) provider->device_seconds * G_USEC_PER_SEC;
  device->interval = provider->device_interval > 0 ? provider->device_interval : 5;
  secret = make_secret ();
  g_hash_table_insert (self->devices, secret, device);
  if (provider->device_interval > 0)
    interval = g_strdup_printf (",\"interval\":%u", provider->device_interval);
  answer_text (answer, 200, "application/json",
               g_strdup_printf ("{\"device_code\":\"%s\",\"user_code\":\"%s\",\"verification_uri\":\"%s/device\","
                                "\"verification_uri_complete\":\"%s/device?user_code=%s\",\"expires_in\":%u%s}",
                                secret, device->user_code, provider->base, provider->base, device->user_code, provider->device_seconds,
                                interval != NULL ? interval : ""));
}

/* Small letters, spaces and a missing dash are forgiven. */
static char *
tidy_user_code (const char *text)
{
  g_autoptr (GString) letters = g_string_new (NULL);

  for (const char *c = text; c != NULL && *c != '\0'; c++)
    if (g_ascii_isalpha (*c))
      g_string_append_c (letters, g_ascii_toupper (*c));
  if (letters->len == 8)
    g_string_insert_c (letters, 4, '-');
  return g_string_free (g_steal_pointer (&letters), FALSE);
}

static const char *
find_device (Issuer *self, const char *user_code)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->devices);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const Device *device = value;

      if (g_str_equal (device->user_code, user_code) && device->family == NULL && !device->denied &&
          device->expires > g_get_monotonic_time ())
        return key;
    }
  return NULL;
}

static void
answer_device_page (Issuer *self, GHashTable *fields, gboolean typed, const char *language, Answer *answer)
{
  const char *text = g_hash_table_lookup (fields, "user_code"), *found;
  g_autofree char *code = tidy_user_code (text);
  Request *request;
  char *id;

  if (text == NULL || !typed)
    {
      answer_page (answer, 200, page_code (code, NULL, language));
      return;
    }
  found = find_device (self, code);
  if (found == NULL)
    {
      answer_page (answer, 400, page_code (code, "1", language));
      return;
    }
  request = g_new0 (Request, 1);
  request->device_code = g_strdup (found);
  request->client = g_strdup (((Device *) g_hash_table_lookup (self->devices, found))->client);
  id = make_secret ();
  g_hash_table_insert (self->requests, id, request);
  answer_page (answer, 200, page_consent (self->provider->people, "/authorize/decision", id, request->client, language));
}

static void
redeem_device (Issuer *self, GHashTable *form, const char *fault, Answer *answer)
{
  const char *code = g_hash_table_lookup (form, "device_code");
  Device *device = code != NULL ? g_hash_table_lookup (self->devices, code) : NULL;
  gint64 now = g_get_monotonic_time ();
  gboolean early;

  if (device == NULL || g_strcmp0 (g_hash_table_lookup (form, "client_id"), device->client) != 0)
    {
      answer_error (answer, "invalid_grant", "no such device code");
      return;
    }
  early = now < device->next;
  if (early)
    device->interval += 5;
  device->next = now + (gint64) device->interval * G_USEC_PER_SEC - G_USEC_PER_SEC / 10;
  if (device->expires < now)
    answer_error (answer, "expired_token", "the code was not used in time");
  else if (device->denied)
    answer_error (answer, "access_denied", "refused");
  else if (early)
    answer_error (answer, "slow_down", "asked too soon");
  else if (device->family == NULL)
    {
      answer_error (answer, "authorization_pending", "not decided yet");
      return;
    }
  else
    answer_tokens (self, device->family, fault, answer);
  if (!early || device->denied || device->expires < now)
    g_hash_table_remove (self->devices, code);
}

/* ---- tokens */

static void
redeem_code (Issuer *self, GHashTable *form, const char *fault, Answer *answer)
{
  const char *code = g_hash_table_lookup (form, "code"), *verifier = g_hash_table_lookup (form, "code_verifier");
  Grant *grant = code != NULL ? g_hash_table_lookup (self->codes, code) : NULL;
  g_autofree char *challenge = verifier != NULL ? make_challenge (verifier) : NULL;

  /* A code that comes twice was stolen: what it gave ends. */
  if (grant != NULL && grant->used)
    grant->family->ended = TRUE;
  if (grant == NULL || grant->used || is_over (NULL, grant, NULL) ||
      g_strcmp0 (g_hash_table_lookup (form, "client_id"), grant->family->client) != 0 ||
      g_strcmp0 (g_hash_table_lookup (form, "redirect_uri"), grant->redirect) != 0)
    {
      answer_error (answer, "invalid_grant", "the code is not valid");
      return;
    }
  grant->used = TRUE;
  if (g_strcmp0 (challenge, grant->challenge) != 0)
    answer_error (answer, "invalid_grant", "the verifier does not fit");
  else
    answer_tokens (self, grant->family, fault, answer);
}

static void
redeem_refresh (Issuer *self, GHashTable *form, const char *fault, Answer *answer)
{
  const char *token = g_hash_table_lookup (form, "refresh_token");
  Grant *grant = token != NULL ? g_hash_table_lookup (self->refresh, token) : NULL;

  /* One that was used before is in two hands: the whole family ends. */
  if (grant != NULL && grant->used)
    grant->family->ended = TRUE;
  if (grant == NULL || grant->used || grant->family->ended || grant->family->person->consent_ended ||
      g_strcmp0 (g_hash_table_lookup (form, "client_id"), grant->family->client) != 0)
    {
      answer_error (answer, "invalid_grant", "the refresh token is not valid");
      return;
    }
  grant->used = TRUE;
  answer_tokens (self, grant->family, fault, answer);
}

static void
answer_token (Issuer *self, GHashTable *form, const char *fault, Answer *answer)
{
  const char *kind = g_hash_table_lookup (form, "grant_type");

  if (g_strcmp0 (kind, "authorization_code") == 0)
    redeem_code (self, form, fault, answer);
  else if (g_strcmp0 (kind, "refresh_token") == 0)
    redeem_refresh (self, form, fault, answer);
  else if (g_strcmp0 (kind, DEVICE_GRANT) == 0)
    redeem_device (self, form, fault, answer);
  else
    answer_error (answer, "unsupported_grant_type", "unknown grant");
}

/* RFC 7009: whatever is sent, nothing of it is good afterwards, and that is all that is said. */
static void
answer_revoke (Issuer *self, GHashTable *form, Answer *answer)
{
  const char *token = g_hash_table_lookup (form, "token");
  Grant *grant = token != NULL ? g_hash_table_lookup (self->refresh, token) : NULL;

  if (grant == NULL && token != NULL)
    grant = g_hash_table_lookup (self->access, token);
  if (grant != NULL)
    grant->family->ended = TRUE;
  answer_text (answer, 200, NULL, NULL);
}

/* Whose account a token reads; NULL when it is none, ended or over. */
Person *
issuer_find_person (Issuer *self, const char *token)
{
  Grant *grant = token != NULL ? g_hash_table_lookup (self->access, token) : NULL;

  return grant == NULL || grant->family->ended || is_over (NULL, grant, NULL) ? NULL : grant->family->person;
}

void
issuer_expire_tokens (Issuer *self)
{
  g_hash_table_remove_all (self->access);
}

void
issuer_revoke_all (Issuer *self)
{
  g_hash_table_remove_all (self->access);
  g_hash_table_remove_all (self->refresh);
}

/* For tests that are about something else than signing in. */
char *
issuer_give_token (Issuer *self, Person *person)
{
  Family *family = allow (self, person, "control", NULL);
  char *token = give (self, self->access, family, 0);

  family_unref (family);
  return token;
}

/* Whether the path is one of the issuer's. */
gboolean
issuer_answer (Issuer *self, const char *method, const char *path, GHashTable *query, GHashTable *form, const char *language,
               const char *fault, Answer *answer)
{
  gboolean post = g_str_equal (method, "POST");

  if (g_str_equal (path, "/.well-known/oauth-authorization-server") || g_str_equal (path, "/.well-known/openid-configuration"))
    answer_metadata (self, fault, answer);
  else if (g_str_equal (path, "/authorize") && !post)
    answer_authorize (self, query, language, fault, answer);
  else if (g_str_equal (path, "/authorize/decision") && post)
    answer_decision (self, form, language, fault, answer);
  else if (g_str_equal (path, "/device"))
    answer_device_page (self, post ? form : query, post, language, answer);
  else if (g_str_equal (path, "/device_authorization") && post)
    answer_device_authorization (self, form, answer);
  else if (g_str_equal (path, "/token") && post)
    answer_token (self, form, fault, answer);
  else if (g_str_equal (path, "/revoke") && post)
    answer_revoke (self, form, answer);
  else
    return FALSE;
  return TRUE;
}
