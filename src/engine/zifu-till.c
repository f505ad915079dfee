/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-till.h"

#include "zifu-select.h"

#include <string.h>

static const char *
visit_pointer (const ZifuVisit *visit)
{
  return visit->pointer != NULL ? visit->pointer : "/visit";
}

static gboolean
axis_knows (const ZifuAxisDecl *axis, const ZifuValue *value)
{
  for (guint i = 0; i < axis->values->len; i++)
    if (zifu_value_equal (g_ptr_array_index (axis->values, i), value))
      return TRUE;
  return value->kind == ZIFU_VALUE_NULL;
}

static gboolean
check_axis (const ZifuAxisDecl *axis, const ZifuFacts *facts, const char *where, GError **error)
{
  const ZifuValue *value = zifu_facts_get (facts, axis->name);
  gboolean is_list = value != NULL && value->kind == ZIFU_VALUE_LIST;

  for (guint i = 0; value != NULL && i < (is_list ? value->list->len : 1); i++)
    {
      const ZifuValue *one = is_list ? g_ptr_array_index (value->list, i) : value;
      g_autofree char *text = NULL, *known = NULL, *place = NULL;
      ZifuValue all = { .kind = ZIFU_VALUE_LIST, .list = axis->values };

      if (axis_knows (axis, one))
        continue;
      text = zifu_value_format (one);
      known = zifu_value_format (&all);
      place = g_strconcat (where, "/", axis->name, NULL);
      zifu_error_set (error, ZIFU_ERROR_INPUT, place, N_ ("'{1}' is not a value that the pack knows: {2}"), text, known, NULL);
      return FALSE;
    }
  return TRUE;
}

/**
 * zifu_till_check_axes:
 * @self: a till
 * @error: return location: %ZIFU_ERROR with code %ZIFU_ERROR_INPUT
 *
 * Refuses a value of the person, the visit or a line that the pack does not know.
 *
 * Returns: %FALSE when there is one
 */
gboolean
zifu_till_check_axes (ZifuTill *self, GError **error)
{
  GPtrArray *axes = self->run->pack->axes;

  for (guint i = 0; i < axes->len; i++)
    {
      const ZifuAxisDecl *axis = g_ptr_array_index (axes, i);

      if (!check_axis (axis, self->run->person->facts, "/person", error) ||
          !check_axis (axis, self->visit->facts, visit_pointer (self->visit), error))
        return FALSE;
      for (guint j = 0; self->visit->lines != NULL && j < self->visit->lines->len; j++)
        {
          g_autofree char *where = g_strdup_printf ("%s/bill/lines/%u", visit_pointer (self->visit), j);

          if (!check_axis (axis, g_array_index (self->visit->lines, ZifuBillLine, j).facts, where, error))
            return FALSE;
        }
    }
  return TRUE;
}

static void
add_to_group (ZifuTill *self, const char *group, ZifuMoney amount)
{
  ZifuSegment added = { group, amount };

  for (guint i = 0; i < self->groups->len; i++)
    {
      ZifuSegment *segment = &g_array_index (self->groups, ZifuSegment, i);

      if (g_str_equal (segment->group, group))
        {
          segment->amount += amount;
          return;
        }
    }
  g_array_append_val (self->groups, added);
}

static void
take_fixed (ZifuTill *self, const ZifuRule *rule, ZifuFixedResult *paid)
{
  g_array_append_vals (self->funds, paid->lines->data, paid->lines->len);
  self->settlement->hospital += paid->hospital;
  self->part[rule->u.fixed.rest] += paid->left;
}

static gboolean
select_fixed_line (const ZifuContext *context, guint i, const ZifuRule **rule, GError **error)
{
  g_autofree char *place = g_strdup_printf ("line %u fixed", i);
  ZifuQuery query = ZIFU_QUERY (ZIFU_RULE_FIXED);

  query.per = ZIFU_FIXED_LINE;
  if (!zifu_select_one (context, &query, place, rule, error))
    return FALSE;
  query.per = ZIFU_FIXED_UNIT;
  return *rule != NULL || zifu_select_one (context, &query, place, rule, error);
}

static gboolean
count_line (ZifuTill *self, const ZifuScoped *scoped, GError **error)
{
  ZifuSettlement *s = self->settlement;
  const ZifuMoney amounts[] = { scoped->out, scoped->over_limit, scoped->prior, scoped->in_scope };

  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    if (!zifu_money_add (s->total, amounts[i], &s->total))
      return zifu_error_overflow (error, visit_pointer (self->visit));
  if (s->total > ZIFU_MONEY_MAX)
    return zifu_error_overflow (error, visit_pointer (self->visit));
  s->out += scoped->out;
  s->over_limit += scoped->over_limit;
  s->prior += scoped->prior;
  s->in_scope += scoped->in_scope;
  return TRUE;
}

static gboolean
scope_one (ZifuTill *self, const ZifuVisit *bill, guint i, GError **error)
{
  const ZifuBillLine *line = &g_array_index (bill->lines, ZifuBillLine, i);
  g_auto (ZifuContext) context = { 0 };
  g_auto (ZifuFixedResult) paid = { 0 };
  const ZifuRule *fixed;
  ZifuScoped scoped;
  ZifuRational unit_price;

  zifu_context_init (&context, self->run, &self->context);
  context.line = line->facts;
  if (zifu_facts_get (line->facts, "unit_price") == NULL && zifu_rational_sign (line->quantity) > 0 &&
      zifu_rational_div (zifu_rational_from_fen (line->amount), line->quantity, &unit_price))
    zifu_context_set_number (&context, "unit_price", unit_price);
  if (!zifu_scope_line (&context, self->settlement, bill, i, &scoped, error) || !count_line (self, &scoped, error))
    return FALSE;
  zifu_context_set_string (&context, "group", scoped.group);
  if (!select_fixed_line (&context, i, &fixed, error))
    return FALSE;
  if (fixed == NULL || zifu_rational_sign (self->gate) <= 0)
    {
      add_to_group (self, scoped.group, scoped.in_scope);
      return TRUE;
    }
  if (!zifu_fixed_pay (&context, self->settlement, fixed, scoped.in_scope,
                       fixed->u.fixed.per == ZIFU_FIXED_UNIT ? line->quantity : ZIFU_RATIONAL_ONE, self->gate, (int) i, &paid, error))
    return FALSE;
  take_fixed (self, fixed, &paid);
  return TRUE;
}

static ZifuMoney
sum_groups (ZifuTill *self)
{
  ZifuMoney sum = 0;

  for (guint i = 0; i < self->groups->len; i++)
    sum += g_array_index (self->groups, ZifuSegment, i).amount;
  return sum;
}

/* A fixed rule for the whole visit takes what is in scope, in place of the layers' base. */
static gboolean
fixed_for_visit (ZifuTill *self, GError **error)
{
  ZifuQuery query = ZIFU_QUERY (ZIFU_RULE_FIXED);
  g_auto (ZifuFixedResult) paid = { 0 };

  query.per = ZIFU_FIXED_VISIT;
  if (zifu_rational_sign (self->gate) <= 0)
    return TRUE;
  if (!zifu_select_one (&self->context, &query, "visit fixed", &self->fixed_visit, error))
    return FALSE;
  if (self->fixed_visit == NULL)
    return TRUE;
  if (!zifu_fixed_pay (&self->context, self->settlement, self->fixed_visit, sum_groups (self), ZIFU_RATIONAL_ONE, self->gate, -1, &paid,
                       error))
    return FALSE;
  take_fixed (self, self->fixed_visit, &paid);
  g_array_set_size (self->groups, 0);
  return TRUE;
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
  g_autoptr (ZifuVisit) one_line = zifu_visit_new ();
  ZifuSettlement *s = self->settlement;
  const ZifuVisit *bill;
  ZifuStep *step;

  if (!zifu_scope_bill (self->visit, one_line, &bill, error))
    return FALSE;
  for (guint i = 0; i < bill->lines->len; i++)
    if (!scope_one (self, bill, i, error))
      return FALSE;
  self->part[ZIFU_BUCKET_OUT] += s->out;
  self->part[ZIFU_BUCKET_OVER_LIMIT] += s->over_limit;
  self->part[ZIFU_BUCKET_PRIOR] += s->prior;
  step = zifu_trace_add (s, ZIFU_STEP_BILL, NULL);
  step->input = s->total;
  step->out = s->out;
  step->over_limit = s->over_limit;
  step->prior = s->prior;
  step->result = s->in_scope;
  return fixed_for_visit (self, error);
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  return strcmp (((const ZifuSegment *) a)->group, ((const ZifuSegment *) b)->group);
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
  ZifuSettlement *s = self->settlement;

  if (zifu_rational_sign (self->gate) <= 0)
    return TRUE;
  g_array_sort (self->groups, compare_groups);
  for (guint i = 0; i < self->groups->len; i++)
    {
      ZifuSegment *segment = &g_array_index (self->groups, ZifuSegment, i);
      ZifuQuery query = { .kind = ZIFU_RULE_ADJUST, .layer = "base", .target = ZIFU_TARGET_SCOPE, .per = -1 };
      g_auto (ZifuContext) context = { 0 };
      g_autoptr (GPtrArray) adjusts = NULL;

      zifu_context_init (&context, self->run, &self->context);
      zifu_context_set_string (&context, "group", segment->group);
      adjusts = zifu_select_slots (&context, &query, "adjust", error);
      if (adjusts == NULL)
        return FALSE;
      for (guint j = 0; j < adjusts->len; j++)
        {
          const ZifuRule *adjust = g_ptr_array_index (adjusts, j);
          ZifuRational ratio;
          ZifuMoney own;
          ZifuStep *step;

          if (!zifu_context_must (&context, adjust->value, adjust->id, &ratio, error))
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
        }
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
compare_stack (gconstpointer a, gconstpointer b, gpointer data)
{
  const ZifuSegment *x = a, *y = b;
  char ***lists = data;
  int rank_x = rank_of (x->group, lists[0], lists[1]), rank_y = rank_of (y->group, lists[0], lists[1]);

  return rank_x != rank_y ? (rank_x < rank_y ? -1 : 1) : strcmp (x->group, y->group);
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
  ZifuQuery query = { .kind = ZIFU_RULE_DEDUCTIBLE, .layer = "base", .target = -1, .per = -1 };
  const ZifuRule *deductible;
  char **lists[2] = { NULL, NULL };

  if (!zifu_select_one (&self->context, &query, "deductible", &deductible, error))
    return FALSE;
  if (deductible != NULL)
    {
      lists[0] = deductible->u.deductible.absorb;
      lists[1] = deductible->u.deductible.exempt;
    }
  g_array_sort_with_data (self->groups, compare_stack, lists);
  return TRUE;
}

static gboolean
purse_is_known (ZifuTill *self, const char *name)
{
  static const char *const usual[] = { "balance", "current", "earlier", NULL };

  return g_strv_contains (usual, name) || (self->account != NULL && (names_hold (self->account->u.account.purses, name) ||
                                                                     names_hold (self->account->u.account.first_purses, name)));
}

static void
pay_first (ZifuTill *self, ZifuPurse *purse)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      ZifuSegment *segment = &g_array_index (self->groups, ZifuSegment, i);
      ZifuMoney amount = MIN (purse->amount, segment->amount);

      segment->amount -= amount;
      purse->amount -= amount;
      self->settlement->account_first += amount;
    }
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
  ZifuQuery query = ZIFU_QUERY (ZIFU_RULE_ACCOUNT);
  ZifuStep *step;

  if (!zifu_select_one (&self->context, &query, "account", &self->account, error) || !zifu_till_stack (self, error))
    return FALSE;
  for (guint i = 0; i < self->purses->len; i++)
    {
      const char *name = g_array_index (self->purses, ZifuPurse, i).name;
      g_autofree char *where = g_strconcat ("/person/account/", name, NULL);

      if (!purse_is_known (self, name))
        {
          zifu_error_set (error, ZIFU_ERROR_INPUT, where, N_ ("no account rule knows this purse"), NULL, NULL, NULL);
          return FALSE;
        }
    }
  if (self->account == NULL || !self->account->u.account.before_deductible || !self->account_open || !self->visit->use_account)
    return TRUE;
  for (char **name = self->account->u.account.first_purses; *name != NULL; name++)
    for (guint i = 0; i < self->purses->len; i++)
      if (g_str_equal (g_array_index (self->purses, ZifuPurse, i).name, *name))
        pay_first (self, &g_array_index (self->purses, ZifuPurse, i));
  step = zifu_trace_add (self->settlement, ZIFU_STEP_ACCOUNT_FIRST, self->account);
  step->result = self->settlement->account_first;
  return TRUE;
}
