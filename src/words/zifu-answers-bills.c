/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R25: what the fund left out of the bills that were settled, line by line as they state it. */

#include "zifu-answers-parts-private.h"
#include "zifu-line-scope.h"

#define MAX_BILLS 3
#define MAX_ITEMS 20 /* of one bill; of more the largest are named */

static const struct
{
  const char *axis;
  ZifuBucket bucket;
  const char *advice;
} kinds[] = {
  { "out", ZIFU_BUCKET_OUT, N_ ("Out of catalogue: next time ask before it is used, and ask what the catalogue has instead.") },
  { "over_limit", ZIFU_BUCKET_OVER_LIMIT, N_ ("Over a price limit: ask for one within the limit, such as one bought centrally (集采).") },
  { "prior", ZIFU_BUCKET_PRIOR, N_ ("First share of category B: ask whether an item of category A does the same.") },
};
#define N_KINDS G_N_ELEMENTS (kinds)

/*
 * What was left out of an item.  An item that is named on several lines, such as one of each day, is told once; what was
 * given back is below zero there.
 */
typedef struct
{
  int line; /* the first one */
  guint n_lines;
  const char *item, *category; /* nullable */
  ZifuMoney parts[N_KINDS], sum;
} Item;

typedef struct
{
  const ZifuVisit *visit;
  GArray *items;      /* of Item: what the lines say */
  GArray *judged;     /* of Item: what the rules tell where they do not */
  guint n_judged;     /* lines */
  guint n_silent;     /* lines of which neither says what of them is in scope */
  GPtrArray *reasons; /* of strings: why the rules do not */
  ZifuMoney total, sum, judged_sum;
  gboolean unverified; /* a rule that judged is */
} Bill;

static void
bill_clear (Bill *bill)
{
  g_clear_pointer (&bill->items, g_array_unref);
  g_clear_pointer (&bill->judged, g_array_unref);
  g_clear_pointer (&bill->reasons, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bill, bill_clear)

/* Why the rules do not tell what of a line is in scope. */
static char *
why_silent (const ZifuLineScope *scope)
{
  if (scope->source == ZIFU_LINE_NO_CATEGORY)
    return g_strdup (_ ("no category A, B or C is given"));
  if (scope->source == ZIFU_LINE_NO_KIND)
    return g_strdup (_ ("the rules here go by the kind of item, such as drug or material, and only a name is given"));
  return zifu_words_error_plain (scope->error);
}

static void
add_silent (Bill *bill, const ZifuLineScope *scope)
{
  g_autofree char *reason = why_silent (scope);

  bill->n_silent++;
  if (!g_ptr_array_find_with_equal_func (bill->reasons, reason, g_str_equal, NULL))
    g_ptr_array_add (bill->reasons, g_steal_pointer (&reason));
}

static Item *
ensure_item (GArray *items, const ZifuBillLine *line, int number)
{
  Item added = { .line = number,
                 .item = zifu_facts_get_string (line->facts, "item"),
                 .category = zifu_facts_get_string (line->facts, "category") };

  for (guint i = 0; added.item != NULL && i < items->len; i++)
    {
      Item *item = &g_array_index (items, Item, i);

      if (g_strcmp0 (item->item, added.item) == 0 && g_strcmp0 (item->category, added.category) == 0)
        return item;
    }
  g_array_append_val (items, added);
  return &g_array_index (items, Item, items->len - 1);
}

static gboolean
add_parts (Item *item, const ZifuLineScope *scope, ZifuMoney *sum)
{
  const ZifuMoney parts[N_KINDS] = { scope->out, scope->over_limit, scope->prior };

  item->n_lines++;
  for (guint k = 0; k < N_KINDS; k++)
    if (!zifu_money_add (item->parts[k], parts[k], &item->parts[k]) || !zifu_money_add (item->sum, parts[k], &item->sum) ||
        !zifu_money_add (*sum, parts[k], sum))
      return FALSE;
  return TRUE;
}

/* FALSE: the amounts are too large to be added up. */
static gboolean
read_bill (Bill *bill, const AnswerCase *self)
{
  for (guint i = 0; i < bill->visit->lines->len; i++)
    {
      const ZifuBillLine *line = &g_array_index (bill->visit->lines, ZifuBillLine, i);
      g_auto (ZifuLineScope) scope = { ZIFU_LINE_STATED };
      gboolean judged;

      if (!zifu_money_add (bill->total, line->amount, &bill->total))
        return FALSE;
      zifu_line_scope_find (self->pack, self->person, bill->visit, i, &scope);
      if (!zifu_line_scope_is_known (&scope))
        {
          add_silent (bill, &scope);
          continue;
        }
      judged = scope.source == ZIFU_LINE_JUDGED;
      bill->n_judged += judged;
      bill->unverified |= scope.rule != NULL && scope.rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED;
      if (!add_parts (ensure_item (judged ? bill->judged : bill->items, line, (int) i), &scope,
                      judged ? &bill->judged_sum : &bill->sum))
        return FALSE;
    }
  return TRUE;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const Item *first = a, *second = b;

  if (first->sum != second->sum)
    return first->sum > second->sum ? -1 : 1;
  return first->line - second->line;
}

/* What nothing was left out of, or everything given back, is not told; of many items the largest are. */
static void
choose_items (GArray *items)
{
  for (guint i = items->len; i-- > 0;)
    if (g_array_index (items, Item, i).sum <= 0)
      g_array_remove_index (items, i);
  if (items->len > MAX_ITEMS)
    g_array_sort (items, compare_items);
}

static char *
item_name (const Bill *bill, const Item *item)
{
  g_autofree char *n = NULL;

  if (item->n_lines == 1)
    return zifu_answer_line_name (bill->visit, item->line);
  n = g_strdup_printf ("%u", item->n_lines);
  if (item->category != NULL)
    /* Translators: an item of a bill: {1} is its name, {2} its category A, B or C, {3} on how many lines it stands, always several */
    return zifu_words_fill (_ ("{1} (category {2}, {3} lines)"), zifu_words_axis_value ("item", item->item), item->category, n, NULL);
  return zifu_words_fill (_ ("{1} ({2} lines)"), zifu_words_axis_value ("item", item->item), n, NULL);
}

static void
add_head (ZifuAnswer *answer, const Bill *bill)
{
  const char *institution = zifu_facts_get_string (bill->visit->facts, "institution");
  g_autofree char *date = zifu_words_date (bill->visit->date, ZIFU_DATE_STYLE_LONG);
  g_autofree char *total = zifu_words_list (bill->total), *sum = zifu_words_list (bill->sum);

  if (bill->items->len == 0 && institution != NULL)
    /* Translators: {1} is a day, {2} an institution, {3} a bill */
    zifu_answer_add_point (answer, zifu_words_fill (_ ("{1}, {2}, bill of {3}: no line says that something was left out"), date,
                                                    institution, total, NULL));
  else if (bill->items->len == 0)
    zifu_answer_add_point (answer,
                           zifu_words_fill (_ ("{1}, bill of {2}: no line says that something was left out"), date, total, NULL));
  else if (institution != NULL)
    /* Translators: {1} is a day, {2} an institution, {3} a bill, {4} what of it the fund did not take into account */
    zifu_answer_add_point (
        answer, zifu_words_fill (_ ("{1}, {2}, bill of {3}: the fund left out {4}, namely"), date, institution, total, sum, NULL));
  else
    zifu_answer_add_point (answer, zifu_words_fill (_ ("{1}, bill of {2}: the fund left out {3}, namely"), date, total, sum, NULL));
}

static void
add_rest (ZifuAnswer *answer, const Bill *bill)
{
  ZifuMoney rest = 0;
  g_autofree char *n = NULL;

  for (guint i = MAX_ITEMS; i < bill->items->len; i++)
    rest += g_array_index (bill->items, Item, i).sum;
  if (bill->items->len > MAX_ITEMS)
    {
      n = g_strdup_printf ("%u", bill->items->len - MAX_ITEMS);
      /* Translators: items of a bill that are not named one by one: {1} is how many, {2} an amount */
      zifu_answer_add_point (answer, zifu_words_fill_take (_ ("Further items: {1}, {2} together"), g_steal_pointer (&n),
                                                           zifu_words_list (rest), NULL));
    }
}

static void
add_item (ZifuAnswer *answer, const AnswerCase *self, const Bill *bill, const Item *item, gboolean *advised)
{
  g_autofree char *name = item_name (bill, item);

  for (guint k = 0; k < N_KINDS; k++)
    {
      zifu_answer_add_part (answer, name, kinds[k].axis, item->parts[k], zifu_answer_bucket_payers (self, kinds[k].bucket));
      advised[k] |= item->parts[k] > 0;
    }
}

/* The lines that do not say it themselves. */
static void
add_silent_lines (ZifuAnswer *answer, const AnswerCase *self, const Bill *bill, gboolean *advised)
{
  if (bill->n_judged > 0)
    /* Translators: lines of a bill: {1} is how many, {2} an amount of them */
    zifu_answer_add_point (answer, zifu_words_fill_take (_ ("Lines of it that do not say what of them is in scope, judged by the rules "
                                                            "here: {1}, of which {2} would be left out"),
                                                         g_strdup_printf ("%u", bill->n_judged), zifu_words_list (bill->judged_sum), NULL));
  for (guint k = 0; k < MIN (bill->judged->len, MAX_ITEMS); k++)
    add_item (answer, self, bill, &g_array_index (bill->judged, Item, k), advised);
  if (bill->n_silent > 0)
    /* Translators: lines of a bill: {1} is how many, {2} why */
    zifu_answer_add_point (answer, zifu_words_fill_take (_ ("Lines of it of which neither they nor the rules here say what is in scope: "
                                                            "{1} ({2})"),
                                                         g_strdup_printf ("%u", bill->n_silent),
                                                         zifu_words_join (bill->reasons, C_ ("reasons", "; ")), NULL));
}

/* The rule by which such a line is left out; what is out of catalogue matters more than who pays it then. */
static const ZifuRule *
find_rule (const AnswerCase *self)
{
  g_autoptr (ZifuVisit) visit = zifu_answer_visit (self, "outpatient", "3", 0, 0);
  g_autoptr (ZifuSettlement) settlement = NULL;
  const ZifuStep *step;
  ZifuBillLine *line;

  visit->has_total = visit->has_out = visit->has_over_limit = visit->has_prior = FALSE;
  line = zifu_visit_add_line (visit, 10000);
  zifu_facts_set_string (line->facts, "category", "C");
  settlement = zifu_answer_settle (self, self->person, visit, NULL);
  step = settlement != NULL ? zifu_words_find_step (settlement, ZIFU_STEP_SCOPE, NULL) : NULL;
  return step != NULL && step->rule != NULL ? step->rule : zifu_answer_account_rule (self);
}

static void
add_case (ZifuAnswer *answer, const Bill *newest)
{
  if (newest->items->len > 0)
    /* Translators: {1} is a bill, {2} what of it the fund did not take into account */
    answer->in_your_case =
        zifu_words_fill_take (_ ("Of your latest bill with its lines, {1}, the fund left out {2}: each item stands below."),
                              zifu_words_list (newest->total), zifu_words_list (newest->sum), NULL);
  else
    answer->in_your_case = zifu_words_fill_take (_ ("No line of your latest bill of {1} says that something was left out."),
                                                 zifu_words_list (newest->total), NULL);
  answer->bill = MAX (newest->total, 0);
}

/**
 * zifu_answer_tell_bills:
 * @answer: the answer to R25
 * @self: a case
 *
 * Tells, of the latest bills whose lines are known, each item of which something was left out: how much, why, who pays it, and
 * what to do about it.
 *
 * Returns: whether anything was left out; with %FALSE @answer may still say that nothing was
 */
gboolean
zifu_answer_tell_bills (ZifuAnswer *answer, const AnswerCase *self)
{
  gboolean advised[N_KINDS] = { FALSE }, found = FALSE;

  for (guint i = 0; i < MIN (self->record->bills->len, MAX_BILLS); i++)
    {
      g_auto (Bill) bill = { .visit = g_ptr_array_index (self->record->bills, i),
                           .items = g_array_new (FALSE, TRUE, sizeof (Item)),
                           .judged = g_array_new (FALSE, TRUE, sizeof (Item)),
                           .reasons = g_ptr_array_new_with_free_func (g_free) };

      if (bill.visit->lines == NULL || bill.visit->date > self->today || !read_bill (&bill, self))
        continue;
      choose_items (bill.items);
      choose_items (bill.judged);
      if (answer->in_your_case == NULL)
        add_case (answer, &bill);
      add_head (answer, &bill);
      for (guint k = 0; k < MIN (bill.items->len, MAX_ITEMS); k++)
        add_item (answer, self, &bill, &g_array_index (bill.items, Item, k), advised);
      add_rest (answer, &bill);
      add_silent_lines (answer, self, &bill, advised);
      answer->unverified |= bill.unverified;
      found |= bill.items->len > 0 || bill.judged->len > 0;
    }
  for (guint k = 0; k < N_KINDS; k++)
    if (advised[k])
      zifu_answer_add_step (answer, g_dgettext (GETTEXT_PACKAGE, kinds[k].advice));
  if (answer->in_your_case != NULL)
    zifu_answer_set_source (answer, find_rule (self));
  return found;
}
