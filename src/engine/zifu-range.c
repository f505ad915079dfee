/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-range.h"

#include "zifu-private.h"

/*
 * Every combination of the answers is settled, and the ends are two of them.  The answers are where the rules that were used turn,
 * as far as that can be read from their trace.  Where bands rise and fall along one counter, where a limit of a band is itself
 * computed, or where an answer is refused, a turn may lie between two answers: so what lies between is looked at as well, and a
 * turn that is found becomes an answer.
 */
typedef struct {
  ZifuPack         *pack;
  const ZifuPerson *person;
  const ZifuVisit  *visit;
  GPtrArray        *open;    /* of ZifuOpen; not owned */
  GArray           *pays;    /* of ZifuMoney, one for each combination; −1 = refused */
  guint             n;       /* combinations */
  ZifuSettler      *settler; /* without a trace */
  guint             budget;  /* places that may still be looked at */
  ZifuEnds         *ends;    /* nullable, not owned: once a figure is needed that is known only between two bounds */
  gboolean          unknown; /* a figure was not known */
  GError           *refusal; /* the first */
} Search;

static ZifuMoney
to_fen (const ZifuValue *value)
{
  ZifuMoney fen = 0;

  if (!zifu_rational_round (value->number, ZIFU_ROUND_FEN, &fen))
    return 0;

  return fen;
}

static guint
answer_of (const Search *search, guint combination, guint question)
{
  for (guint i = 0; i < question; i++)
    combination /= ((ZifuOpen *) g_ptr_array_index (search->open, i))->answers->len;

  return combination % ((ZifuOpen *) g_ptr_array_index (search->open, question))->answers->len;
}

/* The combination in which every answer is the likely one. */
static guint
likely_of (const Search *search)
{
  guint combination = 0, step = 1;

  for (guint i = 0; i < search->open->len; i++)
    {
      const ZifuOpen *open = g_ptr_array_index (search->open, i);

      combination += open->likely * step;
      step *= open->answers->len;
    }

  return combination;
}

/* Answers one question, in a person and a visit of ours. */
static void
apply (const ZifuOpen *open, const ZifuValue *answer, ZifuPerson *person, ZifuVisit *visit)
{
  switch (open->kind)
    {
    case ZIFU_OPEN_SPLIT:
      zifu_visit_set_parts (visit, to_fen (answer), visit->over_limit, visit->prior);
      break;
    case ZIFU_OPEN_FIGURE:
      break; /* take_ends() */
    case ZIFU_OPEN_AXIS:
      zifu_facts_take (visit->facts, open->name, zifu_value_copy (answer));
      break;
    case ZIFU_OPEN_COUNTER:
    default:
      zifu_person_add_counter (person, open->name, answer->number, 0);
      break;
    }
}

/* Each figure that is known only between two bounds takes the one that the combination answers. */
static void
take_ends (const Search *search, guint combination)
{
  search->ends->high = 0;
  for (guint i = 0; i < search->open->len; i++)
    {
      const ZifuOpen *open = g_ptr_array_index (search->open, i);
      guint at;

      if (open->kind == ZIFU_OPEN_FIGURE && answer_of (search, combination, i) == 1 &&
          g_ptr_array_find (search->ends->seen, open->figure, &at) && at < 64)
        search->ends->high |= G_GUINT64_CONSTANT (1) << at;
    }
}

/* @instead: (nullable): what is answered to question @question (−1 = none), in place of the combination's own answer */
static void
complete (const Search *search, guint combination, int question, const ZifuValue *instead, ZifuPerson **person, ZifuVisit **visit)
{
  if (search->ends != NULL)
    take_ends (search, combination);
  *person = zifu_person_copy (search->person);
  *visit = zifu_visit_copy (search->visit);
  for (guint i = 0; i < search->open->len; i++)
    {
      const ZifuOpen *open = g_ptr_array_index (search->open, i);

      apply (open, (int) i == question ? instead : g_ptr_array_index (open->answers, answer_of (search, combination, i)), *person, *visit);
    }
}

static ZifuSettlement *
settle (const Search *search, guint combination)
{
  g_autoptr (ZifuPerson) person = NULL;
  g_autoptr (ZifuVisit) visit = NULL;
  g_autoptr (ZifuCase) self = NULL;

  complete (search, combination, -1, NULL, &person, &visit);
  if (search->ends == NULL)
    return zifu_settle (search->pack, person, visit, NULL);

  self = zifu_case_new (search->pack, person, visit->date);
  zifu_case_set_ends (self, search->ends);

  return zifu_case_settle (self, visit, NULL);
}

/* What the person pays; −1 when it is refused. */
static ZifuMoney
pays_of (const Search *search, guint combination, int question, const ZifuValue *instead, GError **error)
{
  g_autoptr (ZifuPerson) person = NULL;
  g_autoptr (ZifuVisit) visit = NULL;
  const ZifuSettlement *settlement;

  complete (search, combination, question, instead, &person, &visit);
  settlement = zifu_settler_settle (search->settler, person, visit, error);

  return settlement != NULL ? settlement->person : -1;
}

static void
settle_all (Search *search)
{
  g_clear_pointer (&search->pays, g_array_unref);
  search->pays = g_array_sized_new (FALSE, TRUE, sizeof (ZifuMoney), search->n);
  for (guint i = 0; i < search->n; i++)
    {
      g_autoptr (GError) error = NULL;
      ZifuMoney pays = pays_of (search, i, -1, NULL, &error);

      search->unknown |= g_error_matches (error, ZIFU_ERROR, ZIFU_ERROR_UNKNOWN_FIGURE);
      if (search->refusal == NULL)
        search->refusal = g_steal_pointer (&error);
      g_array_append_val (search->pays, pays);
    }
}

/* The ends over the combinations in which question @fixed (−1 = none) has its likely answer. */
static gboolean
find_ends (const Search *search, int fixed, guint *least, guint *most)
{
  gboolean any = FALSE;

  for (guint i = 0; i < search->n; i++)
    {
      ZifuMoney pays = g_array_index (search->pays, ZifuMoney, i);

      if (pays < 0)
        continue;
      if (fixed >= 0 && answer_of (search, i, (guint) fixed) != ((ZifuOpen *) g_ptr_array_index (search->open, fixed))->likely)
        continue;
      if (!any || pays < g_array_index (search->pays, ZifuMoney, *least))
        *least = i;
      if (!any || pays > g_array_index (search->pays, ZifuMoney, *most))
        *most = i;
      any = TRUE;
    }

  return any;
}

static ZifuMoney
width (const Search *search, int fixed)
{
  guint least = 0, most = 0;

  if (!find_ends (search, fixed, &least, &most))
    return 0;

  return g_array_index (search->pays, ZifuMoney, most) - g_array_index (search->pays, ZifuMoney, least);
}

static gboolean
matters (const Search *search, guint question)
{
  guint step = 1, n_answers = ((ZifuOpen *) g_ptr_array_index (search->open, question))->answers->len;

  for (guint i = 0; i < question; i++)
    step *= ((ZifuOpen *) g_ptr_array_index (search->open, i))->answers->len;
  for (guint i = 0; i < search->n; i++)
    if ((i / step) % n_answers > 0 &&
        g_array_index (search->pays, ZifuMoney, i) != g_array_index (search->pays, ZifuMoney, i - step * ((i / step) % n_answers)))
      return TRUE;

  return FALSE;
}

/* What matters, with what it would gain to know it. */
static GPtrArray *
rank (const Search *search)
{
  GPtrArray *ranked = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_open_free);
  ZifuMoney whole = width (search, -1);

  for (guint i = 0; i < search->open->len; i++)
    {
      ZifuOpen *copy;

      if (!matters (search, i))
        continue;
      copy = zifu_open_copy (g_ptr_array_index (search->open, i));
      copy->gain = whole - width (search, (int) i);
      g_ptr_array_add (ranked, copy);
    }
  g_ptr_array_sort (ranked, zifu_open_compare_gains);

  return ranked;
}

static gboolean
count (Search *search, GError **error)
{
  search->n = 1;
  for (guint i = 0; i < search->open->len; i++)
    {
      const ZifuOpen *open = g_ptr_array_index (search->open, i);

      if (open->answers->len == 0 || search->n > ZIFU_RANGE_MAX_SETTLEMENTS / open->answers->len)
        {
          zifu_error_set (error, ZIFU_ERROR_INPUT, search->visit->pointer, N_ ("too much is not known to say between what it lies"), NULL,
                          NULL, NULL);
          return FALSE;
        }
      search->n *= open->answers->len;
    }

  return TRUE;
}

/* Between two answers so many places are looked at, and so often the search goes on from what it found. */
#define PLACES 24
#define ROUNDS 4
#define BUDGET 40000

static int
compare_fen (gconstpointer a, gconstpointer b)
{
  ZifuMoney x = *(const ZifuMoney *) a, y = *(const ZifuMoney *) b;

  return (x > y) - (x < y);
}

/* The answers to a question about money, in order.  Counts (of stays) are next to one another: nothing lies between. */
static GArray *
sorted_answers (const ZifuOpen *open)
{
  GArray *sorted = g_array_new (FALSE, FALSE, sizeof (ZifuMoney));

  for (guint i = 0; open->kind != ZIFU_OPEN_AXIS && open->kind != ZIFU_OPEN_FIGURE && i < open->answers->len; i++)
    {
      ZifuMoney fen = to_fen (g_ptr_array_index (open->answers, i));

      g_array_append_val (sorted, fen);
    }
  g_array_sort (sorted, compare_fen);

  return sorted;
}

/*
 * The ends that are known so far, and a turn that reaches beyond them.
 */
typedef struct {
  ZifuMoney least, most;
  gboolean  found;
  ZifuMoney at; /* fen */
} Turn;

static ZifuMoney
look (Search *search, guint combination, guint question, ZifuMoney fen)
{
  const ZifuValue value = { .kind = ZIFU_VALUE_NUMBER, .number = zifu_rational_from_fen (fen) };

  if (search->budget == 0)
    return -1;
  search->budget--;

  return pays_of (search, combination, (int) question, &value, NULL);
}

static gboolean
is_beyond (const Turn *turn, ZifuMoney pays)
{
  return pays >= 0 && (pays < turn->least || pays > turn->most);
}

/* Goes on from a place beyond the ends, in ever smaller steps, as long as it gets further. */
static void
climb (Search *search, guint combination, guint question, ZifuMoney fen, ZifuMoney step, Turn *turn)
{
  ZifuMoney pays = look (search, combination, question, fen);
  int way = pays < turn->least ? -1 : 1;

  if (pays < 0)
    return; /* no place may be looked at any more */
  for (step /= 2; step > 0; step /= 2)
    for (int side = -1; side <= 1; side += 2)
      {
        ZifuMoney other = look (search, combination, question, MAX (fen + side * step, 0));

        if (other >= 0 && (other - pays) * way > 0)
          {
            pays = other;
            fen = MAX (fen + side * step, 0);
          }
      }
  if (way < 0)
    turn->least = pays;
  else
    turn->most = pays;
  turn->found = TRUE;
  turn->at = fen;
}

/* Between an answer that is refused and one that is not: the last place that is not. */
static void
look_at_edge (Search *search, guint combination, guint question, ZifuMoney good, ZifuMoney bad, Turn *turn)
{
  while (ABS (bad - good) > 1)
    {
      ZifuMoney middle = good + (bad - good) / 2;

      if (look (search, combination, question, middle) >= 0)
        good = middle;
      else
        bad = middle;
    }
  if (is_beyond (turn, look (search, combination, question, good)))
    climb (search, combination, question, good, 2, turn);
}

static void
look_between (Search *search, guint combination, guint question, ZifuMoney low, ZifuMoney high, Turn *turn)
{
  gboolean is_low_good, is_high_good;

  if (high - low <= 100)
    return;
  for (guint i = 1; i < PLACES; i++)
    {
      ZifuMoney fen = low + (high - low) / PLACES * i;

      if (is_beyond (turn, look (search, combination, question, fen)))
        climb (search, combination, question, fen, (high - low) / PLACES, turn);
    }
  is_low_good = look (search, combination, question, low) >= 0;
  is_high_good = look (search, combination, question, high) >= 0;
  if (is_low_good != is_high_good)
    look_at_edge (search, combination, question, is_low_good ? low : high, is_low_good ? high : low, turn);
}

/*
 * Looks between the answers to one question, whatever the answers to the others; what turns beyond the ends becomes an answer.
 * @n: the combinations that there will be.
 */
static gboolean
refine_question (Search *search, guint question, Turn *turn, guint *n)
{
  ZifuOpen *open = g_ptr_array_index (search->open, question);
  g_autoptr (GArray) sorted = sorted_answers (open);

  turn->found = FALSE;
  for (guint i = 0; sorted->len > 1 && i < search->n; i++)
    for (guint k = 0; k + 1 < sorted->len && (answer_of (search, i, question) == 0 || search->n == 1); k++)
      look_between (search, i, question, g_array_index (sorted, ZifuMoney, k), g_array_index (sorted, ZifuMoney, k + 1), turn);
  /* As many combinations as may be settled, and no more. */
  if (!turn->found || *n > ZIFU_RANGE_MAX_SETTLEMENTS / (open->answers->len + 1) * open->answers->len)
    return FALSE;
  *n = *n / open->answers->len * (open->answers->len + 1);
  g_ptr_array_add (open->answers, zifu_value_new_number (zifu_rational_from_fen (turn->at)));

  return TRUE;
}

static gboolean
refine (Search *search)
{
  guint least = 0, most = 0, n = search->n;
  gboolean found = FALSE;
  Turn turn = { 0, 0, FALSE, 0 };

  if (!find_ends (search, -1, &least, &most))
    return FALSE;
  turn.least = g_array_index (search->pays, ZifuMoney, least);
  turn.most = g_array_index (search->pays, ZifuMoney, most);
  for (guint i = 0; i < search->open->len; i++)
    found = refine_question (search, i, &turn, &n) || found;

  return found;
}

/* Without an answer to these nothing may be settled at all. */
static gboolean
is_needed (const ZifuOpen *open)
{
  return open->kind == ZIFU_OPEN_AXIS || open->kind == ZIFU_OPEN_FIGURE;
}

static void
add_needed (GPtrArray *questions, GPtrArray *open)
{
  for (guint i = 0; i < open->len; i++)
    if (is_needed (g_ptr_array_index (open, i)))
      g_ptr_array_add (questions, g_ptr_array_index (open, i));
}

/* Copies of the questions.  Counters that change nothing by themselves, neither with nothing used up nor with everything, are left out. */
static GPtrArray *
without_idle_counters (const Search *whole, GPtrArray *open)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_open_free);

  for (guint i = 0; i < open->len; i++)
    {
      ZifuOpen *question = g_ptr_array_index (open, i);
      gboolean idle = question->kind == ZIFU_OPEN_COUNTER;

      for (guint k = 0; idle && k < open->len; k++)
        {
          ZifuOpen *other = g_ptr_array_index (open, k);
          g_autoptr (GPtrArray) pair = g_ptr_array_new ();
          Search search = { .pack = whole->pack, .person = whole->person, .visit = whole->visit, .open = pair,
                            .settler = whole->settler, .ends = whole->ends };

          g_ptr_array_add (pair, question);
          if (other != question && !is_needed (other))
            g_ptr_array_add (pair, other);
          add_needed (pair, open);
          if (!count (&search, NULL))
            continue;
          settle_all (&search);
          idle = !matters (&search, 0);
          g_clear_pointer (&search.pays, g_array_unref);
          g_clear_error (&search.refusal);
        }
      if (!idle)
        g_ptr_array_add (kept, zifu_open_copy (question));
    }

  return kept;
}

/*
 * Settles everything.  A figure that is known only between two bounds becomes a question of its own where the answers to the others
 * need it, and then all is settled again.
 */
static GPtrArray *
search_all (Search *search, GPtrArray *questions, ZifuEnds *ends, GError **error)
{
  g_autoptr (GPtrArray) kept = NULL;
  gboolean again = TRUE;

  while (again)
    {
      g_clear_pointer (&kept, g_ptr_array_unref);
      g_clear_error (&search->refusal);
      search->open = kept = without_idle_counters (search, questions);
      if (!count (search, error))
        return NULL;
      settle_all (search);
      again = search->ends == NULL && search->unknown;
      if (again)
        {
          search->ends = ends;
          zifu_settler_set_ends (search->settler, ends);
          continue;
        }
      for (guint i = 0; i < ROUNDS && refine (search) && count (search, NULL); i++)
        settle_all (search);
      again = search->ends != NULL && zifu_open_add_figures (questions, search->ends);
    }

  return g_steal_pointer (&kept);
}

/**
 * zifu_range_is_exact:
 * @range: a range
 *
 * Returns: whether the rules are known to the fen, so that the range comes only from what is not known of the visit
 */
gboolean
zifu_range_is_exact (const ZifuRange *range)
{
  g_return_val_if_fail (range != NULL, TRUE);

  for (guint i = 0; i < range->open->len; i++)
    if (((ZifuOpen *) g_ptr_array_index (range->open, i))->kind == ZIFU_OPEN_FIGURE)
      return FALSE;

  return TRUE;
}

/**
 * zifu_range_free:
 * @range: (nullable) (transfer full): a range
 *
 * Frees a range.
 */
void
zifu_range_free (ZifuRange *range)
{
  if (range == NULL)
    return;

  g_clear_pointer (&range->least, zifu_settlement_free);
  g_clear_pointer (&range->likely, zifu_settlement_free);
  g_clear_pointer (&range->most, zifu_settlement_free);
  g_clear_pointer (&range->open, g_ptr_array_unref);
  g_free (range);
}

/**
 * zifu_range_new:
 * @pack: (transfer none): the rules
 * @person: who, with what is known of balances and counters
 * @visit: what for, with what is known of it
 * @open: (nullable) (element-type ZifuOpen): what is not known; %NULL asks zifu_open_questions()
 * @error: return location: %ZIFU_ERROR; when every combination is refused, why the first is
 *
 * Says between what the person's part lies, instead of a single figure that would pretend to know, and what to find out first.
 * A figure of the rules that is known only between two bounds counts as not known, whatever @open holds.
 * Both ends are reached: each is the settlement of some combination of the answers.  Every payer is rounded to the fen, so that the
 * truth may lie a fen for each payer outside.
 *
 * Returns: (transfer full) (nullable): the range; %NULL on error
 */
ZifuRange *
zifu_range_new (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, GPtrArray *open, GError **error)
{
  g_autoptr (GPtrArray) asked = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GPtrArray) seen = g_ptr_array_new ();
  g_autoptr (ZifuRange) range = g_new0 (ZifuRange, 1);
  g_autoptr (ZifuSettler) settler = NULL;
  Search search = { .pack = pack, .person = person, .visit = visit, .budget = BUDGET };
  ZifuEnds ends = { seen, 0 };
  guint least = 0, most = 0;

  g_return_val_if_fail (pack != NULL && person != NULL && visit != NULL, NULL);

  asked = open != NULL ? g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_open_free) : zifu_open_questions (pack, person, visit);
  for (guint i = 0; open != NULL && i < open->len; i++)
    g_ptr_array_add (asked, zifu_open_copy (g_ptr_array_index (open, i)));
  settler = zifu_settler_new (pack);
  zifu_settler_set_trace (settler, FALSE);
  search.settler = settler;
  kept = search_all (&search, asked, &ends, error);
  if (kept == NULL)
    {
      g_clear_pointer (&search.pays, g_array_unref);
      g_clear_error (&search.refusal);
      return NULL;
    }
  for (guint i = 0; i < search.n; i++)
    range->n_refused += g_array_index (search.pays, ZifuMoney, i) < 0;
  if (find_ends (&search, -1, &least, &most))
    {
      g_clear_error (&search.refusal);
      range->least = settle (&search, least);
      range->most = settle (&search, most);
      range->likely = settle (&search, likely_of (&search));
      range->open = rank (&search);
      if (!zifu_range_is_exact (range)) /* the rules refuse that very case */
        g_clear_pointer (&range->likely, zifu_settlement_free);
    }
  g_array_unref (search.pays);
  if (search.refusal == NULL)
    return g_steal_pointer (&range);
  g_propagate_error (error, search.refusal);

  return NULL;
}
