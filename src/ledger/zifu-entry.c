/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

static const char *const kind_names[ZIFU_N_ENTRY_KINDS] = {
  [ZIFU_ENTRY_CREDIT] = "credit",       [ZIFU_ENTRY_OUTPATIENT] = "outpatient", [ZIFU_ENTRY_PHARMACY] = "pharmacy",
  [ZIFU_ENTRY_INPATIENT] = "inpatient", [ZIFU_ENTRY_FAMILY] = "family",         [ZIFU_ENTRY_TRANSFER] = "transfer",
  [ZIFU_ENTRY_REFUND] = "refund",       [ZIFU_ENTRY_INTEREST] = "interest",     [ZIFU_ENTRY_PREMIUM] = "premium",
  [ZIFU_ENTRY_OPENING] = "opening",     [ZIFU_ENTRY_CORRECTION] = "correction",
};

static const char *const provenance_names[] = {
  [ZIFU_PROVENANCE_TYPED] = "typed",
  [ZIFU_PROVENANCE_IMPORTED] = "imported",
  [ZIFU_PROVENANCE_SYNCED] = "synced",
  [ZIFU_PROVENANCE_SAMPLE] = "sample",
};

/* The word that stands in the file. */
const char *
_zifu_entry_kind_name (ZifuEntryKind kind)
{
  return (guint) kind < ZIFU_N_ENTRY_KINDS ? kind_names[kind] : NULL;
}

/* The kind that the word in the file, or in the sample, stands for. */
gboolean
_zifu_entry_kind_parse (const char *name, ZifuEntryKind *kind)
{
  for (guint i = 0; i < ZIFU_N_ENTRY_KINDS; i++)
    if (g_strcmp0 (name, kind_names[i]) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

/* The word that stands in the file. */
const char *
_zifu_provenance_name (ZifuProvenance provenance)
{
  return (guint) provenance < G_N_ELEMENTS (provenance_names) ? provenance_names[provenance] : NULL;
}

/* The tables hold no other words than ours; should one be there all the same, then another program wrote it. */
ZifuProvenance
_zifu_provenance_parse (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (provenance_names); i++)
    if (g_strcmp0 (name, provenance_names[i]) == 0)
      return i;
  return ZIFU_PROVENANCE_IMPORTED;
}

/**
 * zifu_entry_new:
 *
 * An empty row of the history, without a base.
 *
 * Returns: (transfer full): a new entry, to be freed with zifu_entry_free()
 */
ZifuEntry *
zifu_entry_new (void)
{
  ZifuEntry *entry = g_new0 (ZifuEntry, 1);

  entry->base = -1;
  return entry;
}

/**
 * zifu_entry_copy:
 * @entry: an entry
 *
 * Returns: (transfer full): a copy with the same id
 */
ZifuEntry *
zifu_entry_copy (const ZifuEntry *entry)
{
  ZifuEntry *copy;

  g_return_val_if_fail (entry != NULL, NULL);

  copy = g_memdup2 (entry, sizeof *entry);
  copy->incexpd_type = g_strdup (entry->incexpd_type);
  copy->institution = g_strdup (entry->institution);
  copy->note = g_strdup (entry->note);
  copy->relative_name = g_strdup (entry->relative_name);
  copy->souc_rid = g_strdup (entry->souc_rid);
  return copy;
}

/**
 * zifu_entry_free:
 * @entry: (nullable) (transfer full): an entry
 *
 * Frees @entry with all its texts.
 */
void
zifu_entry_free (ZifuEntry *entry)
{
  if (entry == NULL)
    return;

  g_free (entry->incexpd_type);
  g_free (entry->institution);
  g_free (entry->note);
  g_free (entry->relative_name);
  g_free (entry->souc_rid);
  g_free (entry);
}
