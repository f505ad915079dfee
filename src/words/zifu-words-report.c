/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-words-private.h"

#include <string.h>

/* Columns of a report: names to the left, figures to the right, both measured as a terminal shows them. */
#define NAME_WIDTH 44
#define FIGURE_WIDTH 14

static guint
text_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

static void
append_spaces (GString *out, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (out, ' ');
}

/* A row of the table: a name that is too long pushes its figure aside, but never hides it. */
static void
append_row (GString *out, guint indent, const char *name, const char *figure, const char *tail)
{
  guint used = indent + text_width (name);
  guint width = figure != NULL ? text_width (figure) : 0;

  append_spaces (out, indent);
  g_string_append (out, name);
  if (figure != NULL)
    {
      guint end = NAME_WIDTH + FIGURE_WIDTH;
      append_spaces (out, used + width + 2 <= end ? end - used - width : 2);
      g_string_append (out, figure);
    }
  if (tail != NULL)
    g_string_append_printf (out, "  %s", tail);
  g_string_append_c (out, '\n');
}

static void
append_lines (GString *out, guint indent, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    append_row (out, indent, lines[i], NULL, NULL);
}

static void
append_heading (GString *out, const char *heading)
{
  g_string_append_printf (out, "\n%s\n", heading);
}

static char *
percent_of (ZifuMoney part, ZifuMoney total)
{
  ZifuRational ratio;

  return total > 0 && zifu_rational_new (part, total, &ratio) ? zifu_words_ratio (ratio) : NULL;
}

static void
append_shares (GString *out, const ZifuSettlement *settlement)
{
  g_autoptr (GPtrArray) shares = zifu_words_shares (settlement);

  for (guint i = 0; i < shares->len; i++)
    {
      const ZifuShare *share = g_ptr_array_index (shares, i);
      g_autofree char *figure = zifu_words_list (share->amount);
      g_autofree char *percent = percent_of (share->amount, settlement->total);

      append_row (out, 2, share->name, figure, percent);
      if (share->note != NULL)
        append_row (out, 4, share->note, NULL, share->unverified ? _ ("Unverified") : NULL);
      else if (share->unverified)
        append_row (out, 4, _ ("Unverified"), NULL, NULL);
    }
  g_autofree char *total = zifu_words_list (settlement->total);
  append_row (out, 2, _ ("Bill, total"), total, NULL);
}

static void
append_step (GString *out, guint number, const ZifuStepWords *step, GPtrArray *sources)
{
  g_autofree char *title = g_strdup_printf ("%2u. %s", number, step->title);
  g_autofree char *figure = step->has_amount ? zifu_words_list (step->amount) : NULL;

  append_row (out, 2, title, figure, step->role);
  if (step->formula != NULL)
    append_lines (out, 6, step->formula);
  if (step->unverified)
    {
      /* Translators: {1} says what supports a figure */
      g_autofree char *text = zifu_words_fill (_ ("Unverified: {1}"), step->confidence, NULL);
      append_lines (out, 6, text);
    }
  if (step->outdated)
    append_row (out, 6, _ ("This rule is past the day up to which it is confirmed"), NULL, NULL);
  if (step->rule != NULL)
    append_lines (out, 6, step->rule);

  g_auto (GStrv) lines = g_strsplit (step->source != NULL ? step->source : "", "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0' && !g_ptr_array_find_with_equal_func (sources, lines[i], g_str_equal, NULL))
      g_ptr_array_add (sources, g_strdup (lines[i]));
}

static void
append_list (GString *out, const char *heading, GPtrArray *texts)
{
  if (texts->len == 0)
    return;
  append_heading (out, heading);
  for (guint i = 0; i < texts->len; i++)
    append_row (out, 2, g_ptr_array_index (texts, i), NULL, NULL);
}

/**
 * zifu_words_settlement:
 * @settlement: a settlement
 *
 * Returns: (transfer full): all that is shown of a settlement as plain text: who pays, the steps, the sources, and what was
 *   not calculated
 */
char *
zifu_words_settlement (const ZifuSettlement *settlement)
{
  g_return_val_if_fail (settlement != NULL, NULL);

  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GPtrArray) steps = zifu_words_steps (settlement);
  g_autoptr (GPtrArray) missing = zifu_words_not_calculated (settlement);
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *amount = zifu_words_money (settlement->person, ZIFU_MONEY_STYLE_SYMBOL);
  g_autofree char *headline = zifu_words_headline (settlement);
  g_autofree char *gate = zifu_words_gate (settlement);
  g_autofree char *day = zifu_words_date (settlement->date, ZIFU_DATE_STYLE_LONG);
  const char *region = settlement->pack != NULL ? zifu_words_text (&settlement->pack->title) : NULL;

  /* Translators: {1} is an amount, {2} a day */
  g_autofree char *first = zifu_words_fill (_ ("I will pay {1} ({2})"), amount, day, NULL);
  g_string_append_printf (out, "%s\n%s\n", first, headline);
  if (gate != NULL)
    g_string_append_printf (out, "%s\n", gate);
  if (region != NULL)
    {
      /* Translators: {1} is a region */
      g_autofree char *rules = zifu_words_fill (_ ("By the rules of: {1}"), region, NULL);
      g_string_append_printf (out, "%s\n", rules);
    }

  append_heading (out, _ ("Who Pays"));
  append_shares (out, settlement);
  append_heading (out, _ ("Steps"));
  for (guint i = 0; i < steps->len; i++)
    append_step (out, i + 1, g_ptr_array_index (steps, i), sources);
  append_list (out, _ ("Sources"), sources);
  append_list (out, _ ("Not Calculated"), missing);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
