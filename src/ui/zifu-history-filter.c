/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-history-filter.h"

/**
 * zifu_history_filter_init:
 * @self: (out caller-allocates): a filter
 *
 * Makes a filter that everything of the person on screen fits.
 */
void
zifu_history_filter_init (ZifuHistoryFilter *self)
{
  *self = (ZifuHistoryFilter){ .kind = -1, .amount_from = -1, .amount_to = -1 };
}

/**
 * zifu_history_filter_clear:
 * @self: a filter
 *
 * Frees what it owns; everything fits it then.
 */
void
zifu_history_filter_clear (ZifuHistoryFilter *self)
{
  g_free (self->institution);
  g_free (self->text);
  zifu_history_filter_init (self);
}

/**
 * zifu_history_filter_copy:
 * @self: a filter
 * @copy: (out caller-allocates): a filter; what stood there is not freed
 *
 * Makes a copy.
 */
void
zifu_history_filter_copy (const ZifuHistoryFilter *self, ZifuHistoryFilter *copy)
{
  *copy = *self;
  copy->institution = g_strdup (self->institution);
  copy->text = g_strdup (self->text);
}

/**
 * zifu_history_filter_equal:
 * @self: a filter
 * @other: another one
 *
 * Returns: whether the same rows fit both
 */
gboolean
zifu_history_filter_equal (const ZifuHistoryFilter *self, const ZifuHistoryFilter *other)
{
  return self->everybody == other->everybody && self->member_id == other->member_id && self->kind == other->kind
         && self->from == other->from && self->to == other->to && self->amount_from == other->amount_from
         && self->amount_to == other->amount_to && g_strcmp0 (self->institution, other->institution) == 0
         && g_strcmp0 (self->text, other->text) == 0;
}

/**
 * zifu_history_filter_is_empty:
 * @self: a filter
 *
 * Returns: whether everything of the person on screen fits it
 */
gboolean
zifu_history_filter_is_empty (const ZifuHistoryFilter *self)
{
  ZifuHistoryFilter empty;

  zifu_history_filter_init (&empty);

  return zifu_history_filter_equal (self, &empty);
}

/**
 * zifu_history_filter_to_entries:
 * @self: a filter; its texts must live as long as @entries
 * @entries: (out caller-allocates): the same for the ledger, from the newest row on
 *
 * Says it as the ledger needs it; whose account it is, zifu_history_filter_get_account() tells.
 */
void
zifu_history_filter_to_entries (const ZifuHistoryFilter *self, ZifuEntryFilter *entries)
{
  *entries = (ZifuEntryFilter){ .from = self->from, .to = self->to, .institution = self->institution, .text = self->text };
  entries->has_kind = self->kind >= 0;
  entries->kind = self->kind >= 0 ? (ZifuEntryKind) self->kind : ZIFU_ENTRY_CREDIT;
  entries->has_amount = self->amount_from >= 0 || self->amount_to >= 0;
  entries->amount_from = MAX (self->amount_from, 0);
  entries->amount_to = self->amount_to >= 0 ? self->amount_to : ZIFU_MONEY_MAX;
}

/**
 * zifu_history_filter_get_account:
 * @self: a filter
 * @on_screen: the person on screen
 *
 * Returns: whose account is shown; 0 = everybody's
 */
gint64
zifu_history_filter_get_account (const ZifuHistoryFilter *self, gint64 on_screen)
{
  if (self->everybody)
    return 0;

  return self->member_id != 0 ? self->member_id : on_screen;
}
