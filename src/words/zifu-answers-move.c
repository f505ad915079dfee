/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R37 and R38: the balance when one moves, and whether it is paid out. */

#include "zifu-answers-parts-private.h"

#include "zifu-elsewhere.h"

#define SECTION _ ("Another City")

static const char *
stage (ZifuMoveState state)
{
  switch (state)
    {
    case ZIFU_MOVE_REQUESTED:
      return _ ("Requested");
    case ZIFU_MOVE_IN_TRANSIT:
      return _ ("In transit");
    case ZIFU_MOVE_ARRIVED:
      return _ ("Arrived");
    case ZIFU_MOVE_NONE:
    default:
      return _ ("Not requested");
    }
}

/* What a stage means, with the terms of the rules as far as they are known. */
static char *
stage_in_words (ZifuMoveState state, const ZifuMoveReview *review)
{
  g_autofree char *out = g_strdup_printf ("%d", review->days_out);
  g_autofree char *in = g_strdup_printf ("%d", review->days_in);

  if (state == ZIFU_MOVE_REQUESTED && review->days_out >= 0)
    /* Translators: {1} is a number of working days */
    return zifu_words_fill (_ ("the old region sends years and balance; term in working days: {1}"), out, NULL);
  if (state == ZIFU_MOVE_REQUESTED)
    return g_strdup (_ ("the old region sends years and balance"));
  if (state == ZIFU_MOVE_IN_TRANSIT && review->days_in >= 0)
    return zifu_words_fill (_ ("the new region takes them in; term in working days: {1}"), in, NULL);
  if (state == ZIFU_MOVE_IN_TRANSIT)
    return g_strdup (_ ("the new region takes them in"));
  return g_strdup (_ ("years are added up, the balance is in the new account"));
}

static void
add_stages (ZifuAnswer *answer, const ZifuMoveReview *review)
{
  static const ZifuMoveState stages[] = { ZIFU_MOVE_REQUESTED, ZIFU_MOVE_IN_TRANSIT, ZIFU_MOVE_ARRIVED };

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      g_autofree char *text = stage_in_words (stages[i], review);

      zifu_answer_add_point (answer, zifu_words_fill (stages[i] == review->state
                                                          /* Translators: {1} is a stage of a transfer, {2} says what happens in it */
                                                          ? _ ("{1} (yours today): {2}")
                                                          : C_ ("stage", "{1}: {2}"),
                                                      stage (stages[i]), text, NULL));
    }
}

static char *
move_in_figures (const AnswerCase *self, const ZifuMoveReview *review)
{
  ZifuDate requested = self->record->move.requested;
  g_autofree char *due = review->due != 0 ? zifu_words_date (review->due, ZIFU_DATE_STYLE_LONG) : NULL;
  g_autofree char *asked = requested != 0 ? zifu_words_date (requested, ZIFU_DATE_STYLE_LONG) : NULL;

  if (review->state == ZIFU_MOVE_NONE || review->state == ZIFU_MOVE_ARRIVED || due == NULL)
    /* Translators: {1} is a stage of a transfer */
    return zifu_words_fill (_ ("Your transfer: {1}."), stage (review->state), NULL);
  if (review->overdue)
    /* Translators: {1} and {2} are days */
    return zifu_words_fill (
        _ ("Requested on {1}; by the terms it should have been done by {2} (public holidays make it later). Ask both regions."), asked, due,
        NULL);
  return zifu_words_fill (_ ("Requested on {1}; by the terms it is done by {2} (public holidays make it later)."), asked, due, NULL);
}

static char *
move_answer (const AnswerCase *self, const ZifuMoveReview *review)
{
  g_autofree char *balance = zifu_words_list (self->balance);

  if (g_strcmp0 (zifu_facts_get_string (self->person->facts, "status"), "retired") == 0)
    return g_strdup (
        _ ("Retired people stay insured where they are; nothing is transferred. File for long-term care where you live instead."));
  if (self->is_resident)
    return g_strdup (_ ("You enrol in the new region; a resident has no balance to take along. Do not leave a gap between the two."));
  if (review->paid_out)
    /* Translators: {1} is the balance */
    return zifu_words_fill (_ ("The new region keeps no personal accounts: your balance of {1} is paid out, the years are added up."),
                            balance, NULL);
  if (!self->has_account)
    return g_strdup (_ ("Your years are added up in the new region; a balance, if there is one, goes along."));
  return zifu_words_fill (_ ("Your balance of {1} goes along, and your years are added up in the new region."), balance, NULL);
}

/**
 * zifu_answer_move:
 * @self: a case
 *
 * Returns: (transfer full): the answer to R37
 */
ZifuAnswer *
zifu_answer_move (const AnswerCase *self)
{
  ZifuAnswer *answer =
      zifu_answer_new ("R37", SECTION, _ ("I move to another region: what happens to my balance?"),
                       "转移 接续 换城市 换工作 余额转走 年限 跨省转移 move transfer relation another city balance follows years job");
  gboolean retired = g_strcmp0 (zifu_facts_get_string (self->person->facts, "status"), "retired") == 0;
  g_autoptr (ZifuPack) pack = zifu_answer_pack (self);
  ZifuMoveReview review = zifu_move_review (pack, self->record, self->today);

  answer->answer = move_answer (self, &review);
  answer->why =
      g_strdup (_ ("The insurance relation moves as a whole: the years count on, and the money in the account belongs to the person."));
  zifu_answer_set_source (answer, review.paid_out ? review.paid_out_rule : review.rule);
  answer->where = g_strdup (zifu_words_app ());
  if (retired)
    return answer;
  answer->in_your_case = move_in_figures (self, &review);
  add_stages (answer, &review);
  zifu_answer_add_step (answer, _ ("Enrol in the new region first and without a gap, then ask for the transfer there or in the app."));
  zifu_answer_add_step (answer, _ ("A gap of up to three months before can often be made up there: ask at once."));
  zifu_answer_add_step (answer, _ ("Compare years and balance with those of the old region when it has arrived."));
  zifu_answer_add_paper (answer, _ ("Identity card"));
  return answer;
}

static const struct
{
  const char *reason;
  const char *title;
  const char *how;
} withdrawals[] = {
  { "death", N_ ("After a death"),
    N_ ("the balance goes to the heirs: into an heir's own account, or once in money to an heir without one") },
  { "abroad", N_ ("Settling abroad"), N_ ("the balance is paid out") },
  { "no_account_there", N_ ("Moving to a region without personal accounts"), N_ ("the balance is paid out") },
  { "left", N_ ("Leaving the insurance for other reasons"), N_ ("the balance is paid out") },
};

static void
add_withdrawals (ZifuAnswer *answer, const AnswerCase *self)
{
  g_autoptr (ZifuPack) pack = zifu_answer_pack (self);

  for (guint i = 0; i < G_N_ELEMENTS (withdrawals); i++)
    {
      ZifuFigure figure = zifu_withdrawal_find (pack, self->person, withdrawals[i].reason, self->today);
      gboolean unverified = figure.rule != NULL && figure.rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED;
      const char *said = figure.state != ZIFU_FIGURE_KNOWN ? _ ("the rules found here do not say so")
                         : zifu_figure_is_true (&figure)   ? g_dgettext (GETTEXT_PACKAGE, withdrawals[i].how)
                                                           : _ ("not paid out");

      /* Translators: {1} is a reason to take the money out, {2} what the rules say of it */
      zifu_answer_add_point (answer, zifu_words_fill (unverified ? _ ("{1}: {2} (not verified)") : C_ ("reason", "{1}: {2}"),
                                                      g_dgettext (GETTEXT_PACKAGE, withdrawals[i].title), said, NULL));
      if (figure.rule != NULL && answer->source == NULL)
        zifu_answer_set_source (answer, figure.rule);
      answer->unverified |= unverified;
    }
  zifu_answer_add_point (answer, g_strdup (_ ("Any other wish, such as rent, a loan or daily needs: no")));
}

/**
 * zifu_answer_withdrawal:
 * @self: a case
 *
 * Returns: (transfer full): the answer to R38
 */
ZifuAnswer *
zifu_answer_withdrawal (const AnswerCase *self)
{
  ZifuAnswer *answer =
      zifu_answer_new ("R38", SECTION, _ ("May I take the balance out as money?"),
                       "提现 取现 取出来 套现 继承 出国 退钱 注销 withdraw cash out money heirs inheritance abroad refund");

  if (self->has_account)
    /* Translators: {1} is the balance */
    answer->answer =
        zifu_words_fill_take (_ ("No, only in the cases below. Your {1} is for care, carries over from year to year and is inherited."),
                              zifu_words_list (self->balance), NULL);
  else if (zifu_answer_may_have_account (self))
    answer->answer = g_strdup (_ ("No, only in the cases below. The money is for care, carries over from year to year and is inherited."));
  else
    answer->answer = g_strdup (_ ("You have no account to take money from. An account is paid out in the cases below only."));
  if (self->record->move.account_there_known && !self->record->move.account_there && self->record->move.state != ZIFU_MOVE_NONE)
    answer->in_your_case = g_strdup (_ ("You move to a region that keeps no personal accounts: see the third case."));
  answer->why =
      g_strdup (_ ("The money is yours, but tied to medical care. Turning it into cash through a shop or an agent is against the rules."));
  add_withdrawals (answer, self);
  zifu_answer_add_step (answer, _ ("In one of these cases apply where the person is or was insured."));
  zifu_answer_add_paper (answer, _ ("Identity card"));
  zifu_answer_add_paper (answer, _ ("Proof of the case: death certificate and proof of the heirs, residence abroad, or the transfer"));
  zifu_answer_add_paper (answer, _ ("Number of the bank account"));
  answer->where = g_strdup (zifu_words_window ());
  return answer;
}
