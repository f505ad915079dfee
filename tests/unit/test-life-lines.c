/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R25: what of a line of a settled bill the fund leaves out: as it says itself, else by the scope rules of the region, else unknown. */

#include <string.h>

#include "life-support.h"
#include "zifu-line-scope.h"

#define DATE "2026-11-18"

typedef struct {
  const char *region, *insurance, *line;
  ZifuLineSource source;
  const char *out, *over_limit, *prior;
} Row;

#define B(more) "'category': 'B', " more "'amount': '100.00'"
#define DRUG "'item': 'drug', "
#define NAME "'item': '阿托伐他汀钙片', "
#define JUDGED(prior) ZIFU_LINE_JUDGED, "0.00", "0.00", prior
#define NONE "0.00", "0.00", "0.00"

static const Row rows[] = {
  /* What a line says itself is taken as it is, whatever the rules are; one part that is stated speaks for the others. */
  { "120000", "310", "'category': 'B', 'amount': '100.00', 'prior': '7.00'", ZIFU_LINE_STATED, "0.00", "0.00", "7.00" },
  { "110000", "310", "'category': 'B', 'item': 'drug', 'amount': '100.00', 'out': '0.00'", ZIFU_LINE_STATED, NONE },
  { "110000", "310", "'category': 'A', 'amount': '100.00', 'out': '1.00', 'over_limit': '2.00', 'prior': '3.00'", ZIFU_LINE_STATED, "1.00",
    "2.00", "3.00" },
  { "110000", "310", "'category': 'C', 'amount': '100.00'", ZIFU_LINE_STATED, "100.00", "0.00", "0.00" },
  { "110000", "310", "'amount': '100.00'", ZIFU_LINE_NO_CATEGORY, NONE },
  /* Beijing: 10 % of drugs, 8 % of services, 30 % of materials above 500.00 a piece; the name of the goods tells no kind. */
  { "110000", "310", B (DRUG), JUDGED ("10.00") },
  { "110000", "390", B (DRUG), JUDGED ("10.00") },
  { "110000", "310", B ("'item': 'service', "), JUDGED ("8.00") },
  { "110000", "310", B ("'item': 'material', "), JUDGED ("0.00") },
  { "110000", "310", "'category': 'B', 'item': 'material', 'amount': '500.00'", JUDGED ("0.00") },
  { "110000", "310", "'category': 'B', 'item': 'material', 'amount': '500.01'", JUDGED ("150.00") },
  { "110000", "310", "'category': 'B', 'item': 'material', 'amount': '1000.00', 'quantity': '2'", JUDGED ("0.00") },
  { "110000", "310", B (NAME), ZIFU_LINE_NO_KIND, NONE },
  { "110000", "310", B (""), ZIFU_LINE_NO_KIND, NONE },
  { "110000", "310", "'category': 'A', " NAME "'amount': '100.00'", JUDGED ("0.00") },
  /* Rounded once, to the fen: 4 % of 0.12 is 0.48 fen, of 0.13 it is 0.52. */
  { "610100", "310", "'category': 'B', 'item': 'drug', 'amount': '0.12'", JUDGED ("0.00") },
  { "610100", "310", "'category': 'B', 'item': 'drug', 'amount': '0.13'", JUDGED ("0.01") },
  /* Regions whose shares were not found say so. */
  { "120000", "310", B (NAME), ZIFU_LINE_NOT_FOUND, NONE },
  { "310000", "390", B (DRUG), ZIFU_LINE_NOT_FOUND, NONE },
  { "320100", "310", B (NAME), ZIFU_LINE_NOT_FOUND, NONE },
  { "320500", "390", B (NAME), ZIFU_LINE_NOT_FOUND, NONE },
  { "330100", "310", B (DRUG), ZIFU_LINE_NOT_FOUND, NONE },
  { "420100", "310", B (NAME), JUDGED ("10.00") },
  { "420100", "390", B (NAME), ZIFU_LINE_NOT_FOUND, NONE },
  { "440100", "310", B (NAME), ZIFU_LINE_NOT_FOUND, NONE },
  { "440300", "310", B (NAME), JUDGED ("1.00") },
  { "440300", "390", B (DRUG), JUDGED ("1.00") },
  { "500000", "390", B (NAME), ZIFU_LINE_NOT_FOUND, NONE },
  { "510100", "310", B (DRUG), ZIFU_LINE_NOT_FOUND, NONE },
  { "510100", "310", B (DRUG "'b_grade': '14', "), JUDGED ("14.00") },
  { "510100", "310", B (NAME), ZIFU_LINE_NO_KIND, NONE },
  { "610100", "310", B (DRUG), JUDGED ("4.00") },
  { "610100", "390", B (DRUG), JUDGED ("5.00") },
  { "610100", "390", B (NAME), ZIFU_LINE_NO_KIND, NONE },
  /* A material by bands of its price in Xi'an: 5,000.00 free, 15,000.00 at 30 %, the rest at 50 %. */
  { "610100", "390", "'category': 'A', 'item': 'material', 'amount': '20000.02'", JUDGED ("4500.01") },
  { "610100", "390", "'category': 'A', " NAME "'amount': '100.00'", ZIFU_LINE_NO_KIND, NONE },
};

static void
assert_money (ZifuMoney found, const char *expected)
{
  ZifuMoney fen = 0;

  g_assert_true (zifu_money_parse (expected, &fen, NULL));
  g_assert_cmpint (found, ==, fen);
}

static void
check_scope (const ZifuLineScope *scope, const Row *row)
{
  if (scope->source != row->source)
    g_error ("%s: found %d instead of %d (%s)", row->line, scope->source, row->source,
             scope->error != NULL ? scope->error->message : "no error");
  assert_money (scope->out, row->out);
  assert_money (scope->over_limit, row->over_limit);
  assert_money (scope->prior, row->prior);
  g_assert_true ((scope->error != NULL) == (row->source == ZIFU_LINE_NOT_FOUND));
  g_assert_true (scope->rule == NULL || row->source == ZIFU_LINE_JUDGED);
  g_assert_cmpint (zifu_line_scope_is_known (scope), ==, row->source == ZIFU_LINE_STATED || row->source == ZIFU_LINE_JUDGED);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *policy = g_strdup_printf ("'%s'", row->region);
  g_autofree char *person = g_strdup_printf ("'insurance': '%s', 'status': '%s', 'age': 40", row->insurance,
                                             g_str_equal (row->insurance, "310") ? "active" : "resident");
  g_autofree char *bills = g_strdup_printf (
      "'bills': [{'date': '" DATE "', 'care': 'outpatient', 'class': '3', 'bill': {'lines': [{%s}]}}]", row->line);
  g_autoptr (ZifuRecordFile) file = life_file (policy, person, bills);
  const ZifuVisit *bill = g_ptr_array_index (file->record->bills, 0);
  ZifuBillLine *line = &g_array_index (bill->lines, ZifuBillLine, 0);
  g_auto (ZifuLineScope) scope = { ZIFU_LINE_STATED };
  g_auto (ZifuLineScope) bare = { ZIFU_LINE_STATED };
  g_auto (ZifuLineScope) back = { ZIFU_LINE_STATED };

  zifu_line_scope_find (file->pack, file->record->person, bill, 0, &scope);
  check_scope (&scope, row);
  /* Without rules nothing is judged. */
  zifu_line_scope_find (NULL, file->record->person, bill, 0, &bare);
  g_assert_cmpint (bare.source, ==, row->source == ZIFU_LINE_STATED ? ZIFU_LINE_STATED : ZIFU_LINE_NO_CATEGORY);
  /* What is given back is judged like what was charged, below zero. */
  if (row->source != ZIFU_LINE_JUDGED)
    return;
  line->amount = -line->amount;
  zifu_line_scope_find (file->pack, file->record->person, bill, 0, &back);
  g_assert_cmpint (back.source, ==, ZIFU_LINE_JUDGED);
  g_assert_cmpint (back.out, ==, -scope.out);
  g_assert_cmpint (back.over_limit, ==, -scope.over_limit);
  g_assert_cmpint (back.prior, ==, -scope.prior);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/life/lines/R25/%s-%s-%u", rows[i].region, rows[i].insurance, i);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  return g_test_run ();
}
