/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-mapping-private.h"

#include <string.h>

#include "zifu-cell-private.h"

/*
 * What the columns of a table are, by their titles; without titles by what stands in them.  The rows at the beginning then show in which
 * form amounts and days are, and how well the guess fits.
 */

static gboolean
holds_day (const ZifuTableRow *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    {
      ZifuDate date;

      if (_zifu_cell_parse_date (row->cells[i], ZIFU_DATE_AUTO, &date) == ZIFU_CELL_FINE)
        return TRUE;
    }
  return FALSE;
}

/* Gives each field its surest column; how sure all of it is. */
static guint
rate_titles (char **titles, ZifuMapping *mapping, guint *n_own)
{
  guint sure[ZIFU_N_FIELDS] = { 0 }, sum = 0;

  *n_own = 0;
  for (int i = 0; titles[i] != NULL; i++)
    {
      ZifuField field;
      gboolean own;
      guint rate = _zifu_mapping_rate_title (titles[i], &field, &own);

      *n_own += own;
      if (rate == 0 || rate <= sure[field])
        continue;
      sure[field] = rate;
      mapping->columns[field] = i;
      g_free (mapping->titles[field]);
      mapping->titles[field] = g_strdup (titles[i]);
    }
  for (guint i = 0; i < ZIFU_N_FIELDS; i++)
    sum += sure[i];
  return sum;
}

static ZifuMapping *
guess_by_titles (const GPtrArray *head)
{
  g_autoptr (ZifuMapping) best = NULL;
  guint best_rate = 0;

  for (guint i = 0; i < head->len; i++)
    for (guint n = 1; n <= 2; n++)
      {
        g_auto (GStrv) titles = _zifu_mapping_titles (head, i, n);
        g_autoptr (ZifuMapping) mapping = zifu_mapping_new ();
        guint rate, n_own;

        if (titles == NULL || holds_day (g_ptr_array_index (head, i)) || (n == 2 && holds_day (g_ptr_array_index (head, i + 1))))
          continue;
        /* Of two that explain equally much, titles in one row. */
        rate = rate_titles (titles, mapping, &n_own) * 2 - (n - 1);
        if (!zifu_mapping_check (mapping, NULL) || rate <= best_rate)
          continue;
        mapping->title_line = ((const ZifuTableRow *) g_ptr_array_index (head, i + n - 1))->line;
        mapping->own = n_own >= 6 && g_str_equal (mapping->titles[ZIFU_FIELD_DATE], "acct_modi_date");
        for (int t = 0; mapping->own && titles[t] != NULL; t++)
          if (g_str_equal (titles[t], "rid"))
            mapping->own_number = t;
        g_clear_pointer (&best, zifu_mapping_free);
        best = g_steal_pointer (&mapping);
        best_rate = rate;
      }
  return g_steal_pointer (&best);
}

/* Rows of entries among the first ones. */
static GPtrArray *
list_samples (const GPtrArray *head, const ZifuMapping *mapping)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < head->len; i++)
    if (((const ZifuTableRow *) g_ptr_array_index (head, i))->line > mapping->title_line)
      g_ptr_array_add (rows, g_ptr_array_index (head, i));
  return rows;
}

static const char *
get_cell (const ZifuTableRow *row, int column)
{
  return column >= 0 && (guint) column < row->n_cells ? row->cells[column] : "";
}

static gboolean
is_amount (const char *cell)
{
  ZifuMoney amount;

  return strpbrk (cell, ".,") != NULL && (_zifu_cell_parse_money (cell, ZIFU_NUMBER_POINT, &amount) == ZIFU_CELL_FINE ||
                                          _zifu_cell_parse_money (cell, ZIFU_NUMBER_COMMA, &amount) == ZIFU_CELL_FINE);
}

static guint
count_cells (const GPtrArray *rows, int column, gboolean days)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const char *cell = get_cell (g_ptr_array_index (rows, i), column);
      ZifuDate date;

      n += days ? _zifu_cell_parse_date (cell, ZIFU_DATE_AUTO, &date) == ZIFU_CELL_FINE : is_amount (cell);
    }
  return n;
}

/* Without titles: the first column of days, then amounts from left to right; the last text is the note, the one before the institution. */
static ZifuMapping *
guess_by_content (const GPtrArray *head)
{
  g_autoptr (ZifuMapping) mapping = zifu_mapping_new ();
  const ZifuTableRow *widest = g_ptr_array_index (head, head->len - 1);
  int amounts[3], texts[2] = { -1, -1 };
  guint n_amounts = 0, need = (head->len * 2 + 2) / 3;

  for (int c = 0; c < (int) widest->n_cells; c++)
    {
      if (count_cells (head, c, TRUE) >= need)
        {
          if (mapping->columns[ZIFU_FIELD_DATE] < 0)
            mapping->columns[ZIFU_FIELD_DATE] = c;
        }
      else if (count_cells (head, c, FALSE) >= need)
        {
          if (n_amounts < 3)
            amounts[n_amounts++] = c;
        }
      else
        {
          texts[0] = texts[1];
          texts[1] = c;
        }
    }
  if (mapping->columns[ZIFU_FIELD_DATE] < 0 || n_amounts == 0)
    return NULL;
  if (n_amounts == 3)
    {
      mapping->columns[ZIFU_FIELD_INCOME] = amounts[0];
      mapping->columns[ZIFU_FIELD_OUTLAY] = amounts[1];
    }
  else
    mapping->columns[ZIFU_FIELD_AMOUNT] = amounts[0];
  if (n_amounts > 1)
    mapping->columns[ZIFU_FIELD_BALANCE] = amounts[n_amounts - 1];
  mapping->columns[ZIFU_FIELD_INSTITUTION] = texts[0];
  mapping->columns[ZIFU_FIELD_NOTE] = texts[1];
  return g_steal_pointer (&mapping);
}

static const ZifuField money_fields[] = { ZIFU_FIELD_INCOME, ZIFU_FIELD_OUTLAY, ZIFU_FIELD_AMOUNT, ZIFU_FIELD_BALANCE, ZIFU_FIELD_BASE };

/* Whether there are amounts that only one of the two forms explains. */
static void
guess_number_form (ZifuMapping *mapping, const GPtrArray *rows)
{
  int balance = 0;

  for (guint i = 0; i < rows->len; i++)
    for (guint f = 0; f < G_N_ELEMENTS (money_fields); f++)
      {
        const char *cell = get_cell (g_ptr_array_index (rows, i), mapping->columns[money_fields[f]]);
        ZifuMoney amount;

        /* 1.234 without a comma anywhere is rather a price than a thousand. */
        balance += strchr (cell, ',') != NULL && _zifu_cell_parse_money (cell, ZIFU_NUMBER_COMMA, &amount) == ZIFU_CELL_FINE;
        balance -= strpbrk (cell, ".,") != NULL && _zifu_cell_parse_money (cell, ZIFU_NUMBER_POINT, &amount) == ZIFU_CELL_FINE;
      }
  mapping->number_form = balance > 0 ? ZIFU_NUMBER_COMMA : ZIFU_NUMBER_POINT;
}

static void
guess_date_order (ZifuMapping *mapping, const GPtrArray *rows)
{
  gboolean can[] = { [ZIFU_DATE_AUTO] = TRUE, [ZIFU_DATE_DMY] = TRUE, [ZIFU_DATE_MDY] = TRUE };

  for (guint i = 0; i < rows->len; i++)
    for (ZifuDateOrder order = ZIFU_DATE_AUTO; order <= ZIFU_DATE_MDY; order++)
      {
        ZifuDate date;
        ZifuCellFault fault = _zifu_cell_parse_date (get_cell (g_ptr_array_index (rows, i), mapping->columns[ZIFU_FIELD_DATE]), order,
                                                     &date);

        if (fault == ZIFU_CELL_DAY_OR_MONTH || fault == ZIFU_CELL_NO_SUCH_DAY)
          can[order] = FALSE;
      }
  if (!can[ZIFU_DATE_AUTO] && can[ZIFU_DATE_DMY] != can[ZIFU_DATE_MDY])
    mapping->date_order = can[ZIFU_DATE_DMY] ? ZIFU_DATE_DMY : ZIFU_DATE_MDY;
}

/* Some write what went out with a minus, although its column says so. */
static void
guess_outlay_sign (ZifuMapping *mapping, const GPtrArray *rows)
{
  guint n_minus = 0, n_plus = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      ZifuMoney amount;

      if (_zifu_cell_parse_money (get_cell (g_ptr_array_index (rows, i), mapping->columns[ZIFU_FIELD_OUTLAY]), mapping->number_form,
                                  &amount) != ZIFU_CELL_FINE)
        continue;
      n_minus += amount < 0;
      n_plus += amount > 0;
    }
  mapping->outlay_is_negative = n_minus > n_plus;
}

/* A column of kinds that says nothing but in and out is the direction. */
static void
guess_direction (ZifuMapping *mapping, const GPtrArray *rows)
{
  int column = mapping->columns[ZIFU_FIELD_KIND];
  guint n = 0;

  if (column < 0 || mapping->columns[ZIFU_FIELD_DIRECTION] >= 0 || mapping->columns[ZIFU_FIELD_AMOUNT] < 0)
    return;
  for (guint i = 0; i < rows->len; i++)
    {
      const char *cell = get_cell (g_ptr_array_index (rows, i), column);

      if (*cell != '\0' && _zifu_mapping_find_direction (cell) == 0)
        return;
      n += *cell != '\0';
    }
  if (n == 0)
    return;
  mapping->columns[ZIFU_FIELD_DIRECTION] = column;
  mapping->titles[ZIFU_FIELD_DIRECTION] = g_steal_pointer (&mapping->titles[ZIFU_FIELD_KIND]);
  mapping->columns[ZIFU_FIELD_KIND] = -1;
}

static gboolean
is_blank (const ZifuTableRow *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    if (strspn (row->cells[i], " \t") < strlen (row->cells[i]))
      return FALSE;
  return TRUE;
}

/* How many of 100 rows give a day and an amount.  Rows that are none - blanks, sums - say nothing about the columns. */
static guint
rate_rows (const ZifuMapping *mapping, const GPtrArray *rows)
{
  guint n = 0, n_rows = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const ZifuTableRow *row = g_ptr_array_index (rows, i);
      gboolean amount = FALSE;
      ZifuDate date;
      ZifuMoney value;

      if (is_blank (row) || _zifu_mapping_is_sum (row))
        continue;
      n_rows++;
      for (guint f = 0; f < 3; f++)
        amount = amount || _zifu_cell_parse_money (get_cell (row, mapping->columns[money_fields[f]]), mapping->number_form, &value) ==
                             ZIFU_CELL_FINE;
      n += amount && _zifu_cell_parse_date (get_cell (row, mapping->columns[ZIFU_FIELD_DATE]), mapping->date_order,
                                            &date) == ZIFU_CELL_FINE;
    }
  return n_rows > 0 ? n * 100 / n_rows : 100;
}

/* One column of amounts with neither a sign nor a direction beside it: it is not known which way the money went. */
static gboolean
is_one_way (const ZifuMapping *mapping, const GPtrArray *rows)
{
  int column = mapping->columns[ZIFU_FIELD_AMOUNT];

  if (column < 0 || mapping->columns[ZIFU_FIELD_DIRECTION] >= 0 || mapping->columns[ZIFU_FIELD_CODE] >= 0)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      ZifuMoney amount;

      if (_zifu_cell_parse_money (get_cell (g_ptr_array_index (rows, i), column), mapping->number_form, &amount) == ZIFU_CELL_FINE &&
          amount < 0)
        return FALSE;
    }
  return rows->len > 0;
}

/**
 * zifu_mapping_guess:
 * @table: a table
 *
 * What the columns of @table seem to be: by their titles in Chinese or English, in one row or in two, or by what stands in them.  Our own
 * files need no mapping and are known with certainty.  Below 60 percent somebody should look at the guess before it is used.
 *
 * Returns: (transfer full) (nullable): a mapping with its confidence; %NULL when no day or no amount is found
 */
ZifuMapping *
zifu_mapping_guess (ZifuTable *table)
{
  const GPtrArray *head;
  g_autoptr (ZifuMapping) mapping = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gboolean by_titles;

  g_return_val_if_fail (table != NULL, NULL);

  head = zifu_table_get_head (table);
  mapping = guess_by_titles (head);
  by_titles = mapping != NULL;
  if (mapping == NULL)
    mapping = guess_by_content (head);
  if (mapping == NULL)
    return NULL;

  rows = list_samples (head, mapping);
  if (!mapping->own)
    {
      guess_number_form (mapping, rows);
      guess_date_order (mapping, rows);
      guess_outlay_sign (mapping, rows);
      guess_direction (mapping, rows);
      mapping->confidence = rate_rows (mapping, rows) * (by_titles ? 95 : 50) / 100;
      if (is_one_way (mapping, rows))
        mapping->confidence = MIN (mapping->confidence, 40);
    }
  return g_steal_pointer (&mapping);
}
