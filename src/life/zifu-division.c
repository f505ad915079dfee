/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-division.h"

/*
 * Which money of an account is of this benefit year, and which of earlier ones.
 *
 * When the year turns, everything in the account becomes money of earlier years; so the division of a day follows from what happened since
 * then.  Credits are of this year.  What cannot be known stays undivided: transfers that come in, balances that were entered or corrected
 * by hand, and interest - no source that was found says to which year the bureaus book it.  What goes out and may have come from anywhere
 * leaves in each part only what is there for certain.
 */

/* What a row did to each part, and in which order it took. */
typedef struct {
  ZifuMoney by[ZIFU_N_DIVISION_PARTS];
  guint8    order[ZIFU_N_DIVISION_PARTS];
  guint     n;
} Change;

/* The rule of a day for a kind of care. */
typedef struct {
  ZifuDate        date;
  const char     *care; /* interned */
  const ZifuRule *rule;
} Known;

struct _ZifuDivision {
  ZifuPack         *pack;    /* owned */
  const ZifuPerson *person;  /* not owned */
  ZifuDate          first_day;
  ZifuMoney         balance; /* as recorded, also below 0 */
  ZifuMoney         parts[ZIFU_N_DIVISION_PARTS];
  GHashTable       *changes; /* owned: id of a row (gint64*) -> Change* */
  Known             known;   /* what was looked up last */
  ZifuDate          shared_date; /* the same for family mutual aid; 0 = nothing yet */
  gboolean          only_earlier;
};

static const char *const purses[] = { [ZIFU_DIVISION_CURRENT] = "current", [ZIFU_DIVISION_EARLIER] = "earlier",
                                      [ZIFU_DIVISION_UNDIVIDED] = "balance" };
/* Where an order does not say more: what is least known first. */
static const char *const the_rest[] = { "balance", "earlier", "current", NULL };

/* Kinds of care that every pack may be asked about. */
static const char *const cares[] = { "outpatient", "emergency", "special", "inpatient", "pharmacy", "maternity", "homebed" };

/**
 * zifu_division_purse:
 * @part: a part
 *
 * Returns: (transfer none): the name of the purse that holds it
 */
const char *
zifu_division_purse (ZifuDivisionPart part)
{
  g_return_val_if_fail ((guint) part < ZIFU_N_DIVISION_PARTS, NULL);

  return purses[part];
}

/**
 * zifu_division_in_purse:
 * @person: whose account
 * @part: a part
 *
 * Returns: what the purse of that part holds, in fen; 0 without one
 */
ZifuMoney
zifu_division_in_purse (const ZifuPerson *person, ZifuDivisionPart part)
{
  ZifuMoney sum = 0;

  g_return_val_if_fail (person != NULL && (guint) part < ZIFU_N_DIVISION_PARTS, 0);

  for (guint i = 0; i < person->purses->len; i++)
    if (g_str_equal (g_array_index (person->purses, ZifuPurse, i).name, purses[part]))
      zifu_money_add (sum, g_array_index (person->purses, ZifuPurse, i).amount, &sum);
  return sum;
}

/* ---- whether the rules care */

static gboolean
is_named (char **names, const char *name)
{
  return names != NULL && g_strv_contains ((const char *const *) names, name);
}

/* Whether it makes a difference to the rule of which year the money is. */
static gboolean
tells_years_apart (const ZifuRule *rule)
{
  char **first = rule->u.account.first_purses, **then = rule->u.account.purses;
  gboolean all_first = is_named (first, "current") && is_named (first, "earlier") && is_named (first, "balance");
  gboolean none_first = !is_named (first, "current") && !is_named (first, "earlier") && !is_named (first, "balance");

  if (rule->u.account.before_deductible && !all_first && !none_first)
    return TRUE;
  return is_named (then, "current") != is_named (then, "earlier") || is_named (then, "earlier") != is_named (then, "balance");
}

static gboolean
wins_somewhere (ZifuPack *pack, const ZifuPerson *person, ZifuDate on, const ZifuRule *rule)
{
  for (guint i = 0; i < G_N_ELEMENTS (cares); i++)
    if (zifu_account_rule_find (pack, person, on, cares[i]) == rule)
      return TRUE;
  return FALSE;
}

/**
 * zifu_division_is_wanted:
 * @pack: the rules
 * @person: whose account
 * @on: a day
 *
 * Whether the rules of that day treat money of this year and of earlier years differently for this person: an account rule that pays from
 * some of it first or from some of it only, or a rule of family mutual aid by which only earlier years' money is shared, or which does not
 * say so (amount mutual_aid_current_money).
 *
 * Returns: whether the account is to be divided; elsewhere it is one purse
 */
gboolean
zifu_division_is_wanted (ZifuPack *pack, const ZifuPerson *person, ZifuDate on)
{
  const GPtrArray *rules;
  ZifuFigure shared;

  g_return_val_if_fail (pack != NULL && person != NULL && on > 0, FALSE);

  rules = pack->by_kind[ZIFU_RULE_ACCOUNT];
  for (guint i = 0; i < rules->len; i++)
    if (tells_years_apart (g_ptr_array_index (rules, i)) && wins_somewhere (pack, person, on, g_ptr_array_index (rules, i)))
      return TRUE;
  shared = zifu_figure_find (pack, person, on, "mutual_aid_current_money", NULL, NULL);
  return shared.state == ZIFU_FIGURE_UNKNOWN || (shared.state == ZIFU_FIGURE_KNOWN && !zifu_figure_is_true (&shared));
}

/**
 * zifu_division_first_day:
 * @pack: the rules
 * @on: a day
 *
 * Returns: the first day of the benefit year in which @on lies
 */
ZifuDate
zifu_division_first_day (const ZifuPack *pack, ZifuDate on)
{
  int year = zifu_date_benefit_year (on, pack->year_start_month, pack->year_start_day);

  return year >= 1 ? zifu_date_new (year, pack->year_start_month, pack->year_start_day) : 1;
}

/* ---- one step */

/**
 * zifu_division_new:
 * @pack: the rules
 * @person: (transfer none): whose account; must outlive the division
 * @first_day: first day of the benefit year
 * @balance: what was in the account before it, in fen; may be below 0
 *
 * Returns: (transfer full): the account as the year begins: all of it is of earlier years
 */
ZifuDivision *
zifu_division_new (ZifuPack *pack, const ZifuPerson *person, ZifuDate first_day, ZifuMoney balance)
{
  ZifuDivision *self;

  g_return_val_if_fail (pack != NULL && person != NULL, NULL);

  self = g_new0 (ZifuDivision, 1);
  self->pack = zifu_pack_ref (pack);
  self->person = person;
  self->first_day = first_day;
  self->balance = balance;
  self->parts[ZIFU_DIVISION_EARLIER] = MAX (balance, 0);
  self->changes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return self;
}

/**
 * zifu_division_free:
 * @self: (nullable) (transfer full): a division
 *
 * Frees it.
 */
void
zifu_division_free (ZifuDivision *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->changes);
  zifu_pack_unref (self->pack);
  g_free (self);
}

static ZifuMoney
sum_of (const ZifuDivision *self)
{
  ZifuMoney sum = 0;

  for (guint i = 0; i < ZIFU_N_DIVISION_PARTS; i++)
    sum += self->parts[i];
  return sum;
}

static void
put (ZifuDivision *self, ZifuDivisionPart part, ZifuMoney amount, Change *change)
{
  self->parts[part] += amount;
  change->by[part] += amount;
}

/* Takes what is there, at most @most. */
static void
take (ZifuDivision *self, ZifuDivisionPart part, ZifuMoney most, ZifuMoney *rest, Change *change)
{
  ZifuMoney amount = MIN (MIN (self->parts[part], most), *rest);

  if (amount <= 0)
    return;
  if (change->by[part] == 0 && change->n < ZIFU_N_DIVISION_PARTS)
    change->order[change->n++] = (guint8) part;
  self->parts[part] -= amount;
  change->by[part] -= amount;
  *rest -= amount;
}

/* In the order of @names; @most: of all of them together. */
static void
take_named (ZifuDivision *self, const char *const *names, ZifuMoney most, ZifuMoney *rest, Change *change)
{
  for (; names != NULL && *names != NULL; names++)
    for (guint part = 0; part < ZIFU_N_DIVISION_PARTS; part++)
      if (g_str_equal (*names, purses[part]))
        {
          ZifuMoney before = *rest;

          take (self, part, most, rest, change);
          most -= before - *rest;
        }
}

/* It came from nobody knows where: only what is left of a part in any case is known of it. */
static void
take_unknown (ZifuDivision *self, ZifuMoney amount, Change *change)
{
  ZifuMoney left = sum_of (self) - amount;

  for (guint part = 0; part < ZIFU_DIVISION_UNDIVIDED; part++)
    {
      ZifuMoney certain = MAX (self->parts[part] - amount, 0);

      put (self, part, certain - self->parts[part], change);
      left -= certain;
    }
  put (self, ZIFU_DIVISION_UNDIVIDED, left - self->parts[ZIFU_DIVISION_UNDIVIDED], change);
}

static const ZifuRule *
find_rule (ZifuDivision *self, ZifuDate date, const char *care)
{
  const char *interned = g_intern_string (care != NULL ? care : "outpatient");

  if (self->known.date != date || self->known.care != interned)
    self->known = (Known){ date, interned, zifu_account_rule_find (self->pack, self->person, date, interned) };
  return self->known.rule;
}

/* What a bill takes: first what pays before the deductible, from what is in scope; then what may pay the person's own part. */
static void
pay_bill (ZifuDivision *self, const ZifuDivisionMove *move, ZifuMoney *rest, Change *change)
{
  static const char *const usual[] = { "balance", "current", "earlier", NULL };
  const ZifuRule *rule;

  if (move->has_paid)
    {
      for (guint part = 0; part < ZIFU_N_DIVISION_PARTS; part++)
        take (self, part, move->paid[part], rest, change);
      if (*rest == 0)
        return;
    }
  rule = find_rule (self, move->date, move->care);
  if (rule != NULL && rule->u.account.before_deductible)
    take_named (self, (const char *const *) rule->u.account.first_purses, move->in_scope >= 0 ? move->in_scope : ZIFU_MONEY_MAX, rest,
                change);
  take_named (self, rule != NULL ? (const char *const *) rule->u.account.purses : usual, ZIFU_MONEY_MAX, rest, change);
}

/* Whether the rules of a day say that only earlier years' money is shared. */
static gboolean
shares_only_earlier (ZifuDivision *self, ZifuDate date)
{
  ZifuFigure shared;

  if (self->shared_date != date)
    {
      shared = zifu_figure_find (self->pack, self->person, date, "mutual_aid_current_money", NULL, NULL);
      self->only_earlier = shared.state == ZIFU_FIGURE_KNOWN && !zifu_figure_is_true (&shared);
      self->shared_date = date;
    }
  return self->only_earlier;
}

/* A relative pays an own part or a premium from it: never before a deductible. */
static void
pay_family (ZifuDivision *self, const ZifuDivisionMove *move, ZifuMoney *rest, Change *change)
{
  static const char *const earlier_first[] = { "earlier", NULL };
  const ZifuRule *rule;

  if (shares_only_earlier (self, move->date))
    take_named (self, earlier_first, ZIFU_MONEY_MAX, rest, change);
  else if ((rule = find_rule (self, move->date, NULL)) != NULL)
    take_named (self, (const char *const *) rule->u.account.purses, ZIFU_MONEY_MAX, rest, change);
}

/* What a row brought leaves from where it went. */
static void
take_back (ZifuDivision *self, const ZifuDivisionMove *move, ZifuMoney *rest, Change *change)
{
  const Change *original = g_hash_table_lookup (self->changes, &move->original_id);

  if (original == NULL && move->original_date != 0 && move->original_date < self->first_day)
    take (self, ZIFU_DIVISION_EARLIER, ZIFU_MONEY_MAX, rest, change);
  for (guint part = 0; original != NULL && part < ZIFU_N_DIVISION_PARTS; part++)
    take (self, part, MAX (original->by[part], 0), rest, change);
}

/* What was paid comes back to where it came from; of a part of it, what was taken last comes back first. */
static void
give_back (ZifuDivision *self, const ZifuDivisionMove *move, ZifuMoney *rest, Change *change)
{
  const Change *original = g_hash_table_lookup (self->changes, &move->original_id);

  if (original == NULL && move->original_date != 0 && move->original_date < self->first_day)
    {
      put (self, ZIFU_DIVISION_EARLIER, *rest, change);
      *rest = 0;
    }
  for (guint i = original != NULL ? original->n : 0; i > 0; i--)
    {
      ZifuMoney amount = MIN (MAX (-original->by[original->order[i - 1]], 0), *rest);

      put (self, original->order[i - 1], amount, change);
      *rest -= amount;
    }
}

static void
come_in (ZifuDivision *self, const ZifuDivisionMove *move, ZifuMoney amount, Change *change)
{
  ZifuMoney rest = amount;

  if (move->original_id != 0)
    give_back (self, move, &rest, change);
  put (self, move->original_id == 0 && move->kind == ZIFU_MOVEMENT_CREDIT ? ZIFU_DIVISION_CURRENT : ZIFU_DIVISION_UNDIVIDED, rest, change);
}

static void
go_out (ZifuDivision *self, const ZifuDivisionMove *move, ZifuMoney amount, Change *change)
{
  static const char *const of_this_year[] = { "current", NULL };
  ZifuMoney rest = amount;

  if (move->original_id != 0)
    take_back (self, move, &rest, change);
  else if (move->kind == ZIFU_MOVEMENT_VISIT)
    pay_bill (self, move, &rest, change);
  else if (move->kind == ZIFU_MOVEMENT_FAMILY || move->kind == ZIFU_MOVEMENT_PREMIUM)
    pay_family (self, move, &rest, change);
  else if (move->kind == ZIFU_MOVEMENT_CREDIT)
    take_named (self, of_this_year, ZIFU_MONEY_MAX, &rest, change);
  else
    {
      take_unknown (self, amount, change);
      return;
    }
  take_named (self, the_rest, ZIFU_MONEY_MAX, &rest, change);
}

/* By @amount, which nothing explains. */
static void
shift (ZifuDivision *self, ZifuMoney amount)
{
  Change change = { { 0 } };

  if (amount > 0)
    put (self, ZIFU_DIVISION_UNDIVIDED, amount, &change);
  else if (amount < 0)
    take_unknown (self, -amount, &change);
}

/**
 * zifu_division_move:
 * @self: a division
 * @move: the next row of the account: by day, those of one day by number
 *
 * Goes on by one row.  A balance that was recorded otherwise than the rows say counts as recorded; the difference is of no known year.
 */
void
zifu_division_move (ZifuDivision *self, const ZifuDivisionMove *move)
{
  Change change = { { 0 } };
  ZifuMoney expected, by;

  g_return_if_fail (self != NULL && move != NULL);

  if (!zifu_money_add (self->balance, move->amount, &expected))
    expected = move->balance;
  by = MAX (expected, 0) - MAX (self->balance, 0);
  if (by > 0)
    come_in (self, move, by, &change);
  else if (by < 0)
    go_out (self, move, -by, &change);
  if (move->amount != 0)
    g_hash_table_insert (self->changes, g_memdup2 (&move->id, sizeof move->id), g_memdup2 (&change, sizeof change));
  shift (self, MAX (move->balance, 0) - MAX (expected, 0));
  self->balance = move->balance;
}

/**
 * zifu_division_state:
 * @self: a division
 * @current: how much of the balance is of this year, in fen, as somebody says
 *
 * What is stated takes the place of what was worked out; never more than there is.
 */
void
zifu_division_state (ZifuDivision *self, ZifuMoney current)
{
  ZifuMoney sum;

  g_return_if_fail (self != NULL);

  sum = sum_of (self);
  self->parts[ZIFU_DIVISION_CURRENT] = CLAMP (current, 0, sum);
  self->parts[ZIFU_DIVISION_EARLIER] = sum - self->parts[ZIFU_DIVISION_CURRENT];
  self->parts[ZIFU_DIVISION_UNDIVIDED] = 0;
}

/**
 * zifu_division_close:
 * @self: a division
 * @balance: what the account holds, in fen
 *
 * By what rows after the day of the question changed the balance: nothing more is known of it.
 */
void
zifu_division_close (ZifuDivision *self, ZifuMoney balance)
{
  g_return_if_fail (self != NULL);

  shift (self, MAX (balance, 0) - sum_of (self));
  self->balance = balance;
}

/**
 * zifu_division_get:
 * @self: a division
 * @part: a part
 *
 * Returns: what it holds, in fen, never negative
 */
ZifuMoney
zifu_division_get (const ZifuDivision *self, ZifuDivisionPart part)
{
  g_return_val_if_fail (self != NULL && (guint) part < ZIFU_N_DIVISION_PARTS, 0);

  return self->parts[part];
}

static void
set_purses (ZifuPerson *person, const ZifuMoney *parts)
{
  g_array_set_size (person->purses, 0);
  for (guint part = 0; part < ZIFU_N_DIVISION_PARTS; part++)
    if (parts[part] != 0)
      zifu_person_add_purse (person, purses[part], parts[part]);
  if (person->purses->len == 0)
    zifu_person_add_purse (person, purses[ZIFU_DIVISION_UNDIVIDED], 0);
}

/**
 * zifu_division_put:
 * @self: a division
 * @person: somebody with an account, whose purses are replaced
 *
 * Purses that are empty are left out; an empty account is one empty purse.
 */
void
zifu_division_put (const ZifuDivision *self, ZifuPerson *person)
{
  g_return_if_fail (self != NULL && person != NULL);

  set_purses (person, self->parts);
}

/**
 * zifu_division_copy:
 * @person: a person
 * @from: somebody whose purses @person gets
 *
 * Replaces the purses of @person.
 */
void
zifu_division_copy (ZifuPerson *person, const ZifuPerson *from)
{
  g_return_if_fail (person != NULL && from != NULL && person != from);

  g_array_set_size (person->purses, 0);
  for (guint i = 0; i < from->purses->len; i++)
    zifu_person_add_purse (person, g_array_index (from->purses, ZifuPurse, i).name, g_array_index (from->purses, ZifuPurse, i).amount);
}

/**
 * zifu_division_turn:
 * @pack: the rules
 * @person: somebody with purses as they are on the day @from
 * @from: a day
 * @to: the day of the question
 *
 * When the benefit year turned in between, what was of that year is of an earlier one.  Of a year before @from nothing is known: the
 * account is one undivided purse.  Where the rules do not care, nothing changes.
 */
void
zifu_division_turn (ZifuPack *pack, ZifuPerson *person, ZifuDate from, ZifuDate to)
{
  ZifuDate then, now;
  ZifuMoney parts[ZIFU_N_DIVISION_PARTS] = { 0 };

  g_return_if_fail (pack != NULL && person != NULL && from > 0 && to > 0);

  then = zifu_division_first_day (pack, from);
  now = zifu_division_first_day (pack, to);
  if (then == now || person->purses->len == 0 || !zifu_division_is_wanted (pack, person, to))
    return;
  parts[now > then ? ZIFU_DIVISION_EARLIER : ZIFU_DIVISION_UNDIVIDED] = MAX (zifu_person_get_balance (person), 0);
  set_purses (person, parts);
}
