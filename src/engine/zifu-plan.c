/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-plan.h"

#include "zifu-select.h"

#include <stdlib.h>

/**
 * zifu_plan_sets:
 * @self: a plan
 * @n: how many
 *
 * Returns: (transfer none): empty sets of rules, one after the other, that live as long as the plan
 */
guint64 *
zifu_plan_sets (ZifuPlan *self, guint n)
{
  guint64 *sets = g_new0 (guint64, (gsize) n * self->n_words + 1);

  g_ptr_array_add (self->sets, sets);
  return sets;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const ZifuRule *const *) a)->id, (*(const ZifuRule *const *) b)->id);
}

static int
compare_slots (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (zifu_rule_slot (*(const ZifuRule *const *) a), zifu_rule_slot (*(const ZifuRule *const *) b));
}

static void
order_rules (ZifuPlan *self, const ZifuPack *pack)
{
  g_autofree ZifuRule **by_slot = NULL;
  guint rank = 0;

  self->n_rules = pack->rules->len;
  self->n_words = (self->n_rules + 63) / 64;
  self->rules = g_new0 (const ZifuRule *, self->n_rules + 1);
  by_slot = g_new0 (ZifuRule *, self->n_rules + 1);
  for (guint i = 0; i < self->n_rules; i++)
    self->rules[i] = by_slot[i] = g_ptr_array_index (pack->rules, i);
  qsort (self->rules, self->n_rules, sizeof *self->rules, compare_ids);
  qsort (by_slot, self->n_rules, sizeof *by_slot, compare_slots);
  for (guint i = 0; i < self->n_rules; i++)
    {
      if (i > 0 && compare_slots (&by_slot[i - 1], &by_slot[i]) != 0)
        rank++;
      by_slot[i]->plan.slot = rank;
    }
}

/* The rules belong to the pack that is being finished: nobody else has seen them yet. */
static ZifuRule *
rule_at (ZifuPlan *self, guint i)
{
  return (ZifuRule *) self->rules[i];
}

static gboolean
is_plain (const char *name)
{
  return strchr (name, '{') == NULL;
}

static int
counter_id (ZifuPlan *self, const char *name)
{
  return name != NULL && is_plain (name) ? zifu_lexicon_add (&self->counter_names, name) : -1;
}

/* The number of an axis that a rule reads. */
static int
axis_id (ZifuPlan *self, const char *name)
{
  int id = zifu_lexicon_add (&self->axis_names, name);

  if (id <= ZIFU_AXIS_STAY)
    self->reads[id] = TRUE;
  return id;
}

static void
name_axes_in (ZifuPlan *self, const char *template_)
{
  const char *open = template_ != NULL ? strchr (template_, '{') : NULL;

  for (; open != NULL; open = strchr (open + 1, '{'))
    {
      const char *close = strchr (open, '}');
      char *axis;

      if (close == NULL)
        return;
      axis = g_strndup (open + 1, (gsize) (close - open - 1));
      g_ptr_array_add (self->sets, axis);
      axis_id (self, axis);
    }
}

static void
name_expr (ZifuExpr *expr, gpointer data)
{
  ZifuPlan *self = data;

  expr->id = -1;
  switch (expr->kind)
    {
    case ZIFU_EXPR_TABLE:
    case ZIFU_EXPR_AXIS:
      if (expr->name != NULL)
        expr->id = axis_id (self, expr->name);
      break;
    case ZIFU_EXPR_COUNTER:
      expr->id = counter_id (self, expr->name);
      name_axes_in (self, expr->name);
      break;
    case ZIFU_EXPR_AMOUNT:
      expr->id = zifu_lexicon_add (&self->amount_names, expr->name);
      break;
    case ZIFU_EXPR_NULL:
    case ZIFU_EXPR_NUMBER:
    case ZIFU_EXPR_INDEX:
    case ZIFU_EXPR_RESULT:
    case ZIFU_EXPR_SUM:
    case ZIFU_EXPR_PRODUCT:
    case ZIFU_EXPR_MIN:
    case ZIFU_EXPR_MAX:
    case ZIFU_EXPR_ROUND:
    case ZIFU_EXPR_UNKNOWN:
    default:
      break;
    }
}

static void
name_payers (ZifuPlan *self, ZifuRule *rule)
{
  GArray *bands = rule->kind == ZIFU_RULE_SHARE ? rule->u.share.bands : NULL;

  for (guint i = 0; bands != NULL && i < bands->len; i++)
    {
      GArray *pay = g_array_index (bands, ZifuBand, i).pay;

      for (guint j = 0; j < pay->len; j++)
        {
          ZifuBandPay *one = &g_array_index (pay, ZifuBandPay, j);

          one->payer_id = one->payer != NULL ? zifu_lexicon_add (&self->payer_names, one->payer) : -1;
        }
    }
  if (bands != NULL)
    self->n_bands = MAX (self->n_bands, bands->len + 1);
  rule->plan.payer = -1;
  if (rule->kind == ZIFU_RULE_ADJUST && rule->u.adjust.payer != NULL)
    rule->plan.payer = zifu_lexicon_add (&self->payer_names, rule->u.adjust.payer);
  for (guint i = 0; rule->payers != NULL && rule->payers[i] != NULL; i++)
    {
      int id = zifu_lexicon_add (&self->payer_names, rule->payers[i]);

      if (id < 64)
        rule->plan.payers |= (guint64) 1 << id;
    }
}

static void
name_rule (ZifuPlan *self, guint i)
{
  ZifuRule *rule = rule_at (self, i);
  gboolean has_cap = rule->kind == ZIFU_RULE_DEDUCTIBLE && rule->u.deductible.cap_counter != NULL;

  rule->plan.index = i;
  rule->plan.specificity = zifu_rule_specificity (rule);
  rule->plan.layer = rule->layer != NULL ? zifu_lexicon_add (&self->layer_names, rule->layer) : -1;
  rule->plan.counter = counter_id (self, rule->counter);
  rule->plan.cap_counter = has_cap ? counter_id (self, rule->u.deductible.cap_counter) : -1;
  name_axes_in (self, rule->counter);
  if (has_cap)
    name_axes_in (self, rule->u.deductible.cap_counter);
  if (rule->kind == ZIFU_RULE_FIXED)
    for (guint j = 0; rule->u.fixed.feeds != NULL && rule->u.fixed.feeds[j] != NULL; j++)
      name_axes_in (self, rule->u.fixed.feeds[j]);
  if (rule->kind == ZIFU_RULE_AMOUNT)
    zifu_lexicon_add (&self->amount_names, rule->u.amount.name);
  name_payers (self, rule);
  for (guint j = 0; j < rule->when->len; j++)
    axis_id (self, g_array_index (rule->when, ZifuClause, j).axis);
  zifu_rule_foreach_expr (rule, name_expr, self);
  self->has_overrides = self->has_overrides || rule->overrides != NULL;
}

/* The texts of a lexicon in the order of their numbers. */
static const char **
list_texts (const ZifuLexicon *lexicon)
{
  const char **texts = g_new0 (const char *, lexicon->n + 1);

  for (guint i = 0; lexicon->places != NULL && i <= lexicon->mask; i++)
    if (lexicon->places[i].text != NULL)
      texts[lexicon->places[i].id] = lexicon->places[i].text;
  return texts;
}

static int
find_axis (const ZifuPlan *self, const char *name)
{
  return zifu_lexicon_look (&self->axis_names, name);
}

static void
name_everything (ZifuPlan *self, const ZifuPack *pack)
{
  static const char *const always[] = { "benefit", "layer", "group", "stay" };

  for (guint i = 0; i < G_N_ELEMENTS (always); i++)
    zifu_lexicon_add (&self->axis_names, always[i]);
  zifu_lexicon_add (&self->layer_names, "base");
  self->stays = zifu_lexicon_add (&self->counter_names, "stays");
  for (guint i = 0; i < self->n_rules; i++)
    name_rule (self, i);
  for (guint i = 0; i < pack->axes->len; i++)
    zifu_lexicon_add (&self->axis_names, ((const ZifuAxisDecl *) g_ptr_array_index (pack->axes, i))->name);
  self->account_default = zifu_buckets_account_default ();
  self->key_care = zifu_text_key ("care");
  self->key_item = zifu_text_key ("item");
  self->key_category = zifu_text_key ("category");
  self->key_group = zifu_text_key ("group");
  self->key_unit_price = zifu_text_key ("unit_price");
  self->age = find_axis (self, "age");
  self->date = find_axis (self, "date");
  self->unit_price = find_axis (self, "unit_price");
  self->amount = find_axis (self, "amount");
  self->out = find_axis (self, "out");
  self->over_limit = find_axis (self, "over_limit");
  self->prior = find_axis (self, "prior");
  self->payers = list_texts (&self->payer_names);
  self->n_payers = self->payer_names.n;
  self->counters = list_texts (&self->counter_names);
  self->n_counters = self->counter_names.n;
  self->counter_decls = g_new0 (const ZifuCounterDecl *, self->n_counters);
  for (guint i = 0; i < self->n_counters; i++)
    self->counter_decls[i] = zifu_pack_get_counter (pack, self->counters[i]);
  self->counter_ranks = g_new0 (guint, self->n_counters);
  for (guint i = 0; i < self->n_counters; i++)
    for (guint j = 0; j < self->n_counters; j++)
      self->counter_ranks[i] += strcmp (self->counters[j], self->counters[i]) < 0;
}

static void
open_contest (ZifuPlan *self, ZifuContest *contest)
{
  *contest = (ZifuContest){ self->n_contests++, TRUE, zifu_plan_sets (self, 1) };
}

static void
enter (ZifuContest *contest, const ZifuRule *rule)
{
  ZIFU_SET_ADD (contest->set, rule->plan.index);
  contest->is_empty = FALSE;
}

static void
add_to_layer (ZifuPlanLayer *layer, const ZifuRule *rule)
{
  if (rule->kind == ZIFU_RULE_DEDUCTIBLE)
    enter (&layer->deductible, rule);
  else if (rule->kind == ZIFU_RULE_SHARE)
    enter (&layer->share, rule);
  else if (rule->kind == ZIFU_RULE_CAP)
    enter (&layer->cap, rule);
  else if (rule->kind == ZIFU_RULE_ADJUST)
    enter (&layer->adjust[rule->u.adjust.target], rule);
  layer->n_meters += rule->kind == ZIFU_RULE_SHARE || rule->kind == ZIFU_RULE_CAP;
}

/* Which rules compete with one another. */
static void
sort_rules (ZifuPlan *self)
{
  g_autofree const char **layers = list_texts (&self->layer_names);

  for (guint i = 0; i < ZIFU_N_RULE_KINDS; i++)
    open_contest (self, &self->kinds[i]);
  for (guint i = 0; i < G_N_ELEMENTS (self->fixed); i++)
    open_contest (self, &self->fixed[i]);
  self->n_layers = self->layer_names.n;
  self->layers = g_new0 (ZifuPlanLayer, self->n_layers);
  for (guint i = 0; i < self->n_layers; i++)
    {
      ZifuPlanLayer *layer = &self->layers[i];

      layer->id = i;
      layer->name = layers[i];
      open_contest (self, &layer->deductible);
      open_contest (self, &layer->share);
      open_contest (self, &layer->cap);
      for (guint j = 0; j < G_N_ELEMENTS (layer->adjust); j++)
        open_contest (self, &layer->adjust[j]);
    }
  self->n_amounts = self->amount_names.n;
  self->amounts = g_new0 (ZifuContest, self->n_amounts + 1);
  for (guint i = 0; i < self->n_amounts; i++)
    open_contest (self, &self->amounts[i]);
  self->to_confirm = zifu_plan_sets (self, 1);
  for (guint i = 0; i < self->n_rules; i++)
    {
      const ZifuRule *rule = self->rules[i];

      enter (&self->kinds[rule->kind], rule);
      if (rule->kind == ZIFU_RULE_FIXED)
        enter (&self->fixed[rule->u.fixed.per], rule);
      if (rule->kind == ZIFU_RULE_AMOUNT)
        enter (&self->amounts[zifu_lexicon_add (&self->amount_names, rule->u.amount.name)], rule);
      if (rule->plan.layer >= 0)
        add_to_layer (&self->layers[rule->plan.layer], rule);
      if (rule->confirmed_to != 0)
        ZIFU_SET_ADD (self->to_confirm, i);
    }
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  ZifuDate x = *(const ZifuDate *) a, y = *(const ZifuDate *) b;

  return (x > y) - (x < y);
}

static guint
count_entries (const ZifuPack *pack)
{
  guint n = 0;

  for (guint i = 0; i < pack->indexes->len; i++)
    n += ((const ZifuIndex *) g_ptr_array_index (pack->indexes, i))->entries->len;
  return n;
}

/* A span of days on which something holds begins a new one when it begins, and when it is over. */
static guint
add_days (ZifuDate *days, guint n, ZifuDate from, ZifuDate to)
{
  days[n++] = from;
  if (to != 0)
    days[n++] = to + 1;
  return n;
}

/* For each span of days between two changes of rules or indexes: the rules that hold in it. */
static void
date_rules (ZifuPlan *self, const ZifuPack *pack)
{
  guint n = 0;

  self->days = g_new0 (ZifuDate, 2 * (self->n_rules + count_entries (pack)) + 1);
  for (guint i = 0; i < self->n_rules; i++)
    n = add_days (self->days, n, self->rules[i]->valid_from, self->rules[i]->valid_to);
  for (guint i = 0; i < pack->indexes->len; i++)
    {
      GArray *entries = ((const ZifuIndex *) g_ptr_array_index (pack->indexes, i))->entries;

      for (guint j = 0; j < entries->len; j++)
        n = add_days (self->days, n, g_array_index (entries, ZifuIndexEntry, j).from, g_array_index (entries, ZifuIndexEntry, j).to);
    }
  qsort (self->days, n, sizeof *self->days, compare_days);
  for (guint i = 0; i < n; i++)
    if (self->n_days == 0 || self->days[self->n_days - 1] != self->days[i])
      self->days[self->n_days++] = self->days[i];
  self->in_force = zifu_plan_sets (self, self->n_days + 1);
  for (guint i = 0; i < self->n_days; i++)
    for (guint j = 0; j < self->n_rules; j++)
      if (self->rules[j]->valid_from <= self->days[i] && (self->rules[j]->valid_to == 0 || self->days[i] <= self->rules[j]->valid_to))
        ZIFU_SET_ADD (self->in_force + (gsize) (i + 1) * self->n_words, j);
}

/**
 * zifu_plan_in_force:
 * @self: a plan
 * @on: a day
 *
 * Returns: (transfer none): the rules that hold on that day
 */
const guint64 *
zifu_plan_in_force (const ZifuPlan *self, ZifuDate on)
{
  guint low = 0, high = self->n_days;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (self->days[middle] <= on)
        low = middle + 1;
      else
        high = middle;
    }
  return self->in_force + (gsize) low * self->n_words;
}

/**
 * zifu_plan_new:
 * @pack: a pack with all its rules; it outlives the plan
 *
 * Compiles a pack: names become small numbers, conditions become sets of rules.
 *
 * Returns: (transfer full): the plan
 */
ZifuPlan *
zifu_plan_new (const ZifuPack *pack)
{
  ZifuPlan *self = g_new0 (ZifuPlan, 1);

  self->sets = g_ptr_array_new_with_free_func (g_free);
  order_rules (self, pack);
  name_everything (self, pack);
  sort_rules (self);
  date_rules (self, pack);
  zifu_plan_axes (self, pack);
  return self;
}

/**
 * zifu_plan_free:
 * @plan: (nullable) (transfer full): a plan
 */
void
zifu_plan_free (ZifuPlan *plan)
{
  if (plan == NULL)
    return;
  for (guint i = 0; i < plan->n_axes; i++)
    {
      zifu_lexicon_clear (&plan->axes[i].texts);
      g_free (plan->axes[i].known);
      g_free (plan->axes[i].bounds);
      g_free (plan->axes[i].whole_bounds);
      g_free (plan->axes[i].bounds_fen);
    }
  zifu_lexicon_clear (&plan->axis_names);
  zifu_lexicon_clear (&plan->layer_names);
  zifu_lexicon_clear (&plan->amount_names);
  zifu_lexicon_clear (&plan->counter_names);
  zifu_lexicon_clear (&plan->payer_names);
  g_ptr_array_unref (plan->sets);
  g_free (plan->axes);
  g_free (plan->deciding);
  g_free (plan->days);
  g_free (plan->layers);
  g_free (plan->amounts);
  g_free (plan->counters);
  g_free (plan->counter_decls);
  g_free (plan->counter_ranks);
  g_free (plan->payers);
  g_free (plan->rules);
  g_free (plan);
}
