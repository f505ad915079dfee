/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

#include <glib/gi18n-lib.h>

#define MEMBER_COLUMNS \
  "psn_no, psn_name, relation, gend, brdy, insu_admdvs, insutype, status, resident_class, psn_clctstd, acct_flag, provenance, arch_flag"

static ZifuMember *
read_member (sqlite3_stmt *statement)
{
  ZifuMember *member = zifu_member_new ();

  member->id = sqlite3_column_int64 (statement, 0);
  member->name = _zifu_column_text (statement, 1);
  member->relation = _zifu_column_text (statement, 2);
  member->sex = _zifu_column_text (statement, 3);
  member->birth = _zifu_column_date (statement, 4);
  member->region = _zifu_column_text (statement, 5);
  member->insurance = _zifu_column_text (statement, 6);
  member->status = _zifu_column_text (statement, 7);
  member->resident_class = _zifu_column_text (statement, 8);
  member->base = _zifu_column_int (statement, 9, -1);
  member->has_account = sqlite3_column_int (statement, 10);
  member->provenance = _zifu_provenance_parse ((const char *) sqlite3_column_text (statement, 11));
  member->archived = sqlite3_column_int (statement, 12);
  return member;
}

static void
set_not_found (GError **error)
{
  g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND, _("This person is not in the household."));
}

/**
 * zifu_ledger_list_members:
 * @self: a ledger
 * @error: return location for an error
 *
 * The people of the household: its owner first, the others in the order in which they came, those who are archived last.
 *
 * Returns: (transfer full) (element-type ZifuMember) (nullable): the members, or %NULL with an error
 */
GPtrArray *
zifu_ledger_list_members (ZifuLedger *self, GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_member_free);
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  statement = _zifu_ledger_prepare (self, error, "SELECT " MEMBER_COLUMNS " FROM psn_b ORDER BY arch_flag, relation <> 'self', psn_no", "");
  if (statement == NULL)
    return NULL;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&members);
      g_ptr_array_add (members, read_member (statement));
    }
  return NULL;
}

/**
 * zifu_ledger_get_member:
 * @self: a ledger
 * @member_id: who
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the member, or %NULL with an error (%ZIFU_LEDGER_ERROR_NOT_FOUND when there is none)
 */
ZifuMember *
zifu_ledger_get_member (ZifuLedger *self, gint64 member_id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  statement = _zifu_ledger_prepare (self, error, "SELECT " MEMBER_COLUMNS " FROM psn_b WHERE psn_no = ?", "i", member_id);
  if (statement == NULL || !_zifu_ledger_step (self, statement, &row, error))
    return NULL;
  if (row)
    return read_member (statement);

  set_not_found (error);
  return NULL;
}

static gboolean
is_word (const char *word, const char *const *words)
{
  return word != NULL && g_strv_contains (words, word);
}

/* The tables check most of this as well; here it is said in words that help. */
static gboolean
check_member (const ZifuMember *member, GError **error)
{
  static const char *const statuses[] = { "active", "retired", "flexible", "resident", NULL };
  static const char *const sexes[] = { "0", "1", "2", "9", NULL };
  g_autofree char *name = member->name != NULL && g_utf8_validate (member->name, -1, NULL) ? g_strdup (member->name) : NULL;
  const char *message = NULL;

  if (name == NULL || *g_strstrip (name) == '\0')
    message = _("A name is needed.");
  else if (g_utf8_strlen (name, -1) > 100)
    message = _("The name is too long.");
  else if (member->region == NULL || *member->region == '\0')
    message = _("The place of insurance is needed.");
  else if (member->insurance == NULL || *member->insurance == '\0' || member->relation == NULL || *member->relation == '\0' ||
           !is_word (member->status, statuses) || (member->sex != NULL && !is_word (member->sex, sexes)))
    message = _("The kind of insurance, the status, the sex or the relation is not one that is known here.");
  else if (member->base < -1 || member->base > ZIFU_MONEY_MAX)
    message = _("The contribution base cannot be this amount.");
  else if (member->birth < 0 || member->birth > zifu_date_new (9999, 12, 31))
    message = _("The day of birth is not a day of the calendar.");

  if (message != NULL)
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, message);
  return message == NULL;
}

static gboolean
insert_opening (ZifuLedger *self, const ZifuMember *member, gint64 member_id, ZifuMoney opening_balance, ZifuDate on, GError **error)
{
  g_autoptr (ZifuEntry) entry = zifu_entry_new ();

  entry->member_id = member_id;
  entry->date = on;
  entry->kind = ZIFU_ENTRY_OPENING;
  entry->amount = opening_balance;
  entry->provenance = member->provenance;
  return zifu_ledger_add_entry (self, entry, error) != 0;
}

/**
 * zifu_ledger_add_member:
 * @self: a ledger
 * @member: the person; the id in it does not count
 * @opening_balance: what the account holds, in fen; 0 for somebody without an account
 * @on: the day on which it holds that
 * @error: return location for an error
 *
 * Adds a person.  The account of somebody who has one begins with an entry of the kind %ZIFU_ENTRY_OPENING, unless a provider is going to
 * say how it begins (%ZIFU_PROVENANCE_SYNCED).
 *
 * Returns: the new id, or 0 with an error
 */
gint64
zifu_ledger_add_member (ZifuLedger *self, const ZifuMember *member, ZifuMoney opening_balance, ZifuDate on, GError **error)
{
  g_autofree char *name = NULL;
  gboolean success;
  gint64 id;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), 0);
  g_return_val_if_fail (member != NULL, 0);

  if (!check_member (member, error))
    return 0;
  if (opening_balance < 0 || opening_balance > ZIFU_MONEY_MAX || (!member->has_account && opening_balance != 0))
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, _("The account cannot hold this amount."));
      return 0;
    }

  if (!_zifu_ledger_begin (self, error))
    return 0;

  name = g_strstrip (g_strdup (member->name));
  success = _zifu_ledger_run (self, error,
                              "INSERT INTO psn_b (psn_name, relation, gend, brdy, insu_admdvs, insutype, status, resident_class,"
                              " psn_clctstd, acct_flag, provenance) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                              "tttdttttait", name, member->relation, member->sex != NULL ? member->sex : "0", member->birth, member->region,
                              member->insurance, member->status, member->resident_class, member->base,
                              (gint64) (member->has_account != FALSE), _zifu_provenance_name (member->provenance));
  id = sqlite3_last_insert_rowid (self->db);
  if (success && member->has_account && member->provenance != ZIFU_PROVENANCE_SYNCED)
    success = insert_opening (self, member, id, opening_balance, on, error);

  return _zifu_ledger_end (self, success, error) ? id : 0;
}

/**
 * zifu_ledger_update_member:
 * @self: a ledger
 * @member: the person, with its id
 * @error: return location for an error
 *
 * Changes what is known about a person.  What was entered before stays as it was; so does where the person came from (@member's
 * provenance does not count).
 *
 * Returns: whether it was stored
 */
gboolean
zifu_ledger_update_member (ZifuLedger *self, const ZifuMember *member, GError **error)
{
  g_autofree char *name = NULL;
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (member != NULL, FALSE);

  if (!check_member (member, error) || !_zifu_ledger_begin (self, error))
    return FALSE;

  name = g_strstrip (g_strdup (member->name));
  success = _zifu_ledger_run (self, error,
                              "UPDATE psn_b SET psn_name = ?, relation = ?, gend = ?, brdy = ?, insu_admdvs = ?, insutype = ?, status = ?,"
                              " resident_class = ?, psn_clctstd = ?, acct_flag = ? WHERE psn_no = ?",
                              "tttdttttaii", name, member->relation, member->sex != NULL ? member->sex : "0", member->birth, member->region,
                              member->insurance, member->status, member->resident_class, member->base,
                              (gint64) (member->has_account != FALSE), member->id);
  if (success && sqlite3_changes (self->db) == 0)
    {
      set_not_found (error);
      success = FALSE;
    }
  return _zifu_ledger_end (self, success, error);
}

/**
 * zifu_ledger_set_archived:
 * @self: a ledger
 * @member_id: who
 * @archived: whether the person is put aside
 * @error: return location for an error
 *
 * Puts a person aside whose records are kept but no longer needed every day, or brings them back.  Nothing else changes.
 *
 * Returns: whether it was stored
 */
gboolean
zifu_ledger_set_archived (ZifuLedger *self, gint64 member_id, gboolean archived, GError **error)
{
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);

  if (!_zifu_ledger_begin (self, error))
    return FALSE;

  success = _zifu_ledger_run (self, error, "UPDATE psn_b SET arch_flag = ? WHERE psn_no = ?", "ii", (gint64) (archived != FALSE),
                              member_id);
  if (success && sqlite3_changes (self->db) == 0)
    {
      set_not_found (error);
      success = FALSE;
    }
  return _zifu_ledger_end (self, success, error);
}

/* Relatives' entries stay, since they moved the relatives' own accounts; they only forget whom they were for. */
static gboolean
delete_member_rows (ZifuLedger *self, gint64 member_id, GError **error)
{
  static const char *const statements[] = {
    "UPDATE acct_incexpd_d SET relt_psn_no = NULL WHERE relt_psn_no = ?",
    "UPDATE acct_incexpd_d SET setl_id = NULL WHERE setl_id IN (SELECT setl_id FROM setl_d WHERE psn_no = ?1) AND psn_no <> ?1",
    "UPDATE setl_mulaid_d SET psn_no = NULL WHERE psn_no = ?",
    "DELETE FROM acct_incexpd_d WHERE psn_no = ?",
    "DELETE FROM presetl_pair_d WHERE setl_id IN (SELECT setl_id FROM setl_d WHERE psn_no = ?1)"
    " OR presetl_id IN (SELECT presetl_id FROM presetl_d WHERE psn_no = ?1)",
    "DELETE FROM presetldetail WHERE presetl_id IN (SELECT presetl_id FROM presetl_d WHERE psn_no = ?)",
    "DELETE FROM presetl_d WHERE psn_no = ?",
    "DELETE FROM setl_purse_d WHERE setl_id IN (SELECT setl_id FROM setl_d WHERE psn_no = ?)",
    "DELETE FROM setl_mulaid_d WHERE setl_id IN (SELECT setl_id FROM setl_d WHERE psn_no = ?)",
    "DELETE FROM setl_cum_d WHERE setl_id IN (SELECT setl_id FROM setl_d WHERE psn_no = ?)",
    "DELETE FROM setl_base_d WHERE setl_id IN (SELECT setl_id FROM setl_d WHERE psn_no = ?)",
    "DELETE FROM setl_axis_d WHERE setl_id IN (SELECT setl_id FROM setl_d WHERE psn_no = ?)",
    "DELETE FROM setl_input_d WHERE setl_id IN (SELECT setl_id FROM setl_d WHERE psn_no = ?)",
    "DELETE FROM feedetl_d WHERE setl_id IN (SELECT setl_id FROM setl_d WHERE psn_no = ?)",
    "DELETE FROM setldetail WHERE setl_id IN (SELECT setl_id FROM setl_d WHERE psn_no = ?)",
    "DELETE FROM setl_d WHERE psn_no = ?",
    "DELETE FROM psn_clct_detl_d WHERE psn_no = ?",
    "DELETE FROM psn_mulaid_d WHERE psn_no = ?1 OR relt_psn_no = ?1",
    "DELETE FROM cum_d WHERE psn_no = ?",
    "DELETE FROM psn_axis_d WHERE psn_no = ?",
    "DELETE FROM psn_insu_d WHERE psn_no = ?",
    "DELETE FROM psn_filg_d WHERE psn_no = ?",
    "DELETE FROM psn_tras_d WHERE psn_no = ?",
    "DELETE FROM crtyear_d WHERE psn_no = ?",
    "DELETE FROM acct_mon_d WHERE psn_no = ?",
    "DELETE FROM sync_fee_d WHERE sync_id IN (SELECT sync_id FROM sync_d WHERE psn_no = ?)",
    "DELETE FROM sync_mark_d WHERE sync_id IN (SELECT sync_id FROM sync_d WHERE psn_no = ?)",
    "DELETE FROM sync_row_d WHERE sync_id IN (SELECT sync_id FROM sync_d WHERE psn_no = ?)",
    "DELETE FROM sync_d WHERE psn_no = ?",
    "DELETE FROM impt_d WHERE psn_no = ?",
    "DELETE FROM psn_b WHERE psn_no = ?",
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!_zifu_ledger_run (self, error, statements[i], "i", member_id))
      return FALSE;
  return TRUE;
}

static gboolean
delete_members (ZifuLedger *self, GArray *ids, GError **error)
{
  gboolean success;

  if (!_zifu_ledger_begin (self, error))
    return FALSE;

  success = _zifu_ledger_exec (self, "INSERT INTO unlock_d (reason) VALUES ('a person is deleted')", error);
  for (guint i = 0; success && i < ids->len; i++)
    success = delete_member_rows (self, g_array_index (ids, gint64, i), error);
  /* A file with entries of several people carries its name as long as some of them are there. */
  success = success && _zifu_ledger_exec (self,
                                          "DELETE FROM impt_d WHERE psn_no IS NULL"
                                          " AND NOT EXISTS (SELECT 1 FROM acct_incexpd_d e WHERE e.impt_id = impt_d.impt_id)"
                                          " AND NOT EXISTS (SELECT 1 FROM psn_clct_detl_d c WHERE c.impt_id = impt_d.impt_id)"
                                          " AND NOT EXISTS (SELECT 1 FROM setl_d s WHERE s.impt_id = impt_d.impt_id)",
                                          error);
  success = success && _zifu_ledger_drop_texts (self, error) && _zifu_ledger_exec (self, "DELETE FROM unlock_d", error);

  return _zifu_ledger_end (self, success, error);
}

/**
 * zifu_ledger_delete_member:
 * @self: a ledger
 * @member_id: who
 * @error: return location for an error
 *
 * Deletes a person with everything that belongs to them, and overwrites the place where it stood.  Payments that relatives made for
 * them stay in the relatives' accounts, without the name.
 *
 * Returns: whether the person was deleted
 */
gboolean
zifu_ledger_delete_member (ZifuLedger *self, gint64 member_id, GError **error)
{
  g_autoptr (ZifuMember) member = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);

  member = zifu_ledger_get_member (self, member_id, error);
  if (member == NULL)
    return FALSE;

  g_array_append_val (ids, member_id);
  if (!delete_members (self, ids, error))
    return FALSE;

  _zifu_ledger_compact (self);
  return TRUE;
}

/**
 * zifu_ledger_delete_sample:
 * @self: a ledger
 * @error: return location for an error
 *
 * Deletes the people of the sample household with everything that belongs to them, in one transaction.
 *
 * Returns: whether it went well; also when there was no sample
 */
gboolean
zifu_ledger_delete_sample (ZifuLedger *self, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) members = NULL;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);

  members = zifu_ledger_list_members (self, error);
  if (members == NULL)
    return FALSE;

  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);

      if (member->provenance == ZIFU_PROVENANCE_SAMPLE)
        g_array_append_val (ids, member->id);
    }
  if (ids->len == 0)
    return TRUE;
  if (!delete_members (self, ids, error))
    return FALSE;

  _zifu_ledger_compact (self);
  return TRUE;
}

/**
 * zifu_ledger_has_sample:
 * @self: a ledger
 * @error: return location for an error
 *
 * Returns: whether the sample household is in the ledger; %FALSE with @error set when that cannot be read
 */
gboolean
zifu_ledger_has_sample (ZifuLedger *self, GError **error)
{
  gint64 has_sample = 0;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);

  return _zifu_ledger_get_int (self, &has_sample, error, "SELECT EXISTS (SELECT 1 FROM psn_b WHERE provenance = 'sample')", "") &&
         has_sample;
}
