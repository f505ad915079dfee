/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-sample-private.h"

#include <glib/gi18n-lib.h>

/*
 * Carries out the plan of the sample household through the same calls that a person's own data take: the rules of the region settle
 * every visit from what the ledger holds on its day, and the result is recorded.
 */

typedef struct {
  ZifuLedger     *ledger;  /* not owned */
  ZifuPack       *pack;    /* not owned: the library's */
  ZifuSamplePlan *plan;    /* not owned */
  GHashTable     *entries; /* owned: key in the description -> id of the entry (gint64*) */
} Build;

static gboolean
fill_member (Build *build, JsonObject *json, ZifuMember *member, GError **error)
{
  const char *birth = _zifu_sample_string (json, "birth");

  member->name = g_strdup (_zifu_sample_text (build->plan, json, "name"));
  member->relation = g_strdup (_zifu_sample_string (json, "relation"));
  member->sex = g_strdup (_zifu_sample_string (json, "sex"));
  member->region = g_strdup (_zifu_sample_string (build->plan->json, "region"));
  member->insurance = g_strdup (_zifu_sample_string (json, "insurance"));
  member->status = g_strdup (_zifu_sample_string (json, "status"));
  member->resident_class = g_strdup (_zifu_sample_string (json, "resident_class"));
  member->has_account = json_object_has_member (json, "opening");
  member->provenance = ZIFU_PROVENANCE_SAMPLE;
  member->birth = zifu_date_parse (birth);
  if (member->birth == 0)
    return _zifu_sample_fail (error, "birth");
  return !json_object_has_member (json, "base") || _zifu_sample_money (json, "base", &member->base, error);
}

static gboolean
add_people (Build *build, GError **error)
{
  for (guint i = 0; i < build->plan->people->len; i++)
    {
      ZifuSamplePerson *person = g_ptr_array_index (build->plan->people, i);
      g_autoptr (ZifuMember) member = zifu_member_new ();
      ZifuMoney opening;

      if (!fill_member (build, person->json, member, error) || !_zifu_sample_money (person->json, "opening", &opening, error))
        return FALSE;
      person->id = zifu_ledger_add_member (build->ledger, member, opening, build->plan->start, error);
      if (person->id == 0)
        return FALSE;
    }
  return TRUE;
}

/* The index of bases begins in 2025: what was credited before its first day stands in the description. */
static gboolean
find_credit (Build *build, const ZifuSampleStep *step, ZifuDate on, ZifuMoney *amount, GError **error)
{
  ZifuDate before = zifu_date_parse (_zifu_sample_string (step->json, "before"));
  g_autoptr (ZifuPerson) person = NULL;
  g_autoptr (ZifuCredit) credit = NULL;

  if (on < before)
    return _zifu_sample_money (step->json, "amount", amount, error);

  person = zifu_ledger_load_person (build->ledger, step->person->id, error);
  credit = person != NULL ? zifu_credit_compute (build->pack, person, on, error) : NULL;
  if (credit == NULL)
    return FALSE;
  *amount = credit->total;
  return TRUE;
}

static gboolean
run_credit (Build *build, const ZifuSampleStep *step, GError **error)
{
  ZifuEntry entry = { .kind = ZIFU_ENTRY_CREDIT, .provenance = ZIFU_PROVENANCE_SAMPLE, .base = -1 };

  entry.member_id = step->person->id;
  entry.date = step->date;
  entry.for_month = step->month;
  if (json_object_has_member (step->person->json, "base") && !_zifu_sample_money (step->person->json, "base", &entry.base, error))
    return FALSE;
  return find_credit (build, step, step->date, &entry.amount, error) && zifu_ledger_add_entry (build->ledger, &entry, error) != 0;
}

static gboolean
run_contribution (Build *build, const ZifuSampleStep *step, GError **error)
{
  ZifuMoney base = -1, credited = -1;
  ZifuDate arrives;

  if (json_object_has_member (step->person->json, "base") && !_zifu_sample_money (step->person->json, "base", &base, error))
    return FALSE;

  arrives = step->json != NULL ? zifu_date_add_months (step->date, 1) + (ZifuDate) _zifu_sample_int (step->json, "day", 1) - 1 : 0;
  if (arrives != 0 && arrives <= build->plan->today && !find_credit (build, step, arrives, &credited, error))
    return FALSE;

  for (guint i = 0; i < step->n_months; i++)
    if (!zifu_ledger_add_contribution (build->ledger, step->person->id, step->month + (ZifuMonth) i, step->json != NULL ? step->date : 0,
                                       base, credited, ZIFU_PROVENANCE_SAMPLE, error))
      return FALSE;
  return TRUE;
}

static gboolean
run_tie (Build *build, const ZifuSampleStep *step, GError **error)
{
  ZifuSamplePerson *relative = _zifu_sample_plan_find_person (build->plan, _zifu_sample_string (step->json, "relative"));
  ZifuMutualTie tie = { .owner_id = step->person->id, .has_quota = json_object_has_member (step->json, "quota"), .from = step->date };

  if (relative == NULL)
    return _zifu_sample_fail (error, "relative");

  tie.relative_id = relative->id;
  return _zifu_sample_money (step->json, "quota", &tie.quota, error) && zifu_ledger_set_tie (build->ledger, &tie, error);
}

static gboolean
fill_line (Build *build, ZifuVisit *visit, JsonObject *json, GError **error)
{
  const char *quantity = _zifu_sample_string (json, "quantity");
  ZifuMoney amount;
  ZifuBillLine *line;

  if (!_zifu_sample_money (json, "amount", &amount, error))
    return FALSE;

  line = zifu_visit_add_line (visit, amount);
  zifu_facts_set_string (line->facts, "item", _zifu_sample_string (json, "item"));
  zifu_facts_set_string (line->facts, "name", _zifu_sample_text (build->plan, json, "name"));
  zifu_facts_set_string (line->facts, "category", _zifu_sample_string (json, "category"));
  return quantity == NULL || zifu_rational_parse (quantity, &line->quantity) || _zifu_sample_fail (error, "quantity");
}

static gboolean
fill_bill (Build *build, ZifuVisit *visit, JsonObject *bill, GError **error)
{
  JsonArray *lines = bill != NULL && json_object_has_member (bill, "lines") ? json_object_get_array_member (bill, "lines") : NULL;
  ZifuMoney total, out, over_limit, prior;

  if (bill == NULL)
    return _zifu_sample_fail (error, "bill");

  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    if (!fill_line (build, visit, json_array_get_object_element (lines, i), error))
      return FALSE;
  if (lines != NULL)
    return TRUE;

  if (!_zifu_sample_money (bill, "total", &total, error) || !_zifu_sample_money (bill, "out", &out, error) ||
      !_zifu_sample_money (bill, "over_limit", &over_limit, error) || !_zifu_sample_money (bill, "prior", &prior, error))
    return FALSE;
  zifu_visit_set_total (visit, total);
  zifu_visit_set_parts (visit, out, over_limit, prior);
  return TRUE;
}

static ZifuVisit *
make_visit (Build *build, JsonObject *json, JsonObject *institution, ZifuDate date, GError **error)
{
  g_autoptr (ZifuVisit) visit = zifu_visit_new ();
  gint64 days = _zifu_sample_int (json, "days", 0);

  visit->date = date;
  zifu_facts_set_string (visit->facts, "care", _zifu_sample_string (json, "care"));
  zifu_facts_set_string (visit->facts, "class", _zifu_sample_string (institution, "class"));
  zifu_facts_set_string (visit->facts, "place", "city");
  zifu_facts_set_string (visit->facts, "remote", "local");
  zifu_facts_set_boolean (visit->facts, "designated", TRUE);
  zifu_facts_set_boolean (visit->facts, "connected", TRUE);
  if (days > 0)
    zifu_facts_set_int (visit->facts, "days", days);
  return fill_bill (build, visit, _zifu_sample_object (json, "bill"), error) ? g_steal_pointer (&visit) : NULL;
}

static void
remember_entry (Build *build, JsonObject *json, gint64 entry_id)
{
  const char *key = _zifu_sample_string (json, "key");

  if (key != NULL)
    g_hash_table_insert (build->entries, g_strdup (key), g_memdup2 (&entry_id, sizeof entry_id));
}

static gboolean
run_visit (Build *build, const ZifuSampleStep *step, JsonObject *json, GError **error)
{
  const char *place = _zifu_sample_string (json, "institution");
  JsonObject *institutions = _zifu_sample_object (build->plan->json, "institutions");
  JsonObject *institution = institutions != NULL && place != NULL ? _zifu_sample_object (institutions, place) : NULL;
  g_autoptr (ZifuVisit) visit = NULL;
  g_autoptr (ZifuPerson) person = NULL;
  g_autoptr (ZifuSettlement) settlement = NULL;
  gint64 settlement_id, entry_id = 0;

  if (institution == NULL)
    return _zifu_sample_fail (error, "institution");

  visit = make_visit (build, json, institution, step->date, error);
  person = visit != NULL ? zifu_ledger_load_person (build->ledger, step->person->id, error) : NULL;
  settlement = person != NULL ? zifu_settle (build->pack, person, visit, error) : NULL;
  if (settlement == NULL)
    return FALSE;

  settlement_id = zifu_ledger_add_settlement (build->ledger, step->person->id, visit, settlement,
                                              _zifu_sample_text (build->plan, institution, "name"),
                                              step->date - (ZifuDate) _zifu_sample_int (json, "days", 0), ZIFU_PROVENANCE_SAMPLE, error);
  if (settlement_id == 0 || !_zifu_ledger_get_int (build->ledger, &entry_id, error,
                                                   "SELECT rid FROM acct_incexpd_d WHERE setl_id = ? AND psn_no = ?", "ii", settlement_id,
                                                   step->person->id))
    return FALSE;
  remember_entry (build, step->json, entry_id);
  return TRUE;
}

static gboolean
fill_refund (Build *build, JsonObject *json, ZifuEntry *entry, GError **error)
{
  const char *key = _zifu_sample_string (json, "of");
  const gint64 *original_id = key != NULL ? g_hash_table_lookup (build->entries, key) : NULL;
  g_autoptr (ZifuEntry) original = NULL;

  if (original_id == NULL)
    return _zifu_sample_fail (error, "of");

  original = zifu_ledger_get_entry (build->ledger, *original_id, error);
  if (original == NULL)
    return FALSE;
  entry->original_id = original->id;
  entry->amount = -original->amount;
  entry->institution = g_strdup (original->institution);
  return TRUE;
}

/* A premium is paid for the year after it. */
static gboolean
fill_premium (Build *build, const ZifuSampleStep *step, ZifuEntry *entry, GError **error)
{
  ZifuSamplePerson *relative = _zifu_sample_plan_find_person (build->plan, _zifu_sample_string (step->json, "relative"));
  int year;

  if (relative == NULL)
    return _zifu_sample_fail (error, "relative");

  entry->relative_id = relative->id;
  entry->amount = -entry->amount;
  zifu_date_split (step->date, &year, NULL, NULL);
  for (int month = 1; month <= 12; month++)
    if (!zifu_ledger_add_contribution (build->ledger, relative->id, zifu_month_new (year + 1, month), step->date, -1, -1,
                                       ZIFU_PROVENANCE_SAMPLE, error))
      return FALSE;
  return TRUE;
}

static gboolean
run_entry (Build *build, const ZifuSampleStep *step, GError **error)
{
  JsonObject *visit = _zifu_sample_object (step->json, "visit");
  g_autoptr (ZifuEntry) entry = NULL;

  if (visit != NULL)
    return run_visit (build, step, visit, error);

  entry = zifu_entry_new ();
  entry->member_id = step->person->id;
  entry->date = step->date;
  entry->note = g_strdup (_zifu_sample_text (build->plan, step->json, "note"));
  entry->provenance = ZIFU_PROVENANCE_SAMPLE;
  if (!_zifu_entry_kind_parse (_zifu_sample_string (step->json, "kind"), &entry->kind))
    return _zifu_sample_fail (error, "kind");
  if (!_zifu_sample_money (step->json, "amount", &entry->amount, error) ||
      (entry->kind == ZIFU_ENTRY_REFUND && !fill_refund (build, step->json, entry, error)) ||
      (entry->kind == ZIFU_ENTRY_PREMIUM && !fill_premium (build, step, entry, error)))
    return FALSE;
  return zifu_ledger_add_entry (build->ledger, entry, error) != 0;
}

static gboolean
run_step (Build *build, const ZifuSampleStep *step, GError **error)
{
  switch (step->kind)
    {
    case ZIFU_SAMPLE_CONTRIBUTION:
      return run_contribution (build, step, error);
    case ZIFU_SAMPLE_CREDIT:
      return run_credit (build, step, error);
    case ZIFU_SAMPLE_TIE:
      return run_tie (build, step, error);
    case ZIFU_SAMPLE_ENTRY:
    default:
      return run_entry (build, step, error);
    }
}

static gboolean
run_plan (Build *build, GError **error)
{
  gboolean has_sample;
  GError *local_error = NULL;

  has_sample = zifu_ledger_has_sample (build->ledger, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (has_sample)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, _("The sample household is already there."));
      return FALSE;
    }

  if (!add_people (build, error))
    return FALSE;
  for (guint i = 0; i < build->plan->steps->len; i++)
    if (!run_step (build, &g_array_index (build->plan->steps, ZifuSampleStep, i), error))
      return FALSE;
  return TRUE;
}

/**
 * zifu_sample_create:
 * @ledger: a ledger
 * @library: where the pack of the sample's region is found
 * @sample_json: the description of the household (data/sample/household.json)
 * @length: its length in bytes, or -1
 * @chinese: whether names and notes are Chinese; else they are English
 * @today: the day on which the records end
 * @error: return location for an error
 *
 * Builds the sample household, in one transaction: three people and what happened to them in the two years before @today.  What visits
 * cost is worked out by the rules of the region.  Every row is marked as a sample; zifu_ledger_delete_sample() takes all of it away.
 *
 * Returns: whether it was built; otherwise nothing was changed
 */
gboolean
zifu_sample_create (ZifuLedger *ledger, ZifuPackLibrary *library, const char *sample_json, gssize length, gboolean chinese, ZifuDate today,
                    GError **error)
{
  g_autoptr (ZifuSamplePlan) plan = NULL;
  g_autoptr (ZifuPack) pack = NULL;
  g_autoptr (GHashTable) entries = NULL;
  const char *region;
  Build build;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), FALSE);
  g_return_val_if_fail (library != NULL && sample_json != NULL && today > 0, FALSE);

  plan = _zifu_sample_plan_new (sample_json, length, chinese, today, error);
  if (plan == NULL)
    return FALSE;

  region = _zifu_sample_string (plan->json, "region");
  if (region == NULL)
    return _zifu_sample_fail (error, "region");
  pack = zifu_pack_library_load (library, region, error);
  if (pack == NULL || !_zifu_ledger_begin (ledger, error))
    return FALSE;

  entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  build = (Build){ ledger, pack, plan, entries };
  return _zifu_ledger_end (ledger, run_plan (&build, error), error);
}
