/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-words-private.h"

#include <libintl.h>
#include <string.h>

#define MAX_ARGS 9

/* The names are looked up one by one, so that a language may decline or count its months as it likes. */
static const char *const month_names[] = {
  NC_ ("month", "January"),   NC_ ("month", "February"), NC_ ("month", "March"),    NC_ ("month", "April"),
  NC_ ("month", "May"),       NC_ ("month", "June"),     NC_ ("month", "July"),     NC_ ("month", "August"),
  NC_ ("month", "September"), NC_ ("month", "October"),  NC_ ("month", "November"), NC_ ("month", "December"),
};

static const char *const short_month_names[] = {
  NC_ ("month, short", "Jan"), NC_ ("month, short", "Feb"), NC_ ("month, short", "Mar"), NC_ ("month, short", "Apr"),
  NC_ ("month, short", "May"), NC_ ("month, short", "Jun"), NC_ ("month, short", "Jul"), NC_ ("month, short", "Aug"),
  NC_ ("month, short", "Sep"), NC_ ("month, short", "Oct"), NC_ ("month, short", "Nov"), NC_ ("month, short", "Dec"),
};

/**
 * zifu_words_init:
 * @locale_dir: (nullable): folder of the compiled catalogues; %NULL leaves the default of the C library
 *
 * Binds the catalogue of the program.  It neither chooses a locale nor changes the default domain: that is the business
 * of main(), which also decides for GTK.
 */
void
zifu_words_init (const char *locale_dir)
{
  if (locale_dir != NULL)
    bindtextdomain (GETTEXT_PACKAGE, locale_dir);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

/**
 * zifu_words_is_chinese:
 *
 * The catalogue itself answers, so the texts of a pack always come in the language of the sentences around them.
 *
 * Returns: whether sentences are made in Chinese
 */
gboolean
zifu_words_is_chinese (void)
{
  /* Translators: the code of your language, such as zh_CN */
  return g_str_has_prefix (C_ ("language code", "en"), "zh");
}

static char *
fill_args (const char *template_, const char *first, va_list rest)
{
  const char *args[MAX_ARGS] = { NULL };
  guint n = 0;

  for (const char *arg = first; arg != NULL; arg = va_arg (rest, const char *))
    {
      g_assert (n < MAX_ARGS);
      args[n++] = arg;
    }
  return zifu_template_fill (template_, args, n);
}

/**
 * zifu_words_fill:
 * @template_: a translated sentence with {1}, {2} … for the arguments
 * @...: the arguments, all strings, ended by %NULL
 *
 * Returns: (transfer full): the sentence with its arguments
 */
char *
zifu_words_fill (const char *template_, ...)
{
  g_return_val_if_fail (template_ != NULL, NULL);

  va_list rest;
  va_start (rest, template_);
  const char *first = va_arg (rest, const char *);
  char *text = first == NULL ? g_strdup (template_) : fill_args (template_, first, rest);
  va_end (rest);
  return text;
}

/**
 * zifu_words_fill_take:
 * @template_: a translated sentence with {1}, {2} … for the arguments
 * @...: (transfer full): the arguments, all owned strings, ended by %NULL
 *
 * Like zifu_words_fill(), and frees the arguments: most of them are made for one sentence only.
 *
 * Returns: (transfer full): the sentence with its arguments
 */
char *
zifu_words_fill_take (const char *template_, ...)
{
  char *args[MAX_ARGS] = { NULL };
  guint n = 0;
  va_list rest;

  va_start (rest, template_);
  for (char *arg = va_arg (rest, char *); arg != NULL; arg = va_arg (rest, char *))
    {
      g_assert (n < MAX_ARGS);
      args[n++] = arg;
    }
  va_end (rest);

  char *text = zifu_template_fill (template_, (const char *const *) args, n);
  for (guint i = 0; i < n; i++)
    g_free (args[i]);
  return text;
}

static char *
without_fen (char *text)
{
  if (g_str_has_suffix (text, ".00"))
    text[strlen (text) - 3] = '\0';
  return text;
}

/**
 * zifu_words_money:
 * @amount: in fen
 * @style: how it is shown
 *
 * A hyphen is too short and too low to be read as a minus beside figures, so the true minus stands there.
 *
 * Returns: (transfer full): the amount for people
 */
char *
zifu_words_money (ZifuMoney amount, ZifuMoneyStyle style)
{
  g_autofree char *digits = zifu_money_format (amount < 0 ? -amount : amount, ZIFU_MONEY_GROUPED);
  const char *minus = amount < 0 ? WORDS_MINUS : "";

  switch (style)
    {
    case ZIFU_MONEY_STYLE_SYMBOL:
      return g_strconcat (minus, "¥", digits, NULL);
    case ZIFU_MONEY_STYLE_SIGNED:
      return g_strconcat (amount > 0 ? "+" : minus, digits, NULL);
    case ZIFU_MONEY_STYLE_SPOKEN:
      /* Translators: an amount as a screen reader says it; {1} is a number such as 1,058.00 */
      return zifu_words_fill_take (_ ("{1} yuan"), g_strconcat (minus, digits, NULL), NULL);
    case ZIFU_MONEY_STYLE_SHORT:
      return without_fen (g_strconcat (minus, digits, NULL));
    case ZIFU_MONEY_STYLE_LIST:
    default:
      return g_strconcat (minus, digits, NULL);
    }
}

/**
 * zifu_words_list:
 * @amount: in fen
 *
 * Returns: (transfer full): the amount with its fen, as in lists and formulas
 */
char *
zifu_words_list (ZifuMoney amount)
{
  return zifu_words_money (amount, ZIFU_MONEY_STYLE_LIST);
}

/**
 * zifu_words_short:
 * @amount: in fen
 *
 * Returns: (transfer full): the amount without fen when there are none, as in rules
 */
char *
zifu_words_short (ZifuMoney amount)
{
  return zifu_words_money (amount, ZIFU_MONEY_STYLE_SHORT);
}

/**
 * zifu_words_yuan:
 * @yuan: an exact amount in yuan
 * @short_form: leave the fen out when there are none
 *
 * Returns: (transfer full): the amount, rounded to the fen for reading
 */
char *
zifu_words_yuan (ZifuRational yuan, gboolean short_form)
{
  ZifuMoney fen = 0;

  if (!zifu_rational_round (yuan, ZIFU_ROUND_FEN, &fen))
    return zifu_rational_format (yuan);
  return short_form ? zifu_words_short (fen) : zifu_words_list (fen);
}

/**
 * zifu_words_yuan_exact:
 * @yuan: an exact amount in yuan
 *
 * Returns: (transfer full): the amount with up to six decimals, at least two; a longer one is cut there
 */
char *
zifu_words_yuan_exact (ZifuRational yuan)
{
  gboolean negative = yuan.num < 0;
  ZifuInt128 num = negative ? -yuan.num : yuan.num;
  ZifuInt128 whole = num / yuan.den;
  ZifuInt128 rest = num % yuan.den;
  ZifuMoney fen = (ZifuMoney) whole * 100;
  g_autoptr (GString) text = NULL;
  g_autofree char *grouped = without_fen (zifu_words_list (fen));

  text = g_string_new (negative ? WORDS_MINUS : "");
  g_string_append (text, grouped);
  g_string_append_c (text, '.');
  for (int place = 0; place < 6 && (place < 2 || rest != 0); place++)
    {
      rest *= 10;
      g_string_append_c (text, (char) ('0' + (int) (rest / yuan.den)));
      rest %= yuan.den;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * zifu_words_ratio:
 * @ratio: a share, such as 7/10
 *
 * Returns: (transfer full): the share in per cent with at most two decimals: 70%, 95.5%, 33.33%
 */
char *
zifu_words_ratio (ZifuRational ratio)
{
  g_return_val_if_fail (ratio.den > 0, NULL);

  gboolean negative = ratio.num < 0;
  ZifuInt128 num = negative ? -ratio.num : ratio.num;
  ZifuInt128 hundredths = (num / ratio.den) * 10000 + ((num % ratio.den) * 20000 + ratio.den) / (ratio.den * 2);
  gint64 whole = (gint64) (hundredths / 100);
  int cents = (int) (hundredths % 100);
  const char *minus = negative ? WORDS_MINUS : "";

  if (cents == 0)
    return g_strdup_printf ("%s%" G_GINT64_FORMAT "%%", minus, whole);
  if (cents % 10 == 0)
    return g_strdup_printf ("%s%" G_GINT64_FORMAT ".%d%%", minus, whole, cents / 10);
  return g_strdup_printf ("%s%" G_GINT64_FORMAT ".%02d%%", minus, whole, cents);
}

/**
 * zifu_words_date:
 * @date: a day
 * @style: how it is shown
 *
 * Returns: (transfer full): the day for people
 */
char *
zifu_words_date (ZifuDate date, ZifuDateStyle style)
{
  int year, month, day;
  g_autofree char *y = NULL;
  g_autofree char *d = NULL;

  g_return_val_if_fail (date > 0, g_strdup (""));

  if (style == ZIFU_DATE_STYLE_ISO)
    return zifu_date_format (date);

  zifu_date_split (date, &year, &month, &day);
  y = g_strdup_printf ("%d", year);
  d = g_strdup_printf ("%d", day);
  if (style == ZIFU_DATE_STYLE_SHORT && zifu_words_is_chinese ())
    /* Translators: used in Chinese only: a day inside a month, such as 24日 */
    return zifu_words_fill (C_ ("day inside a month", "{1}"), d, NULL);
  if (style == ZIFU_DATE_STYLE_SHORT)
    /* Translators: a day inside a month; {1} is the short name of the month, {2} the day */
    return zifu_words_fill (C_ ("day inside a month", "{2} {1}"),
                            g_dpgettext2 (GETTEXT_PACKAGE, "month, short", short_month_names[month - 1]), d, NULL);

  const char *name = g_dpgettext2 (GETTEXT_PACKAGE, "month", month_names[month - 1]);
  if (style == ZIFU_DATE_STYLE_DAY)
    /* Translators: a day without its year; {1} is the month, {2} the day */
    return zifu_words_fill (C_ ("date without year", "{2} {1}"), name, d, NULL);
  /* Translators: a day; {1} is the year, {2} the month, {3} the day */
  return zifu_words_fill (C_ ("date", "{3} {2} {1}"), y, name, d, NULL);
}

/* The end of a period that stands next to the year keeps it; the other end says only what differs. */
static char *
without_year (ZifuDate date, gboolean same_month)
{
  int year, month, day;

  if (!same_month)
    return zifu_words_date (date, ZIFU_DATE_STYLE_DAY);
  if (zifu_words_is_chinese ())
    return zifu_words_date (date, ZIFU_DATE_STYLE_SHORT);
  zifu_date_split (date, &year, &month, &day);
  return g_strdup_printf ("%d", day);
}

/**
 * zifu_words_period:
 * @first: first day
 * @last: last day
 *
 * Returns: (transfer full): the days from @first to @last, with the year once when it is the same: 9 – 14 October 2026,
 *   2026年10月9日 – 14日
 */
char *
zifu_words_period (ZifuDate first, ZifuDate last)
{
  int year, month, day, last_year, last_month;

  if (first == last)
    return zifu_words_date (first, ZIFU_DATE_STYLE_LONG);
  zifu_date_split (first, &year, &month, &day);
  zifu_date_split (last, &last_year, &last_month, &day);

  gboolean same_month = year == last_year && month == last_month;
  /* Chinese says the year first, so there the first day keeps it. */
  gboolean shorten_first = year == last_year && !zifu_words_is_chinese ();
  gboolean shorten_last = year == last_year && zifu_words_is_chinese ();
  /* Translators: a period: {1} is its first day, {2} its last */
  return zifu_words_fill_take (C_ ("period", "{1} – {2}"),
                               shorten_first ? without_year (first, same_month) : zifu_words_date (first, ZIFU_DATE_STYLE_LONG),
                               shorten_last ? without_year (last, same_month) : zifu_words_date (last, ZIFU_DATE_STYLE_LONG), NULL);
}

/**
 * zifu_words_month:
 * @month: a month
 * @with_year: whether the year is said
 *
 * Returns: (transfer full): the month for people: November 2026, November
 */
char *
zifu_words_month (ZifuMonth month, gboolean with_year)
{
  int year, number;

  zifu_month_split (month, &year, &number);
  const char *name = g_dpgettext2 (GETTEXT_PACKAGE, "month", month_names[number - 1]);
  if (!with_year)
    return g_strdup (name);
  g_autofree char *y = g_strdup_printf ("%d", year);
  /* Translators: a month; {1} is the year, {2} the name of the month */
  return zifu_words_fill (C_ ("month and year", "{2} {1}"), y, name, NULL);
}

/**
 * zifu_words_text:
 * @text: (nullable): a text of a pack
 *
 * Returns: (nullable): the text in the current language, or in the other one when the pack has it in one only
 */
const char *
zifu_words_text (const ZifuText *text)
{
  if (text == NULL)
    return NULL;
  if (zifu_words_is_chinese ())
    return text->zh != NULL ? text->zh : text->en;
  return text->en != NULL ? text->en : text->zh;
}

/**
 * zifu_words_join:
 * @parts: (element-type utf8): texts
 * @separator: what stands between them
 *
 * Returns: (transfer full) (nullable): the texts as one, or %NULL when there are none
 */
char *
zifu_words_join (GPtrArray *parts, const char *separator)
{
  if (parts->len == 0)
    return NULL;
  g_autoptr (GString) text = g_string_new (g_ptr_array_index (parts, 0));
  for (guint i = 1; i < parts->len; i++)
    {
      g_string_append (text, separator);
      g_string_append (text, g_ptr_array_index (parts, i));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whoever looks up a table by something that nobody stated is told what the table asks for. */
static const char *
plain_template (const char *template_)
{
  if (g_str_equal (template_, "no entry for {1}, which is not stated"))
    /* Translators: {1} is what rules tell people or visits apart by, such as “plan” */
    return N_ ("the rules here go by this, which is not stated: {1}");
  return template_;
}

static char *
message_of (const GError *error, gboolean plain)
{
  const ZifuErrorDetail *detail = error->domain == ZIFU_ERROR ? zifu_error_detail (error) : NULL;
  if (detail == NULL || detail->template_ == NULL)
    return g_strdup (error->message);

  const char *args[G_N_ELEMENTS (detail->args)];
  char *owned[G_N_ELEMENTS (detail->args)] = { NULL };
  for (guint i = 0; i < G_N_ELEMENTS (args); i++)
    {
      args[i] = detail->args[i] != NULL ? zifu_words_reason (detail->args[i], NULL) : "";
      /* The word is for people, the name for those who write files: both are said. */
      if (zifu_words_knows_axis (args[i]) && plain)
        args[i] = zifu_words_axis (args[i]);
      else if (zifu_words_knows_axis (args[i]))
        args[i] = owned[i] = zifu_words_fill (C_ ("axis", "{1} ({2})"), zifu_words_axis (args[i]), args[i], NULL);
    }
  if (g_error_matches (error, ZIFU_ERROR, ZIFU_ERROR_UNKNOWN_FIGURE))
    args[0] = zifu_words_reason (detail->args[0], detail->args[1]);
  const char *template_ = plain ? plain_template (detail->template_) : detail->template_;
  char *text = zifu_template_fill (g_dgettext (GETTEXT_PACKAGE, template_), args, G_N_ELEMENTS (args));
  for (guint i = 0; i < G_N_ELEMENTS (owned); i++)
    g_free (owned[i]);
  return text;
}

/**
 * zifu_words_error_message:
 * @error: an error of any domain
 *
 * Returns: (transfer full): what went wrong, in the current language, without the place where it stands
 */
char *
zifu_words_error_message (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return message_of (error, FALSE);
}

/**
 * zifu_words_error_plain:
 * @error: an error of any domain
 *
 * As zifu_words_error_message(), for people who write no files: without the names that fields have there.
 *
 * Returns: (transfer full): what went wrong, in the current language, without the place where it stands
 */
char *
zifu_words_error_plain (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return message_of (error, TRUE);
}

/**
 * zifu_words_error:
 * @error: an error of any domain
 *
 * Returns: (transfer full): where and what went wrong, in the current language.  A place inside a file keeps its file and
 *   JSON pointer; a place that a person filled in is named in words, with the pointer behind it.
 */
char *
zifu_words_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  g_autofree char *message = zifu_words_error_message (error);
  const ZifuErrorDetail *detail = error->domain == ZIFU_ERROR ? zifu_error_detail (error) : NULL;
  if (detail == NULL || detail->where == NULL || detail->where[0] == '\0')
    return g_steal_pointer (&message);

  g_autofree char *known = zifu_words_known_pointer (detail->where);
  if (known == NULL)
    /* Translators: an error; {1} is the file and the place in it, {2} says what is wrong */
    return zifu_words_fill (C_ ("error", "{1}: {2}"), detail->where, message, NULL);
  /* Translators: an error; {1} is the place in words, {2} the same place as a JSON pointer, {3} says what is wrong */
  return zifu_words_fill (C_ ("error", "{1} ({2}): {3}"), known, detail->where, message, NULL);
}

/**
 * zifu_words_saved:
 * @saved: how many rows of damaged data could be read
 * @lost: how many could not; −1 = not known
 *
 * Returns: (transfer full): both in a sentence
 */
char *
zifu_words_saved (gint64 saved, gint64 lost)
{
  g_autofree char *n_saved = g_strdup_printf ("%" G_GINT64_FORMAT, saved), *n_lost = g_strdup_printf ("%" G_GINT64_FORMAT, lost);

  if (lost < 0)
    /* Translators: {1} is a number. */
    return zifu_words_fill (_("saved: {1} · how many are lost is not known"), n_saved, NULL);
  /* Translators: {1} and {2} are numbers. */
  return zifu_words_fill (_("saved: {1} · lost: {2}"), n_saved, n_lost, NULL);
}
