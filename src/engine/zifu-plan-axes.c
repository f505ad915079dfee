/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-plan.h"

typedef enum { REFUSED, HOLDS, LOOK, LOOK_IN_ORDER } Verdict;

/* With more bounds than this the numbers of an axis are not sorted into classes. */
#define MOST_BOUNDS 64

static void
learn_bound (ZifuPlanAxis *axis, ZifuRational bound)
{
  guint i = 0, n = axis->n_bounds;

  if (axis->bounds == NULL)
    axis->bounds = g_new0 (ZifuRational, MOST_BOUNDS);
  if (n > MOST_BOUNDS)
    return;
  while (i < n && zifu_rational_cmp (axis->bounds[i], bound) < 0)
    i++;
  if (i < n && zifu_rational_equal (axis->bounds[i], bound))
    return;
  if (n < MOST_BOUNDS)
    {
      memmove (axis->bounds + i + 1, axis->bounds + i, sizeof bound * (n - i));
      axis->bounds[i] = bound;
    }
  axis->n_bounds++;
}

static void
learn_condition (ZifuPlanAxis *axis, const ZifuCondition *condition)
{
  if (condition == NULL)
    return;
  for (guint i = 0; condition->options != NULL && i < condition->options->len; i++)
    {
      const ZifuValue *option = g_ptr_array_index (condition->options, i);

      if (option->kind == ZIFU_VALUE_STRING)
        zifu_lexicon_add (&axis->texts, option->string);
      else if (option->kind == ZIFU_VALUE_NUMBER)
        learn_bound (axis, option->number);
    }
  if (condition->has_min)
    learn_bound (axis, condition->min);
  if (condition->has_max)
    learn_bound (axis, condition->max);
  learn_condition (axis, condition->not_);
}

static void
learn_key (ZifuPlanAxis *axis, const ZifuTableKey *key)
{
  zifu_lexicon_add (&axis->texts, key->text);
  if (key->numeric && key->has_low)
    learn_bound (axis, key->low);
  if (key->numeric && key->has_high)
    learn_bound (axis, key->high);
}

static void
learn_table (ZifuExpr *expr, gpointer data)
{
  ZifuPlan *self = data;

  if (expr->kind != ZIFU_EXPR_TABLE || expr->id < 0)
    return;
  for (guint i = 0; expr->entries != NULL && i < expr->entries->len; i++)
    {
      const ZifuTableEntry *entry = g_ptr_array_index (expr->entries, i);

      for (guint j = 0; j < entry->alternatives->len; j++)
        learn_key (&self->axes[expr->id], &g_array_index (entry->alternatives, ZifuTableKey, j));
    }
}

/* Every text that a rule compares an axis with gets a number. */
static void
learn_texts (ZifuPlan *self, const ZifuPack *pack)
{
  for (guint i = 0; i <= self->axis_names.mask; i++)
    if (self->axis_names.places[i].text != NULL)
      self->axes[self->axis_names.places[i].id].name = self->axis_names.places[i].text;
  for (guint i = 0; i < pack->axes->len; i++)
    {
      const ZifuAxisDecl *decl = g_ptr_array_index (pack->axes, i);
      ZifuPlanAxis *axis = &self->axes[zifu_lexicon_add (&self->axis_names, decl->name)];

      axis->decl = decl;
      for (guint j = 0; j < decl->values->len; j++)
        if (((const ZifuValue *) g_ptr_array_index (decl->values, j))->kind == ZIFU_VALUE_STRING)
          zifu_lexicon_add (&axis->texts, ((const ZifuValue *) g_ptr_array_index (decl->values, j))->string);
    }
  for (guint i = 0; i < self->n_rules; i++)
    {
      ZifuRule *rule = (ZifuRule *) self->rules[i];

      for (guint j = 0; rule->benefits != NULL && j < rule->benefits->len; j++)
        zifu_lexicon_add (&self->axes[ZIFU_AXIS_BENEFIT].texts, g_ptr_array_index (rule->benefits, j));
      for (guint j = 0; j < rule->when->len; j++)
        {
          const ZifuClause *clause = &g_array_index (rule->when, ZifuClause, j);

          learn_condition (&self->axes[zifu_lexicon_add (&self->axis_names, clause->axis)], clause->condition);
        }
      zifu_rule_foreach_expr (rule, learn_table, self);
    }
}

/* A number of each class; %FALSE when one does not fit. */
static gboolean
sample_number (const ZifuPlanAxis *axis, guint class, ZifuRational *out)
{
  const ZifuRational *above = class / 2 < axis->n_bounds ? &axis->bounds[class / 2] : NULL;
  const ZifuRational *below = class >= 2 ? &axis->bounds[class / 2 - 1] : NULL;

  *out = ZIFU_RATIONAL_ZERO;
  if (class % 2 == 1)
    *out = *above;
  else if (above != NULL && below != NULL)
    return zifu_rational_add (*above, *below, out) && zifu_rational_div (*out, zifu_rational_from_int (2), out);
  else if (above != NULL)
    return zifu_rational_sub (*above, ZIFU_RATIONAL_ONE, out);
  else if (below != NULL)
    return zifu_rational_add (*below, ZIFU_RATIONAL_ONE, out);
  return TRUE;
}

static void
note_whole (ZifuPlanAxis *axis)
{
  for (guint i = 0; i < axis->n_bounds; i++)
    if (axis->bounds[i].den != 1 || axis->bounds[i].num != (gint64) axis->bounds[i].num)
      return;
  axis->whole_bounds = g_new0 (gint64, axis->n_bounds);
  for (guint i = 0; i < axis->n_bounds; i++)
    axis->whole_bounds[i] = (gint64) axis->bounds[i].num;
  axis->bounds_fen = g_new0 (gint64, axis->n_bounds);
  for (guint i = 0; i < axis->n_bounds; i++)
    if (__builtin_mul_overflow (axis->whole_bounds[i], 100, &axis->bounds_fen[i]))
      {
        g_clear_pointer (&axis->bounds_fen, g_free);
        return;
      }
}

static void
make_classes (ZifuPlanAxis *axis)
{
  ZifuRational number;

  axis->has_classes = axis->n_bounds <= MOST_BOUNDS;
  for (guint class = 0; axis->has_classes && class <= 2 * axis->n_bounds; class++)
    axis->has_classes = sample_number (axis, class, &number);
  if (axis->has_classes && axis->n_bounds > 0)
    note_whole (axis);
  axis->n_texts_held = ZIFU_HELD_TEXT + axis->texts.n;
  axis->n_held = axis->n_texts_held + (axis->has_classes ? 2 * axis->n_bounds : 0);
}

/* The class of a number that fits 64 bits, by products of 128. */
static guint
find_whole (const gint64 *bounds, guint n, gint64 num, gint64 den)
{
  for (guint i = 0; i < n; i++)
    {
      ZifuInt128 bound = (ZifuInt128) bounds[i] * den;

      if (num <= bound)
        return num < bound ? 2 * i : 2 * i + 1;
    }
  return 2 * n;
}

static guint
find_class (const ZifuRational *bounds, guint n, ZifuRational number)
{
  for (guint i = 0; i < n; i++)
    {
      int order = zifu_rational_cmp (number, bounds[i]);

      if (order <= 0)
        return order < 0 ? 2 * i : 2 * i + 1;
    }
  return 2 * n;
}

/**
 * zifu_plan_class:
 * @axis: an axis with classes of numbers
 * @number: what it holds
 *
 * Returns: the same as a small number
 */
guint
zifu_plan_class (const ZifuPlanAxis *axis, ZifuRational number)
{
  gint64 num = (gint64) number.num, den = (gint64) number.den;
  gboolean is_small = number.num == num && number.den == den;
  guint class = is_small && axis->whole_bounds != NULL ? find_whole (axis->whole_bounds, axis->n_bounds, num, den)
                                                       : find_class (axis->bounds, axis->n_bounds, number);

  return class > 0 ? axis->n_texts_held + class - 1 : ZIFU_HELD_NUMBER;
}

/* Whether something that is held is a number. */
static gboolean
is_number (const ZifuPlanAxis *axis, guint held)
{
  return held == ZIFU_HELD_NUMBER || held >= axis->n_texts_held;
}

/* Something of a kind that an axis may hold.  @text: (nullable): when it is a text */
static ZifuValue
sample (const ZifuPlanAxis *axis, guint held, const char *text)
{
  static char nothing[] = "\001";
  ZifuValue value = { .kind = ZIFU_VALUE_STRING, .number = ZIFU_RATIONAL_ZERO, .string = text != NULL ? (char *) text : nothing };

  if (held == ZIFU_HELD_FALSE || held == ZIFU_HELD_TRUE)
    {
      value.kind = ZIFU_VALUE_BOOLEAN;
      value.boolean = held == ZIFU_HELD_TRUE;
    }
  else if (is_number (axis, held))
    {
      value.kind = ZIFU_VALUE_NUMBER;
      sample_number (axis, held == ZIFU_HELD_NUMBER ? 0 : held - axis->n_texts_held + 1, &value.number);
    }
  return value;
}

static gboolean
has_bounds (const ZifuCondition *condition, gboolean *has_days)
{
  gboolean below = condition->not_ != NULL && has_bounds (condition->not_, has_days);

  if (condition->from != 0 || condition->to != 0)
    *has_days = TRUE;
  return below || *has_days || condition->has_min || condition->has_max;
}

static gboolean
has_number (const ZifuCondition *condition)
{
  for (guint i = 0; condition->options != NULL && i < condition->options->len; i++)
    if (((const ZifuValue *) g_ptr_array_index (condition->options, i))->kind == ZIFU_VALUE_NUMBER)
      return TRUE;
  return condition->not_ != NULL && has_number (condition->not_);
}

/* What a condition says of everything that is held alike; where that differs, it must be looked at.  @text: (nullable): what is held */
static Verdict
judge (const ZifuPlanAxis *axis, const ZifuCondition *condition, guint held, const char *text)
{
  gboolean has_days = FALSE, bounds = has_bounds (condition, &has_days), holds;
  ZifuValue value;

  if (held == ZIFU_HELD_OTHER && bounds)
    return LOOK_IN_ORDER;
  if (is_number (axis, held) && has_days)
    return LOOK_IN_ORDER;
  if (held == ZIFU_HELD_NUMBER && !axis->has_classes && (bounds || has_number (condition)))
    return LOOK;
  if (held == ZIFU_HELD_LIST)
    return bounds ? LOOK_IN_ORDER : LOOK;
  value = sample (axis, held, text);
  if (!zifu_condition_holds (condition, held == ZIFU_HELD_ABSENT ? NULL : &value, "", &holds, NULL))
    return LOOK_IN_ORDER;
  return holds ? HOLDS : REFUSED;
}

static guint64 *
row (ZifuPlan *self, guint64 **sets, guint n, guint i)
{
  if (*sets == NULL)
    *sets = zifu_plan_sets (self, n);
  return *sets + (gsize) i * self->n_words;
}

static void
enter_verdict (ZifuPlan *self, ZifuPlanAxis *axis, guint held, guint rule, Verdict verdict)
{
  switch (verdict)
    {
    case REFUSED:
      axis->fits[(gsize) held * self->n_words + rule / 64] &= ~((guint64) 1 << (rule % 64));
      break;
    case LOOK:
      ZIFU_SET_ADD (row (self, &axis->direct, axis->n_held, held), rule);
      break;
    case LOOK_IN_ORDER:
      ZIFU_SET_ADD (row (self, &axis->careful, axis->n_held, held), rule);
      break;
    case HOLDS:
    default:
      break;
    }
}

/* A list of words, or of words that are excluded, may be as long as a catalogue: it is gone through once, not once for each text. */
static const ZifuCondition *
plain_list (const ZifuCondition *condition)
{
  const ZifuCondition *not_ = condition->not_;

  if (condition->options != NULL)
    return condition;
  if (not_ == NULL || not_->options == NULL || condition->has_min || condition->has_max || condition->from != 0 || condition->to != 0 ||
      condition->known >= 0)
    return NULL;
  return not_;
}

static void
judge_list (ZifuPlan *self, ZifuPlanAxis *axis, const ZifuCondition *list, gboolean excluded, guint rule)
{
  for (guint held = ZIFU_HELD_TEXT; held < axis->n_texts_held && !excluded; held++)
    enter_verdict (self, axis, held, rule, REFUSED);
  for (guint i = 0; i < list->options->len; i++)
    {
      const ZifuValue *option = g_ptr_array_index (list->options, i);
      guint held = option->kind == ZIFU_VALUE_STRING ? zifu_plan_held (axis, option) : ZIFU_HELD_OTHER;

      if (held >= ZIFU_HELD_TEXT && excluded)
        enter_verdict (self, axis, held, rule, REFUSED);
      else if (held >= ZIFU_HELD_TEXT)
        ZIFU_SET_ADD (axis->fits + (gsize) held * self->n_words, rule);
    }
}

static void
judge_clause (ZifuPlan *self, const ZifuRule *rule, const ZifuClause *clause)
{
  ZifuPlanAxis *axis = &self->axes[zifu_lexicon_add (&self->axis_names, clause->axis)];
  const ZifuCondition *list = plain_list (clause->condition);
  guint i = rule->plan.index;

  axis->decides = TRUE;
  for (guint held = 0; held < ZIFU_HELD_TEXT; held++)
    enter_verdict (self, axis, held, i, judge (axis, clause->condition, held, NULL));
  for (guint held = axis->n_texts_held; held < axis->n_held; held++)
    enter_verdict (self, axis, held, i, judge (axis, clause->condition, held, NULL));
  if (list != NULL)
    {
      judge_list (self, axis, list, list != clause->condition, i);
      return;
    }
  for (guint k = 0; axis->texts.places != NULL && k <= axis->texts.mask; k++)
    if (axis->texts.places[k].text != NULL)
      {
        guint held = ZIFU_HELD_TEXT + (guint) axis->texts.places[k].id;

        enter_verdict (self, axis, held, i, judge (axis, clause->condition, held, axis->texts.places[k].text));
      }
}

static void
judge_benefits (ZifuPlan *self, const ZifuRule *rule)
{
  const ZifuLexicon *texts = &self->axes[ZIFU_AXIS_BENEFIT].texts;

  for (guint held = 0; held < self->axes[ZIFU_AXIS_BENEFIT].n_held; held++)
    if (rule->benefits == NULL)
      ZIFU_SET_ADD (self->of_benefit + (gsize) held * self->n_words, rule->plan.index);
  for (guint i = 0; rule->benefits != NULL && i < rule->benefits->len; i++)
    {
      const char *name = g_ptr_array_index (rule->benefits, i);
      guint held = ZIFU_HELD_TEXT + (guint) zifu_lexicon_look (texts, name);

      ZIFU_SET_ADD (self->of_benefit + (gsize) held * self->n_words, rule->plan.index);
    }
}

/* An entry fits what is held; if another does, too, the one who asks is told which. */
static void
enter_branch (guint16 *branch, guint16 entry)
{
  if (*branch == ZIFU_BRANCH_NONE)
    *branch = entry;
  else if (*branch != entry)
    *branch = ZIFU_BRANCH_ASK;
}

static void
enter_key (ZifuExpr *table, const ZifuPlanAxis *axis, const char *text, guint16 entry)
{
  int id = zifu_lexicon_look (&axis->texts, text);

  if (id >= 0)
    enter_branch (&table->branch[ZIFU_HELD_TEXT + id], entry);
  if (g_str_equal (text, "false"))
    enter_branch (&table->branch[ZIFU_HELD_FALSE], entry);
  if (g_str_equal (text, "true"))
    enter_branch (&table->branch[ZIFU_HELD_TRUE], entry);
}

/* A number may lie in the range of a key. */
static guint16
number_branch (const ZifuExpr *table, const ZifuPlanAxis *axis, guint held)
{
  ZifuValue value = sample (axis, held, NULL);
  guint16 branch = ZIFU_BRANCH_NONE;

  if (!axis->has_classes)
    return ZIFU_BRANCH_ASK;
  for (guint i = 0; table->entries != NULL && i < table->entries->len; i++)
    if (zifu_table_entry_fits (g_ptr_array_index (table->entries, i), &value))
      enter_branch (&branch, (guint16) i);
  return branch;
}

static void
make_branches (ZifuExpr *expr, gpointer data)
{
  ZifuPlan *self = data;
  const ZifuPlanAxis *axis;

  if (expr->kind != ZIFU_EXPR_TABLE || expr->id < 0 || (expr->entries != NULL && expr->entries->len >= ZIFU_BRANCH_ASK))
    return;
  axis = &self->axes[expr->id];
  self->axes[expr->id].decides = TRUE;
  g_free (expr->branch);
  expr->branch = g_new0 (guint16, axis->n_held);
  for (guint held = 0; held < axis->n_held; held++)
    expr->branch[held] = is_number (axis, held) ? number_branch (expr, axis, held) : ZIFU_BRANCH_NONE;
  expr->branch[ZIFU_HELD_LIST] = ZIFU_BRANCH_ASK;
  for (guint i = 0; expr->entries != NULL && i < expr->entries->len; i++)
    {
      const ZifuTableEntry *entry = g_ptr_array_index (expr->entries, i);

      for (guint j = 0; j < entry->alternatives->len; j++)
        enter_key (expr, axis, g_array_index (entry->alternatives, ZifuTableKey, j).text, (guint16) i);
    }
}

static void
note_known (ZifuPlanAxis *axis)
{
  axis->known = g_new0 (gboolean, axis->n_held);
  axis->known[ZIFU_HELD_ABSENT] = TRUE;
  for (guint i = 0; i < axis->decl->values->len; i++)
    {
      const ZifuValue *value = g_ptr_array_index (axis->decl->values, i);

      if (value->kind == ZIFU_VALUE_STRING || value->kind == ZIFU_VALUE_BOOLEAN)
        axis->known[zifu_plan_held (axis, value)] = TRUE;
    }
}

/**
 * zifu_plan_axes:
 * @self: a plan whose rules are in order and whose axes have numbers
 * @pack: its pack
 *
 * Judges every condition for everything that its axis may hold, once and for all.
 */
void
zifu_plan_axes (ZifuPlan *self, const ZifuPack *pack)
{
  self->n_axes = self->axis_names.n;
  self->axes = g_new0 (ZifuPlanAxis, self->n_axes);
  learn_texts (self, pack);
  for (guint i = 0; i < self->n_axes; i++)
    {
      ZifuPlanAxis *axis = &self->axes[i];

      axis->is_read = i > ZIFU_AXIS_STAY || self->reads[i];
      make_classes (axis);
      axis->fits = zifu_plan_sets (self, axis->n_held);
      memset (axis->fits, 0xff, sizeof *axis->fits * axis->n_held * self->n_words);
      if (axis->decl != NULL)
        note_known (axis);
    }
  self->of_benefit = zifu_plan_sets (self, self->axes[ZIFU_AXIS_BENEFIT].n_held);
  for (guint i = 0; i < self->n_rules; i++)
    {
      ZifuRule *rule = (ZifuRule *) self->rules[i];

      judge_benefits (self, rule);
      for (guint j = 0; j < rule->when->len; j++)
        judge_clause (self, rule, &g_array_index (rule->when, ZifuClause, j));
      zifu_rule_foreach_expr (rule, make_branches, self);
    }
  self->axes[ZIFU_AXIS_BENEFIT].decides = TRUE;
  self->deciding = g_new0 (guint, self->n_axes);
  for (guint i = 0; i < self->n_axes; i++)
    if (self->axes[i].decides)
      {
        self->axes[i].place = self->n_deciding;
        self->deciding[self->n_deciding++] = i;
      }
}
