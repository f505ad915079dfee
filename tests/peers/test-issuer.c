/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "issuer-house.h"

/* R40: signing in with oidc-provider, which somebody else wrote: what it accepts and refuses decides, and our side must come out of it with
 * the right word. */

#define DEVICE_GRANT "urn:ietf:params:oauth:grant-type:device_code"

/* ---- the browser's way */

/* One registered address, and the port is whichever was free. */
static void
test_any_port (House *self, gconstpointer unused)
{
  g_autofree char *redirects = NULL, *methods = NULL;
  g_auto (GStrv) list = NULL;

  for (guint i = 0; i < 3; i++)
    zifu_tokens_free (sign_in_well (self));
  redirects = issuer_list (peers, "redirects");
  methods = issuer_list (peers, "methods");
  g_assert_cmpstr (methods, ==, " S256 S256 S256 ");
  list = g_strsplit (g_strstrip (redirects), " ", -1);
  g_assert_cmpuint (g_strv_length (list), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (g_regex_match_simple ("^http://127\\.0\\.0\\.1:[0-9]+/callback$", list[i], 0, 0));
      g_assert_cmpstr (list[i], !=, list[(i + 1) % 3]);
    }
}

/* Somebody slips in a code of a sign-in of their own: the right state, another verifier. */
static char *
ask_with_other_challenge (const char *url)
{
  return change_member (url, "code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

static void
test_other_verifier (House *self, gconstpointer unused)
{
  g_auto (Visitor) visitor = { .answer = PERSON_ALLOWS, .on_way_out = ask_with_other_challenge };

  sign_in_badly (self, &visitor, ZIFU_SYNC_ERROR_EXPIRED);
  g_assert_true (issuer_refused (peers, "authorization_code:invalid_grant"));
}

static char *
ask_without_challenge (const char *url)
{
  g_autofree char *half = change_member (url, "code_challenge", NULL);

  return change_member (half, "code_challenge_method", NULL);
}

static void
test_without_pkce (House *self, gconstpointer unused)
{
  g_auto (Visitor) visitor = { .answer = PERSON_ALLOWS, .on_way_out = ask_without_challenge };

  sign_in_badly (self, &visitor, ZIFU_SYNC_ERROR_SERVER);
  g_assert_true (issuer_refused (peers, "authorize:invalid_request"));
  g_assert_cmpuint (visitor.status, ==, 400);
}

/* An answer with another state is none of ours: it is turned away, its code is not used, and the right one still counts. */
static void
test_other_state (House *self, gconstpointer unused)
{
  g_auto (Visitor) visitor = { .answer = PERSON_ALLOWS, .strays = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuTokens) tokens = sign_in (self, &visitor, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (visitor.stray_status, ==, 400);
  g_assert_nonnull (strstr (visitor.stray_page, "does not belong to the sign-in"));
  g_assert_cmpuint (visitor.status, ==, 200);
}

static char *
come_from_elsewhere (const char *url)
{
  return change_member (url, "iss", "https%3A%2F%2Felsewhere.test");
}

static char *
come_from_nobody (const char *url)
{
  return change_member (url, "iss", NULL);
}

static void
test_other_iss (House *self, gconstpointer unused)
{
  char *(*ways[]) (const char *url) = { come_from_elsewhere, come_from_nobody };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_auto (Visitor) visitor = { .answer = PERSON_ALLOWS, .on_way_back = ways[i] };
      g_autofree char *refusals = NULL;

      sign_in_badly (self, &visitor, ZIFU_SYNC_ERROR_UNTRUSTED);
      g_assert_cmpuint (visitor.status, ==, 400);
      /* The code was not shown to anybody. */
      refusals = issuer_list (peers, "refusals");
      g_assert_cmpstr (refusals, ==, " ");
    }
}

static void
test_denied (House *self, gconstpointer unused)
{
  g_auto (Visitor) visitor = { .answer = PERSON_DENIES };

  sign_in_badly (self, &visitor, ZIFU_SYNC_ERROR_REFUSED);
  g_assert_cmpuint (visitor.status, ==, 200);
  g_assert_nonnull (strstr (visitor.page, "The sign-in was declined"));
}

/* ---- a real browser */

static void
speak (const char *language)
{
  g_setenv ("LANGUAGE", language, TRUE);
  /* Whoever sets a locale makes gettext look again. */
  g_assert_nonnull (setlocale (LC_ALL, "C"));
  g_assert_nonnull (setlocale (LC_ALL, g_str_equal (language, "zh_CN") ? "zh_CN.UTF-8" : "C.UTF-8"));
}

/* The page that the browser ends on, as the browser shows it: in the language of the person, from the listener, with no script. */
static void
check_last_page (const Visitor *visitor, const char *language, const char *heading, const char *words)
{
  g_autoptr (JsonNode) node = json_from_string (visitor->page, NULL);
  JsonObject *page = json_node_get_object (node);

  g_assert_cmpstr (json_object_get_string_member (page, "language"), ==, language);
  g_assert_cmpstr (json_object_get_string_member (page, "heading"), ==, heading);
  g_assert_cmpstr (json_object_get_string_member (page, "title"), ==, heading);
  g_assert_cmpstr (json_object_get_string_member (page, "words"), ==, words);
  g_assert_cmpint (json_object_get_int_member (page, "scripts"), ==, 0);
  g_assert_true (g_regex_match_simple ("^http://127\\.0\\.0\\.1:[0-9]+/callback$", json_object_get_string_member (page, "address"), 0, 0));
}

/* Returns: (transfer full) (nullable): what it brought */
static ZifuTokens *
visit_with_chromium (House *self, PersonAnswer answer, const char *language, const char *heading, const char *words)
{
  g_autofree char *tag = g_strdelimit (g_strdup (language), "_", '-');
  g_auto (Visitor) visitor = { .answer = answer, .chromium_language = tag };
  g_autoptr (GError) error = NULL;
  ZifuTokens *tokens;

  speak (language);
  tokens = sign_in (self, &visitor, &error);
  if (answer == PERSON_DENIES)
    assert_sync_error (error, ZIFU_SYNC_ERROR_REFUSED);
  g_assert_no_error (error);
  check_last_page (&visitor, tag, heading, words);
  speak ("en");
  return tokens;
}

static void
test_chromium (House *self, gconstpointer unused)
{
  g_autoptr (ZifuTokens) first = visit_with_chromium (self, PERSON_ALLOWS, "en", "Signed in",
                                                      "You can close this window and return to Zifu.");
  g_autoptr (ZifuTokens) second = visit_with_chromium (self, PERSON_ALLOWS, "zh_CN", "登录成功", "可以关闭此窗口，回到自付。");

  g_assert_true (issuer_accepts (peers, first->access));
  g_assert_true (issuer_accepts (peers, second->access));
}

static void
test_chromium_denied (House *self, gconstpointer unused)
{
  g_assert_null (visit_with_chromium (self, PERSON_DENIES, "en", "Not signed in",
                                      "The sign-in was declined. You can close this window and return to Zifu."));
  g_assert_null (visit_with_chromium (self, PERSON_DENIES, "zh_CN", "未登录", "登录未获同意。可以关闭此窗口，回到自付。"));
}

/* ---- another device */

typedef struct {
  PersonAnswer answer;
  gint64       after; /* the person comes when the issuer has been asked so often */
  gboolean     stays_away;
  char        *url, *code;
  GThread     *thread;
} Device;

static void
device_clear (Device *self)
{
  g_free (self->url);
  g_free (self->code);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Device, device_clear)

static gpointer
run_device (gpointer data)
{
  Device *self = data;
  g_autofree char *last = NULL;

  for (guint i = 0; i < PATIENCE_S * 20 && issuer_count (peers, "pendings") < self->after; i++)
    g_usleep (50000);
  last = person_walk (self->url, self->answer, self->code);
  g_assert_null (last);
  return NULL;
}

static void
on_code (const char *code, const char *url, const char *whole_url, guint expires_in_s, gpointer data)
{
  Device *self = data;

  g_assert_nonnull (whole_url);
  self->url = g_strdup (url);
  self->code = g_strdup (code);
  if (!self->stays_away)
    self->thread = g_thread_new ("device", run_device, self);
}

/* @second_ms: how long a second of the wait is */
static ZifuTokens *
sign_in_elsewhere (House *self, Device *device, guint second_ms, GError **error)
{
  ZifuTokens *tokens = _zifu_sign_in_with_code (self->http, self->offer->issuer, ZIFU_CONNECT_CLIENT_ID, self->offer->discovery->api_base,
                                                on_code, device, second_ms, NULL, error);

  if (device->thread != NULL)
    g_thread_join (device->thread);
  return tokens;
}

static void
test_device (House *self, gconstpointer unused)
{
  g_auto (Device) device = { .answer = PERSON_ALLOWS, .after = 2 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuTokens) tokens = sign_in_elsewhere (self, &device, 20, &error);

  g_assert_no_error (error);
  g_assert_true (issuer_accepts (peers, tokens->access) && issuer_accepts (peers, tokens->refresh));
  g_assert_cmpint (issuer_count (peers, "pendings"), >=, 2);
}

/* RFC 8628, 3.5: five seconds more each time.  The issuer measures from its answer to the next question, so nobody's haste shortens it. */
static void
test_device_slow_down (House *self, gconstpointer unused)
{
  g_auto (Device) device = { .answer = PERSON_ALLOWS, .after = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuTokens) tokens = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *pauses;

  peer_tell (peers->issuer, "want?slowDowns=2");
  tokens = sign_in_elsewhere (self, &device, 20, &error);
  g_assert_no_error (error);
  g_assert_cmpint (issuer_count (peers, "slowDowns"), ==, 2);
  node = peer_ask (peers->issuer, "seen");
  pauses = json_object_get_array_member (json_node_get_object (node), "pauses");
  g_assert_cmpuint (json_array_get_length (pauses), >=, 3);
  g_assert_cmpint (json_array_get_int_element (pauses, 0), >=, 199);
  for (guint i = 1; i < json_array_get_length (pauses); i++)
    g_assert_cmpint (json_array_get_int_element (pauses, i), >=, 299);
}

static void
test_device_denied (House *self, gconstpointer unused)
{
  g_auto (Device) device = { .answer = PERSON_DENIES, .after = 1 };
  g_autoptr (GError) error = NULL;

  g_assert_null (sign_in_elsewhere (self, &device, 20, &error));
  assert_sync_error (error, ZIFU_SYNC_ERROR_REFUSED);
  g_assert_true (issuer_refused (peers, DEVICE_GRANT ":access_denied"));
}

/* Nobody types the code: by the issuer's clock, whose word arrives, and by our own, when seconds are shorter here. */
static void
test_device_expires (House *self, gconstpointer unused)
{
  static const struct {
    const char *life;
    guint       second_ms;
    gboolean    issuer_says;
  } cases[] = { { "want?deviceTtl=6", 1250, TRUE }, { "want?deviceTtl=30", 20, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Device) device = { .stays_away = TRUE };
      g_autoptr (GError) error = NULL;

      peer_tell (peers->issuer, "forget");
      peer_tell (peers->issuer, cases[i].life);
      g_assert_null (sign_in_elsewhere (self, &device, cases[i].second_ms, &error));
      assert_sync_error (error, ZIFU_SYNC_ERROR_EXPIRED);
      /* The one that is set up here has thrown it away by then, and no longer knows it. */
      g_assert_cmpint (issuer_refused (peers, DEVICE_GRANT ":expired_token") || issuer_refused (peers, DEVICE_GRANT ":invalid_grant"), ==,
                       cases[i].issuer_says);
    }
}

#define ADD(name, function) g_test_add ("/issuer/R40/" name, House, NULL, house_set_up, function, house_tear_down)

int
main (int argc, char **argv)
{
  set_up_test (&argc, &argv);
  ADD ("any-port", test_any_port);
  ADD ("other-verifier", test_other_verifier);
  ADD ("without-pkce", test_without_pkce);
  ADD ("other-state", test_other_state);
  ADD ("other-iss", test_other_iss);
  ADD ("denied", test_denied);
  ADD ("chromium", test_chromium);
  ADD ("chromium-denied", test_chromium_denied);
  ADD ("device", test_device);
  ADD ("device-slow-down", test_device_slow_down);
  ADD ("device-denied", test_device_denied);
  ADD ("device-expires", test_device_expires);
  return run_tests ();
}
