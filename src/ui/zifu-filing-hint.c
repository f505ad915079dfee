/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-filing-hint.h"

#include <glib/gi18n-lib.h>

#include "zifu-life-words.h"
#include "zifu-words.h"

static gboolean
is_filing (const char *remote)
{
  return g_strcmp0 (remote, "filed_long") == 0 || g_strcmp0 (remote, "filed_temp") == 0 || g_strcmp0 (remote, "referred") == 0;
}

static char *
fill_day (const char *text, ZifuDate date)
{
  g_autofree char *day = zifu_words_date (date, ZIFU_DATE_STYLE_LONG);

  return zifu_words_fill (text, day, NULL);
}

/* The kind and the time of a filing, when it is not the one that was chosen. */
static char *
describe (const ZifuFilingFound *found)
{
  g_autofree char *when = zifu_life_dup_days (found->filing->from, found->until);

  /* Translators: {1} is a kind of filing, {2} a period. */
  return zifu_words_fill (_("On record for that day: {1}, {2}"), zifu_life_filing_name (found->filing->kind), when, NULL);
}

/**
 * zifu_filing_hint:
 * @pack: the rules of the person's region
 * @record: a record with the person's filings
 * @remote: (nullable): the value of the axis remote that was chosen for the visit
 * @on: day of the visit
 *
 * Holds the choice for care elsewhere against what is on record (R33, R34): whoever counts on a filing that is over pays more than was
 * worked out.
 *
 * Returns: (nullable) (transfer full): what to say of it; %NULL = nothing
 */
char *
zifu_filing_hint (ZifuPack *pack, const ZifuRecord *record, const char *remote, ZifuDate on)
{
  ZifuFilingFound found;

  g_return_val_if_fail (pack != NULL && record != NULL, NULL);

  if (!is_filing (remote) && g_strcmp0 (remote, "unfiled") != 0)
    return NULL;

  found = zifu_filing_find (pack, record, NULL, on);
  if (found.state == ZIFU_FILING_VALID)
    {
      g_autofree char *when = zifu_life_dup_days (found.filing->from, found.until);

      /* Translators: {1} is a period. */
      return g_strcmp0 (found.filing->kind, remote) == 0 ? zifu_words_fill (_("On record: {1}"), when, NULL) : describe (&found);
    }
  if (!is_filing (remote))
    return NULL;
  if (found.state == ZIFU_FILING_EXPIRED)
    /* Translators: {1} is a day. */
    return fill_day (_("The filing on record ended on {1}: renew it before the visit"), found.until);
  if (found.state == ZIFU_FILING_NOT_YET)
    /* Translators: {1} is a day. */
    return fill_day (_("The filing on record begins on {1} only"), found.filing->from);
  return g_strdup (_("No filing is on record: this holds once you have filed"));
}
