/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where tokens are kept: in a real keyring that test-token-store.sh started, or, with ZIFU_KEYRING=none, where nothing keeps secrets. */

#include <glib.h>

#include "zifu-token-store.h"

#define KEY "connection-of-a-test"

static void
test_keep (void)
{
  gboolean lasting = g_strcmp0 (g_getenv ("ZIFU_KEYRING"), "none") != 0;
  g_autoptr (ZifuTokenStore) one = zifu_token_store_new (), other = zifu_token_store_new ();
  g_autofree char *nothing = NULL, *first = NULL, *second = NULL, *gone = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (zifu_token_store_is_lasting (one, NULL), ==, lasting);
  nothing = zifu_token_store_load (one, KEY, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (nothing);
  g_assert_true (zifu_token_store_save (one, KEY, "refresh-1", NULL, &error));
  first = zifu_token_store_load (other, KEY, NULL, &error);
  g_assert_cmpstr (first, ==, "refresh-1");
  g_assert_true (zifu_token_store_save (other, KEY, "refresh-2", NULL, &error));
  second = zifu_token_store_load (one, KEY, NULL, &error);
  g_assert_cmpstr (second, ==, "refresh-2");
  g_assert_true (zifu_token_store_delete (one, KEY, NULL, &error));
  g_assert_true (zifu_token_store_delete (one, KEY, NULL, &error));
  gone = zifu_token_store_load (other, KEY, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (gone);
}

/* What is left for the next program. */
static void
test_leave (void)
{
  g_autoptr (ZifuTokenStore) store = zifu_token_store_new ();

  g_assert_true (zifu_token_store_save (store, KEY "-left", "refresh-left", NULL, NULL));
}

static void
test_find (void)
{
  g_autoptr (ZifuTokenStore) store = zifu_token_store_new ();
  gboolean lasting = g_strcmp0 (g_getenv ("ZIFU_KEYRING"), "none") != 0;
  g_autofree char *left = zifu_token_store_load (store, KEY "-left", NULL, NULL);

  g_assert_cmpstr (left, ==, lasting ? "refresh-left" : NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/token-store/R40/keep", test_keep);
  g_test_add_func ("/token-store/R40/leave", test_leave);
  g_test_add_func ("/token-store/R40/find-in-another-run", test_find);
  return g_test_run ();
}
