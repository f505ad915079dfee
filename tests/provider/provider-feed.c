/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "provider.h"

#include <stdio.h>
#include <string.h>

/* The four requests of the protocol. */

#define DEFAULT_LIMIT 200
#define MOST 500

/* ---- states: who, under which epoch, how far, and whether inside a pass; sealed, so that nobody makes one up */

typedef struct {
  guint  number, epoch, generation; /* generation is 0 at the end of a pass */
  gint64 seq;
} State;

static char *
seal (Provider *self, const char *text)
{
  char *sum = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) &self->seed, sizeof self->seed, text, -1);

  sum[16] = '\0';
  return sum;
}

static char *
write_state (Provider *self, const State *state)
{
  g_autofree char *text = g_strdup_printf ("%u.%u.%u.%" G_GINT64_FORMAT, state->number, state->epoch, state->generation, state->seq);
  g_autofree char *sum = seal (self, text), *whole = g_strdup_printf ("%s.%s", text, sum);
  char *encoded = g_base64_encode ((const guchar *) whole, strlen (whole));

  g_strdelimit (encoded, "+", '-');
  g_strdelimit (encoded, "/", '_');
  while (g_str_has_suffix (encoded, "="))
    encoded[strlen (encoded) - 1] = '\0';
  return encoded;
}

static gboolean
read_state (Provider *self, const char *text, State *state)
{
  g_autofree char *padded = g_strconcat (text, &"==="[3 - (4 - strlen (text) % 4) % 4], NULL), *whole = NULL, *sum = NULL;
  g_autofree guchar *bytes = NULL;
  gsize length;
  char *dot;

  g_strdelimit (padded, "-", '+');
  g_strdelimit (padded, "_", '/');
  bytes = g_base64_decode (padded, &length);
  whole = g_strndup ((const char *) bytes, length);
  dot = strrchr (whole, '.');
  if (dot == NULL)
    return FALSE;
  *dot++ = '\0';
  sum = seal (self, whole);
  return g_str_equal (sum, dot) &&
         sscanf (whole, "%u.%u.%u.%" G_GINT64_FORMAT, &state->number, &state->epoch, &state->generation, &state->seq) == 4;
}

/* ---- pages */

typedef struct {
  GString    *text;
  const char *fault; /* nullable */
  guint       n, limit;
  gint64      last;  /* seq that the reader has */
  gboolean    more;
} Page;

static gboolean
add_row (const Row *row, gpointer user_data)
{
  Page *page = user_data;
  gint64 before = page->last;

  if (page->n == page->limit)
    {
      page->more = TRUE;
      return FALSE;
    }
  page->n++;
  page->last = row->seq;
  if (page->n == (page->limit + 1) / 2 && g_strcmp0 (page->fault, "chain") == 0)
    before += 1000000;
  g_string_append_printf (page->text, "%s{\"seq\":\"%" G_GINT64_FORMAT "\",\"prev_seq\":\"%" G_GINT64_FORMAT "\",\"type\":\"",
                          page->n > 1 ? "," : "", row->seq, before);
  g_string_append (page->text, row->type);
  g_string_append (page->text, row->data != NULL ? "\",\"op\":\"put\",\"id\":\"" : "\",\"op\":\"del\",\"id\":\"");
  g_string_append (page->text, row->id);
  g_string_append_printf (page->text, "\",\"ver\":%" G_GINT64_FORMAT, row->ver);
  if (row->data != NULL)
    {
      g_string_append (page->text, ",\"data\":");
      g_string_append (page->text, row->data);
    }
  g_string_append_c (page->text, '}');
  return TRUE;
}

static gboolean
is (const Page *page, const char *fault)
{
  return g_strcmp0 (page->fault, fault) == 0;
}

/* "12.30" becomes 12.30, or "12.3": every amount in a text of JSON. */
static char *
spoil_money (const char *text, gboolean number)
{
  g_autoptr (GRegex) regex = g_regex_new ("\"(-?[0-9]+\\.[0-9])([0-9])\"", 0, 0, NULL);

  return g_regex_replace (regex, text, -1, 0, number ? "\\1\\2" : "\"\\1\"", 0, NULL);
}

/* Entries as they were meant, then what goes wrong with them. */
static void
spoil_entries (Page *page)
{
  if (is (page, "gap") && page->n > 1)
    {
      /* Without the first one: its successor does not follow what the reader has. */
      char *next = strstr (page->text->str, ",{\"seq\":\"");

      g_string_erase (page->text, 0, next + 1 - page->text->str);
      page->n--;
    }
  else if (is (page, "money-as-number") || is (page, "money-format"))
    {
      g_autofree char *spoilt = spoil_money (page->text->str, is (page, "money-as-number"));

      g_string_assign (page->text, spoilt);
    }
}

static char *
replace (char *text, const char *pattern, const char *by)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  char *replaced = g_regex_replace (regex, text, -1, 0, by, 0, NULL);

  g_free (text);
  return replaced;
}

/* One more in the stated balance. */
static char *
add_fen (char *text)
{
  char *start = strstr (text, "\"balc\":\""), *end;
  g_autofree char *old = NULL, *new = NULL, *head = NULL;
  ZifuMoney amount;

  if (start == NULL)
    return text;
  start += strlen ("\"balc\":\"");
  end = strchr (start, '"');
  old = g_strndup (start, end - start);
  zifu_money_parse (old, &amount, NULL);
  new = zifu_money_format (amount + 1, ZIFU_MONEY_PLAIN);
  head = g_strndup (text, start - text);
  start = g_strconcat (head, new, end, NULL);
  g_free (text);
  return start;
}

static char *
spoil_checkpoint (const Page *page, char *text)
{
  if (is (page, "digest"))
    return replace (text, "(\"digest\":\")[0-9a-f]{8}", "\\g<1>00000000");
  if (is (page, "no-digest"))
    return replace (text, "\"digest\":\"[0-9a-f]*\",", "");
  if (is (page, "counts"))
    return replace (text, "(\"counts\":\\{\"[a-z_]+\":)", "\\g<1>9");
  if (is (page, "balance"))
    return add_fen (text);
  return text;
}

static char *
write_checkpoint (Provider *self, Person *person, const Page *page)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (8 * 3600);
  g_autoptr (GDateTime) now = g_date_time_new_now (zone);
  g_autofree char *when = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S+08:00");

  return spoil_checkpoint (page, g_strdup_printf ("{\"as_of\":\"%s\",%s}", when, store_get_checkpoint (self->store, person)));
}

static void
write_page (Provider *self, Person *person, Page *page, const State *since, Answer *answer)
{
  State state = { person->number, person->epoch, 0, page->last };
  g_autofree char *text = NULL, *checkpoint = NULL;
  gboolean endless = is (page, "endless"), empty = is (page, "empty-page");

  spoil_entries (page);
  if (endless || empty)
    {
      state.seq = since->seq;
      page->more = TRUE;
    }
  if (empty)
    {
      page->n = 0;
      g_string_truncate (page->text, 0);
    }
  state.generation = page->more ? person->generation : 0;
  text = write_state (self, &state);
  if (!page->more && !is (page, "no-checkpoint"))
    checkpoint = write_checkpoint (self, person, page);
  answer_text (answer, 200, "application/json",
               g_strdup_printf ("{\"state\":\"%s\",\"has_more\":%s,\"count\":%u,\"entries\":[%s]%s%s}", text, page->more ? "true" : "false",
                                page->n + is (page, "count"), page->text->str, checkpoint != NULL ? ",\"checkpoint\":" : "",
                                checkpoint != NULL ? checkpoint : ""));
}

static gboolean
read_limit (Provider *self, GHashTable *query, guint *limit)
{
  const char *text = g_hash_table_lookup (query, "limit");
  guint64 value = DEFAULT_LIMIT;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 1, MOST, &value, NULL))
    return FALSE;
  *limit = MIN ((guint) value, self->feed.max_limit);
  return TRUE;
}

void
feed_changes (Provider *self, Person *person, GHashTable *query, const char *fault, Answer *answer)
{
  const char *since = g_hash_table_lookup (query, "since");
  State state = { person->number, person->epoch, 0, 0 };
  g_autoptr (GString) text = NULL;
  Page page = { .fault = fault };

  if (!read_limit (self, query, &page.limit))
    {
      answer_problem (answer, 400, "invalid-request", "limit is not a number from 1 to 500");
      return;
    }
  if (since != NULL && (!read_state (self, since, &state) || state.number != person->number))
    {
      answer_problem (answer, 400, "invalid-request", "since is not a state of this account");
      return;
    }
  if (state.epoch != person->epoch)
    {
      answer_problem (answer, 410, "state-expired", "Start again without since");
      return;
    }
  if (state.generation != 0 && state.generation != person->generation)
    {
      answer_problem (answer, 409, "state-moved", "Start this pass again");
      return;
    }
  text = g_string_sized_new (page.limit * 640);
  page.text = text;
  page.last = state.seq;
  store_each (self->store, person, state.seq, page.limit + 1, add_row, &page);
  write_page (self, person, &page, &state, answer);
}

/* ---- the others */

static char *
format_instant (gint64 seconds)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (8 * 3600);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds), there = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (there, "%Y-%m-%dT%H:%M:%S+08:00");
}

/* Answers with a validator, and with nothing when the reader has it. */
static void
answer_valid (Answer *answer, char *body, const char *if_none_match)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, body, -1);

  answer->etag = g_strdup_printf ("\"%.20s\"", sum);
  if (g_strcmp0 (if_none_match, answer->etag) != 0)
    {
      answer_text (answer, 200, "application/json", body);
      return;
    }
  g_free (body);
  answer_text (answer, 304, NULL, NULL);
}

void
feed_person (Provider *self, Person *person, const char *if_none_match, const char *fault, Answer *answer)
{
  g_autofree char *from = format_instant (person->consent_from), *to = format_instant (person->consent_to);

  answer_valid (answer,
                g_strdup_printf ("{\"psn_no\":\"%s\",\"psn_name\":\"%s\",\"psn_cert_type\":\"01\",\"certno\":\"%s\",\"gend\":\"%s\","
                                 "\"brdy\":\"%s\",\"consent\":{\"granted_at\":\"%s\",\"expires_at\":\"%s\",\"scope\":\"account:read\"}}",
                                 person->psn_no, person->name, person->certno, person->sex, person->birth, from, to),
                if_none_match);
}

static char *
spoil_fees (const char *body, const char *fault)
{
  g_autoptr (GString) text = g_string_new (body);
  const char *sum = strstr (body, "\"det_item_fee_sumamt\":\"");

  if (g_str_equal (fault, "money-as-number"))
    return spoil_money (body, TRUE);
  if (g_str_equal (fault, "other-bill"))
    g_string_replace (text, "{\"setl_id\":\"", "{\"setl_id\":\"X", 1);
  else if (g_str_equal (fault, "fee-sum") && sum != NULL)
    {
      const char *start = sum + strlen ("\"det_item_fee_sumamt\":\""), *end = strchr (start, '"');
      g_autofree char *digits = g_strndup (start, (gsize) (end - start)), *more = NULL;
      ZifuMoney amount = 0;

      zifu_money_parse (digits, &amount, NULL);
      more = zifu_money_format (amount + 1, ZIFU_MONEY_PLAIN);
      g_string_erase (text, start - body, end - start);
      g_string_insert (text, start - body, more);
    }
  return g_strdup (text->str);
}

void
feed_fees (Provider *self, Person *person, const char *setl_id, const char *if_none_match, const char *fault, Answer *answer)
{
  char *body = history_make_fees (self->history, person, setl_id);

  if (body == NULL)
    {
      answer_problem (answer, 404, "not-found", "There is no such settlement");
      return;
    }
  if (fault != NULL)
    {
      char *spoilt = spoil_fees (body, fault);

      g_free (body);
      body = spoilt;
    }
  answer_valid (answer, body, if_none_match);
}

void
feed_configuration (Provider *self, const char *fault, Answer *answer)
{
  const HistoryOptions *options = history_get_options (self->history);

  answer_text (answer, 200, "application/json",
               g_strdup_printf ("{\"issuer\":\"%s\",\"api_base\":\"%s\",\"versions\":[\"%s\"],\"max_limit\":%u,\"min_interval_s\":%u,"
                                "\"profile\":{\"fund_includes_acct\":%s,\"acct_includes_mulaid\":%s,\"hosp_part_within_psn_part\":false}}",
                                provider_get_issuer (self), self->base, g_strcmp0 (fault, "version") == 0 ? "9.0" : "1.0",
                                self->feed.max_limit, self->feed.min_interval, options->fund_includes_acct ? "true" : "false",
                                options->acct_excludes_mulaid ? "false" : "true"));
}
