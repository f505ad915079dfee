/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-entry-words.h"

#include <glib/gi18n-lib.h>

#include "zifu-words.h"

typedef struct
{
  const char *icon;
  const char *name;   /* of one row */
  const char *filter; /* of the chip that shows all of them */
} KindWords;

static const KindWords kinds[ZIFU_N_ENTRY_KINDS] = {
  [ZIFU_ENTRY_CREDIT] = { "zifu-credit-symbolic", NC_("entry", "Credit"), NC_("filter", "Credits") },
  [ZIFU_ENTRY_OUTPATIENT] = { "zifu-outpatient-symbolic", NC_("entry", "Outpatient"), NC_("filter", "Outpatient") },
  [ZIFU_ENTRY_PHARMACY] = { "zifu-pharmacy-symbolic", NC_("entry", "Pharmacy"), NC_("filter", "Pharmacy") },
  [ZIFU_ENTRY_INPATIENT] = { "zifu-inpatient-symbolic", NC_("entry", "Inpatient"), NC_("filter", "Inpatient") },
  [ZIFU_ENTRY_FAMILY] = { "zifu-family-symbolic", NC_("entry", "Family mutual aid"), NC_("filter", "Family") },
  [ZIFU_ENTRY_TRANSFER] = { "zifu-transfer-symbolic", NC_("entry", "Transfer"), NC_("filter", "Transfers") },
  [ZIFU_ENTRY_REFUND] = { "zifu-refund-symbolic", NC_("entry", "Refund"), NC_("filter", "Refunds") },
  [ZIFU_ENTRY_INTEREST] = { "zifu-interest-symbolic", NC_("entry", "Interest"), NC_("filter", "Interest") },
  [ZIFU_ENTRY_PREMIUM] = { "zifu-family-symbolic", NC_("entry", "Resident premium"), NC_("filter", "Premiums") },
  [ZIFU_ENTRY_OPENING] = { "zifu-account-symbolic", NC_("entry", "Balance entered"), NC_("filter", "Balances") },
  [ZIFU_ENTRY_CORRECTION] = { "zifu-account-symbolic", NC_("entry", "Balance corrected"), NC_("filter", "Corrections") },
};

/**
 * zifu_entry_kind_icon:
 * @kind: a kind of entry
 *
 * Returns: name of its symbolic icon
 */
const char *
zifu_entry_kind_icon (ZifuEntryKind kind)
{
  g_return_val_if_fail ((guint) kind < ZIFU_N_ENTRY_KINDS, NULL);

  return kinds[kind].icon;
}

/**
 * zifu_entry_kind_name:
 * @kind: a kind of entry
 *
 * Returns: what one entry of that kind is called
 */
const char *
zifu_entry_kind_name (ZifuEntryKind kind)
{
  g_return_val_if_fail ((guint) kind < ZIFU_N_ENTRY_KINDS, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "entry", kinds[kind].name);
}

/**
 * zifu_entry_kind_filter:
 * @kind: a kind of entry
 *
 * Returns: what the filter that shows this kind is called
 */
const char *
zifu_entry_kind_filter (ZifuEntryKind kind)
{
  g_return_val_if_fail ((guint) kind < ZIFU_N_ENTRY_KINDS, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "filter", kinds[kind].filter);
}

/**
 * zifu_entry_dup_title:
 * @entry: an entry
 * @relative: (nullable): the relative of the entry with the relation, such as "Lin Guodong (father)"
 *
 * Returns: (transfer full): the first line of a row
 */
char *
zifu_entry_dup_title (const ZifuEntry *entry, const char *relative)
{
  const char *institution;

  g_return_val_if_fail (entry != NULL, NULL);

  institution = entry->institution;
  if (relative == NULL)
    relative = entry->relative_name;

  switch (entry->kind)
    {
    case ZIFU_ENTRY_FAMILY:
      /* Translators: %s is a relative, such as "Lin Guodong (father)", who paid from this account. */
      return relative != NULL ? g_strdup_printf (_("Used by %s"), relative) : g_strdup (_("Used by a relative"));
    case ZIFU_ENTRY_PREMIUM:
      /* Translators: %s is the relative whose yearly premium was paid from this account. */
      return relative != NULL ? g_strdup_printf (_("Premium of %s"), relative) : g_strdup (C_("entry", "Resident premium"));
    case ZIFU_ENTRY_REFUND:
      /* Translators: %s is an institution that paid money back. */
      return institution != NULL ? g_strdup_printf (_("%s, refund"), institution) : g_strdup (C_("entry", "Refund"));
    case ZIFU_ENTRY_TRANSFER:
      return g_strdup (entry->note != NULL ? entry->note : C_("entry", "Transfer"));
    case ZIFU_ENTRY_CREDIT:
      /* A retired person gets money without contributing, so no contribution is named where no base is. */
      return g_strdup (entry->base >= 0 ? _("Credit from contribution") : C_("entry", "Credit"));
    case ZIFU_ENTRY_OUTPATIENT:
    case ZIFU_ENTRY_PHARMACY:
    case ZIFU_ENTRY_INPATIENT:
      return g_strdup (institution != NULL ? institution : zifu_entry_kind_name (entry->kind));
    case ZIFU_ENTRY_INTEREST:
    case ZIFU_ENTRY_OPENING:
    case ZIFU_ENTRY_CORRECTION:
    default:
      return g_strdup (zifu_entry_kind_name (entry->kind));
    }
}

/**
 * zifu_credit_dup_formula:
 * @base: contribution base, fen a month
 * @amount: what is credited, fen
 *
 * Returns: (transfer full) (nullable): "12,000 × 2%", or %NULL when the amount is no whole hundredth of a percent of the base
 */
char *
zifu_credit_dup_formula (ZifuMoney base, ZifuMoney amount)
{
  ZifuRational ratio;
  g_autofree char *base_text = NULL;
  g_autofree char *ratio_text = NULL;

  if (base <= 0 || amount <= 0 || !zifu_rational_new (amount, base, &ratio) || 10000 % ratio.den != 0)
    return NULL;

  base_text = zifu_words_money (base, ZIFU_MONEY_STYLE_SHORT);
  ratio_text = zifu_words_ratio (ratio);

  /* Translators: a contribution base and the share of it that is credited: 12,000 × 2%. */
  return g_strdup_printf (_("%s × %s"), base_text, ratio_text);
}

static void
add_visit_parts (const ZifuEntry *entry, GPtrArray *parts)
{
  if (entry->kind == ZIFU_ENTRY_INPATIENT && entry->days > 0)
    /* Translators: a hospital stay of so many days. */
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("Inpatient, %u day", "Inpatient, %u days", entry->days), entry->days));
  else
    g_ptr_array_add (parts, g_strdup (zifu_entry_kind_name (entry->kind)));

  if (entry->total > 0 && entry->kind != ZIFU_ENTRY_PHARMACY)
    {
      g_autofree char *total = zifu_words_money (entry->total, ZIFU_MONEY_STYLE_LIST);

      /* Translators: the whole bill of a visit, funds included. */
      g_ptr_array_add (parts, g_strdup_printf (_("bill %s"), total));
    }
}

static void
add_credit_parts (const ZifuEntry *entry, GPtrArray *parts)
{
  g_autofree char *formula = zifu_credit_dup_formula (entry->base, entry->amount);

  if (entry->for_month != 0)
    {
      g_autofree char *month = zifu_words_month (entry->for_month, FALSE);

      /* Translators: the month for which a contribution was paid. */
      g_ptr_array_add (parts, g_strdup_printf (_("for %s"), month));
    }
  if (formula != NULL)
    g_ptr_array_add (parts, g_steal_pointer (&formula));
}

static void
add_refund_part (ZifuDate original_date, GPtrArray *parts)
{
  if (original_date != 0)
    {
      g_autofree char *day = zifu_words_date (original_date, ZIFU_DATE_STYLE_DAY);

      /* Translators: %s is the day of the payment that was taken back. */
      g_ptr_array_add (parts, g_strdup_printf (_("reverses the payment of %s"), day));
    }
  else
    {
      g_ptr_array_add (parts, g_strdup (_("reverses an earlier payment")));
    }
}

/**
 * zifu_entry_dup_detail:
 * @entry: an entry
 * @original_date: day of the entry that this one reverses; 0 = not known or none
 * @with_month: whether the month must be told, because no heading above the row does
 *
 * Returns: (transfer full): the second line of a row: day, kind and what else matters, divided by middle dots
 */
char *
zifu_entry_dup_detail (const ZifuEntry *entry, ZifuDate original_date, gboolean with_month)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (entry != NULL, NULL);

  g_ptr_array_add (parts, zifu_words_date (entry->date, with_month ? ZIFU_DATE_STYLE_DAY : ZIFU_DATE_STYLE_SHORT));

  switch (entry->kind)
    {
    case ZIFU_ENTRY_CREDIT:
      add_credit_parts (entry, parts);
      break;
    case ZIFU_ENTRY_OUTPATIENT:
    case ZIFU_ENTRY_PHARMACY:
    case ZIFU_ENTRY_INPATIENT:
      add_visit_parts (entry, parts);
      break;
    case ZIFU_ENTRY_REFUND:
      add_refund_part (original_date, parts);
      break;
    case ZIFU_ENTRY_FAMILY:
      g_ptr_array_add (parts, g_strdup (zifu_entry_kind_name (entry->kind)));
      if (entry->institution != NULL)
        g_ptr_array_add (parts, g_strdup (entry->institution));
      break;
    case ZIFU_ENTRY_TRANSFER:
      g_ptr_array_add (parts, g_strdup (C_("entry", "Transfer")));
      break;
    case ZIFU_ENTRY_INTEREST:
    case ZIFU_ENTRY_PREMIUM:
    case ZIFU_ENTRY_OPENING:
    case ZIFU_ENTRY_CORRECTION:
    default:
      if (entry->note != NULL)
        g_ptr_array_add (parts, g_strdup (entry->note));
      break;
    }

  if (entry->reversed_by != 0)
    g_ptr_array_add (parts, g_strdup (_("refunded")));
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (" · ", (char **) parts->pdata);
}

/**
 * zifu_entry_is_cash_only:
 * @entry: an entry
 *
 * Such a row shows what the person paid instead of a change of 0.00.
 *
 * Returns: whether the person paid something and the account was not touched
 */
gboolean
zifu_entry_is_cash_only (const ZifuEntry *entry)
{
  g_return_val_if_fail (entry != NULL, FALSE);

  return entry->amount == 0 && entry->person_paid > 0;
}

/**
 * zifu_entry_dup_accessible:
 * @entry: an entry
 * @relative: (nullable): the relative of the entry
 *
 * Returns: (transfer full): the whole row as a screen reader says it
 */
char *
zifu_entry_dup_accessible (const ZifuEntry *entry, const char *relative)
{
  g_autofree char *title = NULL;
  g_autofree char *day = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *balance = NULL;

  g_return_val_if_fail (entry != NULL, NULL);

  title = zifu_entry_dup_title (entry, relative);
  day = zifu_words_date (entry->date, ZIFU_DATE_STYLE_LONG);
  if (zifu_entry_is_cash_only (entry))
    {
      amount = zifu_words_money (entry->person_paid, ZIFU_MONEY_STYLE_SPOKEN);
      /* Translators: a row of the history for a screen reader: title, kind, day, amount. */
      return zifu_words_fill (_("{1}, {2}, {3}, {4} paid in cash"), title, zifu_entry_kind_name (entry->kind), day, amount, NULL);
    }
  amount = zifu_words_money (entry->amount, ZIFU_MONEY_STYLE_SPOKEN);
  balance = zifu_words_money (entry->balance, ZIFU_MONEY_STYLE_SPOKEN);

  /* Translators: a row of the history for a screen reader: title, kind, day, amount, balance after it. */
  return zifu_words_fill (_("{1}, {2}, {3}, {4}, balance {5}"), title, zifu_entry_kind_name (entry->kind), day, amount, balance, NULL);
}

/**
 * zifu_relation_name:
 * @relation: self, spouse, parent, child, sibling, grandparent, grandchild or other
 * @sex: (nullable): "1" male, "2" female
 *
 * Returns: what the person is to the owner of the household
 */
const char *
zifu_relation_name (const char *relation, const char *sex)
{
  if (g_strcmp0 (relation, "self") == 0)
    return C_("relation", "me");
  if (g_strcmp0 (relation, "spouse") == 0)
    return C_("relation", "spouse");
  if (g_strcmp0 (relation, "child") == 0)
    return C_("relation", "child");
  if (g_strcmp0 (relation, "parent") == 0)
    {
      if (g_strcmp0 (sex, "1") == 0)
        return C_("relation", "father");
      if (g_strcmp0 (sex, "2") == 0)
        return C_("relation", "mother");
      return C_("relation", "parent");
    }
  if (g_strcmp0 (relation, "sibling") == 0)
    return C_("relation", "brother or sister");
  if (g_strcmp0 (relation, "grandparent") == 0)
    return C_("relation", "grandparent");
  if (g_strcmp0 (relation, "grandchild") == 0)
    return C_("relation", "grandchild");

  return C_("relation", "relative");
}

/**
 * zifu_member_dup_title:
 * @member: a person
 *
 * Returns: (transfer full): name and relation: "Lin Guodong (father)"
 */
char *
zifu_member_dup_title (const ZifuMember *member)
{
  g_return_val_if_fail (member != NULL, NULL);

  /* Translators: a person's name and what the person is to the owner of the household. */
  return g_strdup_printf (C_("person", "%s (%s)"), member->name, zifu_relation_name (member->relation, member->sex));
}

/**
 * zifu_member_dup_detail:
 * @member: a person
 * @region: name of the region
 *
 * Returns: (transfer full): kind of insurance, region and whether there is an account, divided by middle dots
 */
char *
zifu_member_dup_detail (const ZifuMember *member, const char *region)
{
  const char *kind;

  g_return_val_if_fail (member != NULL, NULL);

  kind = zifu_words_axis_value ("insurance", member->insurance);
  if (g_strcmp0 (member->insurance, "310") == 0 && member->status != NULL)
    kind = zifu_words_axis_value ("status", member->status);

  if (!member->has_account)
    return g_strdup_printf ("%s · %s · %s", kind, region, _("no personal account"));

  return g_strdup_printf ("%s · %s", kind, region);
}

/**
 * zifu_provenance_name:
 * @provenance: where a row came from
 *
 * Returns: how that is said beside the row
 */
const char *
zifu_provenance_name (ZifuProvenance provenance)
{
  switch (provenance)
    {
    case ZIFU_PROVENANCE_TYPED:
      return _("entered by hand");
    case ZIFU_PROVENANCE_IMPORTED:
      return _("imported");
    case ZIFU_PROVENANCE_SYNCED:
      return _("from the provider");
    case ZIFU_PROVENANCE_SAMPLE:
      return _("sample data");
    default:
      g_return_val_if_reached (NULL);
    }
}

static const char *
ledger_error_text (int code)
{
  switch ((ZifuLedgerError) code)
    {
    case ZIFU_LEDGER_ERROR_OPEN:
      return _("The file cannot be opened or created. Check that its folder exists and that you may write there.");
    case ZIFU_LEDGER_ERROR_DAMAGED:
      return _("The file is damaged or is not a Zifu ledger. Nothing was changed.");
    case ZIFU_LEDGER_ERROR_NEWER:
      return _("The file was written by a newer Zifu. Update the program to open it.");
    case ZIFU_LEDGER_ERROR_BUSY:
      return _("Another program is using the file. Close that program and try again.");
    case ZIFU_LEDGER_ERROR_FULL:
      return _("There is no space left on the disk. Nothing was changed.");
    case ZIFU_LEDGER_ERROR_NOT_FOUND:
      return _("This person or entry is not in the ledger any more.");
    case ZIFU_LEDGER_ERROR_INPUT:
      return _("A value cannot be stored. Nothing was changed.");
    case ZIFU_LEDGER_ERROR_DUPLICATE:
      return _("This entry is in the ledger already.");
    case ZIFU_LEDGER_ERROR_READ_ONLY:
      return _("The file is open for reading only. Nothing was changed.");
    case ZIFU_LEDGER_ERROR_REFERRED: /* zifu_ui_error_text() gives the ledger's own words */
    case ZIFU_LEDGER_ERROR_INTERNAL:
    default:
      return _("The ledger could not be read or written. Nothing was changed.");
    }
}

/**
 * zifu_ui_error_text:
 * @error: an error of the ledger, the engine or the policy packs
 *
 * Returns: (transfer full): what went wrong, for people
 */
char *
zifu_ui_error_text (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  /* How many later entries refer to what should go, and to what of it, only the ledger knows. */
  if (error->domain == ZIFU_LEDGER_ERROR && error->code != ZIFU_LEDGER_ERROR_REFERRED)
    return g_strdup (ledger_error_text (error->code));
  if (error->domain == ZIFU_ERROR)
    return zifu_words_error_message (error);

  return g_strdup (error->message);
}
