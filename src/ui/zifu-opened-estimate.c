/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-opened-estimate.h"

#include <glib/gi18n-lib.h>

#include "zifu-case-text.h"
#include "zifu-words.h"

/**
 * zifu_opened_estimate_new:
 * @ledger: the ledger
 * @id: a saved estimate
 * @error: return location for an error of #ZifuLedgerError or #ZifuError
 *
 * Returns: (transfer full) (nullable): the estimate with what it was worked out from; %NULL with an error
 */
ZifuOpenedEstimate *
zifu_opened_estimate_new (ZifuLedger *ledger, gint64 id, GError **error)
{
  g_autoptr (ZifuOpenedEstimate) self = g_new0 (ZifuOpenedEstimate, 1);

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), NULL);

  self->estimate = zifu_ledger_get_estimate (ledger, id, error);
  if (self->estimate == NULL || !zifu_case_text_parse (self->estimate->case_text, &self->policy, &self->person, &self->visit, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * zifu_opened_estimate_free:
 * @self: (nullable) (transfer full): an estimate
 */
void
zifu_opened_estimate_free (ZifuOpenedEstimate *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->estimate, zifu_saved_estimate_free);
  g_free (self->policy);
  g_clear_pointer (&self->person, zifu_person_free);
  g_clear_pointer (&self->visit, zifu_visit_free);
  g_clear_pointer (&self->shown, zifu_visit_free);
  g_free (self);
}

static gboolean
is_same (const ZifuBillFigures *left, const ZifuBillFigures *right)
{
  if (left->funds->len != right->funds->len)
    return FALSE;
  for (guint part = 0; part < ZIFU_N_BILL_PARTS; part++)
    if (part != ZIFU_BILL_FUND && left->amount[part] != right->amount[part])
      return FALSE;
  for (guint i = 0; i < left->funds->len; i++)
    {
      const ZifuPayerAmount *one = &g_array_index (left->funds, ZifuPayerAmount, i);
      const ZifuPayerAmount *other = &g_array_index (right->funds, ZifuPayerAmount, i);

      if (!g_str_equal (one->payer, other->payer) || one->amount != other->amount)
        return FALSE;
    }
  return TRUE;
}

/**
 * zifu_opened_estimate_take_shown:
 * @self: an estimate
 * @shown: (transfer full) (nullable): what the form could take of the visit; %NULL = nothing usable
 * @pack: (nullable): the rules
 * @person: (nullable): who
 *
 * When the form says the same in other words - it states the place of care, for example, where nothing was stated - its visit is as good.
 */
void
zifu_opened_estimate_take_shown (ZifuOpenedEstimate *self, ZifuVisit *shown, ZifuPack *pack, const ZifuPerson *person)
{
  g_autoptr (ZifuSettlement) left = NULL, right = NULL;
  g_autoptr (ZifuBillFigures) saved = NULL, entered = NULL;

  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->shown, zifu_visit_free);
  self->shown = shown != NULL ? shown : zifu_visit_new ();
  if (shown == NULL || pack == NULL || person == NULL)
    return;
  left = zifu_settle (pack, person, self->visit, NULL);
  right = left != NULL ? zifu_settle (pack, person, shown, NULL) : NULL;
  if (right == NULL)
    return;
  saved = zifu_bill_figures_new_from_settlement (left);
  entered = zifu_bill_figures_new_from_settlement (right);
  if (!is_same (saved, entered))
    return;
  zifu_visit_free (self->visit);
  self->visit = g_steal_pointer (&self->shown);
}

static const char *
choose_template (const ZifuOpenedEstimate *self, const ZifuPack *pack, gboolean settled, gboolean differs)
{
  g_autofree char *version = zifu_pack_dup_version (pack);
  gboolean changed = g_strcmp0 (version, self->estimate->policy_version) != 0;

  if (!settled)
    /* Translators: {1} is a day, {2} an amount */
    return _("Saved on {1}: I pay {2}. By the rules here now there is no figure.");
  if (changed && differs)
    /* Translators: {1} is a day, {2} and {3} are amounts */
    return _("The rules have changed since this was saved on {1}. Then: I pay {2}. By the rules here now: {3}.");
  if (changed)
    /* Translators: {1} is a day */
    return _("The rules have changed since this was saved on {1}; the result is the same.");
  /* Translators: {1} is a day, {2} and {3} are amounts */
  return differs ? _("Worked out again, what was saved on {1} comes out otherwise. Then: I pay {2}. Now: {3}.") : NULL;
}

/**
 * zifu_opened_estimate_dup_notice:
 * @self: an estimate
 * @pack: the rules by which it was worked out again
 * @settlement: (nullable): what came out; %NULL = nothing
 * @then: whether the person is taken as they were then
 * @differs: (out): whether the figures, or the rules, are not those of then
 *
 * Returns: (transfer full) (nullable): what must be known beside the result; %NULL = nothing
 */
char *
zifu_opened_estimate_dup_notice (const ZifuOpenedEstimate *self, const ZifuPack *pack, const ZifuSettlement *settlement, gboolean then,
                                 gboolean *differs)
{
  g_autoptr (ZifuBillFigures) figures = settlement != NULL ? zifu_bill_figures_new_from_settlement (settlement) : NULL;
  g_autofree char *day = NULL;
  g_autofree char *before = NULL;
  g_autofree char *now = NULL;
  GString *text = g_string_new (NULL);
  const char *template_;

  g_return_val_if_fail (self != NULL && pack != NULL && differs != NULL, NULL);

  day = zifu_words_date (self->estimate->saved_on, ZIFU_DATE_STYLE_LONG);
  before = zifu_words_money (self->estimate->figures->amount[ZIFU_BILL_PERSON], ZIFU_MONEY_STYLE_SYMBOL);
  now = zifu_words_money (settlement != NULL ? settlement->person : 0, ZIFU_MONEY_STYLE_SYMBOL);
  template_ = choose_template (self, pack, figures != NULL, figures != NULL && !is_same (figures, self->estimate->figures));
  *differs = template_ != NULL || self->shown != NULL;
  if (template_ != NULL)
    {
      g_autofree char *words = zifu_words_fill (template_, day, before, now, NULL);

      g_string_append (text, words);
    }
  if (self->shown != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 && !zifu_words_is_chinese () ? " " : "",
                            _("Part of it has no field here: it counts until something is changed."));
  if (then)
    {
      /* Translators: {1} is a day */
      g_autofree char *words = zifu_words_fill (_("With the account and the totals of {1}."), day, NULL);

      g_string_append_printf (text, "%s%s", text->len > 0 && !zifu_words_is_chinese () ? " " : "", words);
    }
  return g_string_free (text, text->len == 0);
}
