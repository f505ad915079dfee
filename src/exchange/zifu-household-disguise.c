/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-household-private.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "zifu-case-text.h"

/*
 * Rows by which nobody can be known.  What is not known to be harmless is replaced, so that a column that comes later is not
 * forgotten.
 *
 * Amounts: every part of a settlement and every other entry has a factor of its own, made from a key that is forgotten with this
 * object; who knows one amount, because everybody pays it, knows no other.  What takes an entry back has the factor of that entry.  The
 * sums of a settlement are made anew from their parts, and the balances from the entries: so everything adds up that added up before.
 */
#define MILLION 1000000

struct _ZifuDisguise {
  ZifuLedger   *ledger;
  guchar        key[32];
  GHashTable   *aliases;   /* owned: text (char*) -> what stands for it (char*) */
  sqlite3_stmt *original;  /* owned: the settlement behind a row */
  sqlite3_stmt *funds;     /* owned: what the funds paid of a settlement */
  sqlite3_stmt *estimated; /* owned: what the funds pay by an estimate */
  sqlite3_stmt *relatives; /* owned: what relatives paid of it */
  int           days;      /* by which every day is moved */
  int           months;
  gint64        member_id; /* whose balance is being made; 0 = none yet */
  ZifuMoney     was, is;   /* sums of the movements so far, before and after */
};

/* Columns whose texts are words of the platform, of the packs or of this program. */
static const char *const word_columns[] = {
  "acct_incexpd_type", "axis",     "care",          "clct_flag",      "cnt",       "cum_type_code", "fixmedins_class",
  "form",              "fund_pay_type", "gend",     "insu_admdvs",    "insutype",  "kind",          "layer",
  "policy",            "policy_vers",   "purse",     "vali_flag",
  "med_type",          "payer",    "payout",        "provenance",     "refd_setl_flag", "relation", "resident_class",
  "mdtrtarea_admvs",   "psn_insu_stas", "remote",   "revs_flag",      "scope",     "status",        "tras_stas",
};
/* Questions whose answers are words. */
static const char *const word_axes[] = { "care", "class", "insurance", "sex", "status", "resident_class", "place", "referral" };

static gboolean
is_one_of (const char *name, const char *const *names, guint n)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (name, names[i]) == 0)
      return TRUE;
  return FALSE;
}

/* A number from 0 to @below - 1 that only the key tells. */
static guint64
draw (const ZifuDisguise *self, const char *what, guint64 below)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, self->key, sizeof self->key);
  guchar digest[32];
  gsize length = sizeof digest;
  guint64 number;

  g_hmac_update (hmac, (const guchar *) what, -1);
  g_hmac_get_digest (hmac, digest, &length);
  memcpy (&number, digest, sizeof number);
  return number % below;
}

static ZifuMoney
scale (const ZifuDisguise *self, ZifuMoney amount, const char *part, gint64 id)
{
  g_autofree char *own = g_strdup_printf ("%s %" G_GINT64_FORMAT, part, id);
  /* From three tenths to three times. */
  gint64 factor = (gint64) (300000 + draw (self, own, 2700000));
  __int128 product = (__int128) ABS (amount) * factor + MILLION / 2;
  ZifuMoney scaled = (ZifuMoney) MIN (product / MILLION, (__int128) ZIFU_MONEY_MAX / 8);

  if (amount == 0)
    return 0;
  scaled = MAX (scaled, 1);
  return amount < 0 ? -scaled : scaled;
}

/*
 * _zifu_disguise_new:
 *
 * Returns: (transfer full) (nullable): a disguise with a key of its own, or %NULL with an error
 */
ZifuDisguise *
_zifu_disguise_new (ZifuLedger *ledger, GError **error)
{
  g_autoptr (ZifuDisguise) self = g_new0 (ZifuDisguise, 1);

  self->ledger = ledger;
  if (getrandom (self->key, sizeof self->key, 0) != (gssize) sizeof self->key)
    {
      zifu_exchange_set_file_error (error, "getrandom", errno);
      return NULL;
    }
  self->aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->days = -400 - (int) draw (self, "days", 2600);
  self->months = self->days * 12 / 365;
  self->original = _zifu_ledger_prepare (ledger, error,
                                         "SELECT e.setl_id, s.psn_no = e.psn_no FROM acct_incexpd_d e"
                                         " LEFT JOIN setl_d s ON s.setl_id = e.setl_id WHERE e.rid = ?",
                                         "i", G_GINT64_CONSTANT (0));
  if (self->original == NULL)
    return NULL;
  self->funds = _zifu_ledger_prepare (ledger, error, "SELECT fund_payamt FROM setldetail WHERE setl_id = ? AND payout = 'now'", "i",
                                      G_GINT64_CONSTANT (0));
  if (self->funds == NULL)
    return NULL;
  self->estimated = _zifu_ledger_prepare (ledger, error, "SELECT fund_payamt FROM presetldetail WHERE presetl_id = ?", "i",
                                          G_GINT64_CONSTANT (0));
  if (self->estimated == NULL)
    return NULL;
  self->relatives = _zifu_ledger_prepare (ledger, error, "SELECT pay_sumamt FROM acct_incexpd_d WHERE setl_id = ? AND kind = 'family'", "i",
                                          G_GINT64_CONSTANT (0));
  return self->relatives != NULL ? g_steal_pointer (&self) : NULL;
}

static ZifuHouseholdCell *
find (ZifuHouseholdCell *cells, guint n, const char *name)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (cells[i].column->name, name))
      return &cells[i];
  return NULL;
}

static gint64
get (ZifuHouseholdCell *cells, guint n, const char *name)
{
  const ZifuHouseholdCell *cell = find (cells, n, name);

  return cell != NULL && !cell->is_null ? cell->number : 0;
}

static void
set (ZifuHouseholdCell *cells, guint n, const char *name, ZifuMoney amount)
{
  ZifuHouseholdCell *cell = find (cells, n, name);

  if (cell != NULL && !cell->is_null)
    cell->number = amount;
}

static void
set_text (ZifuHouseholdCell *cell, char *text)
{
  g_free (cell->text);
  cell->text = text;
}

/* The same thing has the same name everywhere. */
static char *
alias (ZifuDisguise *self, const char *kind, const char *text)
{
  g_autofree char *key = g_strconcat (kind, "\n", text, NULL);
  const char *known = g_hash_table_lookup (self->aliases, key);
  char *made;

  if (known != NULL)
    return g_strdup (known);
  made = g_strdup_printf ("%s %u", kind, g_hash_table_size (self->aliases) + 1);
  g_hash_table_insert (self->aliases, g_steal_pointer (&key), g_strdup (made));
  return made;
}

/* Short, plain, and without a long number. */
static gboolean
is_word (const char *text)
{
  gsize digits = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      digits = g_ascii_isdigit (*p) ? digits + 1 : 0;
      if (digits > 6 || p - text >= 40 || (!g_ascii_islower (*p) && !g_ascii_isdigit (*p) && strchr ("_-.:/", *p) == NULL))
        return FALSE;
    }
  return TRUE;
}

static char *
move_day (const ZifuDisguise *self, const char *text)
{
  g_autofree char *day = g_strndup (text, 10);
  ZifuDate date = zifu_date_parse (day);

  return date > -self->days ? zifu_date_format (date + self->days) : g_strdup ("0001-01-01");
}

static char *
move_month (const ZifuDisguise *self, const char *text)
{
  gint64 digits = g_ascii_strtoll (text, NULL, 10);
  int year, month_of_year;

  if (digits < 2000 * 100 || digits % 100 < 1 || digits % 100 > 12)
    return g_strdup ("200001");
  zifu_month_split (zifu_month_new ((int) (digits / 100), (int) (digits % 100)) + self->months, &year, &month_of_year);
  return g_strdup_printf ("%04d%02d", year, month_of_year);
}

/* A yearly total or an answer: a small count stays, an amount becomes another one. */
static char *
change_number (const ZifuDisguise *self, const char *text, const char *part, gint64 id)
{
  ZifuRational number;
  gint64 whole;

  if (!zifu_rational_parse (text, &number))
    return g_strdup ("0");
  whole = (gint64) (number.num / number.den);
  if (zifu_rational_is_integer (number) && ABS (whole) < 10)
    return g_strdup (text);
  return g_strdup_printf ("%" G_GINT64_FORMAT, scale (self, whole, part, id));
}

static void
disguise_text (ZifuDisguise *self, ZifuHouseholdCell *cell, gint64 id)
{
  const char *name = cell->column->name;

  if (_zifu_household_is_day (name))
    set_text (cell, move_day (self, cell->text));
  else if (g_str_equal (name, "impt_time"))
    {
      g_autofree char *day = move_day (self, cell->text);

      set_text (cell, g_strconcat (day, "T00:00:00Z", NULL));
    }
  else if (g_str_equal (name, "cashym"))
    set_text (cell, move_month (self, cell->text));
  else if (g_str_equal (name, "memo"))
    set_text (cell, g_strdup ("note"));
  else if (g_str_equal (name, "souc_rid"))
    set_text (cell, g_strdup_printf ("key %" G_GINT64_FORMAT, id));
  else if (!is_one_of (name, word_columns, G_N_ELEMENTS (word_columns)) || !is_word (cell->text))
    set_text (cell, alias (self, g_str_equal (name, "fixmedins_name") ? "institution" : "text", cell->text));
}

static void
disguise_person (ZifuDisguise *self, ZifuHouseholdCell *cells, guint n, gint64 id)
{
  ZifuHouseholdCell *birth = find (cells, n, "brdy"), *name = find (cells, n, "psn_name");

  set_text (name, g_strdup_printf ("person %" G_GINT64_FORMAT, id));
  /* Of the day of birth only the year is left. */
  if (!birth->is_null)
    memcpy (birth->text + 4, "-01-01", 6);
}

static void
disguise_answer (ZifuDisguise *self, ZifuHouseholdCell *cells, guint n, const char *value, gint64 settlement_id)
{
  ZifuHouseholdCell *cell = find (cells, n, "value"), *form = find (cells, n, "form"), *axis = find (cells, n, "axis");

  if (cell->is_null || g_str_equal (form->text, "boolean"))
    set_text (cell, g_strdup (cell->is_null ? NULL : value));
  else if (zifu_date_parse (value) != 0)
    {
      set_text (cell, move_day (self, value));
      memcpy (cell->text + 4, "-01-01", 6);
    }
  else if (is_one_of (axis->text, word_axes, G_N_ELEMENTS (word_axes)) && is_word (value))
    set_text (cell, g_strdup (value));
  else if (g_str_equal (form->text, "number") || g_ascii_isdigit (*value))
    set_text (cell, change_number (self, value, axis->text, settlement_id));
}

/* The sum of what a statement finds for a settlement, before and after. */
static gboolean
add_up (ZifuDisguise *self, sqlite3_stmt *statement, const char *part, gint64 settlement_id, ZifuMoney *was, ZifuMoney *is, GError **error)
{
  gboolean row = TRUE;

  *was = *is = 0;
  sqlite3_reset (statement);
  sqlite3_bind_int64 (statement, 1, settlement_id);
  while (row)
    {
      if (!_zifu_ledger_step (self->ledger, statement, &row, error))
        return FALSE;
      if (row)
        {
          *was += sqlite3_column_int64 (statement, 0);
          *is += scale (self, sqlite3_column_int64 (statement, 0), part, settlement_id);
        }
    }
  sqlite3_reset (statement);
  return TRUE;
}

/* A sum whose parts are elsewhere; what they do not explain is a part as well. */
static gboolean
make_sum (ZifuDisguise *self, sqlite3_stmt *statement, const char *part, gint64 settlement_id, ZifuMoney sum, ZifuMoney *made,
          GError **error)
{
  ZifuMoney was, is;

  if (!add_up (self, statement, part, settlement_id, &was, &is, error))
    return FALSE;
  *made = was <= sum ? is + scale (self, sum - was, part, settlement_id) : scale (self, sum, part, settlement_id);
  return TRUE;
}

/* @cells hold the amounts as they were. */
static gboolean
disguise_settlement (ZifuDisguise *self, ZifuHouseholdCell *cells, guint n, gint64 id, GError **error)
{
  static const char *const parts[] = { "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt" };
  ZifuMoney own = scale (self, get (cells, n, "own_acct_pay"), "own_acct_pay", id);
  ZifuMoney cash = scale (self, get (cells, n, "psn_cash_pay"), "psn_cash_pay", id);
  ZifuMoney hospital = scale (self, get (cells, n, "hosp_part_amt"), "hosp_part_amt", id);
  ZifuMoney funds, relatives, total, rest;

  if (!make_sum (self, self->funds, "fund_payamt", id, get (cells, n, "fund_pay_sumamt"), &funds, error) ||
      !make_sum (self, self->relatives, "acct_mulaid_pay", id, get (cells, n, "acct_mulaid_pay"), &relatives, error))
    return FALSE;

  total = rest = funds + hospital + own + relatives + cash;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      ZifuMoney part = MIN (scale (self, get (cells, n, parts[i]), parts[i], id), rest);

      set (cells, n, parts[i], part);
      rest -= part;
    }
  set (cells, n, "inscp_scp_amt", rest);
  set (cells, n, "act_pay_dedc", MIN (scale (self, get (cells, n, "act_pay_dedc"), "act_pay_dedc", id), rest));
  set (cells, n, "medfee_sumamt", total);
  set (cells, n, "fund_pay_sumamt", funds);
  set (cells, n, "hosp_part_amt", hospital);
  set (cells, n, "own_acct_pay", own);
  set (cells, n, "acct_mulaid_pay", relatives);
  set (cells, n, "psn_cash_pay", cash);
  set (cells, n, "psn_part_amt", own + relatives + cash);
  return TRUE;
}

/* The funds of an estimate are parts of their own; what they come to is their sum. */
static gboolean
disguise_estimate (ZifuDisguise *self, ZifuHouseholdCell *cells, guint n, gint64 id, GError **error)
{
  static const char *const payers[] = { "hosp_part_amt", "own_acct_pay", "acct_mulaid_pay", "psn_cash_pay" };
  static const char *const parts[] = { "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt" };
  ZifuMoney funds, total, rest;

  if (!make_sum (self, self->estimated, "fund_payamt", id, get (cells, n, "fund_pay_sumamt"), &funds, error))
    return FALSE;
  set (cells, n, "fund_pay_sumamt", funds);
  total = funds;
  for (guint i = 0; i < G_N_ELEMENTS (payers); i++)
    {
      set (cells, n, payers[i], scale (self, get (cells, n, payers[i]), payers[i], id));
      total += get (cells, n, payers[i]);
    }
  set (cells, n, "psn_part_amt", total - funds - get (cells, n, "hosp_part_amt"));
  set (cells, n, "medfee_sumamt", total);
  rest = total;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      set (cells, n, parts[i], MIN (scale (self, get (cells, n, parts[i]), parts[i], id), rest));
      rest -= get (cells, n, parts[i]);
    }
  set (cells, n, "inscp_scp_amt", rest);
  set (cells, n, "act_pay_dedc", MIN (scale (self, get (cells, n, "act_pay_dedc"), "act_pay_dedc", id), rest));
  return TRUE;
}

static void
disguise_facts (ZifuDisguise *self, ZifuFacts *facts)
{
  g_autoptr (ZifuFacts) was = zifu_facts_copy (facts);

  for (guint i = 0; i < zifu_facts_get_size (was); i++)
    {
      const char *axis = zifu_facts_get_name (was, i);
      const ZifuValue *value = zifu_facts_get_value (was, i);
      g_autofree char *text = zifu_value_format (value);

      if (value->kind == ZIFU_VALUE_STRING && zifu_date_parse (text) != 0)
        {
          g_autofree char *day = move_day (self, text);

          memcpy (day + 4, "-01-01", 6);
          zifu_facts_set_string (facts, axis, day);
        }
      else if (value->kind == ZIFU_VALUE_STRING && !(is_one_of (axis, word_axes, G_N_ELEMENTS (word_axes)) && is_word (text)))
        zifu_facts_unset (facts, axis);
      else if (value->kind == ZIFU_VALUE_NUMBER || value->kind == ZIFU_VALUE_LIST)
        zifu_facts_unset (facts, axis);
    }
}

/* What an estimate was worked out from, as a bill of its changed total; the balances, the yearly totals and the lines are left out. */
static void
disguise_case (ZifuDisguise *self, ZifuHouseholdCell *cells, guint n, const char *text)
{
  ZifuHouseholdCell *cell = find (cells, n, "case_text");
  g_autoptr (ZifuPerson) person = NULL;
  g_autoptr (ZifuVisit) visit = NULL;
  g_autofree char *policy = NULL;
  g_autofree char *day = NULL;

  if (!zifu_case_text_parse (text, &policy, &person, &visit, NULL))
    return;
  disguise_facts (self, person->facts);
  disguise_facts (self, visit->facts);
  g_array_set_size (person->purses, 0);
  g_array_set_size (person->mutual, 0);
  g_array_set_size (person->counters, 0);
  g_clear_pointer (&visit->lines, g_array_unref);
  g_clear_pointer (&visit->base_paid, g_array_unref);
  visit->has_in_scope = visit->has_prepaid = FALSE;
  zifu_visit_set_total (visit, get (cells, n, "medfee_sumamt"));
  zifu_visit_set_parts (visit, get (cells, n, "fulamt_ownpay_amt"), get (cells, n, "overlmt_selfpay"), get (cells, n, "preselfpay_amt"));
  day = g_strdup (find (cells, n, "setl_time")->text);
  visit->date = zifu_date_parse (day);
  set_text (cell, zifu_case_text_new (policy, person, visit));
}

/* By what an entry is changed: its settlement, else itself; for one that takes back, those of the first one. */
static gboolean
find_factor (ZifuDisguise *self, ZifuHouseholdCell *cells, guint n, const char **part, gint64 *id, GError **error)
{
  gint64 first = get (cells, n, "init_rid"), settlement;
  gboolean row, is_patient;

  if (first == 0)
    first = get (cells, n, "rid");
  sqlite3_reset (self->original);
  sqlite3_bind_int64 (self->original, 1, first);
  if (!_zifu_ledger_step (self->ledger, self->original, &row, error))
    return FALSE;
  settlement = row ? sqlite3_column_int64 (self->original, 0) : 0;
  is_patient = row && sqlite3_column_int (self->original, 1);
  sqlite3_reset (self->original);
  *part = settlement == 0 ? "entry" : is_patient ? "own_acct_pay" : "acct_mulaid_pay";
  *id = settlement != 0 ? settlement : first;
  return TRUE;
}

static gboolean
disguise_entry (ZifuDisguise *self, ZifuHouseholdCell *cells, guint n, GError **error)
{
  ZifuMoney income = get (cells, n, "inc_sumamt"), outlay = get (cells, n, "pay_sumamt"), balance = get (cells, n, "balc"), off;
  const char *part;
  gint64 id;

  if (!find_factor (self, cells, n, &part, &id, error))
    return FALSE;
  if (self->member_id != get (cells, n, "psn_no"))
    self->was = self->is = 0;
  self->member_id = get (cells, n, "psn_no");

  self->was += income - outlay;
  set (cells, n, "inc_sumamt", scale (self, income, part, id));
  set (cells, n, "pay_sumamt", scale (self, outlay, part, id));
  self->is += get (cells, n, "inc_sumamt") - get (cells, n, "pay_sumamt");
  off = balance - self->was;
  set (cells, n, "balc", self->is + scale (self, off, "off", 0));
  set (cells, n, "psn_clctstd", scale (self, get (cells, n, "psn_clctstd"), "psn_clctstd", id));
  return TRUE;
}

static void
disguise_amounts (ZifuDisguise *self, ZifuHouseholdCell *cells, guint n)
{
  gint64 settlement = get (cells, n, "setl_id");

  if (settlement == 0)
    settlement = get (cells, n, "presetl_id");

  for (guint i = 0; i < n; i++)
    if (!cells[i].is_null && cells[i].column->kind == ZIFU_COLUMN_MONEY)
      cells[i].number = scale (self, cells[i].number, cells[i].column->name, settlement != 0 ? settlement : get (cells, n, "psn_no"));
}

static void
disguise_counter (ZifuDisguise *self, ZifuHouseholdCell *cells, guint n, const char *name, const char *value)
{
  gint64 settlement = get (cells, n, "setl_id");
  ZifuHouseholdCell *cell = find (cells, n, name);

  if (cell != NULL && !cell->is_null)
    set_text (cell, change_number (self, value, find (cells, n, "cum_type_code")->text,
                                   settlement != 0 ? settlement : get (cells, n, "psn_no")));
}

/*
 * _zifu_disguise_row:
 *
 * Changes the values of a row.  The rows of acct_incexpd_d must come in the order of their account.
 */
gboolean
_zifu_disguise_row (ZifuDisguise *self, const ZifuHouseholdTable *table, ZifuHouseholdCell *cells, guint n, GError **error)
{
  gint64 id = cells[0].number;
  ZifuHouseholdCell *answer = find (cells, n, "value"), *total = find (cells, n, "cum"), *old = find (cells, n, "old_cum");
  g_autofree char *value = answer != NULL ? g_strdup (answer->text) : NULL;
  g_autofree char *total_text = total != NULL ? g_strdup (total->text) : NULL;
  g_autofree char *old_text = old != NULL ? g_strdup (old->text) : NULL;
  ZifuHouseholdCell *kept = find (cells, n, "case_text");
  g_autofree char *case_text = kept != NULL ? g_strdup (kept->text) : NULL;
  gboolean success = TRUE;

  for (guint i = 0; i < n; i++)
    if (!cells[i].is_null && cells[i].column->is_text)
      disguise_text (self, &cells[i], id);

  if (g_str_equal (table->name, "setl_d"))
    success = disguise_settlement (self, cells, n, id, error);
  else if (g_str_equal (table->name, "presetl_d"))
    success = disguise_estimate (self, cells, n, id, error);
  else if (g_str_equal (table->name, "acct_incexpd_d"))
    success = disguise_entry (self, cells, n, error);
  else
    disguise_amounts (self, cells, n);

  if (g_str_equal (table->name, "psn_b"))
    disguise_person (self, cells, n, id);
  if (answer != NULL)
    disguise_answer (self, cells, n, value, get (cells, n, "setl_id"));
  if (case_text != NULL)
    disguise_case (self, cells, n, case_text);
  disguise_counter (self, cells, n, "cum", total_text);
  disguise_counter (self, cells, n, "old_cum", old_text);
  return success;
}

/* Ends; the key is gone with it. */
void
_zifu_disguise_free (ZifuDisguise *self)
{
  if (self == NULL)
    return;

  explicit_bzero (self->key, sizeof self->key);
  g_clear_pointer (&self->aliases, g_hash_table_unref);
  g_clear_pointer (&self->original, sqlite3_finalize);
  g_clear_pointer (&self->funds, sqlite3_finalize);
  g_clear_pointer (&self->estimated, sqlite3_finalize);
  g_clear_pointer (&self->relatives, sqlite3_finalize);
  g_free (self);
}
