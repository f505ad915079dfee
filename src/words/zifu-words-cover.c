/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Coverage in words: its states, and the months in which they hold. */

#include "zifu-answers-private.h"

/**
 * zifu_words_cover_state:
 * @state: a state of coverage
 * @share: what is paid of the benefits in it
 *
 * Returns: (transfer full): the state, as it stands behind a time and a colon
 */
char *
zifu_words_cover_state (ZifuCoverageState state, ZifuRational share)
{
  gboolean nothing = zifu_rational_sign (share) == 0;

  switch (state)
    {
    case ZIFU_COVERAGE_COVERED:
      return g_strdup (_ ("covered"));
    case ZIFU_COVERAGE_GRACE:
      if (zifu_rational_cmp (share, ZIFU_RATIONAL_ONE) >= 0)
        return g_strdup (_ ("period of grace, covered as before"));
      /* Translators: {1} is a share of the benefits, such as 50% */
      return zifu_words_fill_take (_ ("period of grace, {1} of the benefits"), zifu_words_ratio (share), NULL);
    case ZIFU_COVERAGE_SUSPENDED:
      return g_strdup (_ ("suspended, the fund pays nothing"));
    case ZIFU_COVERAGE_WAITING:
      if (nothing)
        return g_strdup (_ ("waiting period, the fund pays nothing"));
      return zifu_words_fill_take (_ ("waiting period, {1} of the benefits"), zifu_words_ratio (share), NULL);
    case ZIFU_COVERAGE_NONE:
    default:
      return g_strdup (_ ("not insured yet"));
    }
}

/**
 * zifu_words_cover_since:
 * @month: a month in which something begins
 * @today: the day on which one looks
 *
 * Returns: (transfer full): “this month” or the first day of a later one: what stands behind “from … on”
 */
char *
zifu_words_cover_since (ZifuMonth month, ZifuDate today)
{
  if (month <= zifu_month_of (today))
    return g_strdup (C_ ("from when on", "this month"));
  return zifu_words_date (zifu_month_first_day (month), ZIFU_DATE_STYLE_LONG);
}

/**
 * zifu_words_cover_months:
 * @interval: a stretch of months in one state
 * @first: whether it has no beginning that matters
 * @last: whether it has no end that is known
 *
 * Returns: (transfer full): its months
 */
char *
zifu_words_cover_months (const ZifuCoverageInterval *interval, gboolean first, gboolean last)
{
  if (last && first)
    return g_strdup (_ ("All the time"));
  if (last)
    return zifu_words_fill_take (_ ("From {1} on"), zifu_words_month (interval->from, TRUE), NULL);
  if (first)
    return zifu_words_fill_take (_ ("Until {1}"), zifu_words_month (interval->to, TRUE), NULL);
  if (interval->from == interval->to)
    return zifu_words_month (interval->from, TRUE);
  /* Translators: two months, both included */
  return zifu_words_fill_take (_ ("{1} to {2}"), zifu_words_month (interval->from, TRUE), zifu_words_month (interval->to, TRUE), NULL);
}
