/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

#include <string.h>

#include "zifu-bill-figures.h"

/*
 * Where the totals of the year stand for somebody whose account a provider keeps.
 *
 * cum_d holds what a person typed and what settlements of ours fed.  A provider's settlements feed nothing when they arrive: there is no
 * pack then.  They are settled once more here, in their order, by the pack, and where a bill states what it counted - deductible, funds -
 * that counts instead of what the pack says.  A total of the provider's own, whose code the pack knows, takes the place of all that up to
 * the day to which it was counted; bills after that day are added.  What was typed stays in its table and counts again without provider.
 */

/* Reaches every deductible and every limit: two million yuan. */
#define LARGE_BILL G_GINT64_CONSTANT (200000000)

/* A year, and what counts for 360 days. */
#define MONTHS_BACK 13

/* A provider's total that the pack knows. */
typedef struct {
  char         *name; /* owned */
  ZifuRational  value;
  ZifuDate      since, as_of;
  gboolean      applied;
} Stated;

typedef struct {
  ZifuLedger *ledger;
  gint64      member_id;
  ZifuPack   *pack;
  ZifuDate    on;
  ZifuPerson *person; /* owned: with the counters as they stand after the bills so far */
  GArray     *stated; /* owned, of Stated */
  gboolean    any;    /* a bill or a total of the provider counts */
} Replay;

static void
stated_clear (gpointer data)
{
  g_free (((Stated *) data)->name);
}

static void
set_counter (ZifuPerson *person, const char *name, ZifuRational value, ZifuDate since)
{
  for (guint i = 0; i < person->counters->len; i++)
    {
      ZifuCounterValue *counter = &g_array_index (person->counters, ZifuCounterValue, i);

      if (g_str_equal (counter->name, name))
        {
          counter->value = value;
          return;
        }
    }
  zifu_person_add_counter (person, name, value, since);
}

static const ZifuCounterValue *
find_counter (const ZifuPerson *person, const char *name)
{
  for (guint i = 0; i < person->counters->len; i++)
    if (g_str_equal (g_array_index (person->counters, ZifuCounterValue, i).name, name))
      return &g_array_index (person->counters, ZifuCounterValue, i);
  return NULL;
}

static void
drop_counter (ZifuPerson *person, const char *name)
{
  for (guint i = 0; i < person->counters->len; i++)
    if (g_str_equal (g_array_index (person->counters, ZifuCounterValue, i).name, name))
      {
        g_array_remove_index (person->counters, i);
        return;
      }
}

/* The first day whose bills are settled once more. */
static ZifuDate
first_counted (const Replay *self)
{
  return zifu_date_add_months (self->on, -MONTHS_BACK);
}

/* ---- totals of the provider */

/* The last day of a month such as 202611, or of a year. */
static ZifuDate
end_of (const char *month, int year)
{
  int m = month != NULL && strlen (month) == 6 ? (int) g_ascii_strtoll (month + 4, NULL, 10) : 12;

  return zifu_date_add_months (zifu_date_new (year, CLAMP (m, 1, 12), 1), 1) - 1;
}

/* The day of the newest row of a provider that came before one of its totals. */
static gboolean
read_newest_before (Replay *self, gint64 sync_id, gint64 gen, gint64 seq, ZifuDate *newest, GError **error)
{
  g_autoptr (sqlite3_stmt) rows =
    _zifu_ledger_prepare (self->ledger, error,
                          "SELECT substr (crte_time, 1, 10) FROM sync_row_d WHERE sync_id = ? AND gen = ? AND crte_time IS NOT NULL"
                          " AND vali_flag = '1' AND seq < ? ORDER BY crte_time DESC LIMIT 1",
                          "iii", sync_id, gen, seq);
  gboolean row;

  if (rows == NULL || !_zifu_ledger_step (self->ledger, rows, &row, error))
    return FALSE;
  *newest = row ? _zifu_column_date (rows, 0) : 0;
  return TRUE;
}

/* A total reaches to the end of its month, and not beyond the newest row that came before it.  Those of long ago stand before every bill
 * that is counted, wherever they reach to: that row is not looked for, which would take long in a long account. */
static gboolean
add_stated (Replay *self, sqlite3_stmt *rows, GError **error)
{
  const char *name = (const char *) sqlite3_column_text (rows, 0);
  int year = sqlite3_column_int (rows, 2);
  Stated stated = { 0 };
  ZifuMoney amount;
  ZifuDate newest = 0;

  if (name == NULL || year < 1900 || year > 9998 || zifu_pack_get_counter (self->pack, name) == NULL ||
      !zifu_money_parse ((const char *) sqlite3_column_text (rows, 1), &amount, NULL))
    return TRUE;

  stated.value = zifu_rational_from_fen (amount);
  stated.since = zifu_date_new (year, self->pack->year_start_month, self->pack->year_start_day);
  stated.as_of = MIN (end_of ((const char *) sqlite3_column_text (rows, 3), year), self->on);
  if (stated.as_of >= first_counted (self) &&
      !read_newest_before (self, sqlite3_column_int64 (rows, 4), sqlite3_column_int64 (rows, 5), sqlite3_column_int64 (rows, 6), &newest,
                           error))
    return FALSE;
  if (newest != 0)
    stated.as_of = MIN (stated.as_of, newest);
  stated.name = g_strdup (name);
  g_array_append_val (self->stated, stated);
  return TRUE;
}

static gboolean
read_stated (Replay *self, GError **error)
{
  g_autoptr (sqlite3_stmt) rows =
    _zifu_ledger_prepare (self->ledger, error,
                          "SELECT r.json ->> '$.cum_type_code', r.json ->> '$.cum', r.json ->> '$.year', r.json ->> '$.cum_ym',"
                          " r.sync_id, r.gen, r.seq FROM sync_row_d r JOIN sync_d c ON c.sync_id = r.sync_id"
                          " AND c.gen = r.gen WHERE c.psn_no = ? AND r.type = 'cum' AND r.vali_flag = '1' AND r.fresh = 0"
                          " ORDER BY 3, 4",
                          "i", self->member_id);
  gboolean row;

  while (rows != NULL && _zifu_ledger_step (self->ledger, rows, &row, error))
    {
      if (!row)
        return TRUE;
      if (!add_stated (self, rows, error))
        return FALSE;
    }
  return FALSE;
}

/* Those that were counted before @date, or all of them. */
static void
apply_stated (Replay *self, ZifuDate date)
{
  for (guint i = 0; i < self->stated->len; i++)
    {
      Stated *stated = &g_array_index (self->stated, Stated, i);

      if (stated->applied || (date != 0 && stated->as_of >= date) || stated->since > self->on)
        continue;
      drop_counter (self->person, stated->name);
      set_counter (self->person, stated->name, stated->value, stated->since);
      stated->applied = TRUE;
      self->any = TRUE;
    }
}

/* ---- bills */

static ZifuVisit *
make_visit (const ZifuSettlementRecord *record, gboolean large)
{
  ZifuVisit *visit = zifu_visit_new ();
  gboolean pharmacy = g_str_equal (record->care, "pharmacy");

  visit->date = record->date;
  visit->use_account = FALSE;
  visit->use_mutual_aid = FALSE;
  zifu_facts_set_string (visit->facts, "care", record->care);
  /* A bill that does not name the class of its hospital counts as one of the third, as the card of the funds does. */
  zifu_facts_set_string (visit->facts, "class",
                         record->institution_class != NULL ? record->institution_class : pharmacy ? "pharmacy" : "3");
  zifu_facts_set_string (visit->facts, "place", "city");
  zifu_facts_set_string (visit->facts, "remote", "local");
  zifu_facts_set_boolean (visit->facts, "designated", TRUE);
  zifu_facts_set_boolean (visit->facts, "connected", TRUE);
  zifu_facts_set_boolean (visit->facts, "chosen", TRUE);
  zifu_visit_set_total (visit, large ? LARGE_BILL : record->total);
  zifu_visit_set_parts (visit, large ? 0 : record->out, large ? 0 : record->over_limit, large ? 0 : record->prior);
  return visit;
}

/* Whether a payer's money counts; supplements, serious illness and assistance have limits of their own. */
static gboolean
is_counted (const ZifuRule *rule, const char *payer)
{
  static const char *const base[] = { "hifp", "hifob", "cvlserv", "hifdm", NULL };

  return g_strv_contains (rule->payers != NULL ? (const char *const *) rule->payers : base, payer);
}

/* By how much the funds that a rule counts paid more than the pack says. */
static ZifuMoney
compare_funds (const ZifuRule *rule, const ZifuSettlementRecord *record, const ZifuSettlement *settlement)
{
  ZifuMoney more = 0;

  for (guint i = 0; i < record->funds->len; i++)
    {
      const ZifuPayerAmount *paid = &g_array_index (record->funds, ZifuPayerAmount, i);

      more += is_counted (rule, paid->payer) ? paid->amount : 0;
    }
  for (guint i = 0; i < settlement->lines->len; i++)
    {
      const ZifuFundLine *line = &g_array_index (settlement->lines, ZifuFundLine, i);

      more -= (line->layer == NULL || g_str_equal (line->layer, "base")) && is_counted (rule, line->payer) ? line->amount : 0;
    }
  return more;
}

static void
raise_counter (Replay *self, const char *name, ZifuMoney by, ZifuDate since)
{
  const ZifuCounterValue *counter = find_counter (self->person, name);
  ZifuMoney stands = 0;

  if (counter == NULL || zifu_rational_round (counter->value, ZIFU_ROUND_FEN, &stands))
    set_counter (self->person, name, zifu_rational_from_fen (MAX (stands + by, 0)), since);
}

/*
 * What the bill itself says was counted takes the place of what the pack says.  @large: a large bill at the same place on the same day,
 * which meets every rule that counts.
 */
static void
correct (Replay *self, const ZifuSettlementRecord *record, const ZifuSettlement *settlement, const ZifuSettlement *large)
{
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < large->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (large->trace, ZifuStep, i);
      const char *name = step->rule != NULL ? step->rule->counter : NULL;

      if (name == NULL || strchr (name, '{') != NULL || (step->layer != NULL && !g_str_equal (step->layer, "base")) ||
          g_hash_table_contains (done, name))
        continue;
      if (step->rule->kind == ZIFU_RULE_DEDUCTIBLE && !(record->unstated & ((gint64) 1 << ZIFU_BILL_DEDUCTIBLE)))
        raise_counter (self, name, record->deductible - settlement->deductible, record->date);
      else if ((step->rule->kind == ZIFU_RULE_SHARE || step->rule->kind == ZIFU_RULE_CAP) &&
               step->rule->measure == ZIFU_MEASURE_FUND_PAID && !(record->unstated & ((gint64) 1 << ZIFU_BILL_FUND)))
        raise_counter (self, name, compare_funds (step->rule, record, settlement), record->date);
      else
        continue;
      g_hash_table_add (done, (gpointer) name);
    }
}

/* A bill that the pack cannot settle counts nowhere. */
static void
add_bill (Replay *self, const ZifuSettlementRecord *record)
{
  g_autoptr (ZifuVisit) visit = make_visit (record, FALSE), large_visit = make_visit (record, TRUE);
  g_autoptr (ZifuSettlement) settlement = NULL, large = NULL;

  apply_stated (self, record->date);
  settlement = zifu_settle (self->pack, self->person, visit, NULL);
  large = settlement != NULL ? zifu_settle (self->pack, self->person, large_visit, NULL) : NULL;
  if (large == NULL)
    return;
  g_array_set_size (self->person->counters, 0);
  for (guint i = 0; i < settlement->counters->len; i++)
    {
      const ZifuCounterValue *counter = &g_array_index (settlement->counters, ZifuCounterValue, i);

      zifu_person_add_counter (self->person, counter->name, counter->value, counter->since);
    }
  correct (self, record, settlement, large);
  self->any = TRUE;
}

static gboolean
add_bills (Replay *self, GError **error)
{
  g_autoptr (sqlite3_stmt) rows =
    _zifu_ledger_prepare (self->ledger, error,
                          "SELECT setl_id FROM setl_d WHERE psn_no = ? AND refd_setl_flag = '0' AND setl_time >= ? AND setl_time < ?"
                          " ORDER BY setl_time, setl_id",
                          "idd", self->member_id, first_counted (self), self->on + 1);
  gboolean row;

  while (rows != NULL && _zifu_ledger_step (self->ledger, rows, &row, error))
    {
      g_autoptr (ZifuSettlementRecord) record = NULL;

      if (!row)
        return TRUE;
      record = zifu_ledger_get_settlement (self->ledger, sqlite3_column_int64 (rows, 0), error);
      if (record == NULL)
        return FALSE;
      add_bill (self, record);
    }
  return FALSE;
}

static gboolean
has_provider (ZifuLedger *self, gint64 member_id, gboolean *has, GError **error)
{
  gint64 n = 0;

  if (zifu_ledger_get_schema_version (self) >= ZIFU_LEDGER_SYNC_SINCE &&
      !_zifu_ledger_get_int (self, &n, error,
                             "SELECT EXISTS (SELECT 1 FROM sync_d WHERE psn_no = ?1 AND arrived_at > 0) OR EXISTS (SELECT 1 FROM setl_d"
                             " WHERE psn_no = ?1 AND provenance = 'synced')",
                             "i", member_id))
    return FALSE;
  *has = n != 0;
  return TRUE;
}

/**
 * zifu_ledger_load_person_on:
 * @self: a ledger
 * @member_id: who
 * @pack: the rules by which the person is insured
 * @on: the day for which it is asked
 * @error: return location for an error
 *
 * Somebody as zifu_ledger_load_person() gives them.  When a provider keeps the account, the totals of the year are those that follow from
 * its settlements and its own totals up to @on; of what was typed only totals remain of which the provider's data say nothing.  Where the
 * rules tell the money of this benefit year from that of earlier ones the account is divided (purses current, earlier, and balance for what
 * is of no known year); see zifu_division_is_wanted().  Of a relative's account there is what may be shared by these rules.
 *
 * Returns: (transfer full) (nullable): the person, or %NULL with an error
 */
ZifuPerson *
zifu_ledger_load_person_on (ZifuLedger *self, gint64 member_id, ZifuPack *pack, ZifuDate on, GError **error)
{
  g_autoptr (ZifuPerson) person = zifu_ledger_load_person (self, member_id, error);
  g_autoptr (ZifuPerson) counted = NULL;
  g_autoptr (GArray) stated = g_array_new (FALSE, TRUE, sizeof (Stated));
  Replay replay = { self, member_id, pack, on, NULL, stated, FALSE };
  gboolean provider;

  g_return_val_if_fail (pack != NULL, NULL);

  g_array_set_clear_func (stated, stated_clear);
  if (person == NULL || !_zifu_ledger_divide (self, member_id, pack, on, person, error) ||
      !_zifu_ledger_limit_mutual (self, member_id, pack, on, person, error) || !has_provider (self, member_id, &provider, error))
    return NULL;
  if (!provider)
    return g_steal_pointer (&person);
  counted = zifu_person_copy (person);
  g_array_set_size (counted->counters, 0);
  replay.person = counted;
  if (!read_stated (&replay, error) || !add_bills (&replay, error))
    return NULL;
  apply_stated (&replay, 0);
  if (!replay.any)
    return g_steal_pointer (&person);
  for (guint i = 0; i < person->counters->len; i++)
    {
      const ZifuCounterValue *counter = &g_array_index (person->counters, ZifuCounterValue, i);

      if (find_counter (counted, counter->name) == NULL)
        zifu_person_add_counter (counted, counter->name, counter->value, counter->since);
    }
  return g_steal_pointer (&counted);
}
