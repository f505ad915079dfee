/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A source in memory: rows that come one after the other, and pages of them, as a provider would send them. */

#include <json-glib/json-glib.h>

#include "test-ledger-common.h"
#include "zifu-feed-pass.h"

typedef struct {
  gint64    seq;
  char     *type, *id, *op, *data; /* owned; data nullable */
  gint64    ver;
} Sent;

typedef struct {
  GPtrArray *rows;    /* of Sent, the newest state of each at its place */
  gint64     seq;
  ZifuMoney  opening, balance, income, outlay;
} Source;

static inline void
sent_free (gpointer data)
{
  Sent *sent = data;

  g_free (sent->type);
  g_free (sent->id);
  g_free (sent->op);
  g_free (sent->data);
  g_free (sent);
}

static inline Source *
source_new (ZifuMoney opening)
{
  Source *self = g_new0 (Source, 1);

  self->rows = g_ptr_array_new_with_free_func (sent_free);
  self->opening = self->balance = opening;
  return self;
}

static inline void
source_free (Source *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Source, source_free)

static inline char *
yuan (ZifuMoney fen)
{
  return g_strdup_printf ("%s%" G_GINT64_FORMAT ".%02d", fen < 0 ? "-" : "", ABS (fen) / 100, (int) (ABS (fen) % 100));
}

/* A new state of a row: its older one leaves the feed. */
static inline void
source_put (Source *self, const char *type, const char *id, const char *op, const char *data)
{
  Sent *sent = g_new0 (Sent, 1);

  sent->ver = 1;
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Sent *old = g_ptr_array_index (self->rows, i);

      if (g_str_equal (old->type, type) && g_str_equal (old->id, id))
        {
          sent->ver = old->ver + 1;
          g_ptr_array_remove_index (self->rows, i);
          break;
        }
    }
  sent->seq = ++self->seq;
  sent->type = g_strdup (type);
  sent->id = g_strdup (id);
  sent->op = g_strdup (op);
  sent->data = g_strdup (data);
  g_ptr_array_add (self->rows, sent);
}

static inline char *
movement_json (const char *id, const char *time, const char *code, const char *source, ZifuMoney amount, ZifuMoney balance)
{
  g_autofree char *money = yuan (ABS (amount)), *left = yuan (balance);
  g_autofree char *from = source != NULL ? g_strdup_printf ("\"acct_incexpd_souc_id\": \"%s\", ", source) : g_strdup ("");

  return g_strdup_printf ("{\"rid\": \"%s\", \"acct_incexpd_type\": \"%s\", %s\"%s\": \"%s\", \"crte_time\": \"%s\", \"balc\": \"%s\"}",
                          id, code,
                          from, amount < 0 ? "pay_sumamt" : "inc_sumamt", money, time, left);
}

/* A movement of the account; the balance goes on from the one before. */
static inline void
source_move (Source *self, const char *id, const char *time, const char *code, const char *source, ZifuMoney amount)
{
  g_autofree char *data = NULL;

  self->balance += amount;
  *(amount < 0 ? &self->outlay : &self->income) += ABS (amount);
  data = movement_json (id, time, code, source, amount, self->balance);
  source_put (self, "acct_detl", id, "put", data);
}

/* A bill whose parts add up: a quarter wholly own, half of it paid by the fund; the rest from the account and in cash. */
static inline char *
bill_json (const char *id, const char *original, const char *time, ZifuMoney total, ZifuMoney account, gboolean refunded)
{
  ZifuMoney fund = total / 2;
  g_autofree char *a = yuan (total), *f = yuan (fund), *p = yuan (total - fund), *acct = yuan (account),
  *cash = yuan (total - fund - account);
  g_autofree char *init = original != NULL ? g_strdup_printf ("\"%s\"", original) : g_strdup ("null");

  return g_strdup_printf ("{\"setl_id\": \"%s\", \"init_setl_id\": %s, \"psn_no\": \"P\", \"insutype\": \"310\", \"med_type\": \"11\","
                          " \"setl_time\": \"%s\", \"fixmedins_name\": \"市第一医院\", \"hosp_lv\": \"02\", \"medfee_sumamt\": \"%s\","
                          " \"fulamt_ownpay_amt\": \"0.00\", \"overlmt_selfpay\": \"0.00\", \"preselfpay_amt\": \"0.00\","
                          " \"inscp_scp_amt\": \"%s\", \"act_pay_dedc\": \"0.00\", \"hifp_pay\": \"%s\", \"fund_pay_sumamt\": \"%s\","
                          " \"psn_part_amt\": \"%s\", \"acct_pay\": \"%s\", \"acct_mulaid_pay\": \"0.00\", \"psn_cash_pay\": \"%s\","
                          " \"hosp_part_amt\": \"0.00\", \"balc\": \"0.00\", \"refd_setl_flag\": \"%d\"}",
                          id, init, time, a, a, f, f, p, acct, cash, refunded);
}

/* A visit: the bill, and what the account paid of it. */
static inline void
source_visit (Source *self, const char *id, const char *time, ZifuMoney total, ZifuMoney account)
{
  g_autofree char *data = bill_json (id, NULL, time, total, account, FALSE);
  g_autofree char *movement = g_strconcat ("M-", id, NULL);

  source_put (self, "setlinfo", id, "put", data);
  if (account != 0)
    source_move (self, movement, time, "201", id, -account);
}

/* It is taken back: the original once more, a red one, and the money. */
static inline void
source_reverse (Source *self, const char *id, const char *time, ZifuMoney total, ZifuMoney account, const char *later)
{
  g_autofree char *again = bill_json (id, NULL, time, total, account, TRUE), *red_id = g_strconcat ("R-", id, NULL);
  g_autofree char *red = bill_json (red_id, id, later, -total, -account, TRUE), *movement = g_strconcat ("M-", red_id, NULL);

  source_put (self, "setlinfo", id, "put", again);
  source_put (self, "setlinfo", red_id, "put", red);
  if (account != 0)
    source_move (self, movement, later, "109", red_id, account);
}

static inline int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static inline char *
source_digest (const Source *self)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Sent *sent = g_ptr_array_index (self->rows, i);

      if (g_str_equal (sent->op, "put"))
        g_ptr_array_add (lines, g_strdup_printf ("%s|%s|%" G_GINT64_FORMAT, sent->type, sent->id, sent->ver));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  {
    g_autofree char *text = g_strjoinv ("\n", (char **) lines->pdata);

    return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  }
}

static inline char *
source_checkpoint (const Source *self)
{
  static const char *const types[] = { "setlinfo", "acct_detl", "clct_detl", "insuinfo", "mulaid", "cum" };
  g_autofree char *digest = source_digest (self), *opening = yuan (self->opening), *income = yuan (self->income);
  g_autofree char *outlay = yuan (self->outlay), *balance = yuan (self->balance);
  g_autoptr (GString) counts = g_string_new (NULL);

  for (guint t = 0; t < G_N_ELEMENTS (types); t++)
    {
      guint n = 0;

      for (guint i = 0; i < self->rows->len; i++)
        {
          const Sent *sent = g_ptr_array_index (self->rows, i);

          n += g_str_equal (sent->op, "put") && g_str_equal (sent->type, types[t]);
        }
      g_string_append_printf (counts, "%s\"%s\": %u", t > 0 ? ", " : "", types[t], n);
    }
  return g_strdup_printf ("{\"as_of\": \"2026-11-26T00:00:00+08:00\", \"last_seq\": \"%" G_GINT64_FORMAT "\", \"counts\": {%s},"
                          " \"digest\": \"%s\", \"acct\": [{\"insutype\": \"310\", \"opening\": \"%s\", \"inc_sumamt\": \"%s\","
                          " \"pay_sumamt\": \"%s\", \"balc\": \"%s\"}]}",
                          self->seq, counts->str, digest, opening, income, outlay, balance);
}

/* The page after a state; @limit rows at most. */
static inline char *
source_page (const Source *self, const char *state, guint limit)
{
  gint64 since = state != NULL ? g_ascii_strtoll (state + 1, NULL, 10) : 0, last = since;
  g_autoptr (GString) entries = g_string_new (NULL);
  guint n = 0, i;

  for (i = 0; i < self->rows->len && n < limit; i++)
    {
      const Sent *sent = g_ptr_array_index (self->rows, i);

      if (sent->seq <= since)
        continue;
      g_string_append_printf (entries, "%s{\"seq\": \"%" G_GINT64_FORMAT "\", \"prev_seq\": \"%" G_GINT64_FORMAT "\", \"type\": \"%s\","
                              " \"op\": \"%s\", \"id\": \"%s\", \"ver\": %" G_GINT64_FORMAT "%s%s}",
                              n > 0 ? ",\n" : "", sent->seq, last, sent->type, sent->op, sent->id, sent->ver,
                              sent->data != NULL ? ", \"data\": " : "", sent->data != NULL ? sent->data : "");
      last = sent->seq;
      n++;
    }
  {
    gboolean more = i < self->rows->len;
    g_autofree char *checkpoint = more ? NULL : source_checkpoint (self);

    return g_strdup_printf ("{\"state\": \"s%" G_GINT64_FORMAT "\", \"has_more\": %s, \"count\": %u, \"entries\": [%s]%s%s}", last,
                            more ? "true" : "false", n, entries->str, checkpoint != NULL ? ", \"checkpoint\": " : "",
                            checkpoint != NULL ? checkpoint : "");
  }
}

static inline gint64
connect_person (ZifuLedger *ledger, gint64 person)
{
  g_autoptr (ZifuConnection) connection = zifu_connection_new ();
  g_autoptr (GError) error = NULL;
  gint64 id;

  connection->member_id = person;
  connection->name = g_strdup ("Provider");
  connection->base_url = g_strdup ("https://127.0.0.1:4443/yibao");
  connection->client_id = g_strdup ("zifu");
  connection->fund_includes_acct = ZIFU_PROFILE_NO;
  connection->acct_includes_mulaid = ZIFU_PROFILE_YES;
  connection->hosp_part_within_psn_part = ZIFU_PROFILE_NO;
  id = zifu_ledger_add_connection (ledger, connection, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

/* All pages of a pass; each @times times. */
static inline void
pull_pages (const Source *source, ZifuFeedPass *pass, guint limit, guint times)
{
  gboolean more = TRUE;

  while (more)
    {
      g_autofree char *page = source_page (source, zifu_feed_pass_get_state (pass), limit);

      for (guint i = 0; i < times; i++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_true (zifu_feed_pass_apply (pass, page, strlen (page), &more, &error) || error == NULL);
          g_assert_no_error (error);
        }
    }
}

static inline ZifuFeedVerdict *
pull (ZifuLedger *ledger, gint64 connection, const Source *source, guint limit, gboolean full)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuFeedPass) pass = zifu_feed_pass_begin (ledger, connection, full, &error);
  ZifuFeedVerdict *verdict;

  g_assert_no_error (error);
  pull_pages (source, pass, limit, 1);
  verdict = zifu_feed_pass_finish (pass, 1000, &error);
  g_assert_no_error (error);
  g_assert_nonnull (verdict);
  return verdict;
}
