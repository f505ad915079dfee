/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R15 and R16: what an operation costs, and how its share is got. */

#include "zifu-answers-parts-private.h"

#define OPERATION 3000000 /* fen */
#define DEVICE 1000000
#define MAJORITY 18 /* years */

/* A bill of which nobody knows yet how much is in the catalogue. */
static ZifuRange *
operation_range (const AnswerCase *self, GError **error)
{
  g_autoptr (ZifuVisit) visit = zifu_answer_visit (self, "inpatient", "3", OPERATION, 0);
  g_autoptr (GPtrArray) open = NULL;

  visit->has_out = visit->has_over_limit = visit->has_prior = FALSE;
  if (self->pack == NULL)
    return NULL;
  open = zifu_open_questions (self->pack, self->person, visit);
  /* What earlier visits of the year left is taken as the data have it, like everywhere in these answers. */
  for (guint i = open->len; i > 0; i--)
    if (((const ZifuOpen *) g_ptr_array_index (open, i - 1))->kind != ZIFU_OPEN_SPLIT)
      g_ptr_array_remove_index (open, i - 1);
  return zifu_range_new (self->pack, self->person, visit, open, error);
}

static char *
range_figures (const ZifuRange *range)
{
  if (range->least->person == range->most->person)
    /* Translators: {1} is a bill, {2} what of it is mine */
    return zifu_words_fill_take (_ ("Of a stay of {1} in a tier-3 hospital you pay {2}, whatever is in the catalogue."),
                                 zifu_words_list (OPERATION), zifu_words_list (range->least->person), NULL);
  /* Translators: {1} is a bill, {2} a range of money such as ¥5,605 – 30,000 */
  return zifu_words_fill_take (
      _ ("A stay of {1} in a tier-3 hospital: you pay {2}. The least is when all of it is in the catalogue, the most "
         "when nothing is."),
      zifu_words_list (OPERATION), zifu_words_whole_range (range->least->person, range->most->person), NULL);
}

static gboolean
names_item (const AnswerCase *self, const char *item)
{
  GPtrArray *rules = self->pack->by_kind[ZIFU_RULE_SCOPE];

  for (guint i = 0; i < rules->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (rules, i);

      for (guint k = 0; k < rule->when->len; k++)
        {
          const ZifuClause *clause = &g_array_index (rule->when, ZifuClause, k);
          GPtrArray *options = clause->condition->options;

          for (guint j = 0; g_str_equal (clause->axis, "item") && options != NULL && j < options->len; j++)
            if (g_strcmp0 (((const ZifuValue *) g_ptr_array_index (options, j))->string, item) == 0)
              return TRUE;
        }
    }
  return FALSE;
}

/* The same operation with a device of category B. */
static ZifuSettlement *
settle_device (const AnswerCase *self, const char *origin)
{
  g_autoptr (ZifuVisit) visit = zifu_answer_visit (self, "inpatient", "3", OPERATION, 0);
  ZifuBillLine *line;

  visit->has_total = visit->has_out = visit->has_over_limit = visit->has_prior = FALSE;
  line = zifu_visit_add_line (visit, OPERATION - DEVICE);
  zifu_facts_set_string (line->facts, "item", "service");
  zifu_facts_set_string (line->facts, "category", "A");
  line = zifu_visit_add_line (visit, DEVICE);
  zifu_facts_set_string (line->facts, "item", names_item (self, "implant") ? "implant" : "material");
  zifu_facts_set_string (line->facts, "category", "B");
  zifu_facts_set_string (line->facts, "origin", origin);
  return zifu_answer_settle (self, self->person, visit, NULL);
}

static void
add_device (ZifuAnswer *answer, const ZifuSettlement *s, const char *origin)
{
  /* Translators: {1} is a price, {2} domestic or imported, {3} and {4} are parts of it, {5} is a bill, {6} what of it is mine */
  zifu_answer_add_point (answer,
                         zifu_words_fill_take (_ ("A device of {1}, {2}: {3} first share, {4} over the price limit. Of a bill of {5} "
                                                  "with it you pay {6}."),
                                               zifu_words_list (DEVICE), g_strdup (origin), zifu_words_list (s->prior),
                                               zifu_words_list (s->over_limit), zifu_words_list (s->total), zifu_words_list (s->person),
                                               NULL));
  zifu_answer_mark_settlement (answer, s);
}

static void
add_devices (ZifuAnswer *answer, const AnswerCase *self)
{
  g_autoptr (ZifuSettlement) domestic = NULL;
  g_autoptr (ZifuSettlement) imported = NULL;

  if (self->pack == NULL)
    return;
  domestic = settle_device (self, "domestic");
  imported = settle_device (self, "imported");
  if (domestic == NULL || imported == NULL)
    return;
  if (domestic->person == imported->person && domestic->prior == imported->prior && domestic->over_limit == imported->over_limit)
    {
      add_device (answer, domestic, _ ("domestic or imported"));
      return;
    }
  add_device (answer, domestic, zifu_words_axis_value ("origin", "domestic"));
  add_device (answer, imported, zifu_words_axis_value ("origin", "imported"));
}

/**
 * zifu_answer_operation:
 * @self: a case
 *
 * Returns: (transfer full): R15
 */
ZifuAnswer *
zifu_answer_operation (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new ("R15", _ ("What a Visit Costs"), _ ("Is my operation covered, and what would I pay?"),
                                        "手术 支架 心脏支架 关节 人工关节 置换 息肉 肿瘤 切除 晶体 白内障 耗材 进口 国产 材料费 能报多少 "
                                        "operation surgery stent joint polyp tumour resection implant device imported domestic covered");
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuRange) range = operation_range (self, &error);
  g_autoptr (GPtrArray) missing = NULL;

  answer->answer = g_strdup (_ ("What is covered goes by item, not by operation: each drug, test, service and device has its category, and "
                                "that decides."));
  if (range == NULL)
    answer->in_your_case = zifu_answer_why_not (error);
  else
    {
      answer->in_your_case = zifu_answer_note_cover (self, range_figures (range));
      zifu_answer_mark_settlement (answer, range->least);
      zifu_answer_mark_settlement (answer, range->most);
      zifu_answer_set_source (answer, zifu_answer_share_rule (range->least));
      missing = zifu_words_range_not_calculated (range, NULL);
    }
  zifu_answer_add_point (answer, g_strdup (_ ("Category A: all of it is in scope.")));
  zifu_answer_add_point (answer, g_strdup (_ ("Category B: a first share is yours, the rest is in scope.")));
  zifu_answer_add_point (answer, g_strdup (_ ("Category C, or on no list: all of it is yours.")));
  zifu_answer_add_point (answer, g_strdup (_ ("Devices such as stents and joints may have a price limit; what is above it is yours.")));
  add_devices (answer, self);
  for (guint i = 0; missing != NULL && i < missing->len; i++)
    zifu_answer_add_point (answer, g_strdup (g_ptr_array_index (missing, i)));
  zifu_answer_add_step (answer, _ ("Ask the doctor or the insurance office of the hospital for the category and price of each device, and "
                                   "whether there is a domestic one."));
  zifu_answer_add_step (answer, _ ("Enter what is out of catalogue, over the limit and first share in the estimate: the range becomes a "
                                   "figure."));
  answer->why = g_strdup (_ ("Two people with the same operation may pay very different amounts, because devices and drugs differ."));
  return answer;
}

/* The example in a hospital that does not settle directly. */
static ZifuSettlement *
settle_unconnected (const AnswerCase *self)
{
  g_autoptr (ZifuVisit) visit = zifu_answer_visit (self, "outpatient", "3", self->bill, 0);

  zifu_facts_set_boolean (visit->facts, "connected", FALSE);
  return zifu_answer_settle (self, self->person, visit, NULL);
}

/* The visit that stands in the data. */
static char *
chosen_visit (const AnswerCase *self, ZifuAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSettlement) s = zifu_answer_settle (self, self->person, self->record->refused, &error);
  WordsGate gates;

  if (s == NULL)
    return zifu_answer_why_not (error);
  gates = zifu_words_gates (s);
  zifu_answer_mark_settlement (answer, s);
  if (gates.claim)
    /* Translators: {1} is an amount of money */
    return zifu_words_fill_take (_ ("The visit in your data is paid first; {1} of it can be claimed afterwards."),
                                 zifu_words_list (s->parts[ZIFU_BUCKET_CLAIM]), NULL);
  if (gates.acted)
    return zifu_words_gate (s);
  /* Translators: {1} says who pays what of a bill */
  return zifu_words_fill_take (_ ("The visit in your data is settled on the spot: {1}."), zifu_answer_payers (s), NULL);
}

static char *
both_ways (const AnswerCase *self, ZifuAnswer *answer)
{
  g_autoptr (ZifuSettlement) later = settle_unconnected (self);

  if (self->example == NULL || later == NULL)
    return self->refusal != NULL ? g_strdup (self->refusal) : zifu_answer_why_not (NULL);
  answer->bill = self->bill;
  zifu_answer_mark_settlement (answer, self->example);
  /* Translators: {1} is a bill, {2} says who pays what of it, {3} is what is paid back of it on a claim */
  return zifu_words_fill_take (_ ("A bill of {1} on the spot: {2}. Paid first: all of it by you, and {3} are claimed afterwards."),
                               zifu_words_list (self->bill), zifu_answer_payers (self->example),
                               zifu_words_list (later->parts[ZIFU_BUCKET_CLAIM]), NULL);
}

static void
add_claim_papers (ZifuAnswer *answer, const AnswerCase *self)
{
  const ZifuValue *age = zifu_facts_get (self->person->facts, "age");
  const char *birth = zifu_facts_get_string (self->person->facts, "birth");
  ZifuDate born = birth != NULL ? zifu_date_parse (birth) : 0;
  ZifuRational years;
  gboolean child =
      born != 0 ? zifu_date_full_years (born, self->today) < MAJORITY
                : age != NULL && zifu_value_to_number (age, &years) && zifu_rational_cmp (years, zifu_rational_from_int (MAJORITY)) < 0;

  zifu_words_claim_papers (answer->papers);
  zifu_answer_add_paper (answer, _ ("In an emergency: the hospital's proof of it"));
  if (child)
    zifu_answer_add_paper (answer, _ ("For a child: the household register, and the identity card of the parent who claims"));
}

/**
 * zifu_answer_how_to_claim:
 * @self: a case
 *
 * Returns: (transfer full): R16
 */
ZifuAnswer *
zifu_answer_how_to_claim (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new ("R16", _ ("What a Visit Costs"), _ ("How do I get reimbursed, and what must I keep?"),
                                        "怎么报销 如何报销 报销流程 报销材料 发票 清单 病历 手工报销 零星报销 直接结算 保留 "
                                        "how claim reimbursed papers invoice keep steps direct settlement pay first documents");
  g_autoptr (ZifuSettlement) later = settle_unconnected (self);
  const ZifuStep *gate = later != NULL ? zifu_words_find_step (later, ZIFU_STEP_GATE, NULL) : NULL;

  answer->answer = g_strdup (_ ("As a rule at the till: you show card or code, the fund's share is taken off, and you pay your part. Where "
                                "that does not work you pay first and claim at the agency."));
  answer->in_your_case =
      self->record->refused != NULL ? chosen_visit (self, answer) : zifu_answer_note_cover (self, both_ways (self, answer));
  zifu_answer_add_step (answer, _ ("On the spot: show the insurance card or the electronic code at registration and at the till."));
  zifu_answer_add_step (answer, _ ("Look through the settlement sheet: bill, fund, account and cash; keep it with the invoice."));
  zifu_answer_add_step (answer,
                        _ ("Paid first: have the hospital give you the original invoice, the itemised bill and the medical papers."));
  zifu_answer_add_step (answer,
                        _ ("Hand them in where you are insured, at the window or in the app, and ask up to when that is possible."));
  zifu_answer_add_step (answer, _ ("Keep copies until the money has arrived and has been compared with the estimate."));
  add_claim_papers (answer, self);
  answer->where = g_strdup (_ ("The window or the app of the insurance agency where you are insured"));
  answer->why = g_strdup (_ ("The agency and the hospital settle the fund's share between them; only where they are not connected it goes "
                             "through your hands."));
  zifu_answer_set_source (answer, gate != NULL ? gate->rule : zifu_answer_account_rule (self));
  return answer;
}
