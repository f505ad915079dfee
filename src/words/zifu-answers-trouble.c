/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R06, R20, R23, R24, R26 and R27: a balance that cannot be used. */

#include "zifu-answers-parts-private.h"

#include "zifu-family.h"

#define SECTION _ ("A Balance That Cannot Be Used")
#define MAX_TOLD 8        /* payments of relatives that are told one by one */
#define CLAIM_BILL 100000 /* fen */

static GPtrArray *
find_causes (const AnswerCase *self, ZifuTrouble troubles)
{
  return zifu_diagnose (self->pack, self->record, troubles, self->today);
}

static void
add_cause (ZifuAnswer *answer, const ZifuCause *cause)
{
  g_ptr_array_add (answer->causes, zifu_words_cause (cause));
  answer->unverified |= cause->rule != NULL && cause->rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED;
  if (answer->source == NULL)
    zifu_answer_set_source (answer, cause->rule);
}

static void
add_causes (ZifuAnswer *answer, const GPtrArray *causes)
{
  for (guint i = 0; i < causes->len; i++)
    add_cause (answer, g_ptr_array_index (causes, i));
}

/* The first cause, and how far it is to be believed. */
static char *
first_cause (const GPtrArray *causes)
{
  const ZifuCause *first = g_ptr_array_index (causes, 0);
  const char *title = zifu_words_cause_title (first->kind);
  g_autofree char *n = g_strdup_printf ("%u", causes->len);

  if (first->weight == ZIFU_CAUSE_POSSIBLE)
    /* Translators: {1} is a cause, such as “The card is not activated” */
    return zifu_words_fill (_ ("Your data show no cause. Worth a look first: {1}."), title, NULL);
  if (first->weight == ZIFU_CAUSE_LIKELY)
    return zifu_words_fill (_ ("Probably this: {1}."), title, NULL);
  if (causes->len > 1)
    /* Translators: {1} is a number above 1, {2} the first of the causes */
    return zifu_words_fill (_ ("Your data show what to look at, {1} things in all. The first: {2}."), n, title, NULL);
  return zifu_words_fill (_ ("Your data show the cause: {1}."), title, NULL);
}

static char *
balance_now (const AnswerCase *self)
{
  if (!self->has_account)
    return NULL;
  /* Translators: {1} is the balance of the account */
  return zifu_words_fill_take (_ ("Your balance: {1}."), zifu_words_list (self->balance), NULL);
}

static void
add_checks (ZifuAnswer *answer)
{
  zifu_answer_add_step (answer, _ ("Ask at the till which message the system shows, and note it."));
  zifu_answer_add_step (answer, _ ("See whether card or electronic credential is activated and the account in order."));
  zifu_answer_add_step (answer, _ ("See whether the institution is designated and connected, and whether each item is in the catalogue."));
  zifu_answer_add_step (answer,
                        _ ("If it cannot wait, pay in cash, by phone or bank card, and keep invoice and list of items: the fund's part can "
                           "be claimed."));
}

static ZifuAnswer *
payment_refused (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new (
      "R06", SECTION, _ ("I have a balance but the payment is refused: why?"),
      "有余额 付不了 刷不了 不能用 用不了 拒付 刷卡失败 支付失败 balance payment refused declined cannot pay card fails rejected");
  g_autoptr (GPtrArray) causes = find_causes (self, ZIFU_TROUBLE_ACCOUNT);

  if (causes->len > 0)
    answer->answer = first_cause (causes);
  else
    answer->answer = g_strdup (_ ("The data here show nothing that would stop a payment. Go through the checks below, one by one."));
  add_causes (answer, causes);
  answer->in_your_case = balance_now (self);
  answer->why = g_strdup (_ ("A payment needs four things: a card that works, an account in order, a designated and connected institution, "
                             "and items that the account may pay. A gap in contributions does not close the account."));
  add_checks (answer);
  answer->where = g_strdup (zifu_words_window ());
  if (answer->source == NULL)
    zifu_answer_set_source (answer, zifu_answer_account_rule (self));
  return answer;
}

static const ZifuMovement *
last_credit (const ZifuRecord *record)
{
  for (guint i = record->movements->len; i > 0; i--)
    {
      const ZifuMovement *movement = &g_array_index (record->movements, ZifuMovement, i - 1);

      if (movement->kind == ZIFU_MOVEMENT_CREDIT)
        return movement;
    }
  return NULL;
}

static char *
empty_in_figures (const AnswerCase *self)
{
  const ZifuMovement *credit = last_credit (self->record);

  if (!self->has_account)
    return NULL;
  if (credit == NULL)
    /* Translators: {1} is the balance of the account */
    return zifu_words_fill_take (_ ("Your balance: {1}. No credit is recorded here; enter or import the entries of the account to check "
                                    "them month by month."),
                                 zifu_words_list (self->balance), NULL);
  /* Translators: {1} is the balance, {2} the latest credit, {3} its day */
  return zifu_words_fill_take (_ ("Your balance: {1}. The latest credit: {2} on {3}."), zifu_words_list (self->balance),
                               zifu_words_list (credit->amount), zifu_words_date (credit->date, ZIFU_DATE_STYLE_LONG), NULL);
}

static ZifuAnswer *
account_empty (const AnswerCase *self)
{
  ZifuAnswer *answer =
      zifu_answer_new ("R20", SECTION, _ ("I pay every month and the account is empty: why?"),
                       "每月缴费 账户没钱 余额为零 没到账 没划入 空了 少了 account empty pay every month no credit missing money gone");
  g_autoptr (GPtrArray) causes = find_causes (self, ZIFU_TROUBLE_EMPTY);
  gboolean has_money = self->has_account && self->balance > 0;

  if (causes->len > 0 && has_money)
    {
      const ZifuCause *first = g_ptr_array_index (causes, 0);
      g_autofree char *balance = zifu_words_list (self->balance);
      /* Translators: {1} is the balance, {2} a cause, such as “Relatives used the account” */
      answer->answer = zifu_words_fill (_ ("It is not empty: {1}. Your data show why it is not more: {2}."), balance,
                                        zifu_words_cause_title (first->kind), NULL);
    }
  else if (causes->len > 0)
    answer->answer = first_cause (causes);
  else if (has_money)
    answer->answer = zifu_words_fill_take (_ ("It is not empty: {1}. The data here show no credit that is missing."),
                                           zifu_words_list (self->balance), NULL);
  else
    answer->answer =
        g_strdup (_ ("The data here do not show why. Compare the credits month by month with the statement of contributions."));
  add_causes (answer, causes);
  answer->in_your_case = empty_in_figures (self);
  answer->why = g_strdup (_ ("Only credits fill an account: of active employees their own contribution, of retired people a sum from the "
                             "pool. What the employer pays goes to the pooled fund and pays your bills there."));
  if (zifu_answer_may_have_account (self))
    {
      zifu_answer_add_step (answer, _ ("Look the credits of the last months up, in the app or here in the history."));
      zifu_answer_add_step (answer, _ ("For a month without one: see whether the contribution of that month was paid."));
    }
  answer->where = g_strdup (zifu_words_app ());
  if (answer->source == NULL)
    zifu_answer_set_source (answer, zifu_answer_account_rule (self));
  return answer;
}

static const ZifuCauseKind state_kinds[] = {
  ZIFU_CAUSE_CARD_NOT_ACTIVATED, ZIFU_CAUSE_CARD_DORMANT,   ZIFU_CAUSE_CARD_LOST,     ZIFU_CAUSE_IDENTITY_CHANGED,
  ZIFU_CAUSE_ACCOUNT_FROZEN,     ZIFU_CAUSE_ACCOUNT_CLOSED, ZIFU_CAUSE_ACCOUNT_MOVED,
};

static gboolean
is_of_account (ZifuCauseKind kind)
{
  return kind == ZIFU_CAUSE_ACCOUNT_FROZEN || kind == ZIFU_CAUSE_ACCOUNT_CLOSED || kind == ZIFU_CAUSE_ACCOUNT_MOVED;
}

static const ZifuCause *
find_sure (const GPtrArray *causes, ZifuCauseKind kind)
{
  for (guint i = 0; i < causes->len; i++)
    {
      const ZifuCause *cause = g_ptr_array_index (causes, i);

      if (cause->kind == kind && cause->weight == ZIFU_CAUSE_SURE)
        return cause;
    }
  return NULL;
}

static char *
states_in_order (const AnswerCase *self)
{
  gboolean card = self->record->card == ZIFU_CARD_ACTIVE, account = self->record->account == ZIFU_ACCOUNT_NORMAL || !self->has_account;

  if (card && account)
    return g_strdup (self->has_account ? _ ("Yours are in order: the card is active and the account is normal.")
                                       : _ ("Yours is in order: the card is active."));
  if (card)
    return g_strdup (_ ("The card is active. The state of the account is not known here; the app shows it."));
  if (account && self->has_account)
    return g_strdup (_ ("The account is normal. The state of the card is not known here; the app shows it."));
  return g_strdup (_ ("The state of yours is not known here; the app shows it. Each state has its own way out."));
}

static ZifuAnswer *
account_states (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new (
      "R23", SECTION, _ ("Card not activated, data changed, account frozen: what now?"),
      "未激活 激活 休眠 挂失 改名 换身份证 冻结 法院 注销 状态 card not activated dormant lost name changed frozen court closed");
  g_autoptr (GPtrArray) causes = find_causes (self, ZIFU_TROUBLE_ACCOUNT);
  const ZifuCause *first = NULL;

  for (guint i = 0; i < causes->len; i++)
    {
      const ZifuCause *cause = g_ptr_array_index (causes, i);

      for (guint k = 0; cause->weight == ZIFU_CAUSE_SURE && k < G_N_ELEMENTS (state_kinds); k++)
        if (state_kinds[k] == cause->kind)
          {
            first = first != NULL ? first : cause;
            add_cause (answer, cause);
          }
    }
  if (first != NULL)
    /* Translators: {1} is a state, such as “The account is frozen” */
    answer->answer = zifu_words_fill (_ ("Yours: {1}. What to do stands below."), zifu_words_cause_title (first->kind), NULL);
  else
    answer->answer = states_in_order (self);
  answer->in_your_case = balance_now (self);
  for (guint k = 0; k < G_N_ELEMENTS (state_kinds); k++)
    if (find_sure (causes, state_kinds[k]) == NULL && (self->has_account || !is_of_account (state_kinds[k])))
      /* Translators: {1} is a state of card or account, {2} says what to do about it */
      zifu_answer_add_point (answer, zifu_words_fill (_ ("{1}: {2}"), zifu_words_cause_title (state_kinds[k]),
                                                      zifu_words_cause_remedy (state_kinds[k]), NULL));
  answer->why =
      g_strdup (_ ("A state stops the card or the account, not your rights: the money stays yours, and bills paid in cash meanwhile "
                   "can be claimed as far as the fund pays them."));
  answer->where = g_strdup (zifu_words_window ());
  return answer;
}

/* A payment for a relative, or what came back of one because a bill was reversed. */
static gboolean
is_family (const ZifuMovement *movement)
{
  if (movement->kind == ZIFU_MOVEMENT_REFUND)
    return movement->relative != NULL && movement->amount > 0;
  return (movement->kind == ZIFU_MOVEMENT_FAMILY || movement->kind == ZIFU_MOVEMENT_PREMIUM) && movement->amount < 0;
}

static const char *
payment_template (ZifuMovementKind kind)
{
  /* Translators: an entry of the account for a relative: {1} is a day, {2} a relative, {3} an amount */
  if (kind == ZIFU_MOVEMENT_PREMIUM)
    return _ ("{1}: {2}, {3}, a premium");
  if (kind == ZIFU_MOVEMENT_REFUND)
    return _ ("{1}: {2}, {3} came back");
  return _ ("{1}: {2}, {3}");
}

static const char *
relation_of (const ZifuRecord *record, const char *id)
{
  for (guint i = 0; i < record->ties->len; i++)
    if (g_strcmp0 (g_array_index (record->ties, ZifuTie, i).id, id) == 0)
      return g_array_index (record->ties, ZifuTie, i).relation;
  return NULL;
}

/* The payments of the last twelve months, newest first.  Returns their sum. */
static ZifuMoney
add_family_payments (ZifuAnswer *answer, const AnswerCase *self, guint *n)
{
  ZifuDate since = zifu_date_add_months (self->today, -12);
  ZifuMoney sum = 0;

  *n = 0;
  for (guint i = self->record->movements->len; i > 0; i--)
    {
      const ZifuMovement *movement = &g_array_index (self->record->movements, ZifuMovement, i - 1);

      if (!is_family (movement) || movement->date <= since || movement->date > self->today)
        continue;
      sum -= movement->amount;
      if ((*n)++ >= MAX_TOLD)
        continue;
      g_autofree char *date = zifu_words_date (movement->date, ZIFU_DATE_STYLE_LONG);
      g_autofree char *who = zifu_words_relative (movement->relative, relation_of (self->record, movement->relative));
      g_autofree char *amount = zifu_words_list (movement->amount < 0 ? -movement->amount : movement->amount);
      zifu_answer_add_point (answer, zifu_words_fill (payment_template (movement->kind), date, who, amount, NULL));
    }
  if (*n > MAX_TOLD)
    zifu_answer_add_point (answer,
                           zifu_words_fill_take (_ ("Earlier ones in the history: {1}"), g_strdup_printf ("%u", *n - MAX_TOLD), NULL));
  return sum;
}

/* Who may use the account now. */
static char *
who_may (const AnswerCase *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *all = NULL;

  for (guint i = 0; i < self->record->ties->len; i++)
    {
      const ZifuTie *tie = &g_array_index (self->record->ties, ZifuTie, i);

      if (tie->given && zifu_tie_is_open (tie, self->today))
        g_ptr_array_add (names, zifu_words_relative (tie->id, tie->relation));
    }
  all = zifu_words_join (names, C_ ("alternatives", ", "));
  if (all == NULL)
    return g_strdup (_ ("Nobody may use your account now."));
  /* Translators: {1} lists relatives */
  return zifu_words_fill (_ ("May use your account now: {1}."), all, NULL);
}

static ZifuAnswer *
family_spent (const AnswerCase *self)
{
  ZifuAnswer *answer =
      zifu_answer_new ("R24", SECTION, _ ("Did my family use it? How do I end that?"),
                       "家人用了 家庭共济 共济 谁用了 解绑 解除 授权 family used mutual aid who spent end permission unbind relative");
  guint n;
  ZifuMoney sum = add_family_payments (answer, self, &n);

  if (!zifu_answer_may_have_account (self) && n == 0)
    answer->answer = g_strdup (_ ("No. You have no personal account that relatives could use."));
  else if (n > 0)
    /* Translators: {1} is an amount */
    answer->answer =
        zifu_words_fill_take (_ ("Yes. In the last twelve months {1} was paid from it for relatives; each payment stands below."),
                              zifu_words_list (sum), NULL);
  else if (self->record->movements->len == 0)
    answer->answer = g_strdup (_ ("That cannot be said: no entries of the account are recorded here."));
  else
    answer->answer = g_strdup (_ ("No. In the last twelve months no payment for a relative is recorded here."));
  if (self->has_account)
    answer->in_your_case = who_may (self);
  answer->why =
      g_strdup (_ ("Mutual aid shares money only: the relative's own insurance decides what the fund pays, and the rest comes from "
                   "your account while the permission stands."));
  if (self->has_account)
    {
      zifu_answer_add_step (answer, _ ("One step ends it: in the app, open family mutual aid (家庭共济), choose the relative and end it."));
      zifu_answer_add_step (answer,
                            _ ("From then on nothing more is taken. What was used does not come back; what is left of a quota does."));
    }
  answer->where = g_strdup (zifu_words_app ());
  if (self->pack != NULL)
    {
      ZifuFigure figure;

      zifu_family_may_share (self->pack, self->person, "spouse", self->today, &figure);
      zifu_answer_set_source (answer, figure.rule);
    }
  return answer;
}

static ZifuMoney
sum_of_claims (const ZifuSettlement *settlement)
{
  ZifuMoney sum = 0;

  for (guint i = 0; i < settlement->claims->len; i++)
    zifu_money_add (sum, g_array_index (settlement->claims, ZifuFundLine, i).amount, &sum);
  return sum;
}

static char *
claim_in_figures (const ZifuSettlement *settlement)
{
  ZifuMoney claim = sum_of_claims (settlement);

  if (claim == 0)
    /* Translators: {1} is a bill */
    return zifu_words_fill_take (_ ("A bill of {1}: as things stand the fund owes nothing of it, so there is nothing to claim."),
                                 zifu_words_list (settlement->total), NULL);
  /* Translators: {1} is a bill that is paid first, {2} what is claimed of it */
  return zifu_words_fill_take (_ ("A bill of {1}: you pay all of it first and claim {2} afterwards."), zifu_words_list (settlement->total),
                               zifu_words_list (claim), NULL);
}

/* The refused visit when it is to be claimed, or an example. */
static void
set_claim (ZifuAnswer *answer, const AnswerCase *self)
{
  g_autoptr (ZifuVisit) example = zifu_answer_visit (self, "outpatient", "3", CLAIM_BILL * 5, 0);
  g_autoptr (ZifuSettlement) settlement = NULL;
  g_autoptr (GError) error = NULL;
  const ZifuStep *gate;

  zifu_facts_set_boolean (example->facts, "connected", FALSE);
  if (self->record->refused != NULL)
    settlement = zifu_answer_settle_refused (self, NULL);
  if (settlement != NULL && settlement->claims->len == 0)
    g_clear_pointer (&settlement, zifu_settlement_free);
  if (settlement == NULL)
    settlement = zifu_answer_settle (self, self->person, example, &error);
  if (settlement == NULL)
    {
      answer->in_your_case = zifu_words_fill_take (_ ("No figures: {1}"), zifu_words_error_plain (error), NULL);
      return;
    }
  answer->in_your_case = claim_in_figures (settlement);
  answer->unverified |= !zifu_settlement_is_verified (settlement);
  gate = zifu_words_find_step (settlement, ZIFU_STEP_GATE, NULL);
  if (gate != NULL)
    zifu_answer_set_source (answer, gate->rule);
}

static ZifuAnswer *
not_settled_directly (const AnswerCase *self)
{
  static const ZifuCauseKind kinds[] = { ZIFU_CAUSE_NOT_DESIGNATED, ZIFU_CAUSE_NOT_CONNECTED, ZIFU_CAUSE_UNFILED,
                                         ZIFU_CAUSE_FILING_EXPIRED, ZIFU_CAUSE_IN_TRANSIT,    ZIFU_CAUSE_DATA_ARRIVING };
  ZifuAnswer *answer = zifu_answer_new (
      "R26", SECTION, _ ("The hospital does not settle, or the system is down: what now?"),
      "没联网 未联网 系统故障 延迟 未备案 先垫付 垫付 手工报销 零星报销 not connected system down delay pay first claim later");
  g_autoptr (GPtrArray) causes = find_causes (self, ZIFU_TROUBLE_ACCOUNT | ZIFU_TROUBLE_FUND);

  answer->answer = g_strdup (_ ("Pay first, keep the papers, and claim the fund's part afterwards where you are insured."));
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    if (find_sure (causes, kinds[k]) != NULL)
      add_cause (answer, find_sure (causes, kinds[k]));
  set_claim (answer, self);
  answer->why =
      g_strdup (_ ("What the fund owes does not depend on how it is paid: directly at the till or by claim, the rules of home hold."));
  zifu_answer_add_step (
      answer, _ ("Ask whether the bill can be settled later the same day or at discharge; a failure of the system often passes."));
  zifu_answer_add_step (answer, _ ("Care elsewhere without a filing: file in the app before you settle. An emergency counts as filed."));
  zifu_answer_add_step (answer, _ ("Otherwise pay all of it and take invoice, list of items and medical record along."));
  zifu_answer_add_step (answer, _ ("Hand the claim in where you are insured; ask for the last day for it: it differs by region."));
  answer->where = g_strdup (zifu_words_window ());
  zifu_words_claim_papers (answer->papers);
  return answer;
}

static char *
fund_state (const AnswerCase *self)
{
  if (self->plan != NULL && self->plan->lifelong)
    return g_strdup (_ ("The fund pays: you are retired and covered without contributions, and your data show nothing against it."));
  if (self->plan != NULL)
    return g_strdup (_ ("The fund pays today: by your contribution months you are covered, and your data show nothing against it."));
  return g_strdup (
      _ ("Your data show nothing against it; but no contribution months are known here, so an interruption cannot be ruled out."));
}

static ZifuAnswer *
fund_does_not_pay (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new (
      "R27", SECTION, _ ("The fund does not pay: a gap, two insurances, or data that are late?"),
      "不报销 基金不付 断缴 重复参保 两份医保 数据 系统切换 fund pays nothing interrupted double insurance data late platform");
  g_autoptr (GPtrArray) causes = find_causes (self, ZIFU_TROUBLE_FUND);

  answer->answer = causes->len > 0 ? first_cause (causes) : fund_state (self);
  add_causes (answer, causes);
  answer->in_your_case = balance_now (self);
  answer->why =
      g_strdup (_ ("The fund pays who is insured once and paid up. A gap, a waiting period, a second insurance or late data stop it; "
                   "the money in an account does not depend on that."));
  zifu_answer_add_step (answer, _ ("Look up in the app whether the months are paid and how many insurances are open."));
  zifu_answer_add_step (answer, _ ("Keep invoice and list of items of every bill meanwhile: what is made good can be claimed with them."));
  answer->where = g_strdup (zifu_words_app ());
  if (answer->source == NULL && self->plan != NULL && self->plan->coverage != NULL)
    zifu_answer_set_source (answer, self->plan->coverage->rule);
  return answer;
}

const AnswerMaker zifu_answers_trouble[] = { payment_refused,   account_empty,        account_states,    family_spent,
                                             zifu_answer_scope, not_settled_directly, fund_does_not_pay, NULL };
