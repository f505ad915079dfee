/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-scope.h"

#include "zifu-select.h"

static const char *
visit_pointer (const ZifuVisit *visit)
{
  return visit->pointer != NULL ? visit->pointer : "/visit";
}

static gboolean
refuse_bill (const ZifuVisit *visit, const char *template_, GError **error)
{
  g_autofree char *where = g_strconcat (visit_pointer (visit), "/bill", NULL);

  zifu_error_set (error, ZIFU_ERROR_INPUT, where, template_, NULL, NULL, NULL);
  return FALSE;
}

static gboolean
sum_parts (const ZifuVisit *visit, ZifuMoney *parts)
{
  ZifuMoney given[] = { visit->has_out ? visit->out : 0, visit->has_over_limit ? visit->over_limit : 0,
                        visit->has_prior ? visit->prior : 0 };

  *parts = 0;
  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    if (given[i] < 0 || !zifu_money_add (*parts, given[i], parts))
      return FALSE;
  return TRUE;
}

/* Total and in-scope cost of a bill that is given by its parts. */
static gboolean
complete_bill (const ZifuVisit *visit, ZifuMoney *total, ZifuMoney *out, ZifuMoney *over, ZifuMoney *prior, GError **error)
{
  ZifuMoney parts, scope;

  if (!sum_parts (visit, &parts))
    return refuse_bill (visit, N_ ("an amount below 0, or too large"), error);
  *out = visit->has_out ? visit->out : 0;
  *over = visit->has_over_limit ? visit->over_limit : 0;
  *prior = visit->has_prior ? visit->prior : 0;
  if (visit->has_total)
    *total = visit->total;
  else if (!zifu_money_add (parts, visit->has_in_scope ? visit->in_scope : 0, total))
    return refuse_bill (visit, N_ ("an amount below 0, or too large"), error);
  if (*total < 0 || *total > ZIFU_MONEY_MAX || (visit->has_in_scope && visit->in_scope < 0))
    return refuse_bill (visit, N_ ("an amount below 0, or too large"), error);
  if (parts > *total)
    {
      if (!visit->clamp)
        return refuse_bill (visit, N_ ("parts exceed the total"), error);
      *out = MIN (*out, *total);
      *over = MIN (*over, *total - *out);
      *prior = MIN (*prior, *total - *out - *over);
    }
  scope = *total - *out - *over - *prior;
  if (visit->has_in_scope && visit->in_scope != scope)
    {
      if (visit->in_scope > scope || visit->has_out)
        return refuse_bill (visit, N_ ("total is not the sum of its parts"), error);
      /* Total and in-scope cost are known: the rest is out of catalogue. */
      *out += scope - visit->in_scope;
    }
  return TRUE;
}

/**
 * zifu_scope_bill:
 * @visit: a visit whose bill is given by its parts
 * @line: (out caller-allocates): the one line of that bill, without axes
 * @error: return location: %ZIFU_ERROR with code %ZIFU_ERROR_INPUT when the parts contradict one another
 *
 * Makes a line of a bill that has none.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_scope_bill (const ZifuVisit *visit, ZifuBillLine *line, GError **error)
{
  *line = (ZifuBillLine){ .quantity = ZIFU_RATIONAL_ONE, .has_out = TRUE, .has_over_limit = TRUE, .has_prior = TRUE };
  return complete_bill (visit, &line->amount, &line->out, &line->over_limit, &line->prior, error);
}

typedef struct {
  ZifuContext        *context;
  const ZifuBillLine *line;
  const ZifuRule     *rule; /* nullable */
  const char         *category; /* nullable */
  guint               index; /* of the line */
  ZifuArith           arith;
} Scope;

static char *
line_pointer (const Scope *self)
{
  return g_strdup_printf ("%s/bill/lines/%u", visit_pointer (self->context->run->visit), self->index);
}

static gboolean
is_letter (const char *category, char letter)
{
  return category != NULL && category[0] == letter && category[1] == '\0';
}

static gboolean
refuse_line (const Scope *self, const char *template_, GError **error)
{
  g_autofree char *where = line_pointer (self);

  zifu_error_set (error, ZIFU_ERROR_INPUT, where, template_, NULL, NULL, NULL);
  return FALSE;
}

static ZifuMoney
out_of_catalogue (const Scope *self)
{
  gboolean covered = !is_letter (self->category, 'C');

  if (self->line->has_out)
    return self->line->out;
  if (self->rule != NULL && self->rule->u.scope.covered >= 0)
    covered = self->rule->u.scope.covered;
  return covered ? 0 : self->line->amount;
}

static gboolean
over_limit (Scope *self, ZifuMoney out, ZifuMoney *over, GError **error)
{
  ZifuNumber limit;
  ZifuRational allowed;

  *over = 0;
  if (self->line->has_over_limit)
    *over = self->line->over_limit;
  else if (self->rule != NULL && self->rule->u.scope.price_limit != NULL && out == 0)
    {
      if (!zifu_context_eval (self->context, self->rule->u.scope.price_limit, self->rule->id, &limit, error))
        return FALSE;
      if (limit.is_null)
        return TRUE;
      allowed = zifu_arith_mul (&self->arith, limit.value, self->line->quantity);
      *over = MAX (0, self->line->amount - out - zifu_arith_round (&self->arith, allowed, ZIFU_ROUND_FEN));
    }
  return TRUE;
}

/* First own share by bands over the price of one unit, marginal, times the quantity. */
static gboolean
first_own_bands (Scope *self, ZifuMoney left, ZifuMoney *prior, GError **error)
{
  ZifuRational unit, own = ZIFU_RATIONAL_ZERO, at = ZIFU_RATIONAL_ZERO;
  GArray *bands = self->rule->u.scope.first_own_bands;

  if (zifu_rational_sign (self->line->quantity) <= 0)
    return refuse_line (self, N_ ("the quantity must be above 0"), error);
  unit = zifu_arith_div (&self->arith, zifu_rational_from_fen (left), self->line->quantity);
  for (guint i = 0; i < bands->len; i++)
    {
      const ZifuBand *band = &g_array_index (bands, ZifuBand, i);
      ZifuNumber upto;
      ZifuRational top, ratio;

      if (!zifu_context_eval (self->context, band->upto, self->rule->id, &upto, error))
        return FALSE;
      top = upto.is_null ? unit : zifu_rational_min (unit, upto.value);
      if (zifu_rational_cmp (top, at) <= 0)
        continue;
      if (!zifu_context_must (self->context, g_array_index (band->pay, ZifuBandPay, 0).ratio, self->rule->id, &ratio, error))
        return FALSE;
      own = zifu_arith_add (&self->arith, own, zifu_arith_mul (&self->arith, zifu_arith_sub (&self->arith, top, at), ratio));
      at = top;
    }
  own = zifu_arith_mul (&self->arith, own, self->line->quantity);
  *prior = MIN (left, zifu_arith_round (&self->arith, own, ZIFU_ROUND_FEN));
  return TRUE;
}

static gboolean
first_own (Scope *self, ZifuMoney left, ZifuMoney *prior, GError **error)
{
  ZifuRational ratio;

  *prior = 0;
  if (self->line->has_prior)
    *prior = self->line->prior;
  else if (self->rule != NULL && self->rule->u.scope.first_own_bands != NULL)
    return first_own_bands (self, left, prior, error);
  else if (self->rule != NULL && self->rule->u.scope.first_own != NULL)
    {
      if (!zifu_context_must (self->context, self->rule->u.scope.first_own, self->rule->id, &ratio, error))
        return FALSE;
      ratio = zifu_arith_mul (&self->arith, zifu_rational_from_fen (left), ratio);
      *prior = MIN (left, zifu_arith_round (&self->arith, ratio, ZIFU_ROUND_FEN));
    }
  return TRUE;
}

static const char *
text_of (const ZifuValue *value)
{
  return value != NULL && value->kind == ZIFU_VALUE_STRING ? value->string : NULL;
}

static gboolean
select_scope (Scope *self, GError **error)
{
  const ZifuPlan *plan = self->context->run->plan;
  const ZifuValue *category = zifu_facts_find (self->line->facts, "category", plan->key_category);
  const ZifuContest *contest = &plan->kinds[ZIFU_RULE_SCOPE];
  g_autofree char *where = NULL;

  self->category = text_of (category);
  if ((category != NULL || zifu_facts_find (self->line->facts, "item", plan->key_item) != NULL) &&
      !zifu_select_one (self->context, contest, &(const ZifuPlace){ "scope", NULL, (int) self->index + 1 }, &self->rule, error))
    return FALSE;
  if (self->rule != NULL || !is_letter (self->category, 'B') || self->line->has_prior)
    return TRUE;
  where = line_pointer (self);
  zifu_error_set (error, ZIFU_ERROR_MISSING, where, N_ ("category B and no scope rule tells its first own share"), NULL, NULL, NULL);
  return FALSE;
}

/**
 * zifu_tell_scope:
 * @settlement: a settlement
 * @rule: the scope rule
 * @line: the line
 * @i: which one it is
 * @scoped: where it falls
 *
 * Writes down where a line falls.
 */
void
zifu_tell_scope (ZifuSettlement *settlement, const ZifuRule *rule, const ZifuBillLine *line, guint i, const ZifuScoped *scoped)
{
  ZifuStep *step = zifu_trace_add (settlement, ZIFU_STEP_SCOPE, rule);

  step->line = (int) i;
  step->input = line->amount;
  step->out = scoped->out;
  step->over_limit = scoped->over_limit;
  step->prior = scoped->prior;
  step->result = scoped->in_scope;
}

/**
 * zifu_scope_line:
 * @context: context of the line
 * @settlement: where the trace goes
 * @line: the line
 * @i: which one it is
 * @out: (out): where the line falls
 * @error: return location: %ZIFU_ERROR
 *
 * Finds what of a line is out of catalogue, above a price limit, category B's first share, and in scope.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_scope_line (ZifuContext *context, ZifuSettlement *settlement, const ZifuBillLine *line, guint i, ZifuScoped *out, GError **error)
{
  Scope self = { .context = context, .line = line, .index = i };
  g_autofree char *where = NULL;
  ZifuMoney left;

  if (line->amount < 0 || line->amount > ZIFU_MONEY_MAX)
    return refuse_line (&self, N_ ("an amount below 0, or too large"), error);
  if (!select_scope (&self, error))
    return FALSE;
  out->out = out_of_catalogue (&self);
  left = line->amount - out->out;
  if (!over_limit (&self, out->out, &out->over_limit, error))
    return FALSE;
  if (out->over_limit > left)
    return refuse_line (&self, N_ ("over_limit exceeds the line"), error);
  left -= out->over_limit;
  if (!first_own (&self, left, &out->prior, error))
    return FALSE;
  if (out->prior > left)
    return refuse_line (&self, N_ ("prior exceeds the line"), error);
  if (self.arith.overflow)
    {
      where = line_pointer (&self);
      return zifu_error_overflow (error, where);
    }
  out->in_scope = left - out->prior;
  out->group = self.rule != NULL ? self.rule->u.scope.group : NULL;
  if (out->group == NULL)
    out->group = zifu_settlement_keep (settlement, text_of (zifu_facts_find (line->facts, "group", context->run->plan->key_group)));
  if (out->group == NULL)
    out->group = "main";
  if (self.rule != NULL && settlement->tracing)
    zifu_tell_scope (settlement, self.rule, line, i, out);
  return TRUE;
}

/* What one payer of a fixed rule pays of what is left. */
static gboolean
fixed_amount (ZifuContext *context, ZifuArith *arith, const ZifuRule *rule, const ZifuFixedPay *pay, ZifuMoney base, ZifuMoney left,
              ZifuRational quantity, ZifuRational gate, ZifuMoney *amount, GError **error)
{
  ZifuRational value, part;

  if (!zifu_context_must (context, pay->value, rule->id, &value, error))
    return FALSE;
  if (pay->form == ZIFU_PAY_AMOUNT)
    part = zifu_arith_mul (arith, value, quantity);
  else if (pay->form == ZIFU_PAY_RATIO)
    part = zifu_arith_mul (arith, zifu_rational_from_fen (base), value);
  else
    {
      ZifuMoney floor = zifu_arith_round (arith, zifu_arith_mul (arith, value, quantity), ZIFU_ROUND_FEN);

      part = zifu_rational_from_fen (MAX (0, left - floor));
    }
  *amount = CLAMP (zifu_arith_round (arith, zifu_arith_mul (arith, part, gate), pay->round), 0, left);
  return TRUE;
}

/* Counters towards which fixed money counts; no cap is applied to it. */
static gboolean
feed_counters (ZifuContext *context, const ZifuRule *rule, const ZifuFixedResult *out, GError **error)
{
  ZifuMoney sum = 0;

  for (guint i = 0; i < out->n_lines; i++)
    sum += g_str_equal (out->lines[i].payer, "hospital") ? 0 : out->lines[i].amount;
  for (guint i = 0; rule->u.fixed.feeds != NULL && rule->u.fixed.feeds[i] != NULL; i++)
    {
      ZifuCounterKey key;

      if (!zifu_context_counter (context, rule->u.fixed.feeds[i], -1, &key, error) ||
          !zifu_counters_add (context->run->counters, key, zifu_rational_from_fen (sum), error))
        return FALSE;
    }
  return TRUE;
}

static void
trace_fixed (ZifuSettlement *settlement, const ZifuRule *rule, ZifuMoney amount, int line, const ZifuFixedResult *out)
{
  ZifuStep *step = zifu_trace_add (settlement, ZIFU_STEP_FIXED, rule);

  step->line = line;
  step->input = amount;
  step->result = out->left;
  step->used = out->hospital;
  for (guint i = 0; i < out->n_lines; i++)
    zifu_trace_add_part (settlement, step, out->lines[i].payer, ZIFU_RATIONAL_ZERO, zifu_rational_from_fen (out->lines[i].amount));
}

/* What a fixed price leaves of a dearer bill is the hospital's; @base: what is left to be paid. */
static gboolean
take_price (ZifuContext *context, ZifuArith *arith, const ZifuRule *rule, ZifuRational quantity, ZifuMoney *base, ZifuMoney *hospital,
            GError **error)
{
  ZifuRational price;
  ZifuMoney price_fen;

  if (rule->u.fixed.price == NULL || rule->u.fixed.price->kind == ZIFU_EXPR_NULL)
    return TRUE;
  if (!zifu_context_must (context, rule->u.fixed.price, rule->id, &price, error))
    return FALSE;
  price_fen = zifu_arith_round (arith, zifu_arith_mul (arith, price, quantity), ZIFU_ROUND_FEN);
  *hospital = MAX (0, *base - price_fen);
  *base = MIN (*base, price_fen);
  return TRUE;
}

/**
 * zifu_fixed_pay:
 * @context: context of the line or of the visit
 * @settlement: where the trace goes
 * @rule: a fixed rule
 * @amount: what is to be paid, in fen
 * @quantity: number of units
 * @gate: share of the benefits
 * @line: which line, −1 for the whole visit
 * @out: (out caller-allocates): who pays what
 * @error: return location: %ZIFU_ERROR
 *
 * Pays fixed amounts, or a fixed price; what a fixed price leaves of a dearer bill is the hospital's.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_fixed_pay (ZifuContext *context, ZifuSettlement *settlement, const ZifuRule *rule, ZifuMoney amount, ZifuRational quantity,
                ZifuRational gate, int line, ZifuFixedResult *out, GError **error)
{
  ZifuArith arith = { FALSE };
  ZifuMoney base = amount;

  *out = (ZifuFixedResult){ .lines = ZIFU_ARENA_NEW (context->run->scratch, ZifuFundLine, rule->u.fixed.pay->len) };
  if (!take_price (context, &arith, rule, quantity, &base, &out->hospital, error))
    return FALSE;
  out->left = base;
  for (guint i = 0; i < rule->u.fixed.pay->len; i++)
    {
      const ZifuFixedPay *pay = &g_array_index (rule->u.fixed.pay, ZifuFixedPay, i);
      ZifuFundLine paid = { "fixed", pay->payer, 0 };

      if (!fixed_amount (context, &arith, rule, pay, base, out->left, quantity, gate, &paid.amount, error))
        return FALSE;
      out->left -= paid.amount;
      if (paid.amount != 0)
        out->lines[out->n_lines++] = paid;
    }
  if (arith.overflow)
    return zifu_error_overflow (error, rule->id);
  trace_fixed (settlement, rule, amount, line, out);
  return feed_counters (context, rule, out, error);
}
