/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-line-scope.h"

/* What of a line of a settled bill is out of scope: as it states itself, else as the rules of the region tell. */

static const char *
category_of (const ZifuBillLine *line)
{
  const char *category = zifu_facts_get_string (line->facts, "category");

  return category != NULL && strlen (category) == 1 && strchr ("ABC", category[0]) != NULL ? category : NULL;
}

/* Bills name the goods; rules know kinds of them. */
static gboolean
says_kind (const ZifuBillLine *line)
{
  static const char *const kinds[] = { "drug", "exam",         "service", "material", "implant",
                                       "bed",  "registration", "herbal",  "dialysis", NULL };
  const char *item = zifu_facts_get_string (line->facts, "item");

  return item != NULL && g_strv_contains (kinds, item);
}

/* Whether a clause cannot hold of this text; what cannot be decided may hold. */
static gboolean
excludes (const ZifuClause *clause, const char *text)
{
  g_autoptr (ZifuValue) value = text != NULL ? zifu_value_new_string (text) : NULL;
  gboolean holds = TRUE;

  return value != NULL && zifu_condition_holds (clause->condition, value, clause->axis, &holds, NULL) && !holds;
}

static gboolean
asks_kind (const ZifuRule *rule, const ZifuPerson *person, const char *category, ZifuDate date)
{
  gboolean asks = FALSE;

  if (rule->valid_from > date || (rule->valid_to != 0 && rule->valid_to < date))
    return FALSE;
  for (guint i = 0; i < rule->when->len; i++)
    {
      const ZifuClause *clause = &g_array_index (rule->when, ZifuClause, i);

      asks |= g_str_equal (clause->axis, "item");
      if (g_str_equal (clause->axis, "category") && excludes (clause, category))
        return FALSE;
      if (g_str_equal (clause->axis, "insurance") && excludes (clause, zifu_facts_get_string (person->facts, "insurance")))
        return FALSE;
    }
  return asks;
}

/* Whether a rule that speaks of kinds of items may fit. */
static gboolean
needs_kind (const ZifuPack *pack, const ZifuPerson *person, const char *category, ZifuDate date)
{
  const GPtrArray *rules = pack->by_kind[ZIFU_RULE_SCOPE];

  for (guint i = 0; i < rules->len; i++)
    if (asks_kind (g_ptr_array_index (rules, i), person, category, date))
      return TRUE;
  return FALSE;
}

/* The line alone on a bill. */
static ZifuSettlement *
scope_alone (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, const ZifuBillLine *line, GError **error)
{
  g_autoptr (ZifuVisit) alone = zifu_visit_new ();
  ZifuBillLine *copy;

  alone->date = visit->date;
  zifu_facts_free (alone->facts);
  alone->facts = zifu_facts_copy (visit->facts);
  copy = zifu_visit_add_line (alone, ABS (line->amount));
  zifu_facts_free (copy->facts);
  copy->facts = zifu_facts_copy (line->facts);
  copy->quantity = zifu_rational_sign (line->quantity) > 0 ? line->quantity : ZIFU_RATIONAL_ONE;
  return zifu_settle_scope (pack, person, alone, error);
}

static void
judge (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, const ZifuBillLine *line, ZifuLineScope *scope)
{
  g_autoptr (ZifuSettlement) settlement = scope_alone (pack, person, visit, line, &scope->error);
  ZifuMoney sign = line->amount < 0 ? -1 : 1;

  scope->source = settlement != NULL ? ZIFU_LINE_JUDGED : ZIFU_LINE_NOT_FOUND;
  for (guint i = 0; settlement != NULL && i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);

      if (step->kind == ZIFU_STEP_SCOPE)
        {
          scope->out = sign * step->out;
          scope->over_limit = sign * step->over_limit;
          scope->prior = sign * step->prior;
          scope->rule = step->rule;
        }
    }
}

/**
 * zifu_line_scope_find:
 * @pack: (nullable): the rules of the person's region; without them only what lines say themselves is known
 * @person: whose bill it is
 * @visit: a settled bill that is given line by line
 * @i: number of the line, from 0 on
 * @scope: (out caller-allocates): what is known of it
 *
 * Finds what of a line the fund leaves out (R25).  A line of category A or B that does not say it is judged by the scope rules of the
 * region on the day of the bill; one of category C is out of catalogue as a whole.  Where the rules go by the kind of item and the line
 * names goods only, nothing is guessed.
 */
void
zifu_line_scope_find (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, guint i, ZifuLineScope *scope)
{
  const ZifuBillLine *line;
  const char *category;

  g_return_if_fail (person != NULL && visit != NULL && visit->lines != NULL && i < visit->lines->len && scope != NULL);

  line = &g_array_index (visit->lines, ZifuBillLine, i);
  category = category_of (line);
  *scope = (ZifuLineScope){ ZIFU_LINE_STATED };
  if (line->has_out || line->has_over_limit || line->has_prior)
    {
      scope->out = line->has_out ? line->out : 0;
      scope->over_limit = line->has_over_limit ? line->over_limit : 0;
      scope->prior = line->has_prior ? line->prior : 0;
    }
  else if (g_strcmp0 (category, "C") == 0)
    scope->out = line->amount; /* the category says it */
  else if (category == NULL || pack == NULL)
    scope->source = ZIFU_LINE_NO_CATEGORY;
  else if (!says_kind (line) && needs_kind (pack, person, category, visit->date))
    scope->source = ZIFU_LINE_NO_KIND;
  else
    judge (pack, person, visit, line, scope);
}

/**
 * zifu_line_scope_is_known:
 * @scope: what zifu_line_scope_find() found
 *
 * Returns: whether the amounts hold
 */
gboolean
zifu_line_scope_is_known (const ZifuLineScope *scope)
{
  g_return_val_if_fail (scope != NULL, FALSE);

  return scope->source == ZIFU_LINE_STATED || scope->source == ZIFU_LINE_JUDGED;
}

/**
 * zifu_line_scope_clear:
 * @scope: what zifu_line_scope_find() found
 *
 * Frees what it holds.
 */
void
zifu_line_scope_clear (ZifuLineScope *scope)
{
  g_clear_error (&scope->error);
}
