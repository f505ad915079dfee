/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-till.h"

#include "zifu-select.h"

#include <string.h>

static const ZifuBucket personal[] = { ZIFU_BUCKET_DEDUCTIBLE, ZIFU_BUCKET_COPAY, ZIFU_BUCKET_OVER_CAP };

static void
append_lines (GArray *to, const ZifuLayerResult *result)
{
  for (guint i = 0; i < result->n_lines; i++)
    *ZIFU_ROOM_ADD (to, ZifuFundLine) = result->lines[i];
}

static void
keep_bands (ZifuTill *self, const char *layer, const ZifuLayerResult *result)
{
  *ZIFU_ROOM_ADD (self->settlement->bands, ZifuBandTotals) = (ZifuBandTotals){ layer, result->bands, result->n_bands };
}

/* A settlement sheet is at hand: what it says of the base layer is taken over, nothing is computed. */
static gboolean
take_given_base (ZifuTill *self, ZifuMoney room, GError **error)
{
  for (guint i = 0; i < self->visit->base_paid->len; i++)
    {
      const ZifuPayerAmount *given = &g_array_index (self->visit->base_paid, ZifuPayerAmount, i);
      ZifuFundLine line = { "base", zifu_settlement_keep (self->settlement, given->payer), given->amount };

      if (given->amount < 0 || given->amount > room)
        {
          g_autofree char *where = g_strconcat ("/visit/base_paid/", given->payer, NULL);

          zifu_error_set (error, ZIFU_ERROR_INPUT, where, N_ ("more than the in-scope cost"), NULL, NULL, NULL);
          return FALSE;
        }
      room -= given->amount;
      *ZIFU_ROOM_ADD (self->funds, ZifuFundLine) = line;
    }
  self->part[ZIFU_BUCKET_COPAY] += room;
  return TRUE;
}

static void
take_base (ZifuTill *self, const ZifuLayerResult *result)
{
  append_lines (self->funds, result);
  keep_bands (self, "base", result);
  self->settlement->deductible = result->deductible;
  self->part[ZIFU_BUCKET_DEDUCTIBLE] += result->deductible;
  self->part[ZIFU_BUCKET_COPAY] += result->copay;
  self->part[ZIFU_BUCKET_OVER_CAP] += result->over_cap;
  self->part[ZIFU_BUCKET_REDUCTION] += result->reduction;
}

static gboolean
run_base (ZifuTill *self, GError **error)
{
  ZifuLayerResult result;

  if (!zifu_layer_run (&self->context, self->settlement, &self->run.plan->layers[0], self->groups, self->n_groups, self->gate, FALSE,
                       &result, error))
    return FALSE;
  take_base (self, &result);
  return TRUE;
}

/* Takes what a layer paid out of the buckets that it looked at, in their order. */
static void
take_from (ZifuMoney *book, const ZifuBuckets *input, ZifuMoney amount)
{
  for (guint i = 0; i < input->n; i++)
    {
      ZifuMoney taken = MIN (book[input->bucket[i]], amount);

      book[input->bucket[i]] -= taken;
      amount -= taken;
    }
}

static void
settle_books (ZifuMoney *book, const ZifuBuckets *input, ZifuMoney paid, ZifuMoney over_cap)
{
  take_from (book, input, paid);
  if (input->n == 1 && input->bucket[0] == ZIFU_BUCKET_OVER_CAP)
    {
      /* What this layer leaves to the person is a co-payment; only what it does not cover stays over the cap. */
      ZifuMoney keep = MIN (over_cap, book[ZIFU_BUCKET_OVER_CAP]);

      book[ZIFU_BUCKET_COPAY] += book[ZIFU_BUCKET_OVER_CAP] - keep;
      book[ZIFU_BUCKET_OVER_CAP] = keep;
    }
}

/* What a layer looks at. */
static ZifuMoney
input_of (const ZifuTill *self, const ZifuRule *rule)
{
  const ZifuBuckets *input = &rule->u.layer.input;
  ZifuMoney sum = 0;

  for (guint i = 0; i < input->n; i++)
    sum += self->net[input->bucket[i]];
  return sum;
}

static void
take_layer (ZifuTill *self, const ZifuRule *rule, const ZifuLayerResult *result)
{
  const ZifuBuckets *input = &rule->u.layer.input;
  gboolean later = rule->u.layer.after_year;
  ZifuMoney paid = 0;

  append_lines (later ? self->settlement->later : self->funds, result);
  for (guint i = 0; i < result->n_lines; i++)
    paid += result->lines[i].amount;
  keep_bands (self, rule->layer, result);
  settle_books (self->net, input, paid, result->over_cap);
  if (!later)
    settle_books (self->part, input, paid, result->over_cap);
}

static gboolean
run_layer (ZifuTill *self, const ZifuRule *rule, GError **error)
{
  gboolean later = rule->u.layer.after_year;
  ZifuSegment segment = { "main", input_of (self, rule) };
  ZifuContext own, *context = &self->context;
  ZifuLayerResult result;

  if (self->run.plan->axes[ZIFU_AXIS_LAYER].is_read)
    {
      zifu_context_init_child (&own, &self->context);
      zifu_context_set_string (&own, ZIFU_AXIS_LAYER, rule->layer);
      context = &own;
    }
  if (!zifu_layer_run (context, self->settlement, &self->run.plan->layers[rule->plan.layer], &segment, 1, self->gate, later, &result,
                       error))
    return FALSE;
  take_layer (self, rule, &result);
  return TRUE;
}

static void
note_unknown_layer (ZifuTill *self, const ZifuRule *rule)
{
  ZifuNote note = { "layer-not-estimated", rule, rule->u.layer.unknown, 0 };
  ZifuStep *step = zifu_trace_add (self->settlement, ZIFU_STEP_NOT_ESTIMATED, rule);

  step->layer = rule->layer;
  step->reason = rule->u.layer.unknown;
  *ZIFU_ROOM_ADD (self->settlement->notes, ZifuNote) = note;
}

static gboolean
comes_before (const ZifuRule *a, const ZifuRule *b)
{
  return a->u.layer.seq != b->u.layer.seq ? a->u.layer.seq < b->u.layer.seq : a->plan.slot < b->plan.slot;
}

/**
 * zifu_till_sort_layers:
 * @layers: rules of layers
 *
 * Puts layers into the order in which they act.
 */
void
zifu_till_sort_layers (ZifuRules *layers)
{
  zifu_rules_sort (layers, comes_before);
}

static gboolean
run_upper_layers (ZifuTill *self, GError **error)
{
  ZifuRules layers;

  if (!zifu_select_slots (&self->context, ZIFU_TILL_CONTEST (self, ZIFU_RULE_LAYER), ZIFU_PLACE ("layer"), &layers, error))
    return FALSE;
  zifu_till_sort_layers (&layers);
  for (guint i = 0; i < layers.n; i++)
    {
      if (layers.rules[i]->u.layer.unknown != NULL)
        note_unknown_layer (self, layers.rules[i]);
      else if (!run_layer (self, layers.rules[i], error))
        return FALSE;
    }
  return TRUE;
}

/**
 * zifu_till_layers:
 * @self: a till
 * @error: return location: %ZIFU_ERROR
 *
 * Settles the base layer, then the layers above it, each on what the earlier ones left to the person.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_till_layers (ZifuTill *self, GError **error)
{
  gboolean open = self->gate.num > 0;
  ZifuMoney room = 0;

  for (guint i = 0; i < self->n_groups; i++)
    room += self->groups[i].amount;
  if (self->visit->base_paid != NULL && open && self->fixed_visit == NULL)
    {
      if (!take_given_base (self, room, error))
        return FALSE;
    }
  else if (self->fixed_visit == NULL && open)
    {
      if (!run_base (self, error))
        return FALSE;
    }
  else if (self->fixed_visit == NULL)
    self->part[ZIFU_BUCKET_COPAY] += room;
  memcpy (self->net, self->part, sizeof self->net);
  return !open || run_upper_layers (self, error);
}

/* One layer as for those who were seen alike. */
static gboolean
run_again (ZifuTill *self, guint id, ZifuMoney amount, gboolean later, ZifuLayerResult *result)
{
  const ZifuPlanLayer *layer = &self->run.plan->layers[id];
  const ZifuTeller teller = { self->settlement, layer->name, later };
  const ZifuSegment segment = { "main", amount };
  const ZifuLayerTerms *terms = self->view->layers[id];

  if (amount == 0)
    return zifu_layer_run_empty (layer, &teller, result);
  /* A stay that was counted meanwhile is seen otherwise. */
  return terms != NULL && zifu_layer_run_whole (terms, &self->run, &teller, &segment, result) && !self->run.counters->stay_moved;
}

/**
 * zifu_till_layers_again:
 * @self: a till with one group of cost
 * @layers: the layers above the base, in their order
 *
 * Settles the layers in whole numbers.
 *
 * Returns: %FALSE when that cannot be; counters may have moved then
 */
gboolean
zifu_till_layers_again (ZifuTill *self, const ZifuRules *layers)
{
  ZifuLayerResult result;

  if (!run_again (self, 0, self->groups[0].amount, FALSE, &result))
    return FALSE;
  take_base (self, &result);
  memcpy (self->net, self->part, sizeof self->net);
  for (guint i = 0; i < layers->n; i++)
    {
      const ZifuRule *rule = layers->rules[i];

      if (rule->u.layer.unknown != NULL)
        note_unknown_layer (self, rule);
      else if (run_again (self, (guint) rule->plan.layer, input_of (self, rule), rule->u.layer.after_year, &result))
        take_layer (self, rule, &result);
      else
        return FALSE;
    }
  return TRUE;
}

/* Takes the hospital's part out of the funds, and sets the funds aside when the person has to claim them. */
static void
split_funds (ZifuTill *self)
{
  ZifuSettlement *s = self->settlement;

  for (guint i = 0; i < self->funds->len; i++)
    {
      const ZifuFundLine *line = &g_array_index (self->funds, ZifuFundLine, i);

      if (line->payer[0] == 'h' && g_str_equal (line->payer, "hospital"))
        s->hospital += line->amount;
      else if (self->claim)
        {
          *ZIFU_ROOM_ADD (s->claims, ZifuFundLine) = *line;
          self->part[ZIFU_BUCKET_CLAIM] += line->amount;
        }
      else
        {
          *ZIFU_ROOM_ADD (s->lines, ZifuFundLine) = *line;
          s->fund_sum += line->amount;
        }
    }
}

static const ZifuBuckets *
buckets_paid (ZifuTill *self, gboolean mutual)
{
  if (self->account != NULL && mutual && self->account->u.account.has_mutual_pays)
    return &self->account->u.account.mutual_pays;
  if (self->account != NULL && self->account->u.account.has_pays)
    return &self->account->u.account.pays;
  return &self->run.plan->account_default;
}

static ZifuMoney
pay_from_purse (ZifuPurse *purse, const ZifuBuckets *pays, ZifuMoney *rest)
{
  ZifuMoney paid = 0;

  for (guint i = 0; i < pays->n && purse->amount != 0; i++)
    {
      ZifuMoney amount = MIN (purse->amount, rest[pays->bucket[i]]);

      purse->amount -= amount;
      rest[pays->bucket[i]] -= amount;
      paid += amount;
    }
  return paid;
}

/* What the own account may pay, and what is in it. */
static ZifuStep *
tell_account (ZifuTill *self, const ZifuBuckets *pays, const ZifuMoney *rest)
{
  ZifuStep *step = zifu_trace_add (self->settlement, ZIFU_STEP_ACCOUNT, self->account);

  for (guint i = 0; i < self->purses->len; i++)
    step->before += g_array_index (self->purses, ZifuPurse, i).amount;
  for (guint i = 0; i < pays->n; i++)
    step->input += rest[pays->bucket[i]];
  step->claim = self->claim;
  step->flag = !(self->account_open && self->visit->use_account);
  return step;
}

static void
pay_from_own (ZifuTill *self, ZifuMoney *rest)
{
  static const char *const usual[] = { "balance", "current", "earlier", NULL };
  const char *const *order = self->account != NULL ? (const char *const *) self->account->u.account.purses : usual;
  ZifuSettlement *s = self->settlement;
  const ZifuBuckets *pays = buckets_paid (self, FALSE);
  ZifuStep *step = s->tracing ? tell_account (self, pays, rest) : NULL;
  ZifuMoney paid = 0;

  if (self->account_open && self->visit->use_account)
    for (; *order != NULL; order++)
      for (guint i = 0; i < self->purses->len; i++)
        if (zifu_same_name (g_array_index (self->purses, ZifuPurse, i).name, *order))
          paid += pay_from_purse (&g_array_index (self->purses, ZifuPurse, i), pays, rest);
  s->own_account = s->account_first + paid;
  if (step != NULL)
    step->result = paid;
}

static void
pay_from_mutual (ZifuTill *self, ZifuMutualAccount *account, const ZifuBuckets *pays, ZifuMoney *rest)
{
  ZifuMoney can = account->has_quota ? MIN (account->balance, account->quota) : account->balance, paid = 0;
  ZifuPayerAmount made = { NULL, 0 };
  ZifuStep *step;

  for (guint i = 0; i < pays->n; i++)
    {
      ZifuMoney amount = MIN (can - paid, rest[pays->bucket[i]]);

      rest[pays->bucket[i]] -= amount;
      paid += amount;
    }
  account->balance -= paid;
  if (account->has_quota)
    account->quota -= paid;
  if (paid == 0)
    return;
  made.payer = (char *) zifu_settlement_keep (self->settlement, account->id);
  made.amount = paid;
  *ZIFU_ROOM_ADD (self->settlement->mutual, ZifuPayerAmount) = made;
  self->settlement->mutual_sum += paid;
  step = zifu_trace_add (self->settlement, ZIFU_STEP_MUTUAL, self->account);
  step->name = made.payer;
  step->result = paid;
}

static gboolean
run_tally (ZifuTill *self, const ZifuRule *tally, GError **error)
{
  ZifuCounterKey key;
  ZifuRational add;

  return zifu_context_counter (&self->context, tally->counter, tally->plan.counter, &key, error) &&
         zifu_context_must (&self->context, tally->value, tally->id, &add, error) &&
         zifu_counters_add (self->run.counters, key, add, error);
}

/* In the order of their names in the pack guide. */
static const char *const result_names[] = { "fund_paid", "in_scope",   "personal_in_scope", "person",      "total",     "deductible",
                                            "prior",     "over_limit", "out",               "own_account", "mutual_aid" };

/**
 * zifu_till_result:
 * @name: name of a result of a visit
 *
 * Returns: its number; −1 = there is none of this name
 */
int
zifu_till_result (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (result_names); i++)
    if (g_str_equal (result_names[i], name))
      return (int) i;
  return -1;
}

static void
find_results (const ZifuTill *self, ZifuResult *results)
{
  const ZifuSettlement *s = self->settlement;
  const ZifuMoney *part = self->part;
  ZifuMoney borne = s->account_first;

  for (guint i = 0; i < G_N_ELEMENTS (personal); i++)
    borne += self->net[personal[i]];

  const ZifuMoney amounts[] = { s->fund_sum + part[ZIFU_BUCKET_CLAIM],
                                s->in_scope,
                                borne,
                                s->person - part[ZIFU_BUCKET_CLAIM],
                                s->total,
                                s->deductible,
                                part[ZIFU_BUCKET_PRIOR],
                                part[ZIFU_BUCKET_OVER_LIMIT],
                                part[ZIFU_BUCKET_OUT],
                                s->own_account,
                                s->mutual_sum };

  G_STATIC_ASSERT (G_N_ELEMENTS (amounts) == G_N_ELEMENTS (result_names));
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    results[i] = (ZifuResult){ result_names[i], amounts[i] };
}

static gboolean
count_tallies (ZifuTill *self, const ZifuRules *tallies, GError **error)
{
  ZifuResult results[G_N_ELEMENTS (result_names)];
  gboolean done = TRUE;

  find_results (self, results);
  self->run.results = results;
  self->run.n_results = G_N_ELEMENTS (results);
  for (guint i = 0; done && i < tallies->n; i++)
    done = run_tally (self, tallies->rules[i], error);
  self->run.results = NULL;
  self->run.n_results = 0;
  return done;
}

/**
 * zifu_till_tally_again:
 * @self: a till at which the person has paid
 * @tallies: what is added to counters
 * @n: how many
 *
 * Feeds the counters of tally rules.
 *
 * Returns: %FALSE when a sum cannot be held exactly
 */
gboolean
zifu_till_tally_again (ZifuTill *self, const ZifuTallyTerms *tallies, guint n)
{
  ZifuResult results[G_N_ELEMENTS (result_names)];

  for (guint i = 0; i < n; i++)
    {
      const ZifuTallyTerms *tally = &tallies[i];
      ZifuRational add = tally->add;

      if (tally->result >= 0)
        {
          find_results (self, results);
          add = zifu_rational_from_fen (results[tally->result].amount);
        }
      if (!zifu_counters_add (self->run.counters, tally->key, add, NULL))
        return FALSE;
    }
  return TRUE;
}

/* Counters that tally rules keep, such as the number of stays. */
static gboolean
run_tallies (ZifuTill *self, GError **error)
{
  ZifuRules tallies;

  if (self->gate.num <= 0)
    return TRUE;
  return zifu_select_slots (&self->context, ZIFU_TILL_CONTEST (self, ZIFU_RULE_TALLY), ZIFU_PLACE ("tally"), &tallies, error) &&
         (tallies.n == 0 || count_tallies (self, &tallies, error));
}

static void
tell_person (ZifuSettlement *s)
{
  ZifuStep *step = zifu_trace_add (s, ZIFU_STEP_PERSON, NULL);

  step->input = s->total;
  step->used = s->fund_sum + s->hospital;
  step->result = s->person;
}

/**
 * zifu_till_pay:
 * @self: a till at which the layers are settled
 *
 * The person's part, and where it comes from: the own account within its scope, relatives' accounts in their order, and
 * cash and other means for the rest.
 */
void
zifu_till_pay (ZifuTill *self)
{
  ZifuSettlement *s = self->settlement;
  const ZifuBuckets *pays = buckets_paid (self, TRUE);
  ZifuMoney rest[ZIFU_N_BUCKETS];

  split_funds (self);
  s->person = s->total - s->fund_sum - s->hospital;
  memcpy (s->parts, self->part, sizeof s->parts);
  memcpy (rest, self->part, sizeof rest);
  if (s->tracing)
    tell_person (s);
  pay_from_own (self, rest);
  if (self->account_open && self->visit->use_mutual_aid)
    for (guint i = 0; i < self->mutual->len; i++)
      pay_from_mutual (self, &g_array_index (self->mutual, ZifuMutualAccount, i), pays, rest);
  s->cash = s->person - s->own_account - s->mutual_sum;
  if (s->tracing)
    zifu_trace_add (s, ZIFU_STEP_CASH, NULL)->result = s->cash;
}

/**
 * zifu_till_person:
 * @self: a till
 * @error: return location: %ZIFU_ERROR
 *
 * The person's part, then the tallies.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_till_person (ZifuTill *self, GError **error)
{
  zifu_till_pay (self);
  return run_tallies (self, error);
}
