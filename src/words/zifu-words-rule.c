/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-words-private.h"

#include <string.h>

/* Between the parts of one line: the same in both languages. */
#define DOT " · "

static const struct
{
  const char *mark;
  const char *text;
} confidence_words[] = {
  { "2S", N_ ("Two sources agree") },
  { "1S-off", N_ ("One source, which quotes the official text") },
  { "1S", N_ ("One unofficial source only") },
  { "1S-weak", N_ ("One unofficial source only") },
  { "R", N_ ("Recalled only; no source was found") },
  { "decided", N_ ("Our reading of the rules, not a figure of theirs") },
  { "reading", N_ ("Our reading of the rules, not a figure of theirs") },
};

/**
 * zifu_words_confidence:
 * @rule: a rule
 *
 * Returns: (transfer full): what supports its figures
 */
char *
zifu_words_confidence (const ZifuRule *rule)
{
  g_return_val_if_fail (rule != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (confidence_words); i++)
    if (g_strcmp0 (confidence_words[i].mark, rule->confidence_text) == 0)
      return g_strdup (g_dgettext (GETTEXT_PACKAGE, confidence_words[i].text));

  switch (rule->confidence)
    {
    case ZIFU_CONFIDENCE_VERIFIED:
      return g_strdup (_ ("Supported by the official text"));
    case ZIFU_CONFIDENCE_DECIDED:
      return g_strdup (_ ("Our reading of the rules, not a figure of theirs"));
    case ZIFU_CONFIDENCE_UNVERIFIED:
    default:
      return g_strdup (_ ("No official text and no second source confirms this figure"));
    }
}

static char *
document (const ZifuSource *source, const char *clause)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const char *title = zifu_words_text (&source->title);

  if (title != NULL)
    g_ptr_array_add (parts, g_strdup (title));
  if (source->number != NULL)
    g_ptr_array_add (parts, g_strdup (source->number));
  if (source->issuer != NULL)
    g_ptr_array_add (parts, g_strdup (source->issuer));
  if (source->date != NULL)
    g_ptr_array_add (parts, g_strdup (source->date));
  if (clause == NULL)
    clause = source->clause;
  if (clause != NULL)
    /* Translators: {1} is the number of an article or clause, or several of them */
    g_ptr_array_add (parts, zifu_words_fill (_ ("clause {1}"), clause, NULL));
  char *text = zifu_words_join (parts, DOT);
  return text != NULL ? text : g_strdup (source->id);
}

/**
 * zifu_words_source:
 * @source: a document of a pack
 *
 * Returns: (transfer full): its title, number, issuer, date and clause, as far as the pack knows them
 */
char *
zifu_words_source (const ZifuSource *source)
{
  g_return_val_if_fail (source != NULL, NULL);

  return document (source, NULL);
}

/**
 * zifu_words_rule_sources:
 * @rule: a rule
 *
 * Returns: (transfer full) (nullable): the documents that it cites, one a line
 */
char *
zifu_words_rule_sources (const ZifuRule *rule)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < rule->citations->len; i++)
    {
      const ZifuCitation *citation = &g_array_index (rule->citations, ZifuCitation, i);

      if (citation->source != NULL)
        {
          /* The clause that a rule names is one of the official document, not of the pages that repeat it. */
          const char *clause = citation->source->number != NULL || rule->citations->len == 1 ? rule->clause : NULL;

          g_ptr_array_add (lines, document (citation->source, citation->clause != NULL ? citation->clause : clause));
        }
    }
  return zifu_words_join (lines, "\n");
}

/**
 * zifu_words_rule_url:
 * @rule: a rule
 *
 * Returns: (nullable): where the first of its documents stands on an official site; reposts are never shown as links
 */
const char *
zifu_words_rule_url (const ZifuRule *rule)
{
  for (guint i = 0; i < rule->citations->len; i++)
    {
      const ZifuSource *source = g_array_index (rule->citations, ZifuCitation, i).source;

      if (source != NULL && source->official && source->url != NULL)
        return source->url;
    }
  return NULL;
}

static char *
value_in_words (const char *axis, const ZifuValue *value)
{
  g_autofree char *text = value->kind == ZIFU_VALUE_BOOLEAN ? g_strdup (value->boolean ? "true" : "false") : zifu_value_format (value);
  const char *word = zifu_words_axis_value (axis, text);

  if (word != text)
    return g_strdup (word);
  if (value->kind == ZIFU_VALUE_BOOLEAN)
    return value->boolean ? g_strdup (zifu_words_axis (axis))
                          /* Translators: a condition of a rule that must not hold, such as “not: referral” */
                          : zifu_words_fill (_ ("not: {1}"), zifu_words_axis (axis), NULL);
  /* Translators: a condition of a rule: {1} is what is looked at, {2} the value that it must have */
  return zifu_words_fill (C_ ("condition", "{1} {2}"), zifu_words_axis (axis), text, NULL);
}

static char *
options_in_words (const char *axis, GPtrArray *options)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < options->len; i++)
    g_ptr_array_add (words, value_in_words (axis, g_ptr_array_index (options, i)));
  /* Translators: between alternatives of a condition: “working age, flexible worker” */
  return zifu_words_join (words, C_ ("alternatives", ", "));
}

static char *
number_in_words (ZifuRational number)
{
  return zifu_rational_format (number);
}

static void
range_in_words (const char *axis, const ZifuCondition *condition, GPtrArray *words)
{
  const char *name = zifu_words_axis (axis);

  if (condition->has_min && condition->has_max)
    /* Translators: a condition of a rule, both ends included: “age 60 to 69” */
    g_ptr_array_add (words, zifu_words_fill_take (C_ ("condition", "{1} {2} to {3}"), g_strdup (name), number_in_words (condition->min),
                                                  number_in_words (condition->max), NULL));
  else if (condition->has_min)
    /* Translators: a condition of a rule, the end included: “age from 70” */
    g_ptr_array_add (words,
                     zifu_words_fill_take (C_ ("condition", "{1} from {2}"), g_strdup (name), number_in_words (condition->min), NULL));
  else if (condition->has_max)
    /* Translators: a condition of a rule, the end included: “age up to 69” */
    g_ptr_array_add (words,
                     zifu_words_fill_take (C_ ("condition", "{1} up to {2}"), g_strdup (name), number_in_words (condition->max), NULL));

  if (condition->from != 0 && condition->to != 0)
    /* Translators: a condition on a day: {1} is what is looked at, {2} and {3} are days */
    g_ptr_array_add (words, zifu_words_fill_take (C_ ("days", "{1} {2} to {3}"), g_strdup (name), zifu_date_format (condition->from),
                                                  zifu_date_format (condition->to), NULL));
  else if (condition->from != 0)
    g_ptr_array_add (words, zifu_words_fill_take (C_ ("days", "{1} from {2}"), g_strdup (name), zifu_date_format (condition->from), NULL));
  else if (condition->to != 0)
    g_ptr_array_add (words, zifu_words_fill_take (C_ ("days", "{1} up to {2}"), g_strdup (name), zifu_date_format (condition->to), NULL));
}

static gboolean
is_boolean (const ZifuCondition *condition)
{
  return condition->options != NULL && condition->options->len == 1 &&
         ((const ZifuValue *) g_ptr_array_index (condition->options, 0))->kind == ZIFU_VALUE_BOOLEAN;
}

static char *
condition_in_words (const char *axis, const ZifuCondition *condition)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  if (condition->options != NULL)
    return options_in_words (axis, condition->options);

  range_in_words (axis, condition, words);
  if (condition->not_ != NULL && is_boolean (condition->not_))
    {
      g_autoptr (ZifuValue) opposite = zifu_value_new_boolean (!((ZifuValue *) g_ptr_array_index (condition->not_->options, 0))->boolean);
      g_ptr_array_add (words, value_in_words (axis, opposite));
    }
  else if (condition->not_ != NULL)
    /* Translators: a condition that excludes: “other than community clinic” */
    g_ptr_array_add (words, zifu_words_fill_take (_ ("other than {1}"), condition_in_words (axis, condition->not_), NULL));
  if (condition->known == TRUE)
    /* Translators: a condition: the rule holds when {1} was filled in */
    g_ptr_array_add (words, zifu_words_fill (_ ("{1} known"), zifu_words_axis (axis), NULL));
  else if (condition->known == FALSE)
    g_ptr_array_add (words, zifu_words_fill (_ ("{1} not known"), zifu_words_axis (axis), NULL));
  char *text = zifu_words_join (words, C_ ("alternatives", ", "));
  return text != NULL ? text : g_strdup (zifu_words_axis (axis));
}

/**
 * zifu_words_conditions:
 * @rule: a rule
 *
 * Returns: (transfer full) (nullable): its benefits and conditions in words, or %NULL when it always fits
 */
char *
zifu_words_conditions (const ZifuRule *rule)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (rule->benefits != NULL && rule->benefits->len > 0)
    {
      g_autoptr (GPtrArray) names = g_ptr_array_new ();

      for (guint i = 0; i < rule->benefits->len; i++)
        g_ptr_array_add (names, (char *) zifu_words_axis_value ("benefit", g_ptr_array_index (rule->benefits, i)));
      g_ptr_array_add (parts, zifu_words_join (names, C_ ("alternatives", ", ")));
    }
  for (guint i = 0; i < rule->when->len; i++)
    {
      const ZifuClause *clause = &g_array_index (rule->when, ZifuClause, i);

      g_ptr_array_add (parts, condition_in_words (clause->axis, clause->condition));
    }
  return zifu_words_join (parts, DOT);
}

/**
 * zifu_words_rule:
 * @rule: a rule
 *
 * Returns: (transfer full): when it holds: benefit, conditions in words, and since when it is in force
 */
char *
zifu_words_rule (const ZifuRule *rule)
{
  g_return_val_if_fail (rule != NULL, NULL);

  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  char *conditions = zifu_words_conditions (rule);
  const char *title = zifu_words_text (&rule->title);
  g_autofree char *from = zifu_words_date (rule->valid_from, ZIFU_DATE_STYLE_ISO);

  /* A rule that always fits is told apart by its title only. */
  if (conditions != NULL)
    g_ptr_array_add (parts, conditions);
  else if (title != NULL)
    g_ptr_array_add (parts, g_strdup (title));

  if (rule->valid_to != 0)
    /* Translators: since when and until when a rule is in force; both are days */
    g_ptr_array_add (parts, zifu_words_fill_take (_ ("in force from {1} to {2}"), g_strdup (from),
                                                  zifu_words_date (rule->valid_to, ZIFU_DATE_STYLE_ISO), NULL));
  else
    /* Translators: since when a rule is in force; {1} is a day */
    g_ptr_array_add (parts, zifu_words_fill (_ ("in force from {1}"), from, NULL));

  return zifu_words_join (parts, DOT);
}

/**
 * zifu_words_is_unverified:
 * @rule: (nullable): a rule
 * @adjusts: (nullable): rules that changed it
 *
 * Returns: whether a figure of any of them rests on less than official text or two sources
 */
gboolean
zifu_words_is_unverified (const ZifuRule *rule, const ZifuRules *adjusts)
{
  if (rule != NULL && rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED)
    return TRUE;
  for (guint i = 0; adjusts != NULL && i < adjusts->n; i++)
    if (adjusts->rules[i]->confidence == ZIFU_CONFIDENCE_UNVERIFIED)
      return TRUE;
  return FALSE;
}
