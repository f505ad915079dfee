/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-day-text.h"

#include "zifu-words.h"

/* Year, month and day as digits; whatever people put between them only keeps them apart. */
static gboolean
read_parts (const char *text, GString *parts[3], guint *n_parts)
{
  gboolean inside = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      int digit = g_unichar_digit_value (c);

      if (digit < 0 && !g_unichar_isspace (c) && !g_unichar_ispunct (c) && c != 0x5e74 && c != 0x6708 && c != 0x65e5 && c != 0x53f7)
        return FALSE;
      if (digit >= 0 && !inside && ++*n_parts > 3)
        return FALSE;
      inside = digit >= 0;
      if (inside)
        g_string_append_c (parts[*n_parts - 1], '0' + digit);
    }

  return TRUE;
}

/**
 * zifu_day_text_parse:
 * @text: what somebody typed
 *
 * Reads a day as people write it: 1988-05-21, 1988-5-21, 1988.5.21, 1988/5/21, 1988年5月21日, 19880521, in digits of either width.
 *
 * Returns: the day; 0 when it is none
 */
ZifuDate
zifu_day_text_parse (const char *text)
{
  g_autoptr (GString) year = g_string_new (NULL);
  g_autoptr (GString) month = g_string_new (NULL);
  g_autoptr (GString) day = g_string_new (NULL);
  GString *parts[] = { year, month, day };
  g_autofree char *iso = NULL;
  guint n_parts = 0;

  g_return_val_if_fail (text != NULL, 0);

  if (!g_utf8_validate (text, -1, NULL) || !read_parts (text, parts, &n_parts))
    return 0;
  if (n_parts == 1 && year->len == 8)
    {
      g_string_append_len (month, year->str + 4, 2);
      g_string_append_len (day, year->str + 6, 2);
      g_string_truncate (year, 4);
      n_parts = 3;
    }
  if (n_parts != 3 || year->len != 4 || month->len > 2 || day->len > 2)
    return 0;
  iso = g_strdup_printf ("%s-%s%s-%s%s", year->str, month->len < 2 ? "0" : "", month->str, day->len < 2 ? "0" : "", day->str);

  return zifu_date_parse (iso);
}

/**
 * zifu_time_dup_text:
 * @time: yyyy-MM-ddTHH:mm:ssZ, as the ledger and backups tell the time
 *
 * Returns: (transfer full): the day and the minute where the user is; @time itself when it is none
 */
char *
zifu_time_dup_text (const char *time)
{
  g_autoptr (GDateTime) utc = NULL, local = NULL;
  g_autofree char *day = NULL, *clock = NULL;

  g_return_val_if_fail (time != NULL, NULL);

  utc = g_date_time_new_from_iso8601 (time, NULL);
  if (utc == NULL)
    return g_strdup (time);
  local = g_date_time_to_local (utc);
  day = zifu_words_date (zifu_date_new (g_date_time_get_year (local), g_date_time_get_month (local), g_date_time_get_day_of_month (local)),
                         ZIFU_DATE_STYLE_LONG);
  clock = g_date_time_format (local, "%H:%M");
  return g_strdup_printf ("%s %s", day, clock);
}
