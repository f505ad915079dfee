/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-retirement.h"

/**
 * zifu_retirement_free:
 * @retirement: (nullable) (transfer full): a result
 *
 * Frees a result.
 */
void
zifu_retirement_free (ZifuRetirement *retirement)
{
  if (retirement == NULL)
    return;
  zifu_credit_free (retirement->credit);
  g_clear_error (&retirement->credit_error);
  g_free (retirement);
}

/* A count that the record states, such as the months that count as paid. */
static int
stated (const ZifuPerson *person, const char *axis)
{
  const ZifuValue *value = zifu_facts_get (person->facts, axis);
  ZifuRational number;

  if (value == NULL || !zifu_value_to_number (value, &number))
    return -1;
  number = zifu_rational_reduce (number);
  return zifu_rational_is_integer (number) && number.num >= 0 && number.num < 1200 ? (int) number.num : -1;
}

static int
compare_months (gconstpointer a, gconstpointer b)
{
  return *(const ZifuMonth *) a - *(const ZifuMonth *) b;
}

static int
count_paid (const ZifuPerson *person, ZifuMonth now)
{
  g_autoptr (GArray) months = g_array_new (FALSE, FALSE, sizeof (ZifuMonth));
  int n = 0;

  for (guint i = 0; i < person->payments->len; i++)
    {
      const ZifuPayment *payment = &g_array_index (person->payments, ZifuPayment, i);

      for (guint j = 0; j < payment->n_months && payment->paid_on <= now; j++)
        {
          ZifuMonth month = payment->first + (ZifuMonth) j;

          g_array_append_val (months, month);
        }
    }
  g_array_sort (months, compare_months);
  for (guint i = 0; i < months->len; i++)
    n += i == 0 || g_array_index (months, ZifuMonth, i) != g_array_index (months, ZifuMonth, i - 1);
  return n;
}

/*
 * What is stated goes before what can be counted: a record seldom reaches back to the first month.  A resident's premiums are
 * no years of an employee.
 */
static void
count_months (ZifuRetirement *self, const ZifuPerson *person, ZifuMonth now)
{
  gboolean resident = g_strcmp0 (zifu_facts_get_string (person->facts, "insurance"), "390") == 0;
  int counted = resident ? 0 : count_paid (person, now), deemed = stated (person, "months_deemed");

  self->have_actual_months = stated (person, "months_paid");
  if (self->have_actual_months < 0 && counted > 0)
    self->have_actual_months = counted;
  self->have_months = self->have_actual_months < 0 ? -1 : self->have_actual_months + MAX (deemed, 0);
}

static int
missing (const ZifuFigure *need, int have)
{
  int years;

  if (have < 0 || !zifu_figure_to_count (need, &years))
    return -1;
  return MAX (0, years * 12 - have);
}

/**
 * zifu_retirement_new:
 * @pack: the rules
 * @person: who asks; axes sex, months_paid (actually paid) and months_deemed (count as paid) where they are known
 * @today: the day of the question
 *
 * Counts the months that are missing for benefits in retirement, and says what is credited then.
 *
 * Returns: (transfer full): the result
 */
ZifuRetirement *
zifu_retirement_new (ZifuPack *pack, const ZifuPerson *person, ZifuDate today)
{
  ZifuRetirement *self = g_new0 (ZifuRetirement, 1);
  g_autoptr (ZifuPerson) retired = NULL;
  int total, actual;

  g_return_val_if_fail (pack != NULL && person != NULL && today > 0, self);

  self->retired = g_strcmp0 (zifu_facts_get_string (person->facts, "status"), "retired") == 0;
  self->need_years = zifu_figure_find (pack, person, today, "retire_years", NULL, NULL);
  self->need_actual_years = zifu_figure_find (pack, person, today, "retire_years_actual", NULL, NULL);
  count_months (self, person, zifu_month_of (today));
  total = missing (&self->need_years, self->have_months);
  actual = missing (&self->need_actual_years, self->have_actual_months);
  self->missing_months = total < 0 || (actual < 0 && self->need_actual_years.state == ZIFU_FIGURE_UNKNOWN) ? -1 : MAX (total, actual);
  if (self->missing_months >= 0)
    self->ready = zifu_month_of (today) + self->missing_months;
  retired = zifu_person_copy (person);
  zifu_facts_set_string (retired->facts, "status", "retired");
  self->credit = zifu_credit_compute (pack, retired, today, &self->credit_error);
  return self;
}
