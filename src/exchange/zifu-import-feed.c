/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-private.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "zifu-cell-private.h"
#include "zifu-feed-private.h"
#include "zifu-household-private.h"
#include "zifu-json.h"
#include "zifu-mapping-private.h"
#include "zifu-words.h"

/* Lines of a feed document: movements of the account, settlements without one, and months that were paid. */

typedef struct {
  ZifuImportPlan *plan;
  ZifuFeed       *feed;
  ZifuMapping    *mapping;     /* owned: knows kinds by their words */
  GHashTable     *settlements; /* setl_id -> ZifuFeedRow */
  GHashTable     *moved;       /* setl_id -> ZifuMoney*: what the movements of the account say of it */
  GHashTable     *paid;        /* month and scheme -> itself */
  gboolean        has_movements;
  guint           n_kept_elsewhere;
} Reader;

/* The first bytes of a file as a text; "" when it cannot be read. */
static void
read_head (const char *path, char *head, gsize size)
{
  gboolean readable = g_file_test (path, G_FILE_TEST_IS_REGULAR) && !zifu_ledger_is_open_at (path);
  FILE *stream = readable ? fopen (path, "rbe") : NULL;
  gsize n = 0;

  if (stream != NULL)
    {
      n = fread (head, 1, size - 1, stream);
      fclose (stream);
    }
  head[n] = '\0';
}

/**
 * zifu_import_is_document:
 * @path: a file
 *
 * Returns: whether it begins as a JSON document does: that has no columns, and needs no mapping
 */
gboolean
zifu_import_is_document (const char *path)
{
  char head[256];
  const char *p = head;

  g_return_val_if_fail (path != NULL, FALSE);

  read_head (path, head, sizeof head);
  if (g_str_has_prefix (p, "\xef\xbb\xbf"))
    p += 3;
  return *(p + strspn (p, " \t\r\n")) == '{';
}

/**
 * zifu_import_is_household:
 * @path: a file
 *
 * Returns: whether it begins as one of our household documents does: those are read as a whole by zifu_household_json_read()
 */
gboolean
zifu_import_is_household (const char *path)
{
  char head[256];

  g_return_val_if_fail (path != NULL, FALSE);

  read_head (path, head, sizeof head);
  return *head == '{' && strstr (head, "\"" ZIFU_HOUSEHOLD_FORMAT "\"") != NULL;
}

static const char *
get_text (JsonObject *data, const char *name)
{
  const char *text = zifu_json_peek_string (data, name);

  return text != NULL ? text : "";
}

static gboolean
is_movement (const ZifuFeedRow *row)
{
  return g_str_equal (row->type, "acct_detl");
}

static void
refuse (Reader *reader, ZifuImportLine *line, ZifuLineReason reason, const char *detail)
{
  _zifu_import_mark (line, ZIFU_LINE_WRONG, reason, _zifu_import_intern (reader->plan, detail));
}

/* The day of yyyy-MM-dd HH:mm:ss; 0 when it is none. */
static ZifuDate
read_day (JsonObject *data, const char *name)
{
  g_autofree char *day = g_strndup (get_text (data, name), 10);

  return zifu_date_parse (day);
}

static void
keep_raw (Reader *reader, ZifuImportLine *line, const ZifuFeedRow *row)
{
  g_autofree char *text = g_strconcat (row->type, " ", row->id, NULL);

  line->raw = _zifu_import_intern (reader->plan, text);
}

/* What a settlement says of the place and the care; a movement names it by acct_incexpd_souc_id. */
static void
add_settlement (Reader *reader, ZifuImportLine *line, JsonObject *settlement)
{
  static const struct {
    const char *prefix;
    const char *word;
  } cares[] = { { "41", "pharmacy" }, { "52", "inpatient" }, { "2", "inpatient" } };
  const char *type = get_text (settlement, "med_type"), *word = "outpatient";

  line->institution = _zifu_import_intern (reader->plan, get_text (settlement, "fixmedins_name"));
  for (guint i = 0; i < G_N_ELEMENTS (cares); i++)
    if (g_str_has_prefix (type, cares[i].prefix))
      {
        word = cares[i].word;
        break;
      }
  line->kind = _zifu_mapping_find_kind (reader->mapping, word, "", "", "", line->amount);
}

/* Own account = acct_pay - acct_mulaid_pay: at the border the former contains the latter. */
static gboolean
read_own_pay (JsonObject *settlement, ZifuMoney *amount)
{
  ZifuMoney pay, mutual;

  if (!zifu_feed_get_money (settlement, "acct_pay", &pay) || !zifu_feed_get_money (settlement, "acct_mulaid_pay", &mutual))
    return FALSE;
  *amount = pay - mutual;
  return TRUE;
}

static void
read_movement (Reader *reader, const ZifuFeedRow *row, ZifuImportLine *line)
{
  const char *code = get_text (row->data, "acct_incexpd_type"), *source = get_text (row->data, "acct_incexpd_souc_id");
  const ZifuFeedRow *settlement = g_hash_table_lookup (reader->settlements, source);
  ZifuMoney income, outlay;

  line->date = read_day (row->data, "crte_time");
  if (line->date == 0)
    {
      refuse (reader, line, ZIFU_REASON_BAD_ROW, "crte_time");
      return;
    }
  if (!zifu_feed_get_money (row->data, "inc_sumamt", &income) || !zifu_feed_get_money (row->data, "pay_sumamt", &outlay) ||
      !zifu_feed_get_money (row->data, "balc", &line->balance) || !json_object_has_member (row->data, "balc"))
    {
      refuse (reader, line, ZIFU_REASON_BAD_ROW, "inc_sumamt, pay_sumamt, balc");
      return;
    }
  line->amount = income - outlay;
  line->has_balance = TRUE;
  line->code = _zifu_import_intern (reader->plan, code);
  line->kind = _zifu_mapping_find_kind (reader->mapping, "", code, "", "", line->amount);
  if (settlement != NULL)
    {
      if (g_str_equal (code, "201"))
        add_settlement (reader, line, settlement->data);
      else
        line->institution = _zifu_import_intern (reader->plan, get_text (settlement->data, "fixmedins_name"));
    }
  if (line->kind == ZIFU_ENTRY_PREMIUM || line->kind == ZIFU_ENTRY_FAMILY)
    {
      line->kind = ZIFU_ENTRY_TRANSFER;
      _zifu_import_mark (line, ZIFU_LINE_DOUBTFUL, ZIFU_REASON_NO_RELATIVE, NULL);
    }
}

/* The identities of a settlement; where sources differ, each form will do.  Returns the amounts that do not agree, or NULL. */
static const char *
check_settlement (JsonObject *s)
{
  static const char *const names[] = { "medfee_sumamt",   "fulamt_ownpay_amt", "overlmt_selfpay",    "preselfpay_amt",
                                       "inscp_scp_amt",   "fund_pay_sumamt",   "psn_part_amt",       "hosp_part_amt",
                                       "acct_pay",        "acct_mulaid_pay",   "psn_cash_pay" };
  ZifuMoney a[G_N_ELEMENTS (names)];
  ZifuMoney total, person;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (!json_object_has_member (s, names[i]) || !zifu_feed_get_money (s, names[i], &a[i]))
      return names[i];
  total = a[0];
  person = a[6];
  if (total != a[1] + a[2] + a[3] + a[4])
    return "medfee_sumamt, inscp_scp_amt";
  if (total != a[5] + person + a[7] && total != a[5] + person && total != a[5] + person - a[8] && total != a[5] + person - a[8] + a[7])
    return "medfee_sumamt, fund_pay_sumamt, psn_part_amt";
  if (person != a[8] + a[10] && person != a[8] + a[9] + a[10])
    return "psn_part_amt, acct_pay, psn_cash_pay";
  return NULL;
}

/* A refund has all amounts of its original with the opposite sign. */
static gboolean
mirrors (JsonObject *refund, JsonObject *original)
{
  g_autoptr (GList) names = json_object_get_members (refund);

  for (GList *l = names; l != NULL; l = l->next)
    {
      ZifuMoney x, y;

      if (!g_str_has_suffix (l->data, "_pay") && !g_str_has_suffix (l->data, "_sumamt") && !g_str_has_suffix (l->data, "_amt"))
        continue;
      if (!zifu_feed_get_money (refund, l->data, &x) || !zifu_feed_get_money (original, l->data, &y) || x != -y)
        return FALSE;
    }
  return TRUE;
}

static void
check_pair (Reader *reader, ZifuImportLine *line, JsonObject *data)
{
  const char *original = zifu_json_peek_string (data, "init_setl_id");
  const ZifuFeedRow *row = original != NULL ? g_hash_table_lookup (reader->settlements, original) : NULL;

  if (original == NULL || (row == NULL && (!reader->feed->whole || reader->feed->has_more)))
    return;
  if (row == NULL || !mirrors (data, row->data))
    _zifu_import_mark (line, ZIFU_LINE_DOUBTFUL, ZIFU_REASON_PAIR, _zifu_import_intern (reader->plan, original));
}

/* A settlement becomes an entry of its own only when no movement of the account stands for it. */
static gboolean
read_settlement (Reader *reader, const ZifuFeedRow *row, ZifuImportLine *line)
{
  const ZifuMoney *moved = g_hash_table_lookup (reader->moved, row->id);
  const char *broken = check_settlement (row->data);
  ZifuMoney own = 0;

  if (moved != NULL)
    return FALSE;
  line->date = read_day (row->data, "setl_time");
  if (line->date == 0 || !read_own_pay (row->data, &own))
    {
      refuse (reader, line, ZIFU_REASON_BAD_ROW, line->date == 0 ? "setl_time" : "acct_pay");
      return TRUE;
    }
  line->amount = -own;
  add_settlement (reader, line, row->data);
  if (broken == NULL && reader->has_movements && own != 0)
    broken = "acct_pay";
  if (broken != NULL)
    _zifu_import_mark (line, ZIFU_LINE_DOUBTFUL, ZIFU_REASON_SUMS, _zifu_import_intern (reader->plan, broken));
  check_pair (reader, line, row->data);
  return TRUE;
}

/* A movement that stands for a settlement is as good as the settlement. */
static void
check_movement (Reader *reader, const ZifuFeedRow *row, ZifuImportLine *line)
{
  const char *source = get_text (row->data, "acct_incexpd_souc_id");
  const ZifuFeedRow *settlement = g_hash_table_lookup (reader->settlements, source);
  const ZifuMoney *moved = g_hash_table_lookup (reader->moved, source);
  const char *broken;
  ZifuMoney own;

  if (settlement == NULL || moved == NULL || line->state == ZIFU_LINE_WRONG)
    return;
  broken = check_settlement (settlement->data);
  if (broken == NULL && (!read_own_pay (settlement->data, &own) || own != -*moved))
    broken = "acct_pay, pay_sumamt";
  if (broken != NULL)
    _zifu_import_mark (line, ZIFU_LINE_DOUBTFUL, ZIFU_REASON_SUMS, _zifu_import_intern (reader->plan, broken));
  check_pair (reader, line, settlement->data);
}

/* ---- months */

static gboolean
is_known_month (const ZifuPerson *person, ZifuMonth month)
{
  for (guint i = 0; i < person->payments->len; i++)
    {
      const ZifuPayment *payment = &g_array_index (person->payments, ZifuPayment, i);

      if (month >= payment->first && month < payment->first + (ZifuMonth) payment->n_months)
        return TRUE;
    }
  return FALSE;
}

static void
read_month (Reader *reader, const ZifuFeedRow *row, ZifuImportLine *line, const ZifuPerson *person, gboolean single)
{
  g_autofree char *key = g_strdup_printf ("%d|%s", line->month, get_text (row->data, "insutype"));
  ZifuMoney own, employer, base;

  line->is_month = TRUE;
  line->date = read_day (row->data, "clct_time");
  line->amount = -1;
  if (!zifu_feed_get_money (row->data, "psn_clct_into_acct_amt", &own) ||
      !zifu_feed_get_money (row->data, "emp_clct_into_acct_amt", &employer) || !zifu_feed_get_money (row->data, "psn_clctstd", &base) ||
      own < 0 || employer < 0 || base < 0)
    {
      refuse (reader, line, ZIFU_REASON_BAD_ROW, "psn_clct_into_acct_amt");
      return;
    }
  if (single && json_object_has_member (row->data, "psn_clct_into_acct_amt"))
    line->amount = own + employer;
  line->base = base > 0 ? base : -1;
  if (g_hash_table_contains (reader->paid, key))
    {
      g_autofree char *text = zifu_month_format (line->month);

      refuse (reader, line, ZIFU_REASON_MONTHS, text);
    }
  else if (is_known_month (person, line->month))
    {
      line->state = ZIFU_LINE_DUPLICATE;
      line->reason = ZIFU_REASON_KNOWN;
    }
  g_hash_table_add (reader->paid, g_steal_pointer (&key));
}

static gboolean
read_contribution (Reader *reader, const ZifuFeedRow *row, const ZifuPerson *person, GError **error)
{
  const char *flag = get_text (row->data, "clct_flag");
  ZifuImportLine line;
  ZifuMonth first, last;

  /* What is not paid, or was taken back, is no month. */
  if ((!g_str_equal (flag, "1") && !g_str_equal (flag, "4")) || !g_str_equal (get_text (row->data, "revs_flag"), "Z"))
    {
      reader->n_kept_elsewhere++;
      return TRUE;
    }
  _zifu_import_line_init (reader->plan, &line, row->number);
  keep_raw (reader, &line, row);
  if (_zifu_cell_parse_month (get_text (row->data, "accrym_begn"), &first) != ZIFU_CELL_FINE ||
      _zifu_cell_parse_month (get_text (row->data, "accrym_end"), &last) != ZIFU_CELL_FINE || last < first || last - first > 1200)
    {
      refuse (reader, &line, ZIFU_REASON_BAD_ROW, "accrym_begn, accrym_end");
      return _zifu_import_add_line (reader->plan, &line, error);
    }
  for (ZifuMonth month = first; month <= last; month++)
    {
      _zifu_import_line_init (reader->plan, &line, row->number);
      keep_raw (reader, &line, row);
      line.month = month;
      read_month (reader, row, &line, person, first == last);
      if (!_zifu_import_add_line (reader->plan, &line, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- the document */

static gboolean
read_row (Reader *reader, const ZifuFeedRow *row, const ZifuPerson *person, GError **error)
{
  gboolean settlement = g_str_equal (row->type, "setlinfo"), movement = is_movement (row);
  ZifuImportLine line;

  if (!settlement && !movement && !g_str_equal (row->type, "clct_detl"))
    {
      reader->n_kept_elsewhere++;
      return TRUE;
    }
  _zifu_import_line_init (reader->plan, &line, row->number);
  keep_raw (reader, &line, row);
  if (row->withdrawn)
    refuse (reader, &line, ZIFU_REASON_WITHDRAWN, row->id);
  else if (!settlement && !movement)
    return read_contribution (reader, row, person, error);
  else
    {
      line.souc_rid = _zifu_import_intern (reader->plan, row->id);
      line.own_key = TRUE;
      if (movement)
        {
          read_movement (reader, row, &line);
          check_movement (reader, row, &line);
        }
      else if (!read_settlement (reader, row, &line))
        return TRUE;
    }
  return _zifu_import_add_line (reader->plan, &line, error);
}

/* What the movements say of each settlement, before any of them is judged. */
static void
look_ahead (Reader *reader)
{
  for (guint i = 0; i < reader->feed->rows->len; i++)
    {
      const ZifuFeedRow *row = g_ptr_array_index (reader->feed->rows, i);
      const char *source;
      ZifuMoney income, outlay, *sum;

      if (row->withdrawn)
        continue;
      if (g_str_equal (row->type, "setlinfo"))
        g_hash_table_insert (reader->settlements, (gpointer) row->id, (gpointer) row);
      if (!is_movement (row))
        continue;
      reader->has_movements = TRUE;
      source = get_text (row->data, "acct_incexpd_souc_id");
      if (*source == '\0')
        continue;
      /* One that cannot be read stands for its settlement all the same: it is told as wrong. */
      if (!zifu_feed_get_money (row->data, "inc_sumamt", &income) || !zifu_feed_get_money (row->data, "pay_sumamt", &outlay))
        income = outlay = 0;
      sum = g_hash_table_lookup (reader->moved, source);
      if (sum == NULL)
        g_hash_table_insert (reader->moved, (gpointer) source, sum = g_new0 (ZifuMoney, 1));
      zifu_money_add (*sum, income - outlay, sum);
    }
}

/* Movements in the order in which they happened; other rows keep their place. */
static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const ZifuFeedRow *x = *(const ZifuFeedRow *const *) a, *y = *(const ZifuFeedRow *const *) b;
  const char *time_x = x->data != NULL ? get_text (x->data, is_movement (x) ? "crte_time" : "setl_time") : "";
  const char *time_y = y->data != NULL ? get_text (y->data, is_movement (y) ? "crte_time" : "setl_time") : "";
  int order = strcmp (time_x, time_y);

  return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

/* Opening + income - outlay = balance, for each scheme. */
static gboolean
totals_agree (const ZifuFeed *feed)
{
  JsonNode *node = feed->checkpoint != NULL ? json_object_get_member (feed->checkpoint, "acct") : NULL;
  JsonArray *accounts = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  ZifuMoney income = 0, outlay = 0, sum_income = 0, sum_outlay = 0;

  for (guint i = 0; accounts != NULL && i < json_array_get_length (accounts); i++)
    {
      JsonNode *item = json_array_get_element (accounts, i);
      JsonObject *account = JSON_NODE_HOLDS_OBJECT (item) ? json_node_get_object (item) : NULL;
      ZifuMoney opening, in, out, balance;

      if (account == NULL || !zifu_feed_get_money (account, "opening", &opening) || !zifu_feed_get_money (account, "inc_sumamt", &in) ||
          !zifu_feed_get_money (account, "pay_sumamt", &out) || !zifu_feed_get_money (account, "balc", &balance) ||
          opening + in - out != balance)
        return FALSE;
      income += in;
      outlay += out;
    }
  if (accounts == NULL || !feed->whole || feed->has_more)
    return TRUE;
  for (guint i = 0; i < feed->rows->len; i++)
    {
      const ZifuFeedRow *row = g_ptr_array_index (feed->rows, i);
      ZifuMoney in = 0, out = 0;

      if (row->withdrawn || !is_movement (row))
        continue;
      zifu_feed_get_money (row->data, "inc_sumamt", &in);
      zifu_feed_get_money (row->data, "pay_sumamt", &out);
      if (!zifu_money_add (sum_income, in, &sum_income) || !zifu_money_add (sum_outlay, out, &sum_outlay))
        return FALSE;
    }
  return sum_income == income && sum_outlay == outlay;
}

static void
add_remarks (Reader *reader)
{
  GPtrArray *remarks = reader->plan->remarks;

  if (!totals_agree (reader->feed))
    g_ptr_array_add (remarks,
                     g_strdup (_("The totals that the document states do not agree with its rows: the account does not reconcile.")));
  if (reader->feed->has_more)
    g_ptr_array_add (remarks, g_strdup (_("This document is one of several. Import the ones that follow as well.")));
  if (reader->n_kept_elsewhere > 0)
    {
      g_autofree char *number = g_strdup_printf ("%u", reader->n_kept_elsewhere);

      g_ptr_array_add (remarks,
                       zifu_words_fill (ngettext ("{1} row about enrolment, ties, totals or months not paid is not part of an import.",
                                                  "{1} rows about enrolment, ties, totals or months not paid are not part of an import.",
                                                  reader->n_kept_elsewhere),
                                        number, NULL));
    }
}

/* The document may say whose it is; then nobody else is meant. */
static gboolean
find_person (ZifuImportPlan *self, const ZifuFeed *feed, GError **error)
{
  const ZifuMember *member;

  if (self->member_id == 0 && feed->person != NULL)
    self->member_id = _zifu_import_find_name (self, feed->person);
  member = _zifu_import_find_member (self, self->member_id);
  if (member == NULL)
    {
      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, _("The file does not say whose account it is. Choose the person."), NULL,
                               NULL);
      return FALSE;
    }
  if (feed->person == NULL || _zifu_import_is_named (member, feed->person))
    return TRUE;
  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, _("The document belongs to {1}, not to {2}."), feed->person, member->name);
  return FALSE;
}

static gboolean
read_rows (ZifuImportPlan *self, ZifuLedger *ledger, ZifuFeed *feed, const ZifuJob *job, GError **error)
{
  g_autoptr (ZifuMapping) mapping = zifu_mapping_new ();
  g_autoptr (GHashTable) settlements = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) moved = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GHashTable) paid = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reader reader = { self, feed, mapping, settlements, moved, paid };
  g_autoptr (ZifuPerson) person = zifu_ledger_load_person (ledger, self->member_id, error);

  if (person == NULL)
    return FALSE;
  look_ahead (&reader);
  g_ptr_array_sort (feed->rows, compare_rows);
  for (guint i = 0; i < feed->rows->len; i++)
    if ((i % 100 == 0 && !zifu_job_step (job, i, feed->rows->len, error)) ||
        !read_row (&reader, g_ptr_array_index (feed->rows, i), person, error))
      return FALSE;
  add_remarks (&reader);
  return _zifu_feed_check_document (ledger, feed, self->remarks, error);
}

/*
 * _zifu_import_read_feed:
 *
 * Reads the rows of a feed document into the plan.
 */
gboolean
_zifu_import_read_feed (ZifuImportPlan *self, ZifuLedger *ledger, const ZifuJob *job, GError **error)
{
  g_autoptr (ZifuFeed) feed = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (zifu_import_is_household (self->path))
    {
      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_FORMAT,
                               _("“{1}” is a whole household. It is read into empty household data, not into one account."),
                               self->file_name,
                               NULL);
      return FALSE;
    }
  text = zifu_json_read_bytes (self->path, &length, error);
  feed = text != NULL ? zifu_feed_parse (text, length, self->file_name, error) : NULL;
  if (feed == NULL || !find_person (self, feed, error))
    return FALSE;
  self->hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, length);
  return read_rows (self, ledger, feed, job, error);
}
