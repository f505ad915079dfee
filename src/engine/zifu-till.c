/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-till.h"

#include "zifu-select.h"

#include <string.h>

static const char *
visit_pointer (const ZifuVisit *visit)
{
  return visit->pointer != NULL ? visit->pointer : "/visit";
}

static void
add_to_group (ZifuTill *self, const char *group, ZifuMoney amount)
{
  for (guint i = 0; i < self->n_groups; i++)
    if (self->groups[i].group == group || g_str_equal (self->groups[i].group, group))
      {
        self->groups[i].amount += amount;
        return;
      }
  self->groups[self->n_groups++] = (ZifuSegment){ group, amount };
}

static void
take_fixed (ZifuTill *self, const ZifuRule *rule, const ZifuFixedResult *paid)
{
  for (guint i = 0; i < paid->n_lines; i++)
    *ZIFU_ROOM_ADD (self->funds, ZifuFundLine) = paid->lines[i];
  self->settlement->hospital += paid->hospital;
  self->part[rule->u.fixed.rest] += paid->left;
}

static gboolean
select_fixed_line (ZifuContext *context, guint i, const ZifuRule **rule, GError **error)
{
  const ZifuPlan *plan = context->run->plan;
  const ZifuPlace place = { "fixed", NULL, (int) i + 1 };

  return zifu_select_one (context, &plan->fixed[ZIFU_FIXED_LINE], &place, rule, error) &&
         (*rule != NULL || zifu_select_one (context, &plan->fixed[ZIFU_FIXED_UNIT], &place, rule, error));
}

static gboolean
count_line (ZifuTill *self, const ZifuScoped *scoped, GError **error)
{
  ZifuSettlement *s = self->settlement;

  if (__builtin_add_overflow (s->total, scoped->out, &s->total) || __builtin_add_overflow (s->total, scoped->over_limit, &s->total) ||
      __builtin_add_overflow (s->total, scoped->prior, &s->total) || __builtin_add_overflow (s->total, scoped->in_scope, &s->total) ||
      s->total > ZIFU_MONEY_MAX)
    return zifu_error_overflow (error, visit_pointer (self->visit));
  s->out += scoped->out;
  s->over_limit += scoped->over_limit;
  s->prior += scoped->prior;
  s->in_scope += scoped->in_scope;
  return TRUE;
}

/* A rule that reads the parts of a bill of sums, or the price of a unit, as axes finds them. */
static void
bind_figures (ZifuTill *self, ZifuContext *context, const ZifuBillLine *line, const ZifuLineBounds *bounds)
{
  const ZifuPlan *plan = self->run.plan;
  const struct { int axis; ZifuMoney amount; } figures[] = {
    { plan->amount, line->amount }, { plan->out, line->out }, { plan->over_limit, line->over_limit }, { plan->prior, line->prior }
  };
  ZifuRational price;

  for (guint i = 0; line->facts == NULL && i < G_N_ELEMENTS (figures); i++)
    if (figures[i].axis >= 0)
      {
        g_autofree char *text = zifu_money_format (figures[i].amount, ZIFU_MONEY_PLAIN);

        zifu_context_set_string (context, (guint) figures[i].axis, zifu_arena_text (self->run.scratch, text));
      }
  if (plan->unit_price < 0 || (bounds != NULL && bounds->has_price))
    return;
  if (line->quantity.num == 1 && line->quantity.den == 1)
    zifu_context_set_number (context, (guint) plan->unit_price, zifu_rational_from_fen (line->amount));
  else if (line->quantity.num > 0 && zifu_rational_div (zifu_rational_from_fen (line->amount), line->quantity, &price))
    zifu_context_set_number (context, (guint) plan->unit_price, price);
  else
    zifu_context_restore (context, &self->context, (guint) plan->unit_price);
}

/* The context of a line begins as the visit's, over which lie the axes that the line states. */
static void
enter_line (ZifuTill *self, ZifuContext *context, guint i)
{
  const ZifuLineBounds *bounds = self->line_bounds != NULL ? &self->line_bounds[i] : NULL;

  context->n_own = 0;
  for (guint j = 0; bounds != NULL && j < bounds->n; j++)
    zifu_context_bind (context, bounds->bounds[j].axis, bounds->bounds[j].bound);
  bind_figures (self, context, &self->lines[i], bounds);
}

/* And the next one begins as the visit's again. */
static void
leave_line (ZifuTill *self, ZifuContext *context, guint i)
{
  const ZifuLineBounds *bounds = self->line_bounds != NULL ? &self->line_bounds[i] : NULL;
  const ZifuPlan *plan = self->run.plan;

  if (plan->unit_price >= 0)
    zifu_context_restore (context, &self->context, (guint) plan->unit_price);
  if (plan->axes[ZIFU_AXIS_GROUP].is_read)
    zifu_context_restore (context, &self->context, ZIFU_AXIS_GROUP);
  for (guint j = 0; bounds != NULL && j < bounds->n; j++)
    zifu_context_restore (context, &self->context, bounds->bounds[j].axis);
}

/* A line in the general way.  @place: (nullable): where its kind is to be remembered */
static gboolean
scope_one (ZifuTill *self, ZifuContext *context, guint i, ZifuLineKind *place, const ZifuLineKind *kind, GError **error)
{
  const ZifuBillLine *line = &self->lines[i];
  const ZifuRule *fixed;
  ZifuFixedResult paid;
  ZifuScoped scoped;
  ZifuRational quantity;

  if (!zifu_scope_line (context, self->settlement, line, i, &scoped, error) || !count_line (self, &scoped, error))
    return FALSE;
  if (self->run.plan->axes[ZIFU_AXIS_GROUP].is_read)
    zifu_context_set_string (context, ZIFU_AXIS_GROUP, scoped.group);
  if (!select_fixed_line (context, i, &fixed, error))
    return FALSE;
  if (place != NULL && place->terms == NULL)
    {
      *place = *kind;
      place->terms = zifu_line_terms_new (context);
    }
  if (fixed == NULL || self->gate.num <= 0)
    {
      add_to_group (self, scoped.group, scoped.in_scope);
      return TRUE;
    }
  quantity = fixed->u.fixed.per == ZIFU_FIXED_UNIT ? line->quantity : ZIFU_RATIONAL_ONE;
  if (!zifu_fixed_pay (context, self->settlement, fixed, scoped.in_scope, quantity, self->gate, (int) i, &paid, error))
    return FALSE;
  take_fixed (self, fixed, &paid);
  return TRUE;
}

static ZifuMoney
sum_groups (ZifuTill *self)
{
  ZifuMoney sum = 0;

  for (guint i = 0; i < self->n_groups; i++)
    sum += self->groups[i].amount;
  return sum;
}

/* A fixed rule for the whole visit takes what is in scope, in place of the layers' base. */
static gboolean
fixed_for_visit (ZifuTill *self, GError **error)
{
  ZifuFixedResult paid;

  if (self->gate.num <= 0)
    return TRUE;
  if (!zifu_select_one (&self->context, &self->run.plan->fixed[ZIFU_FIXED_VISIT], ZIFU_PLACE ("visit fixed"), &self->fixed_visit, error))
    return FALSE;
  if (self->fixed_visit == NULL)
    return TRUE;
  if (!zifu_fixed_pay (&self->context, self->settlement, self->fixed_visit, sum_groups (self), ZIFU_RATIONAL_ONE, self->gate, -1, &paid,
                       error))
    return FALSE;
  take_fixed (self, self->fixed_visit, &paid);
  self->n_groups = 0;
  return TRUE;
}

/**
 * zifu_till_bear:
 * @self: a till whose bill is sorted
 *
 * What is not in scope is borne by the person.
 */
void
zifu_till_bear (ZifuTill *self)
{
  ZifuSettlement *s = self->settlement;
  ZifuStep *step;

  self->part[ZIFU_BUCKET_OUT] += s->out;
  self->part[ZIFU_BUCKET_OVER_LIMIT] += s->over_limit;
  self->part[ZIFU_BUCKET_PRIOR] += s->prior;
  if (!s->tracing)
    return;
  step = zifu_trace_add (s, ZIFU_STEP_BILL, NULL);
  step->input = s->total;
  step->out = s->out;
  step->over_limit = s->over_limit;
  step->prior = s->prior;
  step->result = s->in_scope;
}

/* A line as those that were seen alike; %FALSE when it has to go the general way. */
static gboolean
scope_again (ZifuTill *self, guint i, const ZifuLineKind *place, ZifuScoped *scoped)
{
  if (place == NULL || place->terms == NULL ||
      !zifu_line_apply (place->terms, self->settlement, &self->lines[i], zifu_line_letter (&self->line_bounds[i]), i, scoped))
    return FALSE;
  zifu_use_again (&self->run, place->terms->used);
  return TRUE;
}

static gboolean
scope_lines (ZifuTill *self, GError **error)
{
  gboolean has_context = FALSE;
  ZifuContext context;

  for (guint i = 0; i < self->n_lines; i++)
    {
      ZifuLineKind kind, *place = zifu_till_line_kind (self, zifu_select_view (&self->context), i, &kind);
      ZifuScoped scoped;

      if (scope_again (self, i, place, &scoped))
        {
          if (!count_line (self, &scoped, error))
            return FALSE;
          add_to_group (self, scoped.group, scoped.in_scope);
          continue;
        }
      if (!has_context)
        zifu_context_init_child (&context, &self->context);
      has_context = TRUE;
      enter_line (self, &context, i);
      if (!scope_one (self, &context, i, place, &kind, error))
        return FALSE;
      leave_line (self, &context, i);
    }
  return TRUE;
}

/**
 * zifu_till_scope_sums:
 * @self: a till with the one line of a bill that is given by its parts, for which there are no fixed rules
 *
 * Nothing of such a bill is left to find out.
 */
void
zifu_till_scope_sums (ZifuTill *self)
{
  const ZifuBillLine *line = &self->one_line;
  ZifuSettlement *s = self->settlement;

  s->total = line->amount;
  s->out = line->out;
  s->over_limit = line->over_limit;
  s->prior = line->prior;
  s->in_scope = line->amount - line->out - line->over_limit - line->prior;
}

/**
 * zifu_till_scope:
 * @self: a till
 * @error: return location: %ZIFU_ERROR
 *
 * Sorts the bill: what is out of catalogue, above a limit, category B's first share; the rest lies in groups of cost.
 * Items with fixed payments are paid here.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_till_scope (ZifuTill *self, GError **error)
{
  const ZifuContest *fixed = self->run.plan->fixed;

  if (self->lines == NULL)
    {
      if (!zifu_scope_bill (self->visit, &self->one_line, error))
        return FALSE;
      self->lines = &self->one_line;
      self->n_lines = 1;
    }
  self->groups = ZIFU_ARENA_NEW (self->run.scratch, ZifuSegment, self->n_lines);
  if (self->lines == &self->one_line && fixed[ZIFU_FIXED_LINE].is_empty && fixed[ZIFU_FIXED_UNIT].is_empty)
    {
      zifu_till_scope_sums (self);
      add_to_group (self, "main", self->settlement->in_scope);
    }
  else if (!scope_lines (self, error))
    return FALSE;
  zifu_till_bear (self);
  return fixed_for_visit (self, error);
}

/* The name decides, without an order of its own: groups are few, and mostly in order. */
static void
sort_groups (ZifuTill *self, const ZifuRule *deductible, int (*compare) (const ZifuSegment *, const ZifuSegment *, const ZifuRule *))
{
  for (guint i = 1; i < self->n_groups; i++)
    {
      ZifuSegment moved = self->groups[i];
      guint j = i;

      for (; j > 0 && compare (&moved, &self->groups[j - 1], deductible) < 0; j--)
        self->groups[j] = self->groups[j - 1];
      self->groups[j] = moved;
    }
}

static int
compare_groups (const ZifuSegment *a, const ZifuSegment *b, const ZifuRule *deductible G_GNUC_UNUSED)
{
  return strcmp (a->group, b->group);
}

/* Adjustments of the scope move a part of a group's cost to the person. */
static gboolean
own_first (ZifuTill *self, ZifuContext *context, const ZifuRule *adjust, ZifuSegment *segment, GError **error)
{
  ZifuSettlement *s = self->settlement;
  ZifuRational ratio;
  ZifuMoney own;
  ZifuStep *step;

  if (!zifu_context_must (context, adjust->value, adjust->id, &ratio, error))
    return FALSE;
  if (!zifu_money_share (segment->amount, ratio, ZIFU_ROUND_FEN, &own))
    return zifu_error_overflow (error, adjust->id);
  own = MIN (segment->amount, own);
  step = zifu_trace_add (s, ZIFU_STEP_FIRST_OWN, adjust);
  step->group = segment->group;
  step->input = segment->amount;
  step->ratio = ratio;
  step->result = own;
  segment->amount -= own;
  self->part[ZIFU_BUCKET_PRIOR] += own;
  s->prior += own;
  s->in_scope -= own;
  return TRUE;
}

/**
 * zifu_till_first_own:
 * @self: a till
 * @error: return location: %ZIFU_ERROR
 *
 * Takes the first own share of remote care off the in-scope cost.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_till_first_own (ZifuTill *self, GError **error)
{
  const ZifuContest *contest = &self->run.plan->layers[0].adjust[ZIFU_TARGET_SCOPE];

  if (self->gate.num <= 0)
    return TRUE;
  sort_groups (self, NULL, compare_groups);
  if (contest->is_empty)
    return TRUE;
  for (guint i = 0; i < self->n_groups; i++)
    {
      ZifuContext context;
      ZifuRules adjusts;

      zifu_context_init_child (&context, &self->context);
      zifu_context_set_string (&context, ZIFU_AXIS_GROUP, self->groups[i].group);
      if (!zifu_select_slots (&context, contest, ZIFU_PLACE ("adjust"), &adjusts, error))
        return FALSE;
      for (guint j = 0; j < adjusts.n; j++)
        if (!own_first (self, &context, adjusts.rules[j], &self->groups[i], error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
names_hold (char **names, const char *name)
{
  return names != NULL && g_strv_contains ((const char *const *) names, name);
}

static int
rank_of (const char *group, char **absorb, char **exempt)
{
  for (int i = 0; absorb != NULL && absorb[i] != NULL; i++)
    if (g_str_equal (absorb[i], group))
      return i;
  if (names_hold (exempt, group))
    return G_MAXINT;
  return g_str_equal (group, "main") ? G_MAXINT - 2 : G_MAXINT - 1;
}

static int
compare_stack (const ZifuSegment *a, const ZifuSegment *b, const ZifuRule *deductible)
{
  char **absorb = deductible != NULL ? deductible->u.deductible.absorb : NULL;
  char **exempt = deductible != NULL ? deductible->u.deductible.exempt : NULL;
  int rank_a = rank_of (a->group, absorb, exempt), rank_b = rank_of (b->group, absorb, exempt);

  return rank_a != rank_b ? (rank_a < rank_b ? -1 : 1) : strcmp (a->group, b->group);
}

/**
 * zifu_till_stack:
 * @self: a till
 * @error: return location: %ZIFU_ERROR
 *
 * Lays the groups on one axis of cost: those that absorb the deductible first, then "main", then the others by name, those
 * exempt from the deductible last.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_till_stack (ZifuTill *self, GError **error)
{
  const ZifuRule *deductible;

  if (!zifu_select_one (&self->context, &self->run.plan->layers[0].deductible, ZIFU_PLACE ("deductible"), &deductible, error))
    return FALSE;
  sort_groups (self, deductible, compare_stack);
  return TRUE;
}

static gboolean
purse_is_known (const ZifuTill *self, const char *name)
{
  if (zifu_same_name (name, "balance") || zifu_same_name (name, "current") || zifu_same_name (name, "earlier"))
    return TRUE;
  return self->account != NULL &&
         (names_hold (self->account->u.account.purses, name) || names_hold (self->account->u.account.first_purses, name));
}

/**
 * zifu_till_strange_purse:
 * @self: a till with its account rule
 *
 * Returns: (nullable): the name of a purse that nobody knows
 */
const char *
zifu_till_strange_purse (const ZifuTill *self)
{
  for (guint i = 0; i < self->purses->len; i++)
    if (!purse_is_known (self, g_array_index (self->purses, ZifuPurse, i).name))
      return g_array_index (self->purses, ZifuPurse, i).name;
  return NULL;
}

static gboolean
refuse_purse (const char *name, GError **error)
{
  g_autofree char *where = g_strconcat ("/person/account/", name, NULL);

  zifu_error_set (error, ZIFU_ERROR_INPUT, where, N_ ("no account rule knows this purse"), NULL, NULL, NULL);
  return FALSE;
}

static void
pay_first (ZifuTill *self, ZifuPurse *purse)
{
  for (guint i = 0; i < self->n_groups; i++)
    {
      ZifuSegment *segment = &self->groups[i];
      ZifuMoney amount = MIN (purse->amount, segment->amount);

      segment->amount -= amount;
      purse->amount -= amount;
      self->settlement->account_first += amount;
    }
}

/**
 * zifu_till_pay_first:
 * @self: a till with its account rule and its groups of cost
 *
 * Where the account rule says so, account money pays before the deductible.
 */
void
zifu_till_pay_first (ZifuTill *self)
{
  ZifuStep *step;

  if (self->account == NULL || !self->account->u.account.before_deductible || !self->account_open || !self->visit->use_account)
    return;
  for (char **name = self->account->u.account.first_purses; *name != NULL; name++)
    for (guint i = 0; i < self->purses->len; i++)
      if (g_str_equal (g_array_index (self->purses, ZifuPurse, i).name, *name))
        pay_first (self, &g_array_index (self->purses, ZifuPurse, i));
  step = zifu_trace_add (self->settlement, ZIFU_STEP_ACCOUNT_FIRST, self->account);
  step->result = self->settlement->account_first;
}

/**
 * zifu_till_account_first:
 * @self: a till
 * @error: return location: %ZIFU_ERROR
 *
 * Finds the account rule; where it says so, account money pays before the deductible.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_till_account_first (ZifuTill *self, GError **error)
{
  const ZifuContest *contest = ZIFU_TILL_CONTEST (self, ZIFU_RULE_ACCOUNT);
  const char *strange;

  if (!zifu_select_one (&self->context, contest, ZIFU_PLACE ("account"), &self->account, error) || !zifu_till_stack (self, error))
    return FALSE;
  strange = zifu_till_strange_purse (self);
  if (strange != NULL)
    return refuse_purse (strange, error);
  zifu_till_pay_first (self);
  return TRUE;
}
