/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-stated.h"

/* The visit that was refused, as far as it was described.  Its bill is not asked for: it is nought, and nothing is concluded from it. */
static ZifuVisit *
make_visit (const ZifuStated *stated, ZifuDate today)
{
  static const char *const remotes[] = {
    [ZIFU_STATED_PLACE_UNKNOWN] = "local",     [ZIFU_STATED_PLACE_HOME] = "local",           [ZIFU_STATED_PLACE_FILED] = "filed_temp",
    [ZIFU_STATED_PLACE_UNFILED] = "unfiled", [ZIFU_STATED_PLACE_EMERGENCY] = "emergency",
  };
  ZifuVisit *visit = zifu_visit_new ();

  zifu_facts_set_string (visit->facts, "care", "outpatient");
  zifu_facts_set_string (visit->facts, "class", "3");
  zifu_facts_set_string (visit->facts, "remote", remotes[stated->place]);
  zifu_facts_set_string (visit->facts, "place", stated->place > ZIFU_STATED_PLACE_HOME ? "other" : "city");
  zifu_facts_set_boolean (visit->facts, "designated", stated->designated != ZIFU_STATED_NO);
  zifu_facts_set_boolean (visit->facts, "connected", stated->connected != ZIFU_STATED_NO);
  visit->date = today;
  visit->use_account = TRUE;
  zifu_visit_set_total (visit, 0);
  zifu_visit_set_parts (visit, 0, 0, 0);
  return visit;
}

/**
 * zifu_stated_apply:
 * @stated: what was stated
 * @record: the record of the same person
 * @today: the day on which the payment was refused
 *
 * Puts it into the record.  What was not stated stays as it is there.
 */
void
zifu_stated_apply (const ZifuStated *stated, ZifuRecord *record, ZifuDate today)
{
  g_return_if_fail (stated != NULL && record != NULL);

  if (stated->card != ZIFU_CARD_UNKNOWN)
    record->card = stated->card;
  if (stated->account != ZIFU_ACCOUNT_UNKNOWN)
    record->account = stated->account;
  if (stated->identity_changed != ZIFU_STATED_OPEN)
    record->identity_changed = stated->identity_changed == ZIFU_STATED_YES;
  if (stated->place == ZIFU_STATED_PLACE_UNKNOWN && stated->designated == ZIFU_STATED_OPEN && stated->connected == ZIFU_STATED_OPEN)
    return;
  g_clear_pointer (&record->refused, zifu_visit_free);
  record->refused = make_visit (stated, today);
}

/**
 * zifu_stated_count:
 * @stated: what was stated
 *
 * Returns: how many of the questions were answered
 */
guint
zifu_stated_count (const ZifuStated *stated)
{
  g_return_val_if_fail (stated != NULL, 0);

  return (stated->card != ZIFU_CARD_UNKNOWN) + (stated->account != ZIFU_ACCOUNT_UNKNOWN) + (stated->identity_changed != ZIFU_STATED_OPEN)
         + (stated->designated != ZIFU_STATED_OPEN) + (stated->connected != ZIFU_STATED_OPEN)
         + (stated->place != ZIFU_STATED_PLACE_UNKNOWN);
}
