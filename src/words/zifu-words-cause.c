/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Causes why an account cannot be used, is empty, or the fund does not pay: what they are called, what shows them, what to do. */

#include "zifu-answers-private.h"

#define MAX_PAPERS 5

#define WINDOW                                                                                                                             \
  N_ ("The service window of the medical insurance agency where you are insured; or call 12393, from elsewhere with the area code of "     \
      "that place.")
#define APP N_ ("The national medical insurance app (国家医保服务平台), or the service window where you are insured.")
#define CARD N_ ("The bank that issued the card or a service point of the social security card; what concerns the insurance: 12393.")
#define TILL N_ ("The till of the institution; if that does not help, call 12393.")
#define EMPLOYER N_ ("The personnel office of the employer; if that does not help, the service window where you are insured, or 12393.")

#define IDENTITY N_ ("Identity card")
#define SOCIAL_CARD N_ ("Medical insurance card")
#define CLAIM_PAPERS                                                                                                                       \
  {                                                                                                                                        \
    N_ ("Invoice: the original or the electronic one"), N_ ("List of the items charged"),                                                  \
        N_ ("Diagnosis or outpatient record; after a stay the discharge summary"),                                                         \
        N_ ("Identity card, and medical insurance card or electronic credential"), N_ ("Number of your own bank account")                  \
  }

static const char *const claim_papers[MAX_PAPERS] = CLAIM_PAPERS;

/* What is said of a cause, in English; whatever is NULL is left out. */
typedef struct
{
  const char *title;
  const char *remedy;
  const char *where;
  const char *papers[MAX_PAPERS];
} CauseText;

static const CauseText texts[ZIFU_N_CAUSES] = {
  [ZIFU_CAUSE_ACCOUNT_FROZEN] = { N_ ("The account is frozen"),
                                  N_ ("Ask who ordered the freeze and why. What a court froze only that court can free; the money stays "
                                      "yours meanwhile, and the fund pays as before."),
                                  N_ ("The service window where you are insured says who ordered it; then that court or authority."),
                                  { IDENTITY, N_ ("Letters of the court or authority, if you received any") } },
  [ZIFU_CAUSE_CARD_LOST] = { N_ ("The card is reported lost"),
                             N_ ("Have a new card made, or end the report if the card turned up. The electronic credential (医保电子凭证) "
                                 "serves until then."),
                             CARD,
                             { IDENTITY } },
  [ZIFU_CAUSE_CARD_NOT_ACTIVATED] = { N_ ("The card is not activated"),
                                      N_ ("Have the insurance function of the card activated, or activate the electronic credential "
                                          "(医保电子凭证) in the app: it serves instead of the card."),
                                      CARD,
                                      { IDENTITY, SOCIAL_CARD } },
  [ZIFU_CAUSE_CARD_DORMANT] = { N_ ("The card is dormant"),
                                N_ ("Have the card put back into use, or pay with the electronic credential (医保电子凭证)."),
                                CARD,
                                { IDENTITY, SOCIAL_CARD } },
  [ZIFU_CAUSE_IDENTITY_CHANGED] = { N_ ("Name or identity number no longer match"),
                                    N_ ("Report the change; then card and account are found again under the new data."),
                                    WINDOW,
                                    { IDENTITY, SOCIAL_CARD, N_ ("Proof of the change, such as the household register") } },
  [ZIFU_CAUSE_ACCOUNT_CLOSED] = { N_ ("The account is closed"),
                                  N_ ("Ask when and why it was closed and where the balance went. If you are insured as an employee "
                                      "again, ask for an account."),
                                  WINDOW,
                                  { IDENTITY } },
  [ZIFU_CAUSE_ACCOUNT_MOVED] = { N_ ("The account was moved to another region"),
                                 N_ ("The money goes along to the new region: pay with the card or credential of that region. If it did "
                                     "not arrive there, have the transfer looked up."),
                                 N_ ("The service window of the new region, or 12393 with its area code."),
                                 { IDENTITY } },
  [ZIFU_CAUSE_IN_TRANSIT] = { N_ ("The insurance is being transferred"),
                              N_ ("Wait until the term is over; after that ask both regions. Keep the papers of bills of the meantime and "
                                  "ask there how they are reimbursed."),
                              N_ ("The service windows of the old and the new region, or 12393 with their area codes."),
                              { IDENTITY } },
  [ZIFU_CAUSE_DATA_ARRIVING] = { N_ ("Data are still arriving after a change of the platform"),
                                 N_ ("Ask whether your data are complete. Until they are, pay first, keep the papers and claim the fund's "
                                     "part afterwards."),
                                 WINDOW, CLAIM_PAPERS },
  [ZIFU_CAUSE_RESIDENT] = { N_ ("Resident insurance has no personal account"),
                            N_ ("The fund pays its part as usual; yours is paid in cash, by phone or bank card. A close relative with "
                                "employee insurance may let you use an account (family mutual aid)."),
                            APP,
                            { NULL } },
  [ZIFU_CAUSE_PLAN_WITHOUT_ACCOUNT] = { N_ ("Your plan has no personal account"),
                                        N_ ("The fund pays its part as usual; yours is paid in cash, by phone or bank card. Ask whether "
                                            "there is a plan with an account and what it costs."),
                                        WINDOW,
                                        { IDENTITY } },
  [ZIFU_CAUSE_NOT_DESIGNATED] = { N_ ("The institution is not a designated one"),
                                  N_ ("Choose a designated hospital or pharmacy; the app lists them. After an emergency: pay first, keep "
                                      "the papers and claim."),
                                  APP,
                                  { NULL } },
  [ZIFU_CAUSE_NOT_CONNECTED] = { N_ ("The institution does not settle directly"),
                                 N_ ("Pay the whole bill first, keep the papers, and claim the fund's part where you are insured."), WINDOW,
                                 CLAIM_PAPERS },
  [ZIFU_CAUSE_UNFILED] = { N_ ("Care elsewhere is not filed"),
                           N_ ("File now: whoever is still in hospital and files before settlement is settled directly. After paying "
                               "everything, file afterwards and claim by the rules of home."),
                           APP, CLAIM_PAPERS },
  [ZIFU_CAUSE_FILING_EXPIRED] = { N_ ("The filing for care elsewhere has ended"),
                                  N_ ("File again: in hospital before settlement; after paying everything, file afterwards and claim by "
                                      "the rules of home."),
                                  APP, CLAIM_PAPERS },
  [ZIFU_CAUSE_NOT_CHOSEN] = { N_ ("It is not an institution that you chose"),
                              N_ ("Go to an institution that you chose, or change the choice before the next visit."),
                              APP,
                              { NULL } },
  [ZIFU_CAUSE_OTHER_PAYER] = { N_ ("Somebody else has to pay for this"),
                               N_ ("Claim it from whoever is liable: the work-injury insurance, or whoever caused the harm. If a third "
                                   "party does not pay or is unknown, ask the fund to advance it."),
                               N_ ("The employer after a work injury; for an advance the service window where you are insured, or 12393."),
                               { N_ ("Proof of the accident or of who is liable"), N_ ("Invoice: the original or the electronic one"),
                                 IDENTITY } },
  [ZIFU_CAUSE_DEPOSIT] = { N_ ("A deposit cannot come from the account"),
                           N_ ("Pay the deposit in cash, by phone or bank card. At discharge the account pays your part, and what was paid "
                               "too much comes back."),
                           TILL,
                           { NULL } },
  [ZIFU_CAUSE_OUT_OF_SCOPE] = { N_ ("A part of the bill is outside the scope"),
                                N_ ("Pay that part in cash, by phone or bank card, unless the account may pay it here; the rest is "
                                    "settled as usual. Next time ask for what is in the catalogue before it is used."),
                                TILL,
                                { NULL } },
  [ZIFU_CAUSE_SPENT_BY_FAMILY] = { N_ ("Relatives used the account"),
                                   N_ ("Settle it within the family, or end the permission in the app: one step. What was used does not "
                                       "come back."),
                                   APP,
                                   { NULL } },
  [ZIFU_CAUSE_QUOTA] = { N_ ("A part of the account is set aside for relatives"),
                         N_ ("End the quota: what the relative has not used comes back to you."),
                         APP,
                         { NULL } },
  [ZIFU_CAUSE_TIE_ENDED] = { N_ ("The permission to use a relative's account has ended"),
                             N_ ("Ask the relative to give it again in the app; until then pay your part another way."),
                             APP,
                             { NULL } },
  [ZIFU_CAUSE_TIE_NOT_ALLOWED] = { N_ ("The rules do not allow this family mutual aid"),
                                   N_ ("Mutual aid is for close relatives within the places that the rules name; pay another way."),
                                   WINDOW,
                                   { NULL } },
  [ZIFU_CAUSE_DOUBLE] = { N_ ("Two insurances are paid at the same time"),
                          N_ ("Keep one and end the other: a bill is reimbursed once only. Employee insurance goes before resident "
                              "insurance once it has been paid for a year without a gap."),
                          WINDOW,
                          { IDENTITY, N_ ("Proof of both enrolments") } },
  [ZIFU_CAUSE_ARREARS] = { N_ ("The employer is in arrears"),
                           N_ ("Ask the employer to pay what is missing: what is paid within the term is made good. If it does not pay, "
                               "have the authority act, or go to labour mediation, arbitration or court."),
                           EMPLOYER,
                           { N_ ("Labour contract"), N_ ("Pay slips that show what was withheld"), IDENTITY } },
  [ZIFU_CAUSE_INTERRUPTED] = { N_ ("Contributions are interrupted"),
                               N_ ("Pay again, and compare what making up the missed months costs and brings. Money in an account stays "
                                   "usable meanwhile."),
                               APP,
                               { IDENTITY } },
  [ZIFU_CAUSE_WAITING] = { N_ ("A waiting period is running"),
                           N_ ("Go on paying without another gap until it ends. Money in an account stays usable meanwhile; where months "
                               "were missed, ask whether making them up shortens the wait."),
                           WINDOW,
                           { NULL } },
  [ZIFU_CAUSE_CREDIT_MISSING] = { N_ ("Credits are missing or too low"),
                                  N_ ("Have the months checked. Employees ask the employer first whether they were declared, and with "
                                      "which base."),
                                  EMPLOYER,
                                  { IDENTITY, N_ ("Pay slip or proof of contribution of the month") } },
  [ZIFU_CAUSE_CREDIT_PENDING] = { N_ ("A credit is not posted yet"),
                                  N_ ("Wait until the end of next month: a credit may come after its month. Then have it checked."),
                                  WINDOW,
                                  { NULL } },
  [ZIFU_CAUSE_SPENT] = { N_ ("The money went into your own visits"),
                         N_ ("Nothing is wrong: the fund pays as before, and the next credit comes as usual."),
                         NULL,
                         { NULL } },
};

/**
 * zifu_words_cause_title:
 * @kind: a kind of cause
 *
 * Returns: what it is, without a full stop
 */
const char *
zifu_words_cause_title (ZifuCauseKind kind)
{
  g_return_val_if_fail (kind < ZIFU_N_CAUSES, NULL);

  return g_dgettext (GETTEXT_PACKAGE, texts[kind].title);
}

/**
 * zifu_words_cause_remedy:
 * @kind: a kind of cause
 *
 * Returns: what to do about it
 */
const char *
zifu_words_cause_remedy (ZifuCauseKind kind)
{
  g_return_val_if_fail (kind < ZIFU_N_CAUSES, NULL);

  return g_dgettext (GETTEXT_PACKAGE, texts[kind].remedy);
}

/**
 * zifu_words_claim_papers:
 * @papers: (element-type utf8): where they are added
 *
 * Adds what is needed to claim a bill that was paid first.
 */
void
zifu_words_claim_papers (GPtrArray *papers)
{
  for (guint i = 0; i < G_N_ELEMENTS (claim_papers); i++)
    g_ptr_array_add (papers, g_strdup (g_dgettext (GETTEXT_PACKAGE, claim_papers[i])));
}

/**
 * zifu_words_window:
 *
 * Returns: where questions about the insurance are answered
 */
const char *
zifu_words_window (void)
{
  return g_dgettext (GETTEXT_PACKAGE, WINDOW);
}

/**
 * zifu_words_app:
 *
 * Returns: where things are done by oneself
 */
const char *
zifu_words_app (void)
{
  return g_dgettext (GETTEXT_PACKAGE, APP);
}

/* What data call a relative by whom they are to the person, not by a name. */
static const char *
relation_word (const char *id)
{
  static const char *const words[][2] = {
    { "mother", NC_ ("relative", "mother") },           { "father", NC_ ("relative", "father") },
    { "wife", NC_ ("relative", "wife") },               { "husband", NC_ ("relative", "husband") },
    { "son", NC_ ("relative", "son") },                 { "daughter", NC_ ("relative", "daughter") },
    { "brother", NC_ ("relative", "brother") },         { "sister", NC_ ("relative", "sister") },
    { "grandmother", NC_ ("relative", "grandmother") }, { "grandfather", NC_ ("relative", "grandfather") },
    { "grandson", NC_ ("relative", "grandson") },       { "granddaughter", NC_ ("relative", "granddaughter") },
    { "spouse", NC_ ("relative", "spouse") },           { "parent", NC_ ("relative", "parent") },
    { "child", NC_ ("relative", "child") },             { "sibling", NC_ ("relative", "brother or sister") },
    { "grandparent", NC_ ("relative", "grandparent") }, { "grandchild", NC_ ("relative", "grandchild") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i][0], id) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "relative", words[i][1]);
  return NULL;
}

/**
 * zifu_words_relative_name:
 * @id: (nullable): how a relative is called in the data
 *
 * Returns: (transfer full) (nullable): the name, or the word for such a relative; %NULL when it is a bare number of a database
 */
char *
zifu_words_relative_name (const char *id)
{
  const char *word = relation_word (id);

  if (word != NULL)
    return g_strdup (word);
  return zifu_words_is_name (id) ? g_strdup (id) : NULL;
}

/**
 * zifu_words_relative:
 * @id: (nullable): how a relative is called in the data
 * @relation: (nullable): spouse, parent, child …
 *
 * Returns: (transfer full): whom to name: a bare number of a database is no name
 */
char *
zifu_words_relative (const char *id, const char *relation)
{
  char *name = zifu_words_relative_name (id);

  if (name != NULL)
    return name;
  return g_strdup (relation != NULL && !g_str_equal (relation, "other") ? zifu_words_axis_value ("relation", relation) : _ ("a relative"));
}

/* Codes of the data come out as words; other texts are names. */
static char *
text_in_words (const char *text)
{
  static const char *const axes[] = { "cause", "relation" };

  for (guint i = 0; i < G_N_ELEMENTS (axes); i++)
    {
      const char *word = zifu_words_axis_value (axes[i], text);

      if (word != text)
        return g_strdup (word);
    }
  return zifu_words_relative (text, NULL);
}

static char *
arg_in_words (const ZifuArg *arg)
{
  switch (arg->kind)
    {
    case ZIFU_ARG_TEXT:
      return text_in_words (arg->text);
    case ZIFU_ARG_MONEY:
      return zifu_words_list (arg->number);
    case ZIFU_ARG_DATE:
      return zifu_words_date ((ZifuDate) arg->number, ZIFU_DATE_STYLE_LONG);
    case ZIFU_ARG_MONTH:
      return zifu_words_month ((ZifuMonth) arg->number, TRUE);
    case ZIFU_ARG_COUNT:
      return g_strdup_printf ("%" G_GINT64_FORMAT, arg->number);
    case ZIFU_ARG_NONE:
    default:
      return g_strdup ("");
    }
}

static char *
evidence_in_words (const ZifuEvidence *evidence)
{
  return zifu_words_fill_take (g_dgettext (GETTEXT_PACKAGE, evidence->template_), arg_in_words (&evidence->args[0]),
                               arg_in_words (&evidence->args[1]), arg_in_words (&evidence->args[2]), NULL);
}

static const char *
weight_in_words (ZifuCauseWeight weight)
{
  switch (weight)
    {
    case ZIFU_CAUSE_SURE:
      return C_ ("weight of a cause", "the data show it");
    case ZIFU_CAUSE_LIKELY:
      return C_ ("weight of a cause", "likely");
    case ZIFU_CAUSE_POSSIBLE:
    default:
      return C_ ("weight of a cause", "worth a look");
    }
}

/**
 * zifu_words_cause:
 * @cause: a cause
 *
 * Returns: (transfer full): the cause in words
 */
ZifuCauseWords *
zifu_words_cause (const ZifuCause *cause)
{
  const CauseText *text;
  ZifuCauseWords *words;

  g_return_val_if_fail (cause != NULL && cause->kind < ZIFU_N_CAUSES, NULL);

  text = &texts[cause->kind];
  words = g_new0 (ZifuCauseWords, 1);
  words->name = zifu_cause_name (cause->kind);
  words->title = g_strdup (zifu_words_cause_title (cause->kind));
  words->weight = g_strdup (weight_in_words (cause->weight));
  words->sure = cause->weight == ZIFU_CAUSE_SURE;
  words->evidence = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < cause->evidence->len; i++)
    g_ptr_array_add (words->evidence, evidence_in_words (&g_array_index (cause->evidence, ZifuEvidence, i)));
  words->remedy = g_strdup (zifu_words_cause_remedy (cause->kind));
  words->where = text->where != NULL ? g_strdup (g_dgettext (GETTEXT_PACKAGE, text->where)) : NULL;
  words->papers = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < MAX_PAPERS && text->papers[i] != NULL; i++)
    g_ptr_array_add (words->papers, g_strdup (g_dgettext (GETTEXT_PACKAGE, text->papers[i])));
  if (cause->rule != NULL)
    {
      words->source = zifu_words_rule_sources (cause->rule);
      words->url = g_strdup (zifu_words_rule_url (cause->rule));
      words->unverified = cause->rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED;
    }
  if (words->source == NULL)
    words->source = g_strdup (_ ("No official document was found on this."));
  return words;
}
