/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include "zifu-sync-error.h"
#include "zifu-sync-words.h"

/* 2026-11-26 16:00:00 UTC */
#define NOW G_GINT64_CONSTANT (1795708800)

static void
assert_words (const ZifuConnection *connection, const char *problem, const char *consent)
{
  g_autofree char *said = zifu_sync_words_problem (connection);
  g_autofree char *until = zifu_sync_words_consent (connection);

  g_assert_cmpstr (said, ==, problem);
  g_assert_cmpstr (until, ==, consent);
}

/* What is refused after the consent ended is told with the day, whatever the provider calls it; before, a sign-in is a sign-in. */
static void
test_consent (void)
{
  static const char sign_in[] = "Sign in again: the provider no longer accepts the earlier sign-in.";
  static const char ended[] = "Your consent to read this account ended on 26 November 2026. Sign in again to renew it.";
  g_autoptr (ZifuConnection) connection = zifu_connection_new ();

  connection->tried_at = NOW;
  connection->problem = g_strdup ("sign-in");
  assert_words (connection, sign_in, NULL);
  connection->consent_expires = g_strdup ("2026-11-26T16:00:01Z");
  assert_words (connection, sign_in, "Your consent ends on 26 November 2026");
  connection->tried_at = NOW + 1;
  assert_words (connection, ended, "Your consent ended on 26 November 2026");
  g_free (connection->problem);
  connection->problem = g_strdup ("consent");
  assert_words (connection, ended, "Your consent ended on 26 November 2026");
  g_free (connection->problem);
  connection->problem = g_strdup ("offline");
  assert_words (connection, "The provider cannot be reached. Look whether this computer is connected, or try again later.",
                "Your consent ended on 26 November 2026");
  g_clear_pointer (&connection->problem, g_free);
  assert_words (connection, NULL, "Your consent ended on 26 November 2026");
  g_free (connection->consent_expires);
  connection->consent_expires = g_strdup ("someday");
  assert_words (connection, NULL, NULL);
}

/* Clocks that differ are told with what each said, in a unit that says it. */
static void
test_clock (void)
{
  static const struct {
    int         skew_s;
    const char *text;
  } cases[] = {
    { -301, "said 26 November 2026, 16:00, the provider's said 26 November 2026, 15:54: 5 minutes apart." },
    { 600, "said 26 November 2026, 16:00, the provider's said 26 November 2026, 16:10: 10 minutes apart." },
    { -7200, "said 26 November 2026, 16:00, the provider's said 26 November 2026, 14:00: 2 hours apart." },
    { 3 * 86400, "said 26 November 2026, 16:00, the provider's said 29 November 2026, 16:00: 3 days apart." },
  };
  g_autofree char *none = zifu_sync_words_clock (0, NOW);

  g_assert_null (none);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = zifu_sync_words_clock (cases[i].skew_s, NOW);

      if (strstr (text, cases[i].text) == NULL)
        g_error ("%s", text);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync-words/R40/consent", test_consent);
  g_test_add_func ("/sync-words/R40/clock", test_clock);

  return g_test_run ();
}
