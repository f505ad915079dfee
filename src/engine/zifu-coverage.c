/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-account.h"

#include "zifu-private.h"
#include "zifu-select.h"

typedef struct {
  ZifuCoverageState state;
  ZifuRational      share;
} Cell;

typedef struct {
  ZifuMonth at;
  int       months;
} Wait;

/*
 * The months of a timeline while it is worked out.
 */
typedef struct {
  ZifuContext *context;
  const ZifuRule    *rule;
  ZifuMonth          first, last;  /* months that are wanted */
  ZifuMonth          start;        /* first month paid in time */
  ZifuMonth          first_wait;   /* last month of the wait of those who are new; 0 = none */
  Cell              *cells;        /* first .. last */
  ZifuMonth          paid_first;   /* lowest month of @paid */
  guint              n_paid;
  ZifuMonth         *paid;         /* month in which each contribution month was paid; 0 = not paid */
  int                lag, grace, repair, free;
  GArray            *waits;        /* of Wait */
} Timeline;

static void
timeline_clear (Timeline *self)
{
  g_clear_pointer (&self->cells, g_free);
  g_clear_pointer (&self->paid, g_free);
  g_clear_pointer (&self->waits, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Timeline, timeline_clear)

/**
 * zifu_coverage_free:
 * @coverage: (nullable) (transfer full): a timeline
 *
 * Frees a timeline.
 */
void
zifu_coverage_free (ZifuCoverage *coverage)
{
  if (coverage == NULL)
    return;
  g_array_unref (coverage->intervals);
  zifu_pack_unref (coverage->pack);
  g_free (coverage);
}

/**
 * zifu_coverage_state_name:
 * @state: a state
 *
 * Returns: (transfer none): its name in results
 */
const char *
zifu_coverage_state_name (ZifuCoverageState state)
{
  static const char *const names[] = { "none", "covered", "grace", "suspended", "waiting" };

  g_return_val_if_fail (state < G_N_ELEMENTS (names), NULL);

  return names[state];
}

static ZifuMonth
paid_at (const Timeline *self, ZifuMonth month)
{
  return month >= self->paid_first && month < self->paid_first + (ZifuMonth) self->n_paid ? self->paid[month - self->paid_first] : 0;
}

static gboolean
in_time (const Timeline *self, ZifuMonth month)
{
  ZifuMonth at = paid_at (self, month);

  return at != 0 && at <= month;
}

static void
put (Timeline *self, ZifuMonth month, ZifuCoverageState state, ZifuRational share)
{
  if (month >= self->first && month <= self->last)
    self->cells[month - self->first] = (Cell){ state, share };
}

/* Notes which months are paid, and when first; a payment made after @today does not exist yet. */
static void
read_payments (Timeline *self, const ZifuPerson *person, ZifuMonth today)
{
  ZifuMonth low = G_MAXINT, high = 0;

  for (guint i = 0; i < person->payments->len; i++)
    {
      const ZifuPayment *payment = &g_array_index (person->payments, ZifuPayment, i);

      low = MIN (low, payment->first);
      high = MAX (high, payment->first + (ZifuMonth) payment->n_months);
    }
  if (low >= high)
    return;
  self->paid_first = low;
  self->n_paid = (guint) (high - low);
  self->paid = g_new0 (ZifuMonth, self->n_paid);
  for (guint i = 0; i < person->payments->len; i++)
    {
      const ZifuPayment *payment = &g_array_index (person->payments, ZifuPayment, i);

      for (guint j = 0; j < payment->n_months && payment->paid_on <= today; j++)
        {
          ZifuMonth *at = &self->paid[payment->first + (ZifuMonth) j - low];

          *at = *at == 0 ? payment->paid_on : MIN (*at, payment->paid_on);
        }
    }
}

static gboolean
eval_months (ZifuContext *context, const ZifuRule *rule, const ZifuExpr *expr, const char *field, int *months, GError **error)
{
  ZifuRational value;

  *months = 0;
  if (expr == NULL)
    return TRUE;
  if (!zifu_context_must (context, expr, rule->id, &value, error))
    return FALSE;
  value = zifu_rational_reduce (value);
  if (!zifu_rational_is_integer (value) || value.num < 0 || value.num > 12 * 200)
    {
      zifu_error_set (error, ZIFU_ERROR_POLICY, rule->id, N_ ("{1} is not a number of months"), field, NULL, NULL);
      return FALSE;
    }
  *months = (int) value.num;
  return TRUE;
}

static gboolean
eval_share (Timeline *self, const ZifuExpr *expr, ZifuRational otherwise, ZifuRational *share, GError **error)
{
  *share = otherwise;
  return expr == NULL || zifu_context_must (self->context, expr, self->rule->id, share, error);
}

static ZifuMonth
first_in_time (const Timeline *self)
{
  for (guint i = 0; i < self->n_paid; i++)
    if (in_time (self, self->paid_first + (ZifuMonth) i))
      return self->paid_first + (ZifuMonth) i;
  return self->last + 1;
}

/* Covered from the first month on, after the wait of those who are new. */
static gboolean
begin (Timeline *self, GError **error)
{
  Wait wait = { self->start + self->lag, 0 };

  for (ZifuMonth m = self->start; m <= self->last; m++)
    put (self, m + self->lag, ZIFU_COVERAGE_COVERED, ZIFU_RATIONAL_ONE);
  if (!eval_months (self->context, self->rule, self->rule->u.coverage.initial_waiting, "initial_waiting", &wait.months, error))
    return FALSE;
  g_array_append_val (self->waits, wait);
  self->first_wait = wait.months > 0 ? wait.at + wait.months - 1 : 0;
  return TRUE;
}

/* The wait that follows a gap which was not made up in time. */
static gboolean
wait_after (Timeline *self, ZifuMonth again, int length, int repaired, GError **error)
{
  ZifuContext context;
  Wait wait = { again + self->lag, 0 };

  zifu_context_init_child (&context, self->context);
  zifu_context_set_count (&context, "gap_months", length);
  zifu_context_set_count (&context, "missed_years", length / 12);
  zifu_context_set_count (&context, "repaired_months", repaired);
  zifu_context_set_count (&context, "repaired_years", repaired / 12);
  if (!eval_months (&context, self->rule, self->rule->u.coverage.waiting, "waiting", &wait.months, error))
    return FALSE;
  g_array_append_val (self->waits, wait);
  return TRUE;
}

/* One gap: months @a to @b were not paid in time; @again is the first month that was. */
static gboolean
fill_gap (Timeline *self, ZifuMonth a, ZifuMonth b, ZifuMonth again, GError **error)
{
  int length = b - a + 1, repaired = 0;
  ZifuMonth last_payment = 0;
  ZifuRational share = ZIFU_RATIONAL_ONE;

  for (ZifuMonth m = a; m <= b; m++)
    {
      ZifuMonth at = paid_at (self, m);

      repaired += at != 0;
      last_payment = MAX (last_payment, at);
      if (m >= a + self->grace)
        put (self, m + self->lag, ZIFU_COVERAGE_SUSPENDED, ZIFU_RATIONAL_ZERO);
      else if (!eval_share (self, self->rule->u.coverage.grace_share, ZIFU_RATIONAL_ONE, &share, error))
        return FALSE;
      else
        put (self, m + self->lag, ZIFU_COVERAGE_GRACE, share);
    }
  if (repaired == length && length <= self->repair)
    {
      for (ZifuMonth m = a + self->lag; m <= b + self->lag; m++)
        if (self->rule->u.coverage.retroactive || m >= last_payment + self->lag)
          put (self, m, ZIFU_COVERAGE_COVERED, ZIFU_RATIONAL_ONE);
      return TRUE;
    }
  return length <= self->free || again > self->last || wait_after (self, again, length, repaired, error);
}

static gboolean
fill_gaps (Timeline *self, GError **error)
{
  ZifuMonth m = self->start;

  while (m <= self->last)
    {
      ZifuMonth a = m;

      if (in_time (self, m))
        {
          m++;
          continue;
        }
      while (m <= self->last && !in_time (self, m))
        m++;
      if (!fill_gap (self, a, m - 1, m, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_open (ZifuCoverageState state)
{
  return state == ZIFU_COVERAGE_COVERED || state == ZIFU_COVERAGE_GRACE;
}

/* Neither what is made up nor a time of grace ends a wait. */
static gboolean
apply_waits (Timeline *self, GError **error)
{
  ZifuRational share;

  if (!eval_share (self, self->rule->u.coverage.waiting_share, ZIFU_RATIONAL_ZERO, &share, error))
    return FALSE;
  for (guint i = 0; i < self->waits->len; i++)
    {
      const Wait *wait = &g_array_index (self->waits, Wait, i);

      for (ZifuMonth m = wait->at; m < wait->at + wait->months; m++)
        if (m >= self->first && m <= self->last && is_open (self->cells[m - self->first].state))
          put (self, m, ZIFU_COVERAGE_WAITING, share);
    }
  return TRUE;
}

static ZifuCoverage *
join_cells (const Timeline *self, ZifuPack *pack)
{
  ZifuCoverage *coverage = g_new0 (ZifuCoverage, 1);
  const ZifuCoverageInterval *end;

  coverage->pack = zifu_pack_ref (pack);
  coverage->rule = self->rule;
  coverage->intervals = g_array_new (FALSE, FALSE, sizeof (ZifuCoverageInterval));
  for (ZifuMonth m = self->first; m <= self->last; m++)
    {
      const Cell *cell = &self->cells[m - self->first];
      guint n = coverage->intervals->len;
      ZifuCoverageInterval *before = n > 0 ? &g_array_index (coverage->intervals, ZifuCoverageInterval, n - 1) : NULL;

      if (before != NULL && before->state == cell->state && zifu_rational_equal (before->share, cell->share))
        before->to = m;
      else
        {
          ZifuCoverageInterval added = { cell->state, cell->share, m, m };

          g_array_append_val (coverage->intervals, added);
        }
    }
  end = &g_array_index (coverage->intervals, ZifuCoverageInterval, coverage->intervals->len - 1);
  coverage->has_restored = end->state == ZIFU_COVERAGE_COVERED && coverage->intervals->len > 1;
  coverage->restored = coverage->has_restored ? end->from : 0;
  coverage->first = self->start;
  coverage->first_wait = self->first_wait;
  return coverage;
}

static gboolean
work_out (Timeline *self, GError **error)
{
  const ZifuRule *rule = self->rule;

  if (!eval_months (self->context, rule, rule->u.coverage.lag, "lag", &self->lag, error) ||
      !eval_months (self->context, rule, rule->u.coverage.grace, "grace", &self->grace, error) ||
      !eval_months (self->context, rule, rule->u.coverage.repair_within, "repair_within", &self->repair, error) ||
      !eval_months (self->context, rule, rule->u.coverage.waiting_free, "waiting_free", &self->free, error))
    return FALSE;
  return begin (self, error) && fill_gaps (self, error) && apply_waits (self, error);
}

/* The month in which somebody was insured first, and how old the person was in it: rules on waiting ask for both. */
static void
state_beginning (const Timeline *self, const ZifuPerson *person)
{
  const char *birth = zifu_facts_get_string (person->facts, "birth");
  ZifuDate born = birth != NULL ? zifu_date_parse (birth) : 0;

  zifu_context_set_count (self->context, "first_year", self->start / 12);
  zifu_context_set_count (self->context, "first_month", self->start % 12 + 1);
  if (born != 0)
    zifu_context_set_count (self->context, "first_age", MAX (self->start - zifu_month_of (born), 0) / 12);
}

/**
 * zifu_coverage_project:
 * @pack: the rules
 * @person: whose contribution months
 * @on: the day whose rules count
 * @known: payments made after this month do not exist
 * @from: first month that is wanted
 * @to: last month that is wanted, not before @from and not more than 200 years later
 * @benefit: (nullable): the benefit, where benefits wait differently
 * @error: return location: %ZIFU_ERROR
 *
 * Works the timeline of coverage out as it would become with payments that are only planned: those of @person until @known.
 *
 * Returns: (transfer full) (nullable): the timeline; %NULL on error
 */
ZifuCoverage *
zifu_coverage_project (ZifuPack *pack, const ZifuPerson *person, ZifuDate on, ZifuMonth known, ZifuMonth from, ZifuMonth to,
                       const char *benefit, GError **error)
{
  g_auto (ZifuOffice) office = { 0 };
  ZifuContext context;
  g_auto (Timeline) self = { 0 };

  g_return_val_if_fail (pack != NULL && person != NULL && on > 0, NULL);

  if (from > to || to - from > 12 * 200)
    {
      zifu_error_set (error, ZIFU_ERROR_INPUT, "/to", N_ ("the months end before they begin, or are too many"), NULL, NULL, NULL);
      return NULL;
    }
  zifu_office_open (&office, pack, person, on);
  zifu_context_init (&context, &office.run);
  if (benefit != NULL)
    zifu_context_set_string (&context, ZIFU_AXIS_BENEFIT, benefit);
  self.context = &context;
  self.first = from;
  self.last = to;
  read_payments (&self, person, known);
  self.start = first_in_time (&self);
  state_beginning (&self, person);
  if (!zifu_select_one (&context, &pack->plan->kinds[ZIFU_RULE_COVERAGE], ZIFU_PLACE ("coverage"), &self.rule, error))
    return NULL;
  if (self.rule == NULL)
    {
      zifu_error_set (error, ZIFU_ERROR_MISSING, "coverage", N_ ("no coverage rule matches"), NULL, NULL, NULL);
      return NULL;
    }
  self.cells = g_new0 (Cell, (gsize) (to - from) + 1);
  for (ZifuMonth m = from; m <= to; m++)
    put (&self, m, ZIFU_COVERAGE_NONE, ZIFU_RATIONAL_ZERO);
  self.waits = g_array_new (FALSE, FALSE, sizeof (Wait));
  if (!work_out (&self, error))
    return NULL;
  return join_cells (&self, pack);
}

/**
 * zifu_coverage_compute:
 * @pack: the rules
 * @person: whose contribution months
 * @on: the day on which one looks: later payments do not exist yet
 * @from: first month that is wanted
 * @to: last month that is wanted, not before @from and not more than 200 years later
 * @benefit: (nullable): the benefit, where benefits wait differently
 * @error: return location: %ZIFU_ERROR
 *
 * Works the timeline of coverage out: none, covered, grace, suspended, waiting.
 *
 * Returns: (transfer full) (nullable): the timeline; %NULL on error
 */
ZifuCoverage *
zifu_coverage_compute (ZifuPack *pack, const ZifuPerson *person, ZifuDate on, ZifuMonth from, ZifuMonth to, const char *benefit,
                       GError **error)
{
  g_return_val_if_fail (on > 0, NULL);

  return zifu_coverage_project (pack, person, on, zifu_month_of (on), from, to, benefit, error);
}

/**
 * zifu_coverage_at:
 * @coverage: a timeline
 * @month: a month
 *
 * Returns: (transfer none) (nullable): the interval that holds @month, %NULL outside of the timeline
 */
const ZifuCoverageInterval *
zifu_coverage_at (const ZifuCoverage *coverage, ZifuMonth month)
{
  g_return_val_if_fail (coverage != NULL, NULL);

  for (guint i = 0; i < coverage->intervals->len; i++)
    {
      const ZifuCoverageInterval *interval = &g_array_index (coverage->intervals, ZifuCoverageInterval, i);

      if (month >= interval->from && month <= interval->to)
        return interval;
    }
  return NULL;
}
