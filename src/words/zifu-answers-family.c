/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R12: family mutual aid. */

#include "zifu-answers-parts-private.h"
#include "zifu-family.h"

/* Relations of which the rules say whether they may share, told in one line each. */
static void
add_relations (ZifuAnswer *answer, const AnswerCase *self)
{
  static const char *const relations[] = { "spouse", "parent", "child", "sibling", "grandparent", "grandchild", "other" };
  g_autoptr (GPtrArray) allowed = g_ptr_array_new ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  ZifuFigure figure;

  for (guint i = 0; self->pack != NULL && i < G_N_ELEMENTS (relations); i++)
    {
      if (zifu_family_may_share (self->pack, self->person, relations[i], self->today, &figure))
        g_ptr_array_add (allowed, (char *) zifu_words_axis_value ("relation", relations[i]));
      else if (figure.state == ZIFU_FIGURE_KNOWN)
        g_ptr_array_add (others, (char *) zifu_words_axis_value ("relation", relations[i]));
      zifu_answer_mark_figure (answer, self, &figure);
    }
  if (allowed->len > 0)
    /* Translators: {1} is a list of relatives */
    zifu_answer_add_point (answer, zifu_words_fill_take (_ ("Those who may share an account: {1}"),
                                                         zifu_words_join (allowed, C_ ("alternatives", ", ")), NULL));
  if (others->len > 0)
    /* Translators: {1} is a list of relatives */
    zifu_answer_add_point (answer,
                           zifu_words_fill_take (_ ("Those who may not: {1}"), zifu_words_join (others, C_ ("alternatives", ", ")), NULL));
}

static char *
why_not_usable (const ZifuTieReview *review, const char *who)
{
  const ZifuTie *tie = review->tie;

  switch (review->fault)
    {
    case ZIFU_TIE_ENDED:
      /* Translators: {1} is a relative, {2} a day */
      return zifu_words_fill_take (_ ("{1}: ended on {2}"), g_strdup (who), zifu_words_date (tie->to, ZIFU_DATE_STYLE_LONG), NULL);
    case ZIFU_TIE_NOT_YET:
      /* Translators: {1} is a relative, {2} a day */
      return zifu_words_fill_take (_ ("{1}: begins on {2}"), g_strdup (who), zifu_words_date (tie->from, ZIFU_DATE_STYLE_LONG), NULL);
    case ZIFU_TIE_RELATION:
      /* Translators: {1} is a relative */
      return zifu_words_fill (_ ("{1}: the rules do not allow this relation"), who, NULL);
    case ZIFU_TIE_PLACE:
      /* Translators: {1} is a relative */
      return zifu_words_fill (_ ("{1}: the rules do not allow it between these two places"), who, NULL);
    case ZIFU_TIE_GOOD:
    default:
      return NULL;
    }
}

/* A tie that may be used: whose account, and up to how much. */
static char *
tie_right (const ZifuTie *tie, const char *who)
{
  g_autofree char *quota = tie->has_quota ? zifu_words_list (tie->quota) : NULL;

  if (!tie->given && quota != NULL)
    /* Translators: {1} is a relative, {2} an amount of money */
    return zifu_words_fill (_ ("{1}: you may use this account, up to {2}"), who, quota, NULL);
  if (!tie->given)
    /* Translators: {1} is a relative */
    return zifu_words_fill (_ ("{1}: you may use this account"), who, NULL);
  if (quota != NULL)
    /* Translators: {1} is a relative, {2} an amount of money */
    return zifu_words_fill (_ ("{1}: may use your account, up to {2}"), who, quota, NULL);
  /* Translators: {1} is a relative */
  return zifu_words_fill (_ ("{1}: may use your account"), who, NULL);
}

static char *
tie_line (const ZifuTieReview *review, const char *who)
{
  char *right = tie_right (review->tie, who);

  if (!review->tie->given)
    return right;
  if (review->last_used == 0)
    /* Translators: {1} says that a relative may use the account */
    return zifu_words_fill_take (_ ("{1}; not used so far"), right, NULL);
  /* Translators: {1} says that a relative may use the account, {2} is an amount of money, {3} a day */
  return zifu_words_fill_take (_ ("{1}; {2} in the last twelve months, the last time on {3}"), right, zifu_words_list (review->used),
                               zifu_words_date (review->last_used, ZIFU_DATE_STYLE_LONG), NULL);
}

static void
add_ties (ZifuAnswer *answer, const AnswerCase *self)
{
  g_autoptr (GArray) reviews = self->pack != NULL ? zifu_family_review (self->pack, self->record, self->today) : NULL;

  for (guint i = 0; reviews != NULL && i < reviews->len; i++)
    {
      const ZifuTieReview *review = &g_array_index (reviews, ZifuTieReview, i);
      const char *relation = zifu_words_axis_value ("relation", review->tie->relation);
      g_autofree char *name = zifu_words_relative_name (review->tie->id);
      g_autofree char *who = NULL;
      char *line;

      /* Translators: {1} is the name of a relative, {2} what kind of relative it is */
      who = zifu_words_is_name (name) && g_strcmp0 (name, review->tie->id) == 0
              ? zifu_words_fill (C_ ("relative", "{1} ({2})"), name, relation, NULL)
              : g_strdup (name != NULL ? name : relation);
      line = why_not_usable (review, who);
      zifu_answer_add_point (answer, line != NULL ? line : tie_line (review, who));
      if (review->unsure)
        /* Translators: {1} is a relative */
        zifu_answer_add_point (answer, zifu_words_fill (_ ("{1}: whether the rules allow this relation is not known"), who, NULL));
    }
}

/**
 * zifu_words_shareable:
 * @shareable: what relatives may use of an account
 *
 * Returns: (transfer full): the same as a sentence
 */
char *
zifu_words_shareable (const ZifuShareable *shareable)
{
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;

  g_return_val_if_fail (shareable != NULL, NULL);

  least = zifu_words_list (shareable->least);
  most = zifu_words_list (shareable->most);
  /* Translators: in these sentences {1} and {2} are amounts of money */
  if (!shareable->known && shareable->rule == NULL)
    return zifu_words_fill (_ ("Whether relatives may use this year's money too, was not found: between {1} and {2}."), least, most, NULL);
  if (!shareable->known)
    return zifu_words_fill (_ ("Relatives may use money of earlier years only. How much of the balance that is, is not known: between {1} "
                               "and {2}."),
                            least, most, NULL);
  if (shareable->rule != NULL)
    return zifu_words_fill (_ ("Relatives may use money of earlier years only: {1} of the balance."), most, NULL);
  return zifu_words_fill (_ ("Of your account relatives may use up to {1}."), most, NULL);
}

/* What of the own account relatives may use, when they may use anything. */
static void
add_shareable (ZifuAnswer *answer, const AnswerCase *self)
{
  ZifuShareable shareable;

  if (self->pack == NULL || !self->has_account)
    return;
  shareable = zifu_family_shareable (self->pack, self->record, self->today);
  zifu_answer_add_point (answer, zifu_words_shareable (&shareable));
  if (!shareable.known && shareable.rule != NULL)
    zifu_answer_add_step (answer, _ ("See in the app how much of the balance was credited this year and how much is of earlier years, and "
                                     "enter the two parts here."));
  if (shareable.blocked > 0)
    /* Translators: {1} is an amount of money */
    zifu_answer_add_point (answer, zifu_words_fill_take (_ ("{1} stand under limits that you set for relatives. In the wallet of the "
                                                            "national platform you cannot use that part while the limit stands."),
                                                         zifu_words_list (shareable.blocked), NULL));
  if (shareable.rule != NULL && shareable.rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED)
    answer->unverified = TRUE;
}

static void
add_places (ZifuAnswer *answer, const AnswerCase *self)
{
  ZifuFigure province = zifu_answer_figure (self, "mutual_aid_place", "tie_place", "province");
  ZifuFigure other = zifu_answer_figure (self, "mutual_aid_place", "tie_place", "other");

  if (zifu_figure_is_true (&other))
    zifu_answer_add_point (answer, g_strdup (_ ("It works between provinces too, through the wallet of the national platform.")));
  else if (zifu_figure_is_true (&province))
    zifu_answer_add_point (answer, g_strdup (_ ("It works between the cities of one province.")));
}

static void
add_family_steps (ZifuAnswer *answer)
{
  zifu_answer_add_point (answer, g_strdup (_ ("The relative has to be in basic medical insurance too, as an employee or as a resident.")));
  zifu_answer_add_point (answer, g_strdup (_ ("Your own account pays first, then those of relatives, in the order that was registered.")));
  zifu_answer_add_point (answer, g_strdup (_ ("Money is shared, not benefits: what the fund pays follows from the insurance of the person "
                                              "who is ill.")));
  zifu_answer_add_point (answer, g_strdup (_ ("What a relative uses is taken off the owner's balance, and stands in the owner's history "
                                              "with name and day.")));
  zifu_answer_add_point (answer, g_strdup (_ ("It ends by itself when the insurance of either ends or moves to another region.")));
  zifu_answer_add_step (answer,
                        _ ("To begin: open family mutual aid in the app of the national medical insurance platform or of your region, "
                           "or ask at the insurance agency."));
  zifu_answer_add_step (answer, _ ("The owner of the account adds the relative, and a limit where one is wanted; both have to agree."));
  zifu_answer_add_step (answer,
                        _ ("At the hospital the relative pays with the own card or code: the shared account is charged by itself."));
  zifu_answer_add_step (answer, _ ("To end it: end the tie in the same place. What is left of a limit comes back to the owner."));
  zifu_answer_add_paper (answer, _ ("Identity cards or electronic insurance codes of both"));
  zifu_answer_add_paper (answer, _ ("Proof of the relation, such as the household register, where the agency asks for it"));
}

/* The example with the account of a relative who has enough of everything. */
static ZifuSettlement *
settle_with_rich_relative (const AnswerCase *self)
{
  g_autoptr (ZifuPerson) person = zifu_person_copy (self->person);

  zifu_person_add_mutual (person, "relative", self->bill, NULL);
  return zifu_answer_example (self, person, self->bill, 0, NULL);
}

/* What the family pays of the example, or what it could pay. */
static char *
family_example (const AnswerCase *self)
{
  g_autoptr (ZifuSettlement) rich = NULL;

  if (self->example == NULL)
    return NULL;
  if (self->person->mutual->len == 0)
    rich = settle_with_rich_relative (self);
  if (rich == NULL || rich->mutual_sum == 0)
    return zifu_answer_who_pays (self->example);
  /* Translators: {1} is a sentence that says who pays what of a bill, {2} an amount of money */
  return zifu_words_fill_take (_ ("{1}. No relative's account is open to you yet; it could pay up to {2}."),
                               zifu_answer_who_pays (self->example), zifu_words_list (rich->mutual_sum), NULL);
}

/**
 * zifu_answer_family:
 * @self: a case
 *
 * Returns: (transfer full): R12
 */
ZifuAnswer *
zifu_answer_family (const AnswerCase *self)
{
  ZifuAnswer *answer =
      zifu_answer_new ("R12", _ ("Two Purses"), _ ("May my family's account pay for me?"),
                       "家庭共济 共济 亲情账户 绑定 家人 父母 配偶 子女 孩子 老人 医保钱包 授权 解除 解绑 用家人的 给家人用 "
                       "family mutual aid relative share account spouse parent child authorise bind wallet end");

  if (self->person->mutual->len > 0)
    answer->answer =
        g_strdup (self->has_account ? _ ("Yes. After your own account the accounts of the relatives who allow it pay, then cash.")
                                    : _ ("Yes. The accounts of the relatives who allow it pay before cash."));
  else
    answer->answer =
        g_strdup (self->has_account ? _ ("Yes, if a close relative has an account and allows it. Until then your own pays, then cash.")
                                    : _ ("Yes, if a close relative has an account and allows it. Until then it is cash."));
  zifu_answer_set_figures (answer, self, family_example (self));
  zifu_answer_mark_settlement (answer, self->example);
  add_relations (answer, self);
  add_places (answer, self);
  add_ties (answer, self);
  add_shareable (answer, self);
  add_family_steps (answer);
  answer->why =
      g_strdup (_ ("The account is the owner's money, and the owner may let close relatives use it for their own part of a bill."));
  answer->where = g_strdup (_ ("The app of the national medical insurance platform, or the window of the insurance agency"));
  if (answer->source == NULL)
    zifu_answer_set_source (answer, zifu_answer_account_rule (self));
  return answer;
}
