/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-words-private.h"

#include <string.h>

/* What is not known, and what it is worth to find out. */

static char *
counter_name (const ZifuPack *pack, const char *name)
{
  const ZifuCounterDecl *counter = zifu_pack_get_counter (pack, name);
  const char *title = counter != NULL ? zifu_words_text (&counter->title) : NULL;

  return g_strdup (title != NULL ? title : name);
}

/* A bound of a figure: a share, or points of one, up to 1; else yuan. */
static char *
bound (const ZifuValue *value)
{
  ZifuMoney fen = 0;

  if (value->kind != ZIFU_VALUE_NUMBER)
    return NULL;
  if (zifu_rational_cmp (value->number, ZIFU_RATIONAL_ONE) <= 0 &&
      zifu_rational_cmp (value->number, zifu_rational_from_int (-1)) >= 0)
    return zifu_words_ratio (value->number);

  return zifu_rational_round (value->number, ZIFU_ROUND_FEN, &fen) ? zifu_words_short (fen) : NULL;
}

/* What was not found, and between what it lies, the lower bound first. */
static char *
figure_name (const ZifuOpen *open)
{
  const ZifuValue *first = g_ptr_array_index (open->answers, 0), *second = g_ptr_array_index (open->answers, 1);
  const char *reason = zifu_words_is_chinese () && open->figure->reason_zh != NULL ? open->figure->reason_zh : open->name;
  g_autofree char *what = g_strndup (reason, strlen (reason) - (g_str_has_suffix (reason, "。") ? strlen ("。") : 0));
  g_autofree char *low = bound (first);
  g_autofree char *high = bound (second);
  gboolean upside_down = low != NULL && high != NULL && zifu_rational_cmp (first->number, second->number) > 0;

  if (g_str_has_suffix (what, "."))
    what[strlen (what) - 1] = '\0';
  if (low == NULL || high == NULL)
    /* Translators: {1} says which figure of the rules was not found */
    return zifu_words_fill (_ ("{1} (known only roughly)"), what, NULL);
  /* Translators: {1} says which figure of the rules was not found, {2} and {3} are amounts or shares */
  return zifu_words_fill (_ ("{1} (known only to lie between {2} and {3})"), what, upside_down ? high : low, upside_down ? low : high,
                          NULL);
}

/**
 * zifu_words_open:
 * @pack: the rules
 * @open: something that is not known
 *
 * Returns: (transfer full): what it is, for people
 */
char *
zifu_words_open (const ZifuPack *pack, const ZifuOpen *open)
{
  g_return_val_if_fail (pack != NULL && open != NULL, NULL);

  switch (open->kind)
    {
    case ZIFU_OPEN_SPLIT:
      return g_strdup (_ ("What of the bill is out of catalogue"));
    case ZIFU_OPEN_AXIS:
      return g_strdup (g_str_equal (open->name, "class") ? _ ("The level of the institution") : zifu_words_axis (open->name));
    case ZIFU_OPEN_FIGURE:
      return figure_name (open);
    case ZIFU_OPEN_COUNTER:
    default:
      return counter_name (pack, open->name);
    }
}

/**
 * zifu_words_whole_range:
 * @least: the least, in fen
 * @most: the most, in fen
 *
 * Whole yuan: a range that pretends to know the fen would pretend to know.  The least goes down and the most up, so that the truth
 * stays inside.
 *
 * Returns: (transfer full): ¥596 – 832
 */
char *
zifu_words_whole_range (ZifuMoney least, ZifuMoney most)
{
  g_autofree char *low = zifu_words_short (least / 100 * 100);
  g_autofree char *high = zifu_words_short ((most + 99) / 100 * 100);

  /* Translators: a range of money in whole yuan */
  return zifu_words_fill (C_ ("range of money", "¥{1} – {2}"), low, high, NULL);
}

/**
 * zifu_words_spoken_range:
 * @least: the least, in fen
 * @most: the most, in fen
 *
 * The same range for screen readers.
 *
 * Returns: (transfer full): 596 to 832 yuan
 */
char *
zifu_words_spoken_range (ZifuMoney least, ZifuMoney most)
{
  g_autofree char *low = zifu_words_short (least / 100 * 100);
  g_autofree char *high = zifu_words_short ((most + 99) / 100 * 100);

  /* Translators: a range of money in whole yuan, read out */
  return zifu_words_fill (C_ ("range of money", "{1} to {2} yuan"), low, high, NULL);
}

static gboolean
says (GPtrArray *list, const char *text)
{
  return list != NULL && g_ptr_array_find_with_equal_func (list, text, g_str_equal, NULL);
}

/* Whether the second list says something instead: what is in neither of them is not contradicted by being left unsaid. */
static gboolean
says_other (GPtrArray *list, GPtrArray *other)
{
  for (guint i = 0; other != NULL && i < other->len; i++)
    if (!says (list, g_ptr_array_index (other, i)))
      return TRUE;
  return FALSE;
}

/* In which of the cases something is said, by their names; NULL when no other case says another thing instead. */
static char *
where_said (GPtrArray *const *lists, const char *const *names, guint n, const char *text)
{
  g_autoptr (GPtrArray) saying = g_ptr_array_new ();
  gboolean differs = FALSE;

  for (guint i = 0; i < n; i++)
    {
      if (!says (lists[i], text))
        continue;
      if (!g_ptr_array_find_with_equal_func (saying, names[i], g_str_equal, NULL))
        g_ptr_array_add (saying, (gpointer) names[i]);
      for (guint k = 0; k < n; k++)
        differs |= !says (lists[k], text) && says_other (lists[i], lists[k]);
    }
  return differs ? zifu_words_join (saying, _ (", ")) : NULL;
}

/**
 * zifu_words_merge_not_calculated:
 * @settlements: (array length=n): several cases of one question; a case that could not be settled is %NULL
 * @names: (array length=n): what they are called; two ends of one case have the same name
 * @n: how many
 *
 * What each of several figures does not contain, each thing once; where other cases say something else instead, it names the cases.
 *
 * Returns: (transfer full) (element-type utf8): one sentence each, as of zifu_words_not_calculated()
 */
GPtrArray *
zifu_words_merge_not_calculated (const ZifuSettlement *const *settlements, const char *const *names, guint n)
{
  g_autofree GPtrArray **lists = g_new0 (GPtrArray *, n);
  g_autoptr (GPtrArray) seen = g_ptr_array_new ();
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    if (settlements[i] != NULL)
      {
        lists[i] = g_ptr_array_new_with_free_func (g_free);
        zifu_words_add_left_out (settlements[i], lists[i]);
      }
  for (guint i = 0; i < n; i++)
    for (guint k = 0; lists[i] != NULL && k < lists[i]->len; k++)
      {
        char *text = g_ptr_array_index (lists[i], k);
        g_autofree char *where = NULL;

        if (g_ptr_array_find_with_equal_func (seen, text, g_str_equal, NULL))
          continue;
        g_ptr_array_add (seen, text);
        where = where_said (lists, names, n, text);
        /* Translators: {1} names cases, {2} says what their figures do not contain */
        g_ptr_array_add (texts, where != NULL ? zifu_words_fill (C_ ("cases", "{1}: {2}"), where, text, NULL) : g_strdup (text));
      }
  for (guint i = 0; i < n; i++)
    g_clear_pointer (&lists[i], g_ptr_array_unref);
  zifu_words_add_outdated (settlements, n, texts);
  return texts;
}

/**
 * zifu_words_range_not_calculated:
 * @range: what a visit may cost
 * @middle: (nullable): what its middle case is called; %NULL when it is not shown
 *
 * A range leaves out what a single result leaves out, so it says the same: each thing once, and where its cases differ, for which.
 *
 * Returns: (transfer full) (element-type utf8): what the figures do not contain, one sentence each
 */
GPtrArray *
zifu_words_range_not_calculated (const ZifuRange *range, const char *middle)
{
  g_return_val_if_fail (range != NULL, NULL);

  const ZifuSettlement *settlements[] = { range->least, middle != NULL ? range->likely : NULL, range->most };
  const char *names[] = { _ ("Least"), middle, _ ("Most") };

  return zifu_words_merge_not_calculated (settlements, names, G_N_ELEMENTS (settlements));
}

static void
add_unverified (const ZifuSettlement *settlement, GPtrArray *texts)
{
  g_autoptr (GPtrArray) steps = settlement != NULL ? zifu_words_steps (settlement) : g_ptr_array_new ();

  for (guint i = 0; i < steps->len; i++)
    {
      const ZifuStepWords *step = g_ptr_array_index (steps, i);
      g_auto (GStrv) lines = g_strsplit (step->confidence != NULL ? step->confidence : "", "\n", -1);
      g_autofree char *confidence = g_strjoinv (_ (", "), lines);
      g_autofree char *text = zifu_words_fill (C_ ("step", "{1}: {2}"), step->title, confidence, NULL);

      if (step->unverified && !g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
        g_ptr_array_add (texts, g_steal_pointer (&text));
    }
}

/**
 * zifu_words_range_unverified:
 * @range: what a visit may cost
 *
 * Returns: (transfer full) (element-type utf8): the steps of its cases that rest on unverified rules, each once, with what supports them
 */
GPtrArray *
zifu_words_range_unverified (const ZifuRange *range)
{
  g_return_val_if_fail (range != NULL, NULL);

  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  add_unverified (range->least, texts);
  add_unverified (range->likely, texts);
  add_unverified (range->most, texts);
  return texts;
}

static void
append_case (GString *out, const char *name, const ZifuSettlement *settlement)
{
  g_autofree char *person = settlement != NULL ? zifu_words_list (settlement->person) : g_strdup (_ ("not known"));
  g_autofree char *funds = settlement != NULL ? zifu_words_list (settlement->fund_sum) : NULL;
  g_autofree char *line = NULL;

  /* Translators: {1} least, likely or most; {2} what I pay */
  line = zifu_words_fill (_ ("{1}: {2}"), name, person, NULL);
  g_string_append_printf (out, "  %s", line);
  if (funds != NULL)
    {
      g_autofree char *paid = zifu_words_fill (_ ("Funds pay {1}"), funds, NULL);

      g_string_append_printf (out, " · %s", paid);
    }
  g_string_append_c (out, '\n');
}

static void
append_texts (GString *out, const char *heading, GPtrArray *texts)
{
  if (texts->len > 0)
    g_string_append_printf (out, "\n%s\n", heading);
  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (out, "  %s\n", (const char *) g_ptr_array_index (texts, i));
}

static char *
range_lines (const ZifuRange *range, const char *middle)
{
  g_autoptr (GPtrArray) missing = zifu_words_range_not_calculated (range, middle);
  g_autoptr (GPtrArray) unverified = zifu_words_range_unverified (range);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *ends = NULL;
  g_autofree char *headline = NULL;

  ends = zifu_words_whole_range (range->least->person, range->most->person);
  /* Translators: {1} is a range such as ¥596 – 832 */
  headline = zifu_words_fill (_ ("I will pay, about {1}"), ends, NULL);
  g_string_append_printf (out, "%s\n", headline);
  append_case (out, _ ("Least"), range->least);
  if (range->likely != NULL || zifu_range_is_exact (range))
    append_case (out, middle, range->likely);
  append_case (out, _ ("Most"), range->most);
  if (range->open->len > 0)
    g_string_append_printf (out, "\n%s\n", _ ("What Would Narrow It"));
  for (guint i = 0; i < range->open->len; i++)
    {
      const ZifuOpen *open = g_ptr_array_index (range->open, i);
      g_autofree char *name = zifu_words_open (range->least->pack, open);
      g_autofree char *gain = zifu_words_list (open->gain);
      g_autofree char *line = zifu_words_fill (_ ("{1}: up to {2}"), name, gain, NULL);

      g_string_append_printf (out, "  %s\n", line);
    }
  append_texts (out, _ ("Unverified"), unverified);
  append_texts (out, _ ("Not Calculated"), missing);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * zifu_words_range:
 * @range: what a visit may cost; nobody said what is likely, and its middle case is the one that was stated
 *
 * Returns: (transfer full): lines for people: the range, its three cases, what would narrow it, what is not verified and what is left out
 */
char *
zifu_words_range (const ZifuRange *range)
{
  g_return_val_if_fail (range != NULL, NULL);

  return range_lines (range, _ ("As stated"));
}

/**
 * zifu_words_likely_range:
 * @range: what a visit may cost; somebody who knows said what is likely
 *
 * Returns: (transfer full): lines for people: the range, its three cases, what would narrow it, what is not verified and what is left out
 */
char *
zifu_words_likely_range (const ZifuRange *range)
{
  g_return_val_if_fail (range != NULL, NULL);

  return range_lines (range, _ ("Likely"));
}
