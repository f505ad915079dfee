/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

#include <string.h>

/* Two people of one name are told apart by their number, as zifu_ledger_load_person() does it. */
#define UNIQUE_NAME(person) \
  "IIF ((SELECT COUNT (*) FROM psn_b same WHERE same.psn_name = " person ".psn_name) > 1," \
  " " person ".psn_name || ' (' || " person ".psn_no || ')', " person ".psn_name)"

/*
 * _zifu_movement_kind:
 *
 * What a row of the history is to those who follow the money.
 */
ZifuMovementKind
_zifu_movement_kind (ZifuEntryKind kind)
{
  switch (kind)
    {
    case ZIFU_ENTRY_CREDIT:
      return ZIFU_MOVEMENT_CREDIT;
    case ZIFU_ENTRY_OUTPATIENT:
    case ZIFU_ENTRY_PHARMACY:
    case ZIFU_ENTRY_INPATIENT:
      return ZIFU_MOVEMENT_VISIT;
    case ZIFU_ENTRY_FAMILY:
      return ZIFU_MOVEMENT_FAMILY;
    case ZIFU_ENTRY_TRANSFER:
      return ZIFU_MOVEMENT_TRANSFER;
    case ZIFU_ENTRY_REFUND:
      return ZIFU_MOVEMENT_REFUND;
    case ZIFU_ENTRY_INTEREST:
      return ZIFU_MOVEMENT_INTEREST;
    case ZIFU_ENTRY_PREMIUM:
      return ZIFU_MOVEMENT_PREMIUM;
    case ZIFU_ENTRY_OPENING:
    case ZIFU_ENTRY_CORRECTION:
    default:
      return ZIFU_MOVEMENT_OTHER;
    }
}

/* An entry and what takes it back are one movement of what is left of both: a visit that was refunded cost nothing, and a credit that was
 * reversed was never one.  The base of a credit without one is that of the contribution for the same month. */
static sqlite3_stmt *
prepare_movements (ZifuLedger *self, gint64 member_id, ZifuDate since, GError **error)
{
  return _zifu_ledger_prepare (self, error,
                               "SELECT e.acct_modi_date, e.kind,"
                               "  e.inc_sumamt - e.pay_sumamt + IFNULL (r.inc_sumamt - r.pay_sumamt, 0) AS amount, e.cashym,"
                               "  IFNULL (e.psn_clctstd, c.psn_clctstd), IIF (p.psn_no IS NULL, NULL, " UNIQUE_NAME ("p") ")"
                               " FROM acct_incexpd_d e"
                               " LEFT JOIN acct_incexpd_d r ON r.init_rid = e.rid"
                               " LEFT JOIN psn_b p ON p.psn_no = e.relt_psn_no"
                               " LEFT JOIN psn_clct_detl_d c ON c.psn_no = e.psn_no AND c.cashym = e.cashym AND e.kind = 'credit'"
                               " WHERE e.psn_no = ?1 AND e.init_rid IS NULL AND amount <> 0"
                               "   AND (?2 IS NULL OR e.acct_modi_date >= ?2 OR e.kind = 'credit')"
                               " ORDER BY e.acct_modi_date, e.rid",
                               "id", member_id, since);
}

static gboolean
load_movements (ZifuLedger *self, ZifuRecord *record, gint64 member_id, ZifuDate since, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = prepare_movements (self, member_id, since, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      ZifuEntryKind kind = ZIFU_ENTRY_OPENING;
      ZifuMovement *movement;

      if (!row)
        return TRUE;

      _zifu_entry_kind_parse ((const char *) sqlite3_column_text (statement, 1), &kind);
      zifu_record_add_movement (record, _zifu_column_date (statement, 0), _zifu_movement_kind (kind), sqlite3_column_int64 (statement, 2));
      movement = &g_array_index (record->movements, ZifuMovement, record->movements->len - 1);
      movement->for_month = _zifu_column_month (statement, 3);
      movement->base = _zifu_column_int (statement, 4, -1);
      movement->relative = _zifu_column_text (statement, 5);
    }
  return FALSE;
}

/* What @relation, seen from the owner of the household, is to the owner. */
static const char *
inverse (const char *relation)
{
  static const char *const pairs[][2] = {
    { "spouse", "spouse" },           { "parent", "child" },           { "child", "parent" },
    { "sibling", "sibling" },         { "grandparent", "grandchild" }, { "grandchild", "grandparent" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (g_strcmp0 (pairs[i][0], relation) == 0)
      return pairs[i][1];
  return "other";
}

/**
 * zifu_member_relation_to:
 * @person: a member of the household
 * @relative: another one
 *
 * What @relative is to @person.  The household says what each of them is to its owner; between two others it is what follows from that in
 * most families (two parents are a couple, two children are siblings), and "other" where nothing follows.  Whoever relies on it shows it.
 *
 * Returns: (transfer none): spouse, parent, child, sibling, grandparent, grandchild or other
 */
const char *
zifu_member_relation_to (const ZifuMember *person, const ZifuMember *relative)
{
  static const char *const between[][3] = {
    { "spouse", "child", "child" },           { "child", "spouse", "parent" },        { "child", "child", "sibling" },
    { "parent", "parent", "spouse" },         { "parent", "child", "grandchild" },    { "child", "parent", "grandparent" },
    { "parent", "sibling", "child" },         { "sibling", "parent", "parent" },      { "sibling", "sibling", "sibling" },
    { "child", "grandchild", "child" },       { "grandchild", "child", "parent" },    { "spouse", "grandchild", "grandchild" },
    { "grandchild", "spouse", "grandparent" },
  };

  g_return_val_if_fail (person != NULL && relative != NULL, NULL);

  if (g_strcmp0 (person->relation, "self") == 0)
    return g_strcmp0 (relative->relation, inverse (inverse (relative->relation))) == 0 ? relative->relation : "other";
  if (g_strcmp0 (relative->relation, "self") == 0)
    return inverse (person->relation);
  for (guint i = 0; i < G_N_ELEMENTS (between); i++)
    if (g_strcmp0 (between[i][0], person->relation) == 0 && g_strcmp0 (between[i][1], relative->relation) == 0)
      return between[i][2];
  return "other";
}

/**
 * zifu_member_place_of:
 * @person: a member of the household
 * @relative: another one
 *
 * Returns: (transfer none): where @relative is insured, seen from where @person is: city, province or other
 */
const char *
zifu_member_place_of (const ZifuMember *person, const ZifuMember *relative)
{
  g_return_val_if_fail (person != NULL && relative != NULL, NULL);

  if (g_strcmp0 (person->region, relative->region) == 0)
    return "city";
  return person->region != NULL && relative->region != NULL && strlen (person->region) >= 2
           && strncmp (person->region, relative->region, 2) == 0
         ? "province"
         : "other";
}

/* The name by which the movements know the relative. */
static char *
find_name (ZifuLedger *self, gint64 member_id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self, error, "SELECT " UNIQUE_NAME ("p") " FROM psn_b p WHERE p.psn_no = ?", "i", member_id);
  gboolean row = FALSE;

  if (statement == NULL || !_zifu_ledger_step (self, statement, &row, error) || !row)
    return NULL;
  return _zifu_column_text (statement, 0);
}

static gboolean
add_tie (ZifuLedger *self, ZifuRecord *record, const ZifuMember *member, const ZifuMutualTie *from, GError **error)
{
  gboolean given = from->owner_id == member->id;
  gint64 relative_id = given ? from->relative_id : from->owner_id;
  g_autoptr (ZifuMember) relative = zifu_ledger_get_member (self, relative_id, error);
  g_autofree char *name = relative != NULL ? find_name (self, relative_id, error) : NULL;
  ZifuTie *tie;

  if (name == NULL)
    return FALSE;

  tie = zifu_record_add_tie (record, name, zifu_member_relation_to (member, relative), given, from->from);
  tie->insurance = g_strdup (relative->insurance);
  tie->place = g_strdup (zifu_member_place_of (member, relative));
  tie->has_quota = from->has_quota;
  tie->quota = from->has_quota ? from->quota : 0;
  return TRUE;
}

static gboolean
load_ties (ZifuLedger *self, ZifuRecord *record, gint64 member_id, GError **error)
{
  g_autoptr (ZifuMember) member = zifu_ledger_get_member (self, member_id, error);
  g_autoptr (GArray) ties = member != NULL ? zifu_ledger_list_ties (self, 0, error) : NULL;

  if (ties == NULL)
    return FALSE;

  for (guint i = 0; i < ties->len; i++)
    {
      const ZifuMutualTie *tie = &g_array_index (ties, ZifuMutualTie, i);

      if ((tie->owner_id == member_id || tie->relative_id == member_id) && !add_tie (self, record, member, tie, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * zifu_ledger_load_record:
 * @self: a ledger
 * @member_id: who
 * @since: first day of the movements that are read; credits are read from the first one on, they are held against the rules; 0 = all
 * @error: return location for an error
 *
 * What the ledger knows of somebody beyond a settlement: the person of zifu_ledger_load_person(), the movements of the account net of what
 * was refunded, the ties of family mutual aid in both directions, and the enrolments, filings and moves of zifu_ledger_list_life().
 * Relatives are named as the movements name them.  States of card and account are not in the ledger: they stay unknown.
 *
 * Returns: (transfer full) (nullable): the record, or %NULL with an error
 */
ZifuRecord *
zifu_ledger_load_record (ZifuLedger *self, gint64 member_id, ZifuDate since, GError **error)
{
  g_autoptr (ZifuPerson) person = NULL;
  g_autoptr (ZifuRecord) record = NULL;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  person = zifu_ledger_load_person (self, member_id, error);
  if (person == NULL)
    return NULL;

  record = zifu_record_new_for_person (person);
  if (!load_movements (self, record, member_id, since, error) || !load_ties (self, record, member_id, error) ||
      !_zifu_ledger_load_life (self, member_id, record, error))
    return NULL;
  return g_steal_pointer (&record);
}
