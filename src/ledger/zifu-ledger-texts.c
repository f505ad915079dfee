/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

/*
 * Institutions and notes stand once in the file, in txt_d, however many entries carry them.  An empty text is no text.
 */

/*
 * _zifu_ledger_put_text:
 *
 * The number of @text, which is stored when it is new; 0 for no text.
 */
gboolean
_zifu_ledger_put_text (ZifuLedger *self, const char *text, gint64 *id, GError **error)
{
  *id = 0;
  if (text == NULL || *text == '\0')
    return TRUE;
  if (!_zifu_ledger_get_int (self, id, error, "SELECT txt_id FROM txt_d WHERE txt = ?", "t", text))
    return FALSE;
  if (*id != 0)
    return TRUE;

  if (!_zifu_ledger_run (self, error, "INSERT INTO txt_d (txt) VALUES (?)", "t", text))
    return FALSE;
  *id = sqlite3_last_insert_rowid (self->db);
  return TRUE;
}

/*
 * _zifu_ledger_drop_texts:
 *
 * Takes away the texts that no entry carries any more.
 */
gboolean
_zifu_ledger_drop_texts (ZifuLedger *self, GError **error)
{
  return _zifu_ledger_exec (self,
                            "DELETE FROM txt_d WHERE NOT EXISTS (SELECT 1 FROM acct_incexpd_d WHERE fixmedins_id = txt_id)"
                            " AND NOT EXISTS (SELECT 1 FROM acct_incexpd_d WHERE memo_id = txt_id)",
                            error);
}
