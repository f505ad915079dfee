/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The linter: each kind of remark has a pack that deserves exactly that one. */

#include <string.h>

#include <glib/gstdio.h>

#include "zifu-lint.h"
#include "zifu-case-file.h"

#define HEAD "{'pack': 'p', 'title': {'zh': '包', 'en': 'Pack'}, 'sources': [{'id': 's', 'title': {'zh': '通知', 'en': 'Notice'}}], "
#define RULE_HEAD "'title': {'zh': '规则', 'en': 'Rule'}, 'valid_from': '2020-01-01', 'sources': ['s'], 'confidence': '2S'"
#define RULE(fields) "{'id': 'r', " RULE_HEAD ", " fields "}"
#define PACK(rules) HEAD "'rules': [" rules "]}"
#define DEDUCTIBLE(amount) PACK (RULE ("'kind': 'deductible', 'amount': " amount) ", " BASE)
#define BANDS(bands) PACK (RULE ("'kind': 'share', 'bands': [" bands "]"))
#define ONE_PAY(ratio) "'pay': [{'payer': 'hifp', 'ratio': '" ratio "'}]"
#define COVERAGE(fields) PACK (RULE ("'kind': 'coverage', " fields) ", " BASE)
#define BASE "{'id': 'base', " RULE_HEAD ", 'kind': 'share', 'bands': [{'upto': null, " ONE_PAY ("0.5") "}]}"

typedef struct
{
  const char *name;
  const char *text;
  ZifuLintSeverity severity;
  const char *where;
  const char *part;
} Remark;

static const Remark remarks[] = {
  { "structure", PACK (RULE ("'kind': 'gate', 'founds': '0'")), ZIFU_LINT_ERROR, "p.json#/rules/0/founds", "unknown field 'founds'" },
  { "pack-title", "{'pack': 'p', 'title': 'Pack', 'rules': []}", ZIFU_LINT_WARNING, "p.json#/title", "missing in Chinese" },
  { "pack-title-zh", "{'pack': 'p', 'title': '包', 'rules': []}", ZIFU_LINT_WARNING, "p.json#/title", "missing in English" },
  { "no-title", PACK ("{'id': 'r', 'kind': 'gate', 'valid_from': '2020-01-01', 'sources': ['s'], 'confidence': '2S'}"), ZIFU_LINT_INFO,
    "p.json#/rules/0", "no title" },
  { "half-a-title", PACK ("{'id': 'r', 'kind': 'gate', 'title': '规则', 'valid_from': '2020-01-01', 'sources': ['s'], 'confidence': '2S'}"),
    ZIFU_LINT_WARNING, "p.json#/rules/0/title", "missing in English" },
  { "english-only", PACK ("{'id': 'r', 'kind': 'gate', 'title': 'Rule', 'valid_from': '2020-01-01', 'sources': ['s'], 'confidence': '2S'}"),
    ZIFU_LINT_WARNING, "p.json#/rules/0/title", "missing in Chinese" },
  { "confirmed-early", PACK (RULE ("'kind': 'gate', 'confirmed_to': '2019-12-31'")), ZIFU_LINT_WARNING, "p.json#/rules/0/confirmed_to",
    "ends before" },
  { "first-share-elsewhere",
    PACK (RULE ("'kind': 'layer', 'layer': 'x', 'seq': 1, 'input': ['personal']") ", {'id': 'q', " RULE_HEAD
          ", 'kind': 'share', 'layer': 'x', 'bands': [{'upto': null, " ONE_PAY ("0.5") "}]}, {'id': 't', " RULE_HEAD
          ", 'kind': 'adjust', 'layer': 'x', 'slot': 'a', 'target': 'scope', 'op': 'set', 'value': '0.1'}, " BASE),
    ZIFU_LINT_WARNING, "p.json#/rules/2/layer", "belongs to the base layer" },
  { "says-official",
    "{'pack': 'p', 'title': {'zh': '包', 'en': 'Pack'}, 'sources': [{'id': 's', 'title': {'zh': '通', 'en': 'N'}, 'official': true}], "
    "'rules': [" RULE ("'kind': 'gate'") "]}",
    ZIFU_LINT_WARNING, "p.json#/sources/0/official", "its address is not" },
  { "no-source",
    "{'pack': 'p', 'title': {'zh': '包', 'en': 'Pack'}, 'rules': [{'id': 'r', 'kind': 'gate', 'title': {'zh': '规', 'en': 'R'}, "
    "'valid_from': '2020-01-01', 'confidence': '2S'}]}",
    ZIFU_LINT_WARNING, "p.json#/rules/0", "no source" },
  { "unknown-source",
    PACK ("{'id': 'r', 'kind': 'gate', 'title': {'zh': '规', 'en': 'R'}, 'valid_from': '2020-01-01', 'sources': ['s', {'id': 't'}], "
          "'confidence': '2S'}"),
    ZIFU_LINT_ERROR, "p.json#/rules/0/sources/1", "source 't' is not in the pack" },
  { "unverified",
    PACK ("{'id': 'r', 'kind': 'gate', 'title': {'zh': '规', 'en': 'R'}, 'valid_from': '2020-01-01', 'sources': ['s'], "
          "'confidence': '1S'}"),
    ZIFU_LINT_UNVERIFIED, "p.json#/rules/0/confidence", "not verified: 1S" },
  { "no-mark", PACK ("{'id': 'r', 'kind': 'gate', 'title': {'zh': '规', 'en': 'R'}, 'valid_from': '2020-01-01', 'sources': ['s']}"),
    ZIFU_LINT_UNVERIFIED, "p.json#/rules/0", "counts as not verified" },
  { "unknown-mark",
    PACK ("{'id': 'r', 'kind': 'gate', 'title': {'zh': '规', 'en': 'R'}, 'valid_from': '2020-01-01', 'sources': ['s'], "
          "'confidence': 'sure'}"),
    ZIFU_LINT_WARNING, "p.json#/rules/0/confidence", "'sure' is no mark" },
  { "ends-early", PACK (RULE ("'kind': 'gate', 'valid_to': '2019-12-31'")), ZIFU_LINT_ERROR, "p.json#/rules/0/valid_to", "ends before" },
  { "overrides", PACK (RULE ("'kind': 'gate', 'overrides': ['x']")), ZIFU_LINT_WARNING, "p.json#/rules/0/overrides/0", "no rule 'x'" },
  { "no-layer", PACK (RULE ("'kind': 'cap', 'layer': 'x', 'measure': 'fund_paid', 'amount': '1'") ", " BASE), ZIFU_LINT_ERROR,
    "p.json#/rules/0/layer", "no layer rule 'x'" },
  { "layer-without-share", PACK (RULE ("'kind': 'layer', 'layer': 'x', 'seq': 1, 'input': ['personal']")), ZIFU_LINT_ERROR,
    "p.json#/rules/0/layer", "layer 'x': no share rule" },
  { "base-without-share", PACK (RULE ("'kind': 'deductible', 'amount': '1'")), ZIFU_LINT_WARNING, "p.json", "layer 'base': no share rule" },
  { "bucket", PACK (RULE ("'kind': 'adjust', 'slot': 'a', 'op': 'plus', 'value': '0.1', 'target': 'cap', 'bucket': 'reduction'")),
    ZIFU_LINT_ERROR, "p.json#/rules/0/bucket", "ratios of the base layer only" },
  { "op", PACK (RULE ("'kind': 'adjust', 'slot': 'a', 'op': 'own_times', 'value': '0.1', 'target': 'cap'")), ZIFU_LINT_ERROR,
    "p.json#/rules/0/op", "works on ratios only" },
  { "of-rest", PACK (RULE ("'kind': 'adjust', 'slot': 'a', 'op': 'of_rest', 'value': '0.1'")), ZIFU_LINT_ERROR, "p.json#/rules/0",
    "needs a payer" },
  { "not-rising", BANDS ("{'upto': '100', " ONE_PAY ("0.5") "}, {'upto': '100.00', " ONE_PAY ("0.5") "}"), ZIFU_LINT_ERROR,
    "p.json#/rules/0/bands/1/upto", "not rising" },
  { "band-behind-the-last", BANDS ("{'upto': null, " ONE_PAY ("0.5") "}, {'upto': '100', " ONE_PAY ("0.5") "}"), ZIFU_LINT_ERROR,
    "p.json#/rules/0/bands/0/upto", "must be the last" },
  { "ratio", BANDS ("{'upto': null, " ONE_PAY ("85") "}"), ZIFU_LINT_ERROR, "p.json#/rules/0/bands/0/pay/0/ratio", "between 0 and 1" },
  { "more-than-all", BANDS ("{'upto': null, 'pay': [{'payer': 'hifp', 'ratio': '0.6'}, {'payer': 'hifob', 'ratio': '0.5'}]}"),
    ZIFU_LINT_WARNING, "p.json#/rules/0/bands/0/pay", "more than the whole" },
  { "payer", BANDS ("{'upto': null, 'pay': [{'payer': 'fund', 'ratio': '0.6'}]}"), ZIFU_LINT_WARNING, "p.json#/rules/0/bands/0/pay/0/payer",
    "payer 'fund'" },
  { "index", DEDUCTIBLE ("{'product': ['0.1', {'index': 'wage'}]}"), ZIFU_LINT_ERROR, "p.json#/rules/0/amount/product/1",
    "index 'wage' is not in the pack" },
  { "amount", DEDUCTIBLE ("{'amount': 'base'}"), ZIFU_LINT_ERROR, "p.json#/rules/0/amount", "no amount rule 'base'" },
  { "circle", PACK (RULE ("'kind': 'amount', 'name': 'a', 'value': {'amount': 'a'}")), ZIFU_LINT_ERROR, "p.json#/rules/0/value",
    "refers to itself" },
  { "result", DEDUCTIBLE ("{'result': 'total'}"), ZIFU_LINT_ERROR, "p.json#/rules/0/amount", "in a tally only" },
  { "keys-meet", DEDUCTIBLE ("{'by': 'age', 'of': {'0-69': '1', '69+': '2'}}"), ZIFU_LINT_ERROR, "p.json#/rules/0/amount/of/69+",
    "'0-69' and '69+' can fit at once" },
  { "words-meet", DEDUCTIBLE ("{'by': 'class', 'of': {'1|community': '1', 'home|community': '2'}}"), ZIFU_LINT_ERROR,
    "p.json#/rules/0/amount/of/home|community", "can fit at once" },
  { "empty-range", DEDUCTIBLE ("{'by': 'age', 'of': {'70-69': '1', '0..3': '2'}}"), ZIFU_LINT_ERROR, "p.json#/rules/0/amount/of/70-69",
    "can never fit" },
  { "word-for-a-number", DEDUCTIBLE ("{'by': {'counter': 'stays'}, 'of': {'first': '1'}, 'else': '2'}"), ZIFU_LINT_ERROR,
    "p.json#/rules/0/amount/of/first", "can never fit a number" },
  { "unknown-key",
    HEAD "'axes': {'class': ['1', '2']}, 'rules': [" RULE (
        "'kind': 'deductible', 'amount': {'by': 'class', 'of': {'third': '1'}}") ", " BASE "]}",
    ZIFU_LINT_WARNING, "p.json#/rules/0/amount/of/third", "does not know the value 'third' of the axis 'class'" },
  { "unknown-value", HEAD "'axes': {'class': ['1', '2']}, 'rules': [" RULE ("'kind': 'gate', 'when': {'class': {'not': '3'}}") "]}",
    ZIFU_LINT_WARNING, "p.json#/rules/0/when/class", "does not know the value '3'" },
  { "empty-bounds", PACK (RULE ("'kind': 'gate', 'when': {'age': {'min': 70, 'max': 60}}")), ZIFU_LINT_ERROR, "p.json#/rules/0/when/age",
    "between these bounds" },
  { "clash", PACK (RULE ("'kind': 'route', 'to': 'a'") ", {'id': 'q', " RULE_HEAD ", 'kind': 'route', 'to': 'b'}"), ZIFU_LINT_ERROR,
    "p.json#/rules/0", "'r' and 'q' may both match" },
  { "drop", HEAD "'drops': ['x'], 'rules': [" RULE ("'kind': 'gate'") "]}", ZIFU_LINT_WARNING, "p.json#/drops/0", "no inherited rule 'x'" },
  { "source-not-cited", HEAD "'rules': []}", ZIFU_LINT_INFO, "p.json#/sources/0", "no rule cites" },
  { "not-official",
    "{'pack': 'p', 'title': {'zh': '包', 'en': 'Pack'}, 'sources': [{'id': 's', 'title': {'zh': '通', 'en': 'N'}, 'url': "
    "'https://www.gov.cn.example.com/'}], 'rules': [" RULE ("'kind': 'gate'") "]}",
    ZIFU_LINT_WARNING, "p.json#/sources/0/url", "not an official site" },
  { "source-date",
    "{'pack': 'p', 'title': {'zh': '包', 'en': 'Pack'}, 'sources': [{'id': 's', 'title': {'zh': '通', 'en': 'N'}, 'date': 'May 2024'}], "
    "'rules': [" RULE ("'kind': 'gate'") "]}",
    ZIFU_LINT_WARNING, "p.json#/sources/0/date", "not a date: 'May 2024'" },
  { "two-values",
    HEAD "'indexes': {'w': [{'from': '2024-01-01', 'value': '1'}, {'from': '2024-01-01', 'value': '2'}]}, 'rules': [" RULE (
        "'kind': 'gate'") "]}",
    ZIFU_LINT_ERROR, "p.json#/indexes/w/1", "begin on the same day" },
  { "overlap",
    HEAD "'indexes': {'w': [{'from': '2024-01-01', 'to': '2025-01-01', 'value': '1'}, {'from': '2025-01-01', 'value': '2'}]}, "
         "'rules': [" RULE ("'kind': 'gate'") "]}",
    ZIFU_LINT_WARNING, "p.json#/indexes/w/0", "two values on the same day" },
  { "back-within-grace", COVERAGE ("'grace': 2, 'waiting_free': 1, 'waiting': {'by': 'gap_months', 'of': {'0-12': '3'}, 'else': '6'}"),
    ZIFU_LINT_WARNING, "p.json#/rules/0/grace", "longer than waiting_free" },
  { "grace-without-waiting-free", COVERAGE ("'grace': 1, 'waiting': 6"), ZIFU_LINT_WARNING, "p.json#/rules/0/grace",
    "longer than waiting_free" },
  { "index-source", HEAD "'indexes': {'w': [{'from': '2024-01-01', 'value': '1', 'source': 'x'}]}, 'rules': [" RULE ("'kind': 'gate'") "]}",
    ZIFU_LINT_ERROR, "p.json#/indexes/w/0/source", "source 'x'" },
};

static GPtrArray *
lint (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (ZifuPackLibrary) library = zifu_pack_library_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = zifu_json_read_text (quoted, -1, "p.json", &error);
  GPtrArray *found;

  g_assert_no_error (error);
  found = zifu_lint_node (library, node, "p.json", &error);
  g_assert_no_error (error);
  return found;
}

static void
test_remark (gconstpointer data)
{
  const Remark *expected = data;
  g_autoptr (GPtrArray) found = lint (expected->text);
  guint n = 0;

  for (guint i = 0; i < found->len; i++)
    {
      const ZifuRemark *remark = g_ptr_array_index (found, i);
      g_autofree char *text = zifu_remark_format (remark);

      g_test_message ("%d %s", remark->severity, text);
      n += g_str_equal (remark->where, expected->where) && strstr (text, expected->part) && remark->severity == expected->severity;
    }
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (found->len, ==, 1);
}

/* Amounts that need one another: each of them is told. */
static void
test_circle (void)
{
  g_autoptr (GPtrArray) found = lint (
      PACK (RULE ("'kind': 'amount', 'name': 'a', 'value': {'sum': ['1', {'amount': 'b'}]}") ", {'id': 'q', " RULE_HEAD
            ", 'kind': 'amount', 'name': 'b', 'value': {'amount': 'c'}}, {'id': 't', " RULE_HEAD
            ", 'kind': 'amount', 'name': 'c', 'value': {'max': ['1', {'amount': 'a'}]}}, {'id': 'u', " RULE_HEAD
            ", 'kind': 'amount', 'name': 'd', 'value': {'amount': 'a'}}"));
  static const char *const names[] = { "a", "b", "c" };

  g_assert_cmpuint (found->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < found->len; i++)
    {
      const ZifuRemark *remark = g_ptr_array_index (found, i);
      g_autofree char *text = zifu_remark_format (remark);
      g_autofree char *where = g_strdup_printf ("p.json#/rules/%u", i);
      g_autofree char *part = g_strdup_printf ("amount '%s' refers to itself by way of others", names[i]);

      g_assert_cmpstr (remark->where, ==, where);
      g_assert_cmpint (remark->severity, ==, ZIFU_LINT_WARNING);
      g_assert_nonnull (strstr (text, part));
    }
}

/* What must not be remarked upon: rules that cannot meet, and everything that is as it should be. */
static void
test_clean (void)
{
  static const char *const clean[] = {
    PACK (BASE),
    PACK (RULE ("'kind': 'route', 'to': 'a', 'when': {'class': '1'}") ", {'id': 'q', " RULE_HEAD
                                                                      ", 'kind': 'route', 'to': 'b', 'when': {'class': {'not': '1'}}}"),
    PACK (RULE ("'kind': 'route', 'to': 'a', 'when': {'age': {'max': 69}}") ", {'id': 'q', " RULE_HEAD
                                                                            ", 'kind': 'route', 'to': 'b', 'when': {'age': {'min': 70}}}"),
    PACK (RULE ("'kind': 'route', 'to': 'a', 'benefit': 'x'") ", {'id': 'q', " RULE_HEAD ", 'kind': 'route', 'to': 'b', 'benefit': ['y']}"),
    PACK (RULE (
        "'kind': 'route', 'to': 'a', 'valid_to': '2020-12-31'") ", {'id': 'q', 'title': {'zh': '规', 'en': 'R'}, 'valid_from': "
                                                                "'2021-01-01', 'sources': ['s'], 'confidence': '2S', 'kind': 'route', "
                                                                "'to': 'b'}"),
    PACK (RULE ("'kind': 'route', 'to': 'a', 'overrides': ['q']") ", {'id': 'q', " RULE_HEAD ", 'kind': 'route', 'to': 'b'}"),
    PACK (RULE ("'kind': 'route', 'to': 'a'") ", {'id': 'q', " RULE_HEAD ", 'kind': 'route', 'to': 'a'}"),
    /* Axes with the names of fields. */
    PACK (RULE ("'kind': 'gate', 'when': {'payers': 'x'}")),
    PACK (RULE ("'kind': 'gate', 'when': {'payer': 'cash', 'index': 'x'}")),
    PACK (RULE ("'kind': 'gate', 'when': {'amount': 'x'}")),
    /* Nobody waits who comes back within the grace, or nobody waits at all; what a table says is not known here. */
    COVERAGE ("'grace': 2, 'waiting_free': 2, 'waiting': 6"),
    COVERAGE ("'grace': 3, 'waiting': 0"),
    COVERAGE ("'grace': 3, 'initial_waiting': 6"),
    COVERAGE ("'grace': {'by': 'age', 'of': {'0-200': '3'}}, 'waiting': 6"),
    DEDUCTIBLE ("{'by': 'age', 'of': {'<70': '1', '70+': '2'}}"),
    DEDUCTIBLE ("{'by': 'age', 'of': {'0..3000': '1', '>=3000': '2'}}"),
    DEDUCTIBLE ("{'by': 'chosen', 'of': {'true': '1', 'false': '2'}}"),
    HEAD "'indexes': {'w': [{'from': '2024-01-01', 'value': '1'}, {'from': '2025-01-01', 'value': '2'}]}, 'rules': [" RULE (
        "'kind': 'gate'") "]}",
    /* A source that only an index cites. */
    "{'pack': 'p', 'title': {'zh': '包', 'en': 'Pack'}, 'sources': [{'id': 's', 'title': {'zh': '通知', 'en': 'Notice'}}, {'id': 't', "
    "'title': {'zh': '公报', 'en': 'Gazette'}}], 'indexes': {'w': [{'from': '2024-01-01', 'value': '1', 'source': 't'}]}, 'rules': [" RULE (
        "'kind': 'gate'") "]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (clean); i++)
    {
      g_autoptr (GPtrArray) found = lint (clean[i]);

      for (guint j = 0; j < found->len; j++)
        {
          g_autofree char *text = zifu_remark_format (g_ptr_array_index (found, j));

          g_test_message ("%u: %s", i, text);
        }
      g_assert_cmpuint (found->len, ==, 0);
    }
}

/* What only a file with a name, or a pack with a parent, can get wrong. */
static void
test_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("zifu-lint-XXXXXX", NULL);
  g_autofree char *parent = g_build_filename (folder, "q.json", NULL);
  g_autofree char *path = g_build_filename (folder, "other.json", NULL);
  g_autofree char *parent_text = g_strdelimit (g_strdup ("{'pack': 'q', 'sources': [{'id': 's', 'title': 'N'}], 'rules': []}"), "'", '"');
  g_autofree char *text = g_strdelimit (g_strdup (HEAD "'extends': 'q', 'rules': [" RULE ("'kind': 'gate'") "]}"), "'", '"');
  g_autoptr (ZifuPackLibrary) library = zifu_pack_library_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_true (g_file_set_contents (parent, parent_text, -1, NULL) && g_file_set_contents (path, text, -1, NULL));
  zifu_pack_library_add_folder (library, folder, FALSE);
  found = zifu_lint_file (library, path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  first = zifu_remark_format (g_ptr_array_index (found, 0));
  second = zifu_remark_format (g_ptr_array_index (found, 1));
  g_assert_nonnull (strstr (first, "#/sources/0: the source 's' replaces an inherited one"));
  g_assert_nonnull (strstr (second, "#/pack: the file is called 'other', the pack 'p'"));

  g_unlink (path);
  g_assert_null (zifu_lint_file (library, path, &error));
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_NOT_FOUND);
  g_unlink (parent);
  g_rmdir (folder);
}

/* One mistake does not hide the others. */
static void
test_all_mistakes (void)
{
  g_autoptr (GPtrArray) found = lint ("{'pack': 'p', 'title': 3, 'axes': {'x': 1}, 'rules': [{'id': 'a'}, {'id': 'b', 'kind': 'gate'}, "
                                      "{'id': 'c', 'kind': 'gate', 'valid_from': '2020-01-01'}, 7]}");

  g_assert_cmpuint (found->len, ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (remarks); i++)
    {
      g_autofree char *path = g_strdup_printf ("/lint/remark/%s", remarks[i].name);

      g_test_add_data_func (path, &remarks[i], test_remark);
    }
  g_test_add_func ("/lint/circle", test_circle);
  g_test_add_func ("/lint/clean", test_clean);
  g_test_add_func ("/lint/file", test_file);
  g_test_add_func ("/lint/all-mistakes", test_all_mistakes);
  return g_test_run ();
}
