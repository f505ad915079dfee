/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-record.h"

static void
movement_clear (gpointer data)
{
  g_free (((ZifuMovement *) data)->relative);
}

static void
enrolment_clear (gpointer data)
{
  ZifuEnrolment *enrolment = data;

  g_free (enrolment->insurance);
  g_free (enrolment->region);
}

static void
filing_clear (gpointer data)
{
  ZifuFiling *filing = data;

  g_free (filing->kind);
  g_free (filing->place);
}

static void
tie_clear (gpointer data)
{
  ZifuTie *tie = data;

  g_free (tie->id);
  g_free (tie->relation);
  g_free (tie->insurance);
  g_free (tie->place);
}

static GArray *
array_new (guint size, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, size);

  g_array_set_clear_func (array, clear);
  return array;
}

/* In a row that was copied as it stands. */
static void
dup_text (char **text)
{
  *text = g_strdup (*text);
}

static void
dup_tie_texts (ZifuTie *tie)
{
  dup_text (&tie->id);
  dup_text (&tie->relation);
  dup_text (&tie->insurance);
  dup_text (&tie->place);
}

/**
 * zifu_record_new:
 *
 * Returns: (transfer full): the record of somebody of whom nothing is known yet
 */
ZifuRecord *
zifu_record_new (void)
{
  ZifuRecord *record = g_new0 (ZifuRecord, 1);

  record->person = zifu_person_new ();
  record->movements = array_new (sizeof (ZifuMovement), movement_clear);
  record->enrolments = array_new (sizeof (ZifuEnrolment), enrolment_clear);
  record->filings = array_new (sizeof (ZifuFiling), filing_clear);
  record->ties = array_new (sizeof (ZifuTie), tie_clear);
  record->bills = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_visit_free);
  return record;
}

/**
 * zifu_record_new_for_person:
 * @person: a person
 *
 * Returns: (transfer full): the record of whom nothing else is known; it holds a copy of @person
 */
ZifuRecord *
zifu_record_new_for_person (const ZifuPerson *person)
{
  ZifuRecord *record;

  g_return_val_if_fail (person != NULL, NULL);

  record = zifu_record_new ();
  zifu_person_free (record->person);
  record->person = zifu_person_copy (person);
  return record;
}

/**
 * zifu_record_copy:
 * @record: a record
 *
 * The movements, which may be many and do not change once a record is read, are one array for both: nothing is to be added to either.
 *
 * Returns: (transfer full): a copy, with everything in it
 */
ZifuRecord *
zifu_record_copy (const ZifuRecord *record)
{
  ZifuRecord *copy;

  g_return_val_if_fail (record != NULL, NULL);

  copy = zifu_record_new_for_person (record->person);
  copy->card = record->card;
  copy->account = record->account;
  copy->identity_changed = record->identity_changed;
  copy->data_since = record->data_since;
  copy->arrears_from = record->arrears_from;
  g_array_unref (copy->movements);
  copy->movements = g_array_ref (record->movements);
  g_array_append_vals (copy->enrolments, record->enrolments->data, record->enrolments->len);
  for (guint i = 0; i < copy->enrolments->len; i++)
    {
      dup_text (&g_array_index (copy->enrolments, ZifuEnrolment, i).insurance);
      dup_text (&g_array_index (copy->enrolments, ZifuEnrolment, i).region);
    }
  g_array_append_vals (copy->filings, record->filings->data, record->filings->len);
  for (guint i = 0; i < copy->filings->len; i++)
    {
      dup_text (&g_array_index (copy->filings, ZifuFiling, i).kind);
      dup_text (&g_array_index (copy->filings, ZifuFiling, i).place);
    }
  g_array_append_vals (copy->ties, record->ties->data, record->ties->len);
  for (guint i = 0; i < copy->ties->len; i++)
    dup_tie_texts (&g_array_index (copy->ties, ZifuTie, i));
  copy->move = record->move;
  dup_text (&copy->move.to);
  copy->refused = record->refused != NULL ? zifu_visit_copy (record->refused) : NULL;
  for (guint i = 0; i < record->bills->len; i++)
    g_ptr_array_add (copy->bills, zifu_visit_copy (g_ptr_array_index (record->bills, i)));
  return copy;
}

/**
 * zifu_record_free:
 * @record: (nullable) (transfer full): a record
 *
 * Frees a record.
 */
void
zifu_record_free (ZifuRecord *record)
{
  if (record == NULL)
    return;
  zifu_person_free (record->person);
  g_array_unref (record->movements);
  g_array_unref (record->enrolments);
  g_array_unref (record->filings);
  g_array_unref (record->ties);
  g_free (record->move.to);
  g_clear_pointer (&record->refused, zifu_visit_free);
  g_ptr_array_unref (record->bills);
  g_free (record);
}

/**
 * zifu_record_add_movement:
 * @record: a record
 * @date: day of the entry
 * @kind: what it was
 * @amount: fen; income above 0, outlay below
 *
 * Adds an entry of the account; entries come oldest first.  What else is known is set on the last element of the array.
 */
void
zifu_record_add_movement (ZifuRecord *record, ZifuDate date, ZifuMovementKind kind, ZifuMoney amount)
{
  ZifuMovement movement = { .date = date, .kind = kind, .amount = amount, .base = -1 };

  g_return_if_fail (record != NULL);

  g_array_append_val (record->movements, movement);
}

/**
 * zifu_record_add_tie:
 * @record: a record
 * @id: the relative
 * @relation: spouse, parent, child, sibling, grandparent, grandchild, other
 * @given: whether the relative may use this person's account; else it is the other way round
 * @from: first day
 *
 * Adds a tie of family mutual aid.
 *
 * Returns: (transfer none): the tie, until the next one is added
 */
ZifuTie *
zifu_record_add_tie (ZifuRecord *record, const char *id, const char *relation, gboolean given, ZifuDate from)
{
  ZifuTie tie = { .id = g_strdup (id), .relation = g_strdup (relation), .given = given, .from = from };

  g_return_val_if_fail (record != NULL, NULL);

  g_array_append_val (record->ties, tie);
  return &g_array_index (record->ties, ZifuTie, record->ties->len - 1);
}

/**
 * zifu_record_add_filing:
 * @record: a record
 * @kind: filed_long, filed_temp or referred
 * @place: (nullable): where
 * @from: first day
 * @to: last day; 0 = not stated
 *
 * Adds a filing for care elsewhere.
 */
void
zifu_record_add_filing (ZifuRecord *record, const char *kind, const char *place, ZifuDate from, ZifuDate to)
{
  ZifuFiling filing = { g_strdup (kind), g_strdup (place), from, to };

  g_return_if_fail (record != NULL);

  g_array_append_val (record->filings, filing);
}

/**
 * zifu_record_add_enrolment:
 * @record: a record
 * @insurance: 310 or 390
 * @region: where
 * @from: first day
 *
 * Adds an enrolment that is open and paid.
 */
void
zifu_record_add_enrolment (ZifuRecord *record, const char *insurance, const char *region, ZifuDate from)
{
  ZifuEnrolment enrolment = { g_strdup (insurance), g_strdup (region), TRUE, FALSE, from, 0 };

  g_return_if_fail (record != NULL);

  g_array_append_val (record->enrolments, enrolment);
}

/**
 * zifu_tie_is_open:
 * @tie: a tie
 * @on: a day
 *
 * Returns: whether the tie holds on that day
 */
gboolean
zifu_tie_is_open (const ZifuTie *tie, ZifuDate on)
{
  g_return_val_if_fail (tie != NULL, FALSE);

  return tie->from <= on && (tie->to == 0 || on <= tie->to);
}
