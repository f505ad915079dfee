/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R29, R30, R32: a child in its first year. */

#include "zifu-answers-parts-private.h"
#include "zifu-enrolments.h"

/* The month in which something was paid first; 0 = nothing is known to be paid. */
static ZifuMonth
first_paid (const ZifuPerson *person)
{
  ZifuMonth first = 0;

  for (guint i = 0; i < person->payments->len; i++)
    {
      ZifuMonth paid_on = g_array_index (person->payments, ZifuPayment, i).paid_on;

      first = first == 0 ? paid_on : MIN (first, paid_on);
    }
  return first;
}

static void
add_enrolment_papers (ZifuAnswer *answer)
{
  zifu_answer_add_paper (answer, _ ("Birth certificate"));
  zifu_answer_add_paper (answer, _ ("Household register in which the child stands"));
  answer->where = g_strdup (zifu_words_window ());
}

/* A child of whom nothing is paid yet, while it can be enrolled with cover from birth on, or just not any more. */
static void
tell_newborn (ZifuAnswer *answer, const char *born, ZifuDate last, gboolean late)
{
  g_autofree char *until = zifu_words_date (last, ZIFU_DATE_STYLE_LONG);

  g_free (answer->answer);
  /* Translators: {1} is a day; so in the next sentences, {2} too */
  answer->answer = zifu_words_fill (late ? _ ("The days for enrolling with cover from birth ended on {1}: ask what the wait is now.")
                                         : _ ("From birth on, when the child is enrolled by {1}."),
                                    until, NULL);
  answer->in_your_case = zifu_words_fill (_ ("Born on {1}; no month is paid by the data here."), born, NULL);
  if (!late)
    {
      g_autofree char *step = zifu_words_fill (_ ("Enrol the child by {1}, that day included."), until, NULL);

      zifu_answer_add_step (answer, step);
      zifu_answer_add_point (answer, g_strdup (_ ("After that day the child waits as others do who enrol late.")));
    }
  add_enrolment_papers (answer);
}

/* The same where the rules of the region name no term. */
static void
tell_newborn_without_term (ZifuAnswer *answer, const char *born)
{
  g_free (answer->answer);
  answer->answer =
      g_strdup (_ ("Not before the child is enrolled. Up to which day after birth the cover goes back to birth was not found for "
                   "your region: enrol soon, and ask."));
  /* Translators: {1} is a day */
  answer->in_your_case = zifu_words_fill (_ ("Born on {1}; no month is paid by the data here."), born, NULL);
  answer->why = g_strdup (_ ("Regions count a newborn as insured from birth when it is enrolled within a term; each sets its own."));
  zifu_answer_add_step (answer, _ ("Keep the bills since birth: within the term they are reimbursed once the child is enrolled."));
  add_enrolment_papers (answer);
}

/* Children are insured as residents. */
static gboolean
is_newborn (const AnswerCase *self, ZifuDate born)
{
  return self->pack != NULL && self->is_resident && born != 0 && born <= self->today && self->today < zifu_date_add_months (born, 12);
}

/* Whether this is a child in its first year of whom nothing is paid yet. */
static gboolean
is_unenrolled (const AnswerCase *self)
{
  const char *birth = zifu_facts_get_string (self->person->facts, "birth");

  return is_newborn (self, birth != NULL ? zifu_date_parse (birth) : 0) && self->person->payments->len == 0;
}

/**
 * zifu_answer_add_newborn:
 * @answer: the answer to R29
 * @self: a case
 *
 * In the first year of a child tells up to when it is enrolled with cover from birth on, what is needed for that, and from when on bills
 * can be claimed.
 *
 * Returns: whether the answer is about enrolling it
 */
gboolean
zifu_answer_add_newborn (ZifuAnswer *answer, const AnswerCase *self)
{
  const char *birth = zifu_facts_get_string (self->person->facts, "birth");
  ZifuDate born = birth != NULL ? zifu_date_parse (birth) : 0, last;
  ZifuMonth paid = first_paid (self->person);
  const ZifuRule *rule;
  g_autofree char *day = NULL;

  if (!is_newborn (self, born))
    return FALSE;
  day = zifu_words_date (born, ZIFU_DATE_STYLE_LONG);
  if (!zifu_newborn_window (self->pack, self->person, &last, &rule))
    {
      if (paid == 0)
        tell_newborn_without_term (answer, day);
      return paid == 0;
    }
  if (paid == 0)
    {
      tell_newborn (answer, day, last, self->today > last);
      answer->why = zifu_words_fill (zifu_answer_rule_template (self, rule), zifu_answer_rule_title (rule), NULL);
      zifu_answer_set_source (answer, rule);
    }
  else if (paid <= zifu_month_of (last))
    zifu_answer_add_point (answer,
                           zifu_words_fill_take (_ ("Enrolled by {1}, the child is covered from birth on {2}: claim the bills since then."),
                                                 zifu_words_date (last, ZIFU_DATE_STYLE_LONG), g_steal_pointer (&day), NULL));
  return paid == 0;
}

/**
 * zifu_answer_tell_unenrolled:
 * @answer: an answer that is still empty
 * @self: a case
 * @headline: the answer for such a child
 *
 * Answers a question about gaps for a child that is not enrolled yet: there are no months to look up, it is to be enrolled.
 *
 * Returns: whether this is such a child; else nothing was added
 */
gboolean
zifu_answer_tell_unenrolled (ZifuAnswer *answer, const AnswerCase *self, const char *headline)
{
  if (!is_unenrolled (self))
    return FALSE;
  zifu_answer_add_newborn (answer, self);
  g_free (answer->answer);
  answer->answer = g_strdup (headline);
  return TRUE;
}
