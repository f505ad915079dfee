/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-enrolments.h"

static gboolean
is_open (const ZifuEnrolment *enrolment, ZifuDate on)
{
  return enrolment->paid && enrolment->from <= on && (enrolment->to == 0 || on <= enrolment->to);
}

static gboolean
is_employee (const ZifuEnrolment *enrolment)
{
  return g_strcmp0 (enrolment->insurance, "310") == 0;
}

/* Two records of the same insurance at the same place, such as of two years, are one insurance; without a place nothing is known. */
static gboolean
are_two (const ZifuEnrolment *a, const ZifuEnrolment *b)
{
  return is_employee (a) != is_employee (b) || (a->region != NULL && b->region != NULL && !g_str_equal (a->region, b->region));
}

/* Keeps the better of two; without a word about work or home nothing is decided. */
static void
choose (ZifuDouble *self, const ZifuEnrolment *a, const ZifuEnrolment *b)
{
  gboolean a_first = a->place_of_work && !b->place_of_work;

  if (is_employee (a) != is_employee (b))
    {
      self->reason = ZIFU_DOUBLE_EMPLOYEE;
      a_first = is_employee (a);
    }
  else
    {
      self->reason = is_employee (a) ? ZIFU_DOUBLE_WORK : ZIFU_DOUBLE_HOME;
      self->undecided = a->place_of_work == b->place_of_work;
    }
  self->keep = a_first ? a : b;
  self->end = a_first ? b : a;
}

/* Since when employee insurance has run without a month between: the paid records of it that lead up to @last. */
static ZifuDate
runs_since (const ZifuRecord *record, const ZifuEnrolment *last)
{
  ZifuDate since = last->from;
  gboolean found = TRUE;

  while (found && since > 0)
    {
      found = FALSE;
      for (guint i = 0; i < record->enrolments->len; i++)
        {
          const ZifuEnrolment *one = &g_array_index (record->enrolments, ZifuEnrolment, i);

          if (!is_employee (one) || !one->paid || one->from >= since || one->from == 0 ||
              (one->to != 0 && zifu_month_of (one->to) + 1 < zifu_month_of (since)))
            continue;
          since = one->from;
          found = TRUE;
        }
    }
  return since;
}

/* Employee insurance goes first after so many months; before that the rules do not say which of the two. */
static void
hold_against_time (ZifuDouble *self, ZifuPack *pack, const ZifuRecord *record, ZifuDate on)
{
  ZifuFigure months = zifu_figure_find (pack, record->person, on, "double_employee_months", NULL, NULL);
  int count;

  self->employee_since = runs_since (record, self->keep);
  self->undecided =
      !zifu_figure_to_count (&months, &count) || self->employee_since == 0 || zifu_date_add_months (self->employee_since, count) > on;
}

/**
 * zifu_double_find:
 * @pack: the rules
 * @record: whose enrolments
 * @on: a day
 *
 * Looks for two enrolments that are open and paid on the same day, unless the rules allow them.  How long employee insurance has to
 * have run to be kept, is the amount double_employee_months.
 *
 * Returns: the first two that are found, and which of them is kept
 */
ZifuDouble
zifu_double_find (ZifuPack *pack, const ZifuRecord *record, ZifuDate on)
{
  ZifuDouble self = { ZIFU_DOUBLE_NONE };
  ZifuFigure allowed;

  g_return_val_if_fail (pack != NULL && record != NULL, self);

  for (guint i = 0; i < record->enrolments->len; i++)
    for (guint j = 0; j < i && self.reason == ZIFU_DOUBLE_NONE; j++)
      {
        const ZifuEnrolment *first = &g_array_index (record->enrolments, ZifuEnrolment, j);
        const ZifuEnrolment *second = &g_array_index (record->enrolments, ZifuEnrolment, i);

        if (is_open (first, on) && is_open (second, on) && are_two (first, second))
          choose (&self, first, second);
      }
  if (self.reason == ZIFU_DOUBLE_NONE)
    return self;
  allowed = zifu_figure_find (pack, record->person, on, "double_enrolment_allowed", NULL, NULL);
  if (zifu_figure_is_true (&allowed))
    return (ZifuDouble){ ZIFU_DOUBLE_NONE };
  self.rule = allowed.rule;
  if (self.reason == ZIFU_DOUBLE_EMPLOYEE)
    hold_against_time (&self, pack, record, on);
  return self;
}

/**
 * zifu_newborn_window:
 * @pack: the rules
 * @person: a child; axis birth
 * @last_day: (out): the last day on which enrolling covers it from birth
 * @rule: (out) (nullable): the rule that says so
 *
 * Asks the amount newborn_days.  The day of birth is not counted.
 *
 * Returns: whether the rules and the record say it
 */
gboolean
zifu_newborn_window (ZifuPack *pack, const ZifuPerson *person, ZifuDate *last_day, const ZifuRule **rule)
{
  const char *birth = zifu_facts_get_string (person->facts, "birth");
  ZifuDate born = birth != NULL ? zifu_date_parse (birth) : 0;
  ZifuFigure figure;
  int days;

  g_return_val_if_fail (pack != NULL && last_day != NULL && rule != NULL, FALSE);

  *rule = NULL;
  if (born == 0)
    return FALSE;
  figure = zifu_figure_find (pack, person, born, "newborn_days", NULL, NULL);
  *rule = figure.rule;
  if (!zifu_figure_to_count (&figure, &days))
    return FALSE;
  *last_day = born + days;
  return TRUE;
}
