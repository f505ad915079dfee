/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

#include <glib/gi18n-lib.h>

/*
 * Enrolments, filings and moves (tables psn_insu_d, psn_filg_d, psn_tras_d) and months that were paid (zifu-ledger-spells.c).  They are
 * statements of a person, not history: they are corrected in their place.  One call takes back what another one did.
 */

static const char *const states[] = {
  [ZIFU_MOVE_REQUESTED] = "requested", [ZIFU_MOVE_IN_TRANSIT] = "in_transit", [ZIFU_MOVE_ARRIVED] = "arrived"
};

/**
 * zifu_life_event_new:
 * @kind: what it is
 * @member_id: whose
 *
 * Returns: (transfer full): an event without days, as somebody begins to enter one
 */
ZifuLifeEvent *
zifu_life_event_new (ZifuLifeKind kind, gint64 member_id)
{
  ZifuLifeEvent *event = g_new0 (ZifuLifeEvent, 1);

  event->kind = kind;
  event->member_id = member_id;
  event->paid = TRUE;
  event->base = -1;
  event->credited = -1;
  event->provenance = ZIFU_PROVENANCE_TYPED;
  if (kind == ZIFU_LIFE_MOVE)
    event->state = ZIFU_MOVE_REQUESTED;
  return event;
}

/**
 * zifu_life_event_copy:
 * @event: an event
 *
 * Returns: (transfer full): the same once more
 */
ZifuLifeEvent *
zifu_life_event_copy (const ZifuLifeEvent *event)
{
  ZifuLifeEvent *copy;

  g_return_val_if_fail (event != NULL, NULL);

  copy = g_memdup2 (event, sizeof *event);
  copy->region = g_strdup (event->region);
  copy->insurance = g_strdup (event->insurance);
  copy->filing = g_strdup (event->filing);
  return copy;
}

/**
 * zifu_life_event_free:
 * @event: (nullable) (transfer full): an event
 *
 * Frees an event.
 */
void
zifu_life_event_free (ZifuLifeEvent *event)
{
  if (event == NULL)
    return;
  g_free (event->region);
  g_free (event->insurance);
  g_free (event->filing);
  g_free (event);
}

static void
read_enrolment (ZifuLifeEvent *event, sqlite3_stmt *statement)
{
  event->insurance = _zifu_column_text (statement, 4);
  event->paid = g_strcmp0 ((const char *) sqlite3_column_text (statement, 5), "1") == 0;
  event->place_of_work = sqlite3_column_int (statement, 6) != 0;
}

static void
read_filing (ZifuLifeEvent *event, sqlite3_stmt *statement)
{
  event->filing = _zifu_column_text (statement, 4);
}

static void
read_move (ZifuLifeEvent *event, sqlite3_stmt *statement)
{
  const char *state = (const char *) sqlite3_column_text (statement, 4);

  for (guint i = ZIFU_MOVE_REQUESTED; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (state, states[i]) == 0)
      event->state = (ZifuMoveState) i;
  event->account_there_known = sqlite3_column_type (statement, 5) != SQLITE_NULL;
  event->account_there = sqlite3_column_int (statement, 5) != 0;
}

static const struct {
  ZifuLifeKind kind;
  const char  *select, *drop;
  void       (*read) (ZifuLifeEvent *event, sqlite3_stmt *statement);
} tables[] = {
  { ZIFU_LIFE_ENROLMENT,
    "SELECT psn_insu_id, insu_admdvs, crt_insu_date, paus_insu_date, insutype, psn_insu_stas, work_flag FROM psn_insu_d"
    " WHERE psn_no = ? ORDER BY crt_insu_date, psn_insu_id",
    "DELETE FROM psn_insu_d WHERE psn_insu_id = ? AND psn_no = ?", read_enrolment },
  { ZIFU_LIFE_FILING,
    "SELECT filg_id, mdtrtarea_admvs, begndate, enddate, remote FROM psn_filg_d WHERE psn_no = ? ORDER BY begndate, filg_id",
    "DELETE FROM psn_filg_d WHERE filg_id = ? AND psn_no = ?", read_filing },
  { ZIFU_LIFE_MOVE,
    "SELECT tras_id, insu_admdvs, tras_date, NULL, tras_stas, acct_flag FROM psn_tras_d WHERE psn_no = ? ORDER BY tras_date, tras_id",
    "DELETE FROM psn_tras_d WHERE tras_id = ? AND psn_no = ?", read_move },
};

static gboolean
list_table (ZifuLedger *self, guint table, gint64 member_id, GPtrArray *events, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = _zifu_ledger_prepare (self, error, tables[table].select, "i", member_id);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  while (_zifu_ledger_step (self, statement, &row, error))
    {
      ZifuLifeEvent *event;

      if (!row)
        return TRUE;
      event = zifu_life_event_new (tables[table].kind, member_id);
      event->id = sqlite3_column_int64 (statement, 0);
      event->region = _zifu_column_text (statement, 1);
      event->from = _zifu_column_date (statement, 2);
      event->to = _zifu_column_date (statement, 3);
      tables[table].read (event, statement);
      g_ptr_array_add (events, event);
    }
  return FALSE;
}

/**
 * zifu_ledger_list_life:
 * @self: a ledger
 * @member_id: whose
 * @error: return location for an error of #ZifuLedgerError
 *
 * Returns: (transfer full) (element-type ZifuLifeEvent) (nullable): what was stated, by kind and oldest first; months that follow each
 *   other and were paid alike are one spell.  %NULL with an error
 */
GPtrArray *
zifu_ledger_list_life (ZifuLedger *self, gint64 member_id, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_life_event_free);

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      if (!list_table (self, i, member_id, events, error))
        return NULL;
      if (tables[i].kind == ZIFU_LIFE_ENROLMENT && !_zifu_ledger_list_spells (self, member_id, events, error))
        return NULL;
    }
  return g_steal_pointer (&events);
}

static gboolean
is_good (const ZifuLifeEvent *event)
{
  const ZifuDate last = zifu_date_new (9999, 12, 31);

  if (event->from <= 0 || event->from > last || event->to < 0 || event->to > last || event->paid_on < 0 || event->paid_on > last ||
      (event->region != NULL && *event->region == '\0'))
    return FALSE;
  switch (event->kind)
    {
    case ZIFU_LIFE_ENROLMENT:
      return g_strcmp0 (event->insurance, "310") == 0 || g_strcmp0 (event->insurance, "390") == 0;
    case ZIFU_LIFE_SPELL:
      return event->to > 0 && event->base <= ZIFU_MONEY_MAX && event->credited <= ZIFU_MONEY_MAX &&
             _zifu_provenance_name (event->provenance) != NULL;
    case ZIFU_LIFE_FILING:
      return g_strcmp0 (event->filing, "filed_long") == 0 || g_strcmp0 (event->filing, "filed_temp") == 0 ||
             g_strcmp0 (event->filing, "referred") == 0;
    case ZIFU_LIFE_MOVE:
      return event->state >= ZIFU_MOVE_REQUESTED && event->state <= ZIFU_MOVE_ARRIVED;
    default:
      return FALSE;
    }
}

static gboolean
check (const ZifuLifeEvent *event, GError **error)
{
  const char *message = NULL;

  if (event->to != 0 && event->to < event->from)
    message = _("It ends before it begins.");
  else if (!is_good (event))
    message = _("This cannot be stored: a day, a place or a choice is missing.");
  if (message != NULL)
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, message);
  return message == NULL;
}

static gboolean
insert (ZifuLedger *self, ZifuLifeEvent *event, GError **error)
{
  gboolean success;

  switch (event->kind)
    {
    case ZIFU_LIFE_ENROLMENT:
      success = _zifu_ledger_run (self, error,
                                  "INSERT INTO psn_insu_d (psn_insu_id, psn_no, insutype, insu_admdvs, crt_insu_date, paus_insu_date,"
                                  " psn_insu_stas, work_flag) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                                  "rittddti", event->id, event->member_id, event->insurance, event->region, event->from, event->to,
                                  event->paid ? "1" : "2", (gint64) (event->place_of_work != FALSE));
      break;
    case ZIFU_LIFE_FILING:
      success = _zifu_ledger_run (self, error,
                                  "INSERT INTO psn_filg_d (filg_id, psn_no, remote, mdtrtarea_admvs, begndate, enddate)"
                                  " VALUES (?, ?, ?, ?, ?, ?)",
                                  "rittdd", event->id, event->member_id, event->filing, event->region, event->from, event->to);
      break;
    case ZIFU_LIFE_MOVE:
      success = _zifu_ledger_run (self, error,
                                  "INSERT INTO psn_tras_d (tras_id, psn_no, insu_admdvs, tras_stas, tras_date, acct_flag)"
                                  " VALUES (?, ?, ?, ?, ?, ?)",
                                  "rittda", event->id, event->member_id, event->region, states[event->state], event->from,
                                  event->account_there_known ? (gint64) (event->account_there != FALSE) : G_GINT64_CONSTANT (-1));
      break;
    case ZIFU_LIFE_SPELL:
    default:
      return _zifu_ledger_insert_spell (self, event, error);
    }
  if (success && event->id == 0)
    event->id = sqlite3_last_insert_rowid (self->db);
  return success;
}

static gboolean
drop (ZifuLedger *self, const ZifuLifeEvent *event, GError **error)
{
  gboolean success = TRUE;

  if (event->kind == ZIFU_LIFE_SPELL)
    return _zifu_ledger_drop_spell (self, event, error);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (tables[i].kind == event->kind)
      success = _zifu_ledger_run (self, error, tables[i].drop, "ii", event->id, event->member_id);
  if (success && sqlite3_changes (self->db) == 0)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND, _("This is not there any more."));
      return FALSE;
    }
  return success;
}

/**
 * zifu_ledger_replace_life:
 * @self: a ledger
 * @before: (nullable): what stood there, as zifu_ledger_list_life() gave it; %NULL = @after is new
 * @after: (nullable): what is to stand there; %NULL = @before is taken away.  Its id is filled in
 * @error: return location for an error: %ZIFU_LEDGER_ERROR_INPUT, also for months that are entered already; %ZIFU_LEDGER_ERROR_NOT_FOUND
 *
 * Enters, changes or takes away an event.  With the two exchanged it takes back what it did.
 *
 * Returns: whether it is stored; else nothing was changed
 */
gboolean
zifu_ledger_replace_life (ZifuLedger *self, const ZifuLifeEvent *before, ZifuLifeEvent *after, GError **error)
{
  gboolean success = TRUE;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (before != NULL || after != NULL, FALSE);
  g_return_val_if_fail (before == NULL || after == NULL || before->kind == after->kind, FALSE);

  if ((after != NULL && !check (after, error)) || !_zifu_ledger_begin (self, error))
    return FALSE;
  if (after != NULL)
    {
      g_autoptr (ZifuMember) member = zifu_ledger_get_member (self, after->member_id, error);

      success = member != NULL;
    }
  success = success && (before == NULL || drop (self, before, error));
  if (success && before != NULL && after != NULL)
    after->id = before->id;
  success = success && (after == NULL || insert (self, after, error));
  return _zifu_ledger_end (self, success, error);
}

/* The insurance that the person is entered with is an enrolment, too: without it nobody would see that another one is a second.  It is
 * paid as far as the months say so, and a month late they say nothing yet. */
static gboolean
add_own_enrolment (ZifuLedger *self, gint64 member_id, ZifuRecord *record, GError **error)
{
  g_autoptr (ZifuMember) member = zifu_ledger_get_member (self, member_id, error);
  ZifuMonth first = 0, last = 0;
  ZifuEnrolment *own;

  if (member == NULL)
    return FALSE;
  for (guint i = 0; i < record->enrolments->len; i++)
    {
      const ZifuEnrolment *stated = &g_array_index (record->enrolments, ZifuEnrolment, i);

      if (g_strcmp0 (stated->insurance, member->insurance) == 0 &&
          (stated->region == NULL || g_strcmp0 (stated->region, member->region) == 0))
        return TRUE;
    }
  for (guint i = 0; i < record->person->payments->len; i++)
    {
      const ZifuPayment *payment = &g_array_index (record->person->payments, ZifuPayment, i);

      first = first == 0 ? payment->first : MIN (first, payment->first);
      last = MAX (last, payment->first + (ZifuMonth) payment->n_months - 1);
    }
  zifu_record_add_enrolment (record, member->insurance, member->region, 0);
  own = &g_array_index (record->enrolments, ZifuEnrolment, record->enrolments->len - 1);
  if (first != 0)
    {
      int year, month;

      zifu_month_split (first, &year, &month);
      own->from = zifu_date_new (year, month, 1);
      zifu_month_split (last + 2, &year, &month);
      own->to = zifu_date_new (year, month, 1) - 1;
    }
  return TRUE;
}

static void
add_to_record (ZifuRecord *record, const ZifuLifeEvent *event)
{
  if (event->kind == ZIFU_LIFE_ENROLMENT)
    {
      ZifuEnrolment enrolment = { g_strdup (event->insurance), g_strdup (event->region), event->paid, event->place_of_work, event->from,
                                  event->to };

      g_array_append_val (record->enrolments, enrolment);
    }
  else if (event->kind == ZIFU_LIFE_FILING)
    zifu_record_add_filing (record, event->filing, event->region, event->from, event->to);
  /* They come oldest first: the newest one that is under way counts, else the newest one. */
  else if (event->kind == ZIFU_LIFE_MOVE &&
           (event->state != ZIFU_MOVE_ARRIVED || record->move.state == ZIFU_MOVE_NONE || record->move.state == ZIFU_MOVE_ARRIVED))
    {
      g_free (record->move.to);
      record->move = (ZifuMove){ event->state, g_strdup (event->region), event->from, event->account_there_known, event->account_there };
    }
}

/**
 * zifu_ledger_load_filings:
 * @self: a ledger
 * @member_id: whose
 * @record: where the filings go; nothing else is read
 * @error: return location for an error of #ZifuLedgerError
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_ledger_load_filings (ZifuLedger *self, gint64 member_id, ZifuRecord *record, GError **error)
{
  g_autoptr (GPtrArray) events = NULL;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self) && record != NULL, FALSE);

  events = zifu_ledger_list_life (self, member_id, error);
  for (guint i = 0; events != NULL && i < events->len; i++)
    if (((ZifuLifeEvent *) g_ptr_array_index (events, i))->kind == ZIFU_LIFE_FILING)
      add_to_record (record, g_ptr_array_index (events, i));
  return events != NULL;
}

/*
 * _zifu_ledger_load_life:
 *
 * Puts enrolments, filings and the move that counts into a record that holds the person already.
 */
gboolean
_zifu_ledger_load_life (ZifuLedger *self, gint64 member_id, ZifuRecord *record, GError **error)
{
  g_autoptr (GPtrArray) events = zifu_ledger_list_life (self, member_id, error);

  if (events == NULL)
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    add_to_record (record, g_ptr_array_index (events, i));
  return record->enrolments->len == 0 || add_own_enrolment (self, member_id, record, error);
}
