/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-division.h"
#include "zifu-reality-private.h"

#include "zifu-asked.h"

/* Facts of the person, of the visit and of the lines of its bill, and what is in the purses. */

/* ---- one change in place */

static void
set_value (ZifuFacts *facts, const char *axis, const ZifuValue *value)
{
  zifu_facts_take (facts, axis, zifu_value_copy (value));
}

/* An axis stays where it is stated; what is stated nowhere belongs to the visit. */
static ZifuFacts *
find_place (const char *axis, ZifuPerson *person, ZifuVisit *visit)
{
  return zifu_facts_get (visit->facts, axis) == NULL && zifu_facts_get (person->facts, axis) != NULL ? person->facts : visit->facts;
}

static void
set_counter (ZifuPerson *person, const char *name, ZifuRational value)
{
  for (guint i = 0; i < person->counters->len; i++)
    {
      ZifuCounterValue *counter = &g_array_index (person->counters, ZifuCounterValue, i);

      if (g_str_equal (counter->name, name))
        {
          counter->value = value;
          return;
        }
    }
  zifu_person_add_counter (person, name, value, 0);
}

/* A visit of the same kind, of so much in scope, on the same day before this one: only what it leaves in the totals counts. */
static gboolean
apply_earlier (ZifuSearching *self, const ZifuChange *change, ZifuPerson *person, const ZifuVisit *visit)
{
  g_autoptr (ZifuVisit) earlier = zifu_visit_copy (visit);
  const ZifuSettlement *settlement;
  ZifuMoney total;

  if (!zifu_rational_round (change->number_is, ZIFU_ROUND_FEN, &total))
    return FALSE;
  g_clear_pointer (&earlier->lines, g_array_unref);
  earlier->has_in_scope = FALSE;
  earlier->use_account = earlier->use_mutual_aid = FALSE;
  zifu_visit_set_total (earlier, total);
  zifu_visit_set_parts (earlier, 0, 0, 0);
  settlement = zifu_settler_settle (self->settler, person, earlier, NULL);
  for (guint i = 0; settlement != NULL && i < settlement->counters->len; i++)
    {
      const ZifuCounterValue *counter = &g_array_index (settlement->counters, ZifuCounterValue, i);

      set_counter (person, counter->name, counter->value);
    }
  return settlement != NULL;
}

/* A purse that comes first keeps what it holds first: what pays before the deductible stays as it was, as long as there is so much. */
static void
set_balance (ZifuPerson *person, ZifuMoney amount)
{
  ZifuMoney rest = amount;

  if (person->purses->len == 0)
    zifu_person_add_purse (person, "balance", 0);
  for (guint i = 0; i < person->purses->len; i++)
    {
      ZifuPurse *purse = &g_array_index (person->purses, ZifuPurse, i);

      if (i + 1 < person->purses->len)
        purse->amount = MIN (MAX (purse->amount, 0), rest);
      else
        purse->amount = rest;
      rest -= purse->amount;
    }
}

/* So much of the account is this year's, the rest of earlier ones. */
static gboolean
set_current (ZifuPerson *person, ZifuMoney current)
{
  ZifuMoney balance = zifu_person_get_balance (person);

  if (current > balance)
    return FALSE;
  g_array_set_size (person->purses, 0);
  zifu_person_add_purse (person, zifu_division_purse (ZIFU_DIVISION_CURRENT), current);
  zifu_person_add_purse (person, zifu_division_purse (ZIFU_DIVISION_EARLIER), balance - current);
  return TRUE;
}

static gboolean
set_mutual (ZifuPerson *person, ZifuMoney amount)
{
  for (guint i = 0; i < person->mutual->len; i++)
    {
      ZifuMutualAccount *account = &g_array_index (person->mutual, ZifuMutualAccount, i);

      account->balance = i == 0 ? amount : 0;
      account->has_quota = FALSE;
    }
  return person->mutual->len > 0;
}

/*
 * _zifu_change_apply:
 *
 * Puts @change into @person and @visit, which are copies of what is searched.  Returns %FALSE when there is no such thing.
 */
gboolean
_zifu_change_apply (ZifuSearching *self, const ZifuChange *change, ZifuPerson *person, ZifuVisit *visit)
{
  ZifuMoney current;

  switch (change->kind)
    {
    case ZIFU_CHANGE_AXIS:
      set_value (find_place (change->axis, person, visit), change->axis, change->is);
      return TRUE;
    case ZIFU_CHANGE_ITEM:
      if (visit->lines == NULL || (guint) change->line >= visit->lines->len)
        return FALSE;
      set_value (g_array_index (visit->lines, ZifuBillLine, change->line).facts, change->axis, change->is);
      return TRUE;
    case ZIFU_CHANGE_DEDUCTIBLE:
    case ZIFU_CHANGE_COUNTER:
      set_counter (person, change->counter, change->number_is);
      return TRUE;
    case ZIFU_CHANGE_CURRENT:
      return zifu_rational_round (change->number_is, ZIFU_ROUND_FEN, &current) && set_current (person, current);
    case ZIFU_CHANGE_EARLIER:
      return apply_earlier (self, change, person, visit);
    case ZIFU_CHANGE_COVER:
      person->has_coverage_share = TRUE;
      person->coverage_share = change->number_is;
      return TRUE;
    case ZIFU_CHANGE_ACCOUNT_UNUSED:
      visit->use_account = FALSE;
      return TRUE;
    case ZIFU_CHANGE_MUTUAL_UNUSED:
      visit->use_mutual_aid = FALSE;
      return TRUE;
    case ZIFU_CHANGE_BALANCE:
      set_balance (person, change->amount_is);
      return TRUE;
    case ZIFU_CHANGE_MUTUAL:
      return set_mutual (person, change->amount_is);
    case ZIFU_CHANGE_BILL:
    case ZIFU_CHANGE_DATE:
    default:
      /* These are in the visit that is searched already. */
      return TRUE;
    }
}

/* ---- axes */

/* What is most often otherwise comes first; whatever else the rules read follows in their order. */
static const char *const likely_axes[] = { "class", "remote", "referral", "care", "status", "stay", "contract", "chosen", "place" };

static const ZifuValue *
current_value (ZifuSearching *self, const char *axis)
{
  const ZifuValue *value = zifu_facts_get (self->visit->facts, axis);

  return value != NULL ? value : zifu_facts_get (self->person->facts, axis);
}

static void
try_value (ZifuSearching *self, const char *axis, ZifuValue *value)
{
  const ZifuValue *was = current_value (self, axis);
  ZifuChange *change;

  if (was != NULL && zifu_value_equal (was, value))
    {
      zifu_value_free (value);
      return;
    }
  change = _zifu_change_new (ZIFU_CHANGE_AXIS);
  change->axis = g_strdup (axis);
  change->was = was != NULL ? zifu_value_copy (was) : NULL;
  change->is = value;
  _zifu_searching_offer (self, change);
}

/* A list is what a person has several of: one more of them, or none. */
static ZifuValue *
list_with (const ZifuValue *was, const char *text)
{
  ZifuValue *list = was != NULL && was->kind == ZIFU_VALUE_LIST ? zifu_value_copy (was)
                                                                : zifu_value_new_list (g_ptr_array_new_with_free_func (
                                                                    (GDestroyNotify) zifu_value_free));

  g_ptr_array_add (list->list, zifu_value_new_string (text));
  return list;
}

static void
try_asked (ZifuSearching *self, const ZifuAsked *asked)
{
  const ZifuValue *was = current_value (self, asked->axis);
  gboolean is_list = was != NULL ? was->kind == ZIFU_VALUE_LIST : g_str_equal (asked->axis, "tags");

  if (asked->form == ZIFU_ASKED_YES_NO)
    {
      try_value (self, asked->axis, zifu_value_new_boolean (TRUE));
      /* What is not stated is as good as no to most rules. */
      if (was != NULL)
        try_value (self, asked->axis, zifu_value_new_boolean (FALSE));
    }
  else if (asked->form == ZIFU_ASKED_CHOICE)
    for (guint i = 0; i < asked->values->len; i++)
      {
        const char *text = g_ptr_array_index (asked->values, i);

        try_value (self, asked->axis, is_list ? list_with (was, text) : zifu_value_new_string (text));
      }
  else if (asked->form == ZIFU_ASKED_NUMBER && g_str_equal (asked->axis, "stay"))
    for (int n = 1; n <= 6; n++)
      try_value (self, asked->axis, zifu_value_new_number (zifu_rational_from_int (n)));
}

static const ZifuChange *
find_change (ZifuSearching *self, const char *axis, const char *text)
{
  for (guint i = 0; i < self->changes->len; i++)
    {
      const ZifuChange *change = g_ptr_array_index (self->changes, i);

      if (g_strcmp0 (change->axis, axis) == 0 && change->is->kind == ZIFU_VALUE_STRING && g_str_equal (change->is->string, text))
        return change;
    }
  return NULL;
}

static void
add_word (GPtrArray *words, const char *word)
{
  if (word != NULL && !g_ptr_array_find_with_equal_func (words, word, g_str_equal, NULL))
    g_ptr_array_add (words, (gpointer) word);
}

/* The levels of institutions of the whole country: a rule for all others names none of them. */
static void
try_levels (ZifuSearching *self)
{
  static const char *const levels[] = { "3", "2", "1" };

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    if (find_change (self, "class", levels[i]) == NULL)
      try_value (self, "class", zifu_value_new_string (levels[i]));
}

/* Every kind of visit that the rules know: those of other kinds are not asked about for this one. */
static void
try_cares (ZifuSearching *self)
{
  g_autoptr (GPtrArray) cares = g_ptr_array_new ();

  for (guint i = 0; i < self->pack->rules->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (self->pack->rules, i);

      for (guint n = 0; rule->benefits != NULL && n < rule->benefits->len; n++)
        add_word (cares, g_ptr_array_index (rule->benefits, n));
      for (guint n = 0; n < rule->when->len; n++)
        {
          const ZifuClause *clause = &g_array_index (rule->when, ZifuClause, n);

          for (guint k = 0; g_str_equal (clause->axis, "care") && clause->condition->options != NULL &&
                            k < clause->condition->options->len;
               k++)
            add_word (cares, ((const ZifuValue *) g_ptr_array_index (clause->condition->options, k))->string);
        }
    }
  for (guint i = 0; i < cares->len; i++)
    try_value (self, "care", zifu_value_new_string (g_ptr_array_index (cares, i)));
}

static gboolean
is_likely (const char *axis)
{
  for (guint i = 0; i < G_N_ELEMENTS (likely_axes); i++)
    if (g_str_equal (likely_axes[i], axis))
      return TRUE;
  return FALSE;
}

static void
search_likely (ZifuSearching *self, const GPtrArray *asked)
{
  for (guint i = 0; i < G_N_ELEMENTS (likely_axes); i++)
    {
      const ZifuAsked *one = zifu_asked_find (asked, likely_axes[i]);

      if (g_str_equal (likely_axes[i], "care"))
        try_cares (self);
      else if (one != NULL)
        try_asked (self, one);
      if (one != NULL && g_str_equal (one->axis, "class"))
        try_levels (self);
    }
}

/*
 * _zifu_search_axes:
 * @likely: what is most often otherwise; else all the rest
 *
 * Tries each value of each axis that the rules read for such a visit.
 */
void
_zifu_search_axes (ZifuSearching *self, gboolean likely)
{
  g_autoptr (GPtrArray) asked = zifu_pack_list_asked (self->pack, self->person->facts, self->visit->facts, self->visit->date);

  if (likely)
    search_likely (self, asked);
  for (guint i = 0; !likely && i < asked->len; i++)
    {
      const ZifuAsked *one = g_ptr_array_index (asked, i);

      if (!is_likely (one->axis))
        try_asked (self, one);
    }
}

/* ---- lines of the bill */

static void
try_item (ZifuSearching *self, guint line, const char *axis, ZifuValue *value)
{
  const ZifuValue *was = zifu_facts_get (g_array_index (self->visit->lines, ZifuBillLine, line).facts, axis);
  ZifuChange *change;

  if (was != NULL && zifu_value_equal (was, value))
    {
      zifu_value_free (value);
      return;
    }
  change = _zifu_change_new (ZIFU_CHANGE_ITEM);
  change->line = (int) line;
  change->axis = g_strdup (axis);
  change->was = was != NULL ? zifu_value_copy (was) : NULL;
  change->is = value;
  _zifu_searching_offer (self, change);
}

/* Words that scope rules compare the axis of a line with. */
static void
try_clauses (ZifuSearching *self, guint line, const ZifuRule *rule)
{
  for (guint i = 0; i < rule->when->len; i++)
    {
      const ZifuClause *clause = &g_array_index (rule->when, ZifuClause, i);
      const ZifuCondition *condition = clause->condition;

      if (g_str_equal (clause->axis, "category") ||
          zifu_facts_get (g_array_index (self->visit->lines, ZifuBillLine, line).facts, clause->axis) == NULL)
        continue;
      for (guint n = 0; condition->options != NULL && n < condition->options->len; n++)
        try_item (self, line, clause->axis, zifu_value_copy (g_ptr_array_index (condition->options, n)));
    }
}

/*
 * _zifu_search_items:
 *
 * Tries other categories, and other answers that scope rules ask for, for each line of the bill.
 */
void
_zifu_search_items (ZifuSearching *self)
{
  static const char *const categories[] = { "B", "C", "A" };
  const GPtrArray *rules = self->pack->by_kind[ZIFU_RULE_SCOPE];

  for (guint line = 0; self->visit->lines != NULL && line < self->visit->lines->len; line++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
        try_item (self, line, "category", zifu_value_new_string (categories[i]));
      for (guint i = 0; i < rules->len; i++)
        try_clauses (self, line, g_ptr_array_index (rules, i));
    }
}

/*
 * _zifu_search_cover:
 *
 * Tries without benefits, and with all of them.
 */
void
_zifu_search_cover (ZifuSearching *self)
{
  ZifuRational was = self->person->has_coverage_share ? self->person->coverage_share : zifu_rational_from_int (1);

  for (int share = 0; share <= 1; share++)
    {
      ZifuChange *change;

      if (zifu_rational_equal (was, zifu_rational_from_int (share)))
        continue;
      change = _zifu_change_new (ZIFU_CHANGE_COVER);
      change->number_was = was;
      change->number_is = zifu_rational_from_int (share);
      _zifu_searching_offer (self, change);
    }
}

/*
 * _zifu_search_purses:
 *
 * Tries the purses: not used, or holding just what they paid.
 */
void
_zifu_search_purses (ZifuSearching *self)
{
  if (self->visit->use_account)
    _zifu_searching_offer (self, _zifu_change_new (ZIFU_CHANGE_ACCOUNT_UNUSED));
  if (self->visit->use_mutual_aid && self->person->mutual->len > 0)
    _zifu_searching_offer (self, _zifu_change_new (ZIFU_CHANGE_MUTUAL_UNUSED));
  if (self->charged->known[ZIFU_BILL_ACCOUNT])
    {
      ZifuChange *change = _zifu_change_new (ZIFU_CHANGE_BALANCE);

      change->amount_was = zifu_person_get_balance (self->person);
      change->amount_is = self->charged->amount[ZIFU_BILL_ACCOUNT];
      _zifu_searching_offer (self, change);
    }
  if (self->charged->known[ZIFU_BILL_MUTUAL] && self->person->mutual->len > 0)
    {
      ZifuChange *change = _zifu_change_new (ZIFU_CHANGE_MUTUAL);

      for (guint i = 0; i < self->person->mutual->len; i++)
        change->amount_was += g_array_index (self->person->mutual, ZifuMutualAccount, i).balance;
      change->amount_is = self->charged->amount[ZIFU_BILL_MUTUAL];
      _zifu_searching_offer (self, change);
    }
}
