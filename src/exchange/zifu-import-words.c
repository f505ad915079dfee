/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-private.h"

#include <glib/gi18n-lib.h>

#include "zifu-words.h"

/* The words for what is found in a file. */

/* A cell may be a page long. */
#define MAX_DETAIL 60

typedef struct {
  const char *name;    /* for programs */
  const char *message; /* {1} = what it is about */
} ReasonWords;

static const ReasonWords reasons[] = {
  [ZIFU_REASON_NONE] = { "none", NULL },
  [ZIFU_REASON_KNOWN] = { "known", N_ ("is there already") },
  [ZIFU_REASON_TWICE] = { "twice", N_ ("stands in the file twice, with the same number") },
  [ZIFU_REASON_SIMILAR] = { "similar", N_ ("an entry of this day and amount is there already, with another text: “{1}”") },
  [ZIFU_REASON_BALANCE] = { "balance", N_ ("the balance does not continue the one before; {1} was to be expected") },
  [ZIFU_REASON_FUTURE] = { "future", N_ ("the day lies in the future") },
  [ZIFU_REASON_FAR_PAST] = { "far-past", N_ ("the day lies before there were accounts, or before the person was born") },
  [ZIFU_REASON_NO_RELATIVE] = { "no-relative",
                                N_ ("a relative's payment, and it is not known whose: “{1}”; it would be entered as a transfer") },
  [ZIFU_REASON_SUMS] = { "sums", N_ ("the parts of the settlement do not add up: {1}") },
  [ZIFU_REASON_PAIR] = { "pair", N_ ("the refund does not mirror the settlement {1}") },
  [ZIFU_REASON_MONTHS] = { "months", N_ ("months that another row counts as well: {1}") },
  [ZIFU_REASON_BAD_BYTES] = { "bad-bytes", N_ ("holds bytes that are no text, at byte {1} of the file; the encoding may be another one") },
  [ZIFU_REASON_NO_DATE] = { "no-date", N_ ("has no day") },
  [ZIFU_REASON_BAD_DATE] = { "bad-date", N_ ("not a day: “{1}”") },
  [ZIFU_REASON_NO_SUCH_DAY] = { "no-such-day", N_ ("there is no such day: “{1}”") },
  [ZIFU_REASON_DAY_OR_MONTH] = { "day-or-month", N_ ("day or month first? “{1}” can be both; say it in the mapping") },
  [ZIFU_REASON_SHORT_YEAR] = { "short-year", N_ ("the year needs four digits: “{1}”") },
  [ZIFU_REASON_NO_AMOUNT] = { "no-amount", N_ ("has no amount") },
  [ZIFU_REASON_BAD_AMOUNT] = { "bad-amount", N_ ("not an amount: “{1}”") },
  [ZIFU_REASON_DECIMALS] = { "decimals", N_ ("more than two decimals: “{1}”") },
  [ZIFU_REASON_TOO_LARGE] = { "too-large", N_ ("too large an amount: “{1}”") },
  [ZIFU_REASON_BOTH] = { "both", N_ ("income and outlay in one line") },
  [ZIFU_REASON_DIRECTION] = { "direction", N_ ("in or out? “{1}” does not say") },
  [ZIFU_REASON_BAD_MONTH] = { "bad-month", N_ ("not a month: “{1}”") },
  [ZIFU_REASON_NO_ACCOUNT] = { "no-account", N_ ("the person has no personal account") },
  [ZIFU_REASON_OTHER_PERSON] = { "other-person", N_ ("belongs to somebody else: “{1}”") },
  [ZIFU_REASON_NO_PERSON] = { "no-person", N_ ("nobody of this name is in the household, or more than one: “{1}”") },
  [ZIFU_REASON_KEY_AGAIN] = { "key-again", N_ ("the number {1} is there already, with another day or amount") },
  [ZIFU_REASON_SUM_ROW] = { "sum-row", N_ ("a line of sums, not an entry") },
  [ZIFU_REASON_TITLE_ROW] = { "title-row", N_ ("titles once more, not an entry") },
  [ZIFU_REASON_WITHDRAWN] = { "withdrawn", N_ ("the source took this row back: {1}") },
  [ZIFU_REASON_UNKNOWN_TYPE] = { "unknown-type", N_ ("a row of a kind that an import does not keep: {1}") },
  [ZIFU_REASON_BAD_ROW] = { "bad-row", N_ ("the row lacks what it must have: {1}") },
};

static const char *const state_names[ZIFU_N_LINE_STATES] = {
  [ZIFU_LINE_NEW] = "new",
  [ZIFU_LINE_DUPLICATE] = "duplicate",
  [ZIFU_LINE_DOUBTFUL] = "doubtful",
  [ZIFU_LINE_WRONG] = "wrong",
};

/**
 * zifu_line_state_get_name:
 * @state: a state
 *
 * Returns: (transfer none): its name for programs
 */
const char *
zifu_line_state_get_name (ZifuLineState state)
{
  g_return_val_if_fail ((guint) state < ZIFU_N_LINE_STATES, NULL);

  return state_names[state];
}

/**
 * zifu_line_reason_get_name:
 * @reason: a reason
 *
 * Returns: (transfer none): its name for programs
 */
const char *
zifu_line_reason_get_name (ZifuLineReason reason)
{
  g_return_val_if_fail ((guint) reason < G_N_ELEMENTS (reasons), NULL);

  return reasons[reason].name;
}

static char *
shorten (const char *text)
{
  g_autofree char *head = NULL;

  if (text == NULL || g_utf8_strlen (text, -1) <= MAX_DETAIL)
    return g_strdup (text != NULL ? text : "");
  head = g_utf8_substring (text, 0, MAX_DETAIL);
  return g_strconcat (head, "…", NULL);
}

/* Why the line is not simply new; NULL when it is. */
char *
_zifu_import_describe (const ZifuImportLine *line)
{
  g_autofree char *detail = shorten (line->detail);

  if (line->reason == ZIFU_REASON_NONE)
    return NULL;
  return zifu_words_fill (g_dgettext (GETTEXT_PACKAGE, reasons[line->reason].message), detail, NULL);
}
