/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-family.h"

/**
 * zifu_family_may_share:
 * @pack: the rules
 * @person: whose account
 * @relation: spouse, parent, child, sibling, grandparent, grandchild or another word
 * @on: a day: who may share was extended over the years
 * @figure: (out): the figure that decides, for its rule; absent or unknown when the rules do not say
 *
 * Asks the amount mutual_aid_relation.
 *
 * Returns: whether the rules of that day allow the relation
 */
gboolean
zifu_family_may_share (ZifuPack *pack, const ZifuPerson *person, const char *relation, ZifuDate on, ZifuFigure *figure)
{
  g_return_val_if_fail (pack != NULL && person != NULL && relation != NULL && figure != NULL, FALSE);

  *figure = zifu_figure_find (pack, person, on, "mutual_aid_relation", "relation", relation);
  return zifu_figure_is_true (figure);
}

static gboolean
is_use (const ZifuMovement *movement)
{
  return movement->kind == ZIFU_MOVEMENT_FAMILY || movement->kind == ZIFU_MOVEMENT_PREMIUM;
}

/* The day of the use to which an entry belongs: what comes back is of the last use before it. */
static ZifuDate
day_of_use (const ZifuRecord *record, guint index)
{
  const ZifuMovement *movement = &g_array_index (record->movements, ZifuMovement, index);

  for (guint i = index + 1; movement->amount > 0 && i > 0; i--)
    {
      const ZifuMovement *earlier = &g_array_index (record->movements, ZifuMovement, i - 1);

      if (is_use (earlier) && earlier->amount < 0 && g_strcmp0 (earlier->relative, movement->relative) == 0)
        return earlier->date;
    }
  return movement->date;
}

/* The tie under which a relative used the account: the one that was open that day, else the last one with that relative. */
static const ZifuTie *
find_tie (const ZifuRecord *record, guint index)
{
  const ZifuMovement *movement = &g_array_index (record->movements, ZifuMovement, index);
  const ZifuTie *last = NULL;

  for (guint i = 0; i < record->ties->len; i++)
    {
      const ZifuTie *tie = &g_array_index (record->ties, ZifuTie, i);

      if (!tie->given || g_strcmp0 (movement->relative, tie->id) != 0)
        continue;
      last = tie;
      if (zifu_tie_is_open (tie, day_of_use (record, index)))
        break;
    }
  return last;
}

/* What came back of it, because a bill was reversed, was not used. */
static void
add_up_use (ZifuTieReview *review, const ZifuRecord *record, ZifuDate today)
{
  ZifuDate since = zifu_date_add_months (today, -12);

  for (guint i = 0; review->tie->given && i < record->movements->len; i++)
    {
      const ZifuMovement *movement = &g_array_index (record->movements, ZifuMovement, i);
      gboolean outlay = is_use (movement) && movement->amount < 0;

      if ((!is_use (movement) && movement->kind != ZIFU_MOVEMENT_REFUND) || movement->date > today ||
          find_tie (record, i) != review->tie)
        continue;
      if (outlay)
        review->last_used = MAX (review->last_used, movement->date);
      if (movement->date <= since || !zifu_money_add (review->used, -movement->amount, &review->used))
        continue;
      review->n_used += outlay;
    }
  review->used = MAX (review->used, 0);
}

static ZifuTieFault
judge (ZifuPack *pack, const ZifuPerson *person, ZifuTieReview *review, ZifuDate today)
{
  const ZifuTie *tie = review->tie;
  ZifuFigure relation, place;
  gboolean allowed = zifu_family_may_share (pack, person, tie->relation, today, &relation);

  review->rule = relation.rule;
  review->unsure = relation.state != ZIFU_FIGURE_KNOWN;
  if (tie->to != 0 && tie->to < today)
    return ZIFU_TIE_ENDED;
  if (tie->from > today)
    return ZIFU_TIE_NOT_YET;
  if (!allowed && relation.state == ZIFU_FIGURE_KNOWN)
    return ZIFU_TIE_RELATION;
  if (tie->place == NULL)
    return ZIFU_TIE_GOOD;
  place = zifu_figure_find (pack, person, today, "mutual_aid_place", "tie_place", tie->place);
  review->unsure |= place.state != ZIFU_FIGURE_KNOWN;
  if (place.state != ZIFU_FIGURE_KNOWN || zifu_figure_is_true (&place))
    return ZIFU_TIE_GOOD;
  review->rule = place.rule;
  return ZIFU_TIE_PLACE;
}

/**
 * zifu_family_review:
 * @pack: the rules
 * @record: whose ties and movements
 * @today: the day of the question
 *
 * Holds each tie against the rules of the day and adds up what it cost this account.
 *
 * Returns: (transfer full) (element-type ZifuTieReview): one review a tie, in the order of the record
 */
GArray *
zifu_family_review (ZifuPack *pack, const ZifuRecord *record, ZifuDate today)
{
  GArray *reviews = g_array_new (FALSE, TRUE, sizeof (ZifuTieReview));

  g_return_val_if_fail (pack != NULL && record != NULL && today > 0, reviews);

  for (guint i = 0; i < record->ties->len; i++)
    {
      ZifuTieReview review = { .tie = &g_array_index (record->ties, ZifuTie, i) };

      review.fault = judge (pack, record->person, &review, today);
      add_up_use (&review, record, today);
      g_array_append_val (reviews, review);
    }
  return reviews;
}

/* Within a city or province a quota is a limit for the relative only; the wallet between provinces sets the money aside. */
static gboolean
is_near (const ZifuTie *tie)
{
  return g_strcmp0 (tie->place, "city") == 0 || g_strcmp0 (tie->place, "province") == 0;
}

/* What is left of a quota: what the relative used under it has left the balance already. */
static ZifuMoney
left_of_quota (const ZifuRecord *record, const ZifuTie *tie, ZifuDate today)
{
  ZifuMoney used = 0;

  for (guint i = 0; i < record->movements->len; i++)
    {
      const ZifuMovement *movement = &g_array_index (record->movements, ZifuMovement, i);

      if ((is_use (movement) || movement->kind == ZIFU_MOVEMENT_REFUND) && movement->date <= today &&
          day_of_use (record, i) >= tie->from && find_tie (record, i) == tie)
        zifu_money_add (used, -movement->amount, &used);
    }
  return MAX (tie->quota - MAX (used, 0), 0);
}

static ZifuMoney
sum_blocked (const ZifuRecord *record, ZifuDate today)
{
  ZifuMoney blocked = 0;

  for (guint i = 0; i < record->ties->len; i++)
    {
      const ZifuTie *tie = &g_array_index (record->ties, ZifuTie, i);

      if (tie->given && tie->has_quota && !is_near (tie) && zifu_tie_is_open (tie, today))
        zifu_money_add (blocked, left_of_quota (record, tie, today), &blocked);
    }
  return MIN (blocked, zifu_person_get_balance (record->person));
}

/**
 * zifu_family_shareable:
 * @pack: the rules
 * @record: whose account
 * @today: the day of the question
 *
 * How much of the account relatives may use: all of it, or only what earlier years left where a region says so
 * (amount mutual_aid_current_money is 0).  A balance that is not divided by year then says only between what it lies.
 *
 * Returns: fen
 */
ZifuShareable
zifu_family_shareable (ZifuPack *pack, const ZifuRecord *record, ZifuDate today)
{
  ZifuShareable self = { .known = TRUE };
  ZifuFigure current;

  g_return_val_if_fail (pack != NULL && record != NULL, self);

  current = zifu_figure_find (pack, record->person, today, "mutual_aid_current_money", NULL, NULL);
  if (current.state == ZIFU_FIGURE_UNKNOWN || (current.state == ZIFU_FIGURE_KNOWN && !zifu_figure_is_true (&current)))
    self.rule = current.rule;
  for (guint i = 0; i < record->person->purses->len; i++)
    {
      const ZifuPurse *purse = &g_array_index (record->person->purses, ZifuPurse, i);
      gboolean sure = current.state == ZIFU_FIGURE_ABSENT || zifu_figure_is_true (&current) || g_strcmp0 (purse->name, "earlier") == 0;
      gboolean never = current.state == ZIFU_FIGURE_KNOWN && g_strcmp0 (purse->name, "current") == 0;

      if (sure)
        zifu_money_add (self.least, purse->amount, &self.least);
      if (sure || !never)
        zifu_money_add (self.most, purse->amount, &self.most);
    }
  self.known = self.least == self.most;
  self.blocked = sum_blocked (record, today);
  return self;
}
