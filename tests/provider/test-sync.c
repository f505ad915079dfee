/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-house.h"

#include "zifu-feed-fees.h"

/* R40: whole synchronisations against a program of its own (zifu-provider), with everything that can go wrong on the way.  Whatever
 * happened, in the end the ledger holds the provider's rows, each once, and the account its balance to the fen. */

/* Everything, then only what is new; states that expire and move. */
static void
test_life (House *house, gconstpointer data)
{
  sync_well (house);
  sync_well (house);
  for (guint i = 0; i < 6; i++)
    {
      change (house, i);
      sync_well (house);
    }
  tell (house->base, "expire?person=owner");
  change (house, 3);
  sync_well (house);
  tell (house->base, "fault?fault=409,times=1,on=changes");
  change (house, 2);
  sync_well (house);
  tell (house->base, "expire-tokens?person=owner");
  sync_well (house);
}

/* Each mistake of a server, for ever: the run ends with the right word, nothing visible changes, and afterwards all is well. */
static void
test_faults (House *house, gconstpointer data)
{
  static const struct {
    const char *fault;
    const char *problems; /* nicks, any of them */
  } cases[] = {
    { "reset,after=100", "offline server broken" },
    { "close", "offline server broken" },
    { "truncate,after=200", "broken server offline" },
    { "truncate-chunked,after=200", "broken server offline" },
    { "truncate-unframed,after=200", "broken server offline" },
    { "hang,after=50", "timed-out" },
    { "garbage", "server broken offline" },
    { "304", "server broken" },
    { "redirect", "redirected" },
    { "400", "server" },
    { "401", "sign-in" },
    { "403", "sign-in" },
    { "consent", "consent" },
    { "404", "server" },
    { "409", "busy" },
    { "410", "broken" },
    { "429", "busy" },
    { "500", "server" },
    { "502", "server" },
    { "503", "busy" },
    { "html", "broken" },
    { "empty", "broken" },
    { "blank", "broken" },
    { "not-json", "broken" },
    { "two-roots", "broken" },
    { "array", "broken" },
    { "bad-utf8", "broken" },
    { "deep", "broken" },
    { "big", "broken" },
    { "bomb", "broken" },
    { "media-type", "broken" },
    { "count", "broken" },
    { "gap", "broken" },
    { "chain", "broken" },
    { "money-as-number", "broken" },
    { "money-format", "broken" },
    { "endless", "broken" },
    { "empty-page", "broken" },
  };

  sync_well (house);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *command = g_strdup_printf ("fault?fault=%s,wait=0,on=changes", cases[i].fault);
      g_auto (GStrv) problems = g_strsplit (cases[i].problems, " ", -1);
      g_autoptr (ZifuConnection) connection = NULL;
      g_autoptr (ZifuFeedVerdict) verdict = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].fault);
      /* Enough that a mistake in the middle of a page meets one. */
      tell (house->base, "add?person=owner&n=30");
      tell (house->base, command);
      verdict = sync_once (house->ledger, house->connection_id, house->tokens, g_str_has_prefix (cases[i].fault, "hang") ? 300 : 10000,
                           &error);
      tell (house->base, "clear");
      g_assert_null (verdict);
      g_assert_nonnull (error);
      connection = zifu_ledger_get_connection (house->ledger, house->connection_id, NULL);
      if (!g_strv_contains ((const char *const *) problems, connection->problem))
        g_error ("%s: %s (%s)", cases[i].fault, connection->problem, error->message);
      sync_well (house);
    }
}

/* What is whole and does not add up: said, with the place, and mended by what comes later. */
static void
test_doubts (House *house, gconstpointer data)
{
  static const struct {
    const char *fault;
    int         check; /* C1 to C8 that must speak */
    ZifuConnectionVerdict verdict;
  } cases[] = {
    { "sums", 2, ZIFU_CONNECTION_VERIFIED },        { "red-pair", 3, ZIFU_CONNECTION_VERIFIED },
    { "running", 4, ZIFU_CONNECTION_UNRECONCILED }, { "balance", 5, ZIFU_CONNECTION_UNRECONCILED },
    { "unreconciled", 5, ZIFU_CONNECTION_UNRECONCILED }, { "movements", 6, ZIFU_CONNECTION_VERIFIED },
    { "months", 7, ZIFU_CONNECTION_VERIFIED },      { "digest", 8, ZIFU_CONNECTION_UNRECONCILED },
    { "counts", 8, ZIFU_CONNECTION_UNRECONCILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *command = g_strdup_printf ("fault?person=owner&fault=%s", cases[i].fault);
      g_autoptr (ZifuFeedVerdict) verdict = NULL;
      g_autoptr (GError) error = NULL;
      gboolean spoke = FALSE;

      g_test_message ("%s", cases[i].fault);
      tell (house->base, command);
      verdict = sync_once (house->ledger, house->connection_id, house->tokens, 20000, &error);
      g_assert_no_error (error);
      for (guint j = 0; j < verdict->marks->len; j++)
        spoke = spoke || (int) ((const ZifuFeedMark *) g_ptr_array_index (verdict->marks, j))->check == cases[i].check;
      if (!spoke || verdict->verdict != cases[i].verdict)
        g_error ("%s: verdict %d, %u marks, the check %s", cases[i].fault, verdict->verdict, verdict->n_marks, spoke ? "spoke"
                 : "was silent");
      tell (house->base, "clear");
      tell (house->base, "mend?person=owner");
      sync_well (house);
    }
}

/* Somebody else's account is not mixed in. */
static void
test_other_person (House *house, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (ZifuFeedVerdict) verdict = NULL;
  g_autoptr (GError) error = NULL;

  sync_well (house);
  before = list_ours (house);
  tell (house->base, "fault?fault=other-person,on=all");
  verdict = sync_once (house->ledger, house->connection_id, house->tokens, 20000, &error);
  g_assert_null (verdict);
  g_assert_error (error, ZIFU_SYNC_ERROR, ZIFU_SYNC_ERROR_OTHER_PERSON);
  after = list_ours (house);
  g_assert_cmpstr (before, ==, after);
}

/* ---- lines of a bill */

static gboolean
fetch_fees (House *house, const char *bill, GError **error)
{
  g_autoptr (SoupSession) soup = zifu_http_new_session ();
  g_autoptr (ZifuHttp) http = zifu_http_new (soup);
  ZifuSyncOptions options = { .http = http, .tokens = ZIFU_TOKEN_SOURCE (house->tokens), .wait_unit_ms = 1, .by_hand = TRUE };

  zifu_http_set_deadline (http, 10000);
  return zifu_sync_fetch_fees (house->ledger, house->connection_id, bill, &options, NULL, error);
}

/* A settlement that is no reversal. */
static char *
choose_bill (House *house)
{
  g_autofree char *text = list_ours (house);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "|", 4);

      if (g_str_equal (cells[0], "setlinfo") && strstr (cells[3], "\"init_setl_id\":\"") == NULL &&
          strstr (cells[3], "\"refd_setl_flag\":\"0\"") != NULL)
        return g_strdup (cells[1]);
    }
  g_assert_not_reached ();
}

static ZifuFeedFees *
read_fees (House *house, const char *bill)
{
  g_autoptr (GError) error = NULL;
  ZifuFeedFees *fees = zifu_feed_read_fees (house->ledger, house->connection_id, bill, &error);

  g_assert_no_error (error);
  return fees;
}

/* What is refused, and that it leaves what is kept as it is. */
static void
assert_fees_refused (House *house, const char *bill, const char *fault, int code)
{
  g_autofree char *command = g_strdup_printf ("fault?fault=%s,wait=0,on=fees", fault), *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;

  g_test_message ("%s", fault);
  tell (house->base, command);
  g_assert_true (zifu_ledger_get_fees (house->ledger, house->connection_id, bill, NULL, &before, NULL));
  g_assert_false (fetch_fees (house, bill, &error));
  g_assert_error (error, ZIFU_SYNC_ERROR, code);
  g_assert_true (zifu_ledger_get_fees (house->ledger, house->connection_id, bill, NULL, &after, NULL));
  g_assert_cmpstr (before, ==, after);
  tell (house->base, "clear");
}

static void
test_fees (House *house, gconstpointer data)
{
  g_autofree char *bill = NULL, *etag = NULL, *again = NULL;
  g_autoptr (ZifuFeedFees) none = NULL, fees = NULL, spoilt = NULL, mended = NULL;
  g_autoptr (GError) error = NULL;

  sync_well (house);
  bill = choose_bill (house);
  none = read_fees (house, bill);
  g_assert_false (none->kept);
  assert_fees_refused (house, bill, "other-bill", ZIFU_SYNC_ERROR_BROKEN);
  assert_fees_refused (house, bill, "money-as-number", ZIFU_SYNC_ERROR_BROKEN);
  assert_fees_refused (house, bill, "truncate-unframed,after=60", ZIFU_SYNC_ERROR_SERVER);
  assert_fees_refused (house, bill, "html", ZIFU_SYNC_ERROR_BROKEN);

  g_assert_true (fetch_fees (house, bill, &error));
  g_assert_no_error (error);
  fees = read_fees (house, bill);
  g_assert_true (fees->kept && fees->has_stated);
  g_assert_cmpuint (fees->lines->len, >, 0);
  g_assert_cmpint (fees->total, ==, fees->stated);
  g_assert_true (zifu_feed_fees_agree (fees));
  assert_fees_refused (house, bill, "other-bill", ZIFU_SYNC_ERROR_BROKEN);
  assert_fees_refused (house, bill, "404", ZIFU_SYNC_ERROR_SERVER);

  /* Nothing changed: the copy is still good. */
  g_assert_true (zifu_ledger_get_fees (house->ledger, house->connection_id, bill, &etag, NULL, NULL));
  g_assert_nonnull (etag);
  g_assert_true (fetch_fees (house, bill, &error));
  g_assert_true (zifu_ledger_get_fees (house->ledger, house->connection_id, bill, &again, NULL, NULL));
  g_assert_cmpstr (etag, ==, again);

  /* What is whole and does not add up is kept as it came, and said; the next answer takes its place. */
  tell (house->base, "fault?fault=fee-sum,on=fees");
  g_assert_true (fetch_fees (house, bill, &error));
  g_assert_no_error (error);
  spoilt = read_fees (house, bill);
  g_assert_cmpint (spoilt->total, ==, spoilt->stated + 1);
  g_assert_false (zifu_feed_fees_agree (spoilt));
  tell (house->base, "clear");
  g_assert_true (fetch_fees (house, bill, &error));
  mended = read_fees (house, bill);
  g_assert_true (zifu_feed_fees_agree (mended));
}

/* A bill that the provider changed: the lines of the old one go with it. */
static void
test_fees_of_changed (House *house, gconstpointer data)
{
  g_autofree char *bill = NULL, *command = NULL;
  g_autoptr (ZifuFeedFees) fees = NULL;
  g_autoptr (GError) error = NULL;

  sync_well (house);
  bill = choose_bill (house);
  g_assert_true (fetch_fees (house, bill, &error));
  command = g_strdup_printf ("delete?person=owner&type=setlinfo&id=%s", bill);
  tell (house->base, command);
  sync_well (house);
  fees = read_fees (house, bill);
  g_assert_false (fees->kept || fees->has_stated);
  g_assert_false (fetch_fees (house, bill, &error));
  g_assert_error (error, ZIFU_SYNC_ERROR, ZIFU_SYNC_ERROR_SERVER);
}

/* A connection out of a document that names no sign-in: the person is asked, and nothing breaks. */
static void
test_no_sign_in (House *house, gconstpointer data)
{
  g_autoptr (ZifuConnection) before = zifu_ledger_get_connection (house->ledger, house->connection_id, NULL);
  g_autoptr (ZifuConnection) after = NULL;
  g_autoptr (ZifuTokenStore) store = zifu_token_store_new_in_memory ();
  g_autoptr (ZifuAccountTokens) tokens = zifu_connect_get_tokens (before, store);
  g_autoptr (SoupSession) soup = zifu_http_new_session ();
  g_autoptr (ZifuHttp) http = zifu_http_new (soup);
  ZifuSyncOptions options = { .http = http, .tokens = ZIFU_TOKEN_SOURCE (tokens), .wait_unit_ms = 1, .by_hand = TRUE };
  g_autoptr (GError) error = NULL;

  g_assert_null (before->key);
  g_assert_null (zifu_sync_run (house->ledger, house->connection_id, &options, NULL, &error));
  g_assert_error (error, ZIFU_SYNC_ERROR, ZIFU_SYNC_ERROR_SIGN_IN);
  after = zifu_ledger_get_connection (house->ledger, house->connection_id, NULL);
  g_assert_cmpstr (after->problem, ==, "sign-in");
}

static guint
count_from (const char *variable, guint usual)
{
  const char *text = g_getenv (variable);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : usual;
}

/* A bad network: one request of five goes wrong, in every way there is. */
static void
test_weather (House *house, gconstpointer data)
{
  guint n = count_from ("ZIFU_SYNC_COUNT", 30), n_good = 0;

  tell (house->base, "fault?fault=any,rate=20,wait=0,after=150,on=all");
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZifuFeedVerdict) verdict = NULL;
      g_autoptr (GError) error = NULL;

      change (house, i);
      verdict = sync_once (house->ledger, house->connection_id, house->tokens, 300, &error);
      n_good += verdict != NULL;
    }
  tell (house->base, "clear");
  sync_well (house);
  g_test_message ("%u of %u came through", n_good, n);
  g_assert_cmpuint (n_good, >, 0);
}

/* The network is cut at each byte of one small page. */
static void
test_cut (House *house, gconstpointer data)
{
  guint step = count_from ("ZIFU_CUT_STEP", 97);

  sync_well (house);
  tell (house->base, "add?person=owner&n=2");
  for (guint at = 0; at < 3000; at += step)
    {
      g_autofree char *command = g_strdup_printf ("fault?fault=%s,after=%u,times=1,on=changes", at / step % 2 ? "truncate-unframed"
                                                  : "reset", at);

      tell (house->base, command);
      tell (house->base, "add?person=owner&n=1");
      sync_well (house);
      tell (house->base, "clear");
    }
}

/* A synchronisation by a program of its own, which is killed after some microseconds. */
static void
kill_one (House *house, gint32 from, gint32 to)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, house->connection_id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "--sync", house->path, number, house->base,
                                                    NULL);

  g_assert_no_error (error);
  g_usleep ((gulong) g_test_rand_int_range (from, to));
  g_subprocess_send_signal (child, SIGKILL);
  g_subprocess_wait (child, NULL, NULL);
}

/* Killed anywhere, mostly in the first pull: what was kept is whole, and the next run goes on. */
static void
test_kills (House *house, gconstpointer data)
{
  guint n = count_from ("ZIFU_KILL_COUNT", 12);

  for (guint i = 0; i < n; i++)
    {
      kill_one (house, 1000, 250000);
      if (i % 3 == 2)
        change (house, i);
      if (i % 6 == 5)
        sync_well (house);
    }
  sync_well (house);
}

/* What people see is what was verified last, whatever else arrived. */
static void
assert_verified_seen (House *house)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuConnection) connection = zifu_ledger_get_connection (house->ledger, house->connection_id, &error);
  ZifuMoney balance;

  g_assert_no_error (error);
  g_assert_true (zifu_ledger_get_balance (house->ledger, house->member_id, &balance, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (balance, ==, connection->verified_balance);
}

/* Killed while only what is new is fetched, and while everything is fetched once more beside what is there: nothing of before is lost. */
static void
test_later_kills (House *house, gconstpointer data)
{
  guint n = count_from ("ZIFU_KILL_COUNT", 12);

  sync_well (house);
  for (guint i = 0; i < n; i++)
    {
      if (i % 4 == 3)
        tell (house->base, "expire?person=owner");
      tell (house->base, "add?person=owner&n=40");
      kill_one (house, 1000, 150000);
      assert_verified_seen (house);
      if (i % 3 == 2)
        sync_well (house);
    }
  sync_well (house);
}

/* What the command line says of this household. */
static char *
run_cli (House *house, const char *command, const char *option1, const char *option2, int expected)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) program = NULL;
  char *text = NULL;

  g_subprocess_launcher_setenv (launcher, "TZ", "UTC", TRUE);
  program = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("ZIFU_CLI"), command, "--ledger", house->path, option1, option2, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (program, NULL, NULL, &text, NULL, &error));
  g_assert_true (g_subprocess_get_if_exited (program));
  if (g_subprocess_get_exit_status (program) != expected)
    g_error ("%s", text);
  return text;
}

/* Below an entry stand the lines of its bill and what does not add up; for programs as well, one entry a line. */
static void
test_details (House *house, gconstpointer data)
{
  g_autofree char *bill = NULL, *before = NULL, *words = NULL, *json = NULL, *plain = NULL, *asked = NULL;
  g_auto (GStrv) parts = NULL, rest = NULL, kept = NULL;
  g_autoptr (ZifuFeedVerdict) verdict = NULL;
  g_autoptr (GError) error = NULL;

  tell (house->base, "fault?person=owner&fault=sums");
  verdict = sync_once (house->ledger, house->connection_id, house->tokens, 20000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (verdict->n_marks, >, 0);
  before = run_cli (house, "history", "--details", NULL, 0);
  g_assert_nonnull (strstr (before, "\n   ! Bill "));
  g_assert_nonnull (strstr (before, "The lines of the bill are not kept here; --fetch asks the provider for them."));
  g_assert_null (strstr (before, " in all\n"));
  bill = choose_bill (house);
  g_assert_true (fetch_fees (house, bill, &error));
  g_assert_no_error (error);
  words = run_cli (house, "history", "--details", NULL, 0);
  g_assert_nonnull (strstr (words, " in all\n"));
  g_assert_nonnull (strstr (words, "Category "));
  json = run_cli (house, "history", "--details", "--json", 0);
  g_assert_nonnull (strstr (json, "\"check\": \"C2\""));
  g_assert_nonnull (strstr (json, "\"feelist\": [{\"hilist_name\": "));
  g_assert_nonnull (strstr (json, "\"feelist_agrees\": true"));
  g_assert_nonnull (strstr (json, "\"feelist\": null"));
  plain = run_cli (house, "history", "--json", NULL, 0);
  g_assert_null (strstr (plain, "feelist"));
  g_assert_null (strstr (plain, "marks"));
  /* Nobody signed in on this computer: said at the bill and at the end; every entry and line that is kept is told all the same. */
  asked = run_cli (house, "history", "--details", "--fetch", 2);
  parts = g_strsplit (asked, "Sign in to the provider first.", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 3);
  g_assert_nonnull (strstr (asked, "   ! Sign in to the provider first."));
  rest = g_strsplit (asked, "\n", -1);
  kept = g_strsplit (words, "\n", -1);
  g_assert_cmpuint (g_strv_length (rest), ==, g_strv_length (kept) + 1);
}

/* What a provider sends is text, not something that a terminal obeys, nor a line of its own. */
static void
test_terminal (House *house, gconstpointer data)
{
  g_autoptr (ZifuConnection) connection = zifu_ledger_get_connection (house->ledger, house->connection_id, NULL);
  ZifuEntry entry = { .member_id = connection->member_id, .date = zifu_date_new (2026, 11, 25), .base = -1, .kind = ZIFU_ENTRY_TRANSFER,
                      .amount = 100, .note = (char *) "first\nsecond\033[2J" };
  g_autofree char *bill = NULL, *etag = NULL, *lines = NULL, *words = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GError) error = NULL;

  sync_well (house);
  g_assert_cmpint (zifu_ledger_add_entry (house->ledger, &entry, &error), >, 0);
  bill = choose_bill (house);
  g_assert_true (fetch_fees (house, bill, &error));
  g_assert_true (zifu_ledger_get_fees (house->ledger, house->connection_id, bill, &etag, &lines, &error));
  parts = g_strsplit (lines, "\"hilist_name\":\"", -1);
  g_free (lines);
  lines = g_strjoinv ("\"hilist_name\":\"up\\n\\u001b[2Jper", parts);
  g_assert_true (zifu_ledger_put_fees (house->ledger, house->connection_id, bill, etag, lines, &error));
  words = run_cli (house, "history", "--details", NULL, 0);
  g_assert_nonnull (strstr (words, "first second [2J"));
  g_assert_nonnull (strstr (words, "up  [2Jper"));
  g_assert_null (strchr (words, '\033'));
}

/* A provider whose clock is another one: the account is as good as ever, and both clocks are told until they agree again. */
static void
test_clock (House *house, gconstpointer data)
{
  g_autoptr (ZifuConnection) connection = NULL;
  g_autofree char *words = NULL, *json = NULL, *kept = NULL, *later = NULL;
  g_autoptr (GError) error = NULL;

  tell (house->base, "fault?fault=skew,on=all");
  sync_well (house);
  connection = zifu_ledger_get_connection (house->ledger, house->connection_id, NULL);
  g_assert_cmpint (ABS (connection->clock_skew_s + 600), <, 60);
  words = run_cli (house, "sync", "--list", NULL, 0);
  g_assert_nonnull (strstr (words, "When this computer's clock said "));
  g_assert_nonnull (strstr (words, " minutes apart. Let the system set date and time by itself"));
  json = run_cli (house, "sync", "--list", "--json", 0);
  g_assert_nonnull (strstr (json, "\"clock_skew_s\": -"));
  /* No answer says nothing of the clocks: a wrong one may be why there is none. */
  tell (house->base, "clear");
  tell (house->base, "fault?fault=close,on=all");
  g_assert_null (sync_once (house->ledger, house->connection_id, house->tokens, 20000, &error));
  g_assert_nonnull (error);
  kept = run_cli (house, "sync", "--list", NULL, 0);
  g_assert_nonnull (strstr (kept, "When this computer's clock said "));
  tell (house->base, "clear");
  sync_well (house);
  later = run_cli (house, "sync", "--list", NULL, 0);
  g_assert_null (strstr (later, "clock"));
}

/* A mistake on a later page, met first on the first pull and then on later ones: what came whole stays, what people see is what was
   verified last, and it goes on from there. */
static void
test_later_pages (House *house, gconstpointer data)
{
  static const char *const faults[] = { "reset,after=900", "truncate,after=700", "truncate-unframed,after=700", "503,wait=0", "not-json",
                                        "gap", "money-format" };
  static const guint skips[] = { 1, 2, 4 };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    for (guint j = 0; j < G_N_ELEMENTS (skips); j++)
      {
        g_autofree char *command = g_strdup_printf ("fault?fault=%s,on=changes,skip=%u", faults[i], skips[j]);
        g_autoptr (ZifuConnection) connection = NULL;
        g_autoptr (ZifuFeedVerdict) verdict = NULL;
        g_autoptr (GError) error = NULL;
        g_autofree char *rows = NULL;

        g_test_message ("%s", command);
        if (i + j > 0)
          tell (house->base, "add?person=owner&n=260");
        tell (house->base, command);
        verdict = sync_once (house->ledger, house->connection_id, house->tokens, 10000, &error);
        tell (house->base, "clear");
        g_assert_null (verdict);
        g_assert_nonnull (error);
        connection = zifu_ledger_get_connection (house->ledger, house->connection_id, NULL);
        g_assert_cmpint (connection->verdict, ==, ZIFU_CONNECTION_UNFINISHED);
        rows = list_ours (house);
        g_assert_cmpuint (strlen (rows), >, 0);
        assert_verified_seen (house);
        sync_well (house);
      }
}

/* What is killed. */
static int
run_child (char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (argv[2], &error);
  g_autoptr (TestTokens) tokens = tokens_new (argv[4]);
  g_autoptr (ZifuFeedVerdict) verdict = NULL;

  if (ledger == NULL)
    return 1;
  verdict = sync_once (ledger, g_ascii_strtoll (argv[3], NULL, 10), tokens, 20000, &error);
  return verdict != NULL ? 0 : 1;
}

int
main (int argc, char **argv)
{
  if (argc == 5 && g_str_equal (argv[1], "--sync"))
    return run_child (argv);

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sync/R40/life", House, NULL, house_set_up, test_life, house_tear_down);
  g_test_add ("/sync/R40/faults", House, NULL, house_set_up, test_faults, house_tear_down);
  g_test_add ("/sync/R40/later-pages", House, NULL, house_set_up, test_later_pages, house_tear_down);
  g_test_add ("/sync/R40/doubts", House, NULL, house_set_up, test_doubts, house_tear_down);
  g_test_add ("/sync/R40/other-person", House, NULL, house_set_up, test_other_person, house_tear_down);
  g_test_add ("/sync/R40/fees", House, NULL, house_set_up, test_fees, house_tear_down);
  g_test_add ("/sync/R40/fees-of-changed", House, NULL, house_set_up, test_fees_of_changed, house_tear_down);
  g_test_add ("/sync/R40/no-sign-in", House, NULL, house_set_up, test_no_sign_in, house_tear_down);
  g_test_add ("/sync/R40/details", House, NULL, house_set_up, test_details, house_tear_down);
  g_test_add ("/sync/R40/terminal", House, NULL, house_set_up, test_terminal, house_tear_down);
  g_test_add ("/sync/R40/clock", House, NULL, house_set_up, test_clock, house_tear_down);
  g_test_add ("/sync/R40/weather", House, NULL, house_set_up, test_weather, house_tear_down);
  g_test_add ("/sync/R40/cut", House, NULL, house_set_up, test_cut, house_tear_down);
  g_test_add ("/sync/R40/kills", House, NULL, house_set_up, test_kills, house_tear_down);
  g_test_add ("/sync/R40/later-kills", House, NULL, house_set_up, test_later_kills, house_tear_down);
  return g_test_run ();
}
