/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The loader of packs: what it reads, what it refuses, and that it says where. */

#include <glib/gstdio.h>

#include "refusals.h"

#define RULE(fields) "{'pack': 'p', 'rules': [{'id': 'r', 'valid_from': '2020-01-01', " fields "}]}"
#define SHARE(bands) RULE ("'kind': 'share', 'bands': " bands)

static const Refusal pack_refusals[] = {
  { "not-an-object", "[]", ZIFU_ERROR_SCHEMA, "p.json", "an object" },
  { "no-id", "{'rules': []}", ZIFU_ERROR_SCHEMA, "p.json", "field 'pack' is missing" },
  { "no-rules", "{'pack': 'p'}", ZIFU_ERROR_SCHEMA, "p.json", "field 'rules' is missing" },
  { "unknown-field", "{'pack': 'p', 'rules': [], 'rule': 1}", ZIFU_ERROR_SCHEMA, "p.json#/rule", "unknown field 'rule'" },
  { "rules-no-list", "{'pack': 'p', 'rules': {}}", ZIFU_ERROR_SCHEMA, "p.json#/rules", "a list" },
  { "unknown-parent", "{'pack': 'p', 'extends': 'q', 'rules': []}", ZIFU_ERROR_NOT_FOUND, "p.json#/extends", "no pack 'q'" },
  { "parent-outside", "{'pack': 'p', 'extends': '../q', 'rules': []}", ZIFU_ERROR_NOT_FOUND, "p.json#/extends", "cannot be the id" },
  { "year-start", "{'pack': 'p', 'year_start': '02-30', 'rules': []}", ZIFU_ERROR_INPUT, "p.json#/year_start", "02-30" },
  { "source-without-title", "{'pack': 'p', 'sources': [{'id': 's'}], 'rules': []}", ZIFU_ERROR_SCHEMA, "p.json#/sources/0",
    "'title' is missing" },
  { "index-value", "{'pack': 'p', 'indexes': {'w': [{'from': '2020-01-01', 'value': '1,0'}]}, 'rules': []}", ZIFU_ERROR_INPUT,
    "p.json#/indexes/w/0/value", "not an exact number" },
  { "counter-reset", "{'pack': 'p', 'counters': {'c': {'reset': 'week'}}, 'rules': []}", ZIFU_ERROR_SCHEMA, "p.json#/counters/c/reset",
    "year, month, never" },
  { "counter-days", "{'pack': 'p', 'counters': {'c': {'reset': {'days': 0}}}, 'rules': []}", ZIFU_ERROR_INPUT,
    "p.json#/counters/c/reset/days", "days" },
  { "axis-empty", "{'pack': 'p', 'axes': {'class': []}, 'rules': []}", ZIFU_ERROR_SCHEMA, "p.json#/axes/class", "without members" },
  { "two-rules",
    "{'pack': 'p', 'rules': [{'id': 'r', 'kind': 'gate', 'valid_from': '2020-01-01'}, {'id': 'r', 'kind': 'gate', "
    "'valid_from': '2020-01-01'}]}",
    ZIFU_ERROR_POLICY, "p.json#/rules/1", "two rules with this id" },
  { "no-kind", RULE ("'to': 'x'"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0", "field 'kind' is missing" },
  { "unknown-kind", RULE ("'kind': 'shares'"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0/kind", "unknown kind 'shares'" },
  { "rule-unknown-field", RULE ("'kind': 'gate', 'founds': '0'"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0/founds", "unknown field 'founds'" },
  { "rule-missing-field", RULE ("'kind': 'route'"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0", "field 'to' is missing" },
  { "rule-of-another-kind", RULE ("'kind': 'route', 'to': 'a', 'bands': []"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0/bands", "unknown field" },
  { "rule-id", "{'pack': 'p', 'rules': [{'id': 'a b', 'kind': 'gate', 'valid_from': '2020-01-01'}]}", ZIFU_ERROR_SCHEMA,
    "p.json#/rules/0/id", "cannot be an id" },
  { "rule-date", "{'pack': 'p', 'rules': [{'id': 'r', 'kind': 'gate', 'valid_from': '2021-02-29'}]}", ZIFU_ERROR_INPUT,
    "p.json#/rules/0/valid_from", "not a date" },
  { "no-bands", SHARE ("[]"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0/bands", "no bands" },
  { "band-without-end", SHARE ("[{'pay': []}]"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0/bands/0", "field 'upto' is missing" },
  { "band-field", SHARE ("[{'upto': null, 'pay': [{'payer': 'hifp', 'ratios': '1'}]}]"), ZIFU_ERROR_SCHEMA,
    "p.json#/rules/0/bands/0/pay/0/ratios", "unknown field 'ratios'" },
  { "band-ratio", SHARE ("[{'upto': null, 'pay': [{'payer': 'hifp', 'ratio': '85%'}]}]"), ZIFU_ERROR_INPUT,
    "p.json#/rules/0/bands/0/pay/0/ratio", "not an exact number" },
  { "seven-decimals", SHARE ("[{'upto': null, 'pay': [{'payer': 'hifp', 'ratio': '0.1234567'}]}]"), ZIFU_ERROR_INPUT,
    "p.json#/rules/0/bands/0/pay/0/ratio", "not an exact number" },
  { "division-by-zero", SHARE ("[{'upto': null, 'pay': [{'payer': 'hifp', 'ratio': '1/0'}]}]"), ZIFU_ERROR_INPUT,
    "p.json#/rules/0/bands/0/pay/0/ratio", "not an exact number" },
  { "unknown-expression", RULE ("'kind': 'tally', 'counter': 'c', 'add': {'plus': [1]}"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0/add",
    "unknown expression" },
  { "two-forms", RULE ("'kind': 'tally', 'counter': 'c', 'add': {'axis': 'days', 'sum': [1]}"), ZIFU_ERROR_SCHEMA,
    "p.json#/rules/0/add/sum", "unknown field 'sum'" },
  { "unknown-result", RULE ("'kind': 'tally', 'counter': 'c', 'add': {'result': 'all'}"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0/add/result",
    "'all' cannot stand here" },
  { "table-empty", RULE ("'kind': 'deductible', 'amount': {'by': 'class', 'of': {}}"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0/amount/of",
    "without entries" },
  { "table-deep", RULE ("'kind': 'deductible', 'amount': {'by': 'class', 'of': {'3': {'min': [1, true]}}}"), ZIFU_ERROR_SCHEMA,
    "p.json#/rules/0/amount/of/3/min/1", "not an exact number" },
  { "between", RULE ("'kind': 'deductible', 'amount': {'unknown': 'x', 'between': ['1']}"), ZIFU_ERROR_SCHEMA,
    "p.json#/rules/0/amount/between", "two figures" },
  { "rounding", RULE ("'kind': 'credit', 'slot': 'own', 'amount': '1', 'round': 'cent'"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0/round",
    "unknown rounding mode 'cent'" },
  { "condition-empty", RULE ("'kind': 'gate', 'when': {'class': {}}"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0/when/class", "states nothing" },
  { "condition-unknown", RULE ("'kind': 'gate', 'when': {'age': {'minimum': 3}}"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0/when/age/minimum",
    "unknown field 'minimum'" },
  { "condition-null", RULE ("'kind': 'gate', 'when': {'class': null}"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0/when/class", "true or false" },
  { "condition-not", RULE ("'kind': 'gate', 'when': {'class': {'not': []}}"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0/when/class/not",
    "without members" },
  { "fixed-form", RULE ("'kind': 'fixed', 'per': 'line', 'pay': [{'payer': 'hifp'}]"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0/pay/0",
    "one of amount" },
  { "fixed-two-forms", RULE ("'kind': 'fixed', 'per': 'line', 'pay': [{'payer': 'hifp', 'amount': '1', 'ratio': '1'}]"), ZIFU_ERROR_SCHEMA,
    "p.json#/rules/0/pay/0/ratio", "unknown field 'ratio'" },
  { "fixed-rest", RULE ("'kind': 'fixed', 'per': 'line', 'rest': 'mine', 'pay': [{'payer': 'hifp', 'amount': '1'}]"), ZIFU_ERROR_SCHEMA,
    "p.json#/rules/0/rest", "unknown part 'mine'" },
  { "layer-input", RULE ("'kind': 'layer', 'layer': 'x', 'seq': 1, 'input': ['personal', 'copay']"), ZIFU_ERROR_SCHEMA,
    "p.json#/rules/0/input/1", "'copay' is named twice" },
  { "layer-seq", RULE ("'kind': 'layer', 'layer': 'x', 'seq': '1', 'input': ['personal']"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0/seq",
    "a whole number" },
  { "account-personal", RULE ("'kind': 'account', 'pays': ['personal']"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0/pays/0", "unknown part" },
  { "adjust-op", RULE ("'kind': 'adjust', 'slot': 's', 'op': 'add', 'value': '1'"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0/op",
    "plus, times" },
  { "title", RULE ("'kind': 'gate', 'title': {'de': 'x'}"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0/title/de", "unknown field 'de'" },
  { "citation", RULE ("'kind': 'gate', 'sources': [{'clause': '3'}]"), ZIFU_ERROR_SCHEMA, "p.json#/rules/0/sources/0",
    "field 'id' is missing" },
};

static void
test_pack_refused (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autofree char *text = quote (refusal->text);
  g_autoptr (ZifuPackLibrary) library = zifu_pack_library_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = zifu_json_read_text (text, -1, "p.json", &error);
  g_autoptr (ZifuPack) pack = NULL;

  g_assert_no_error (error);
  pack = zifu_pack_library_load_inline (library, node, "p.json", "", &error);
  g_assert_null (pack);
  assert_message (error, refusal->code, refusal->where, refusal->part);
}

typedef struct
{
  char *folder;
  ZifuPackLibrary *library;
} Fixture;

static void
write_pack (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *quoted = quote (text);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, quoted, -1, NULL));
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->folder = g_dir_make_tmp ("zifu-policy-XXXXXX", NULL);
  fixture->library = zifu_pack_library_new ();
  zifu_pack_library_add_folder (fixture->library, fixture->folder, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  zifu_pack_library_unref (fixture->library);
}

static const char parent_text[] =
    "{'pack': 'parent', 'title': {'zh': '父', 'en': 'Parent'}, 'year_start': '07-01',"
    " 'sources': [{'id': 's', 'title': '通知', 'url': 'https://www.gov.cn/a.htm'}, {'id': 't', 'title': 'T', 'url': "
    "'https://gov.cn.example.com/'}],"
    " 'indexes': {'wage': [{'from': '2024-01-01', 'value': '100.00'}, {'from': '2025-01-01', 'value': '110.00'}], 'other': []},"
    " 'counters': {'stays': {'reset': 'never'}, 'sd:{disease}': {'reset': {'days': 360}, 'year_start': '03-15'}},"
    " 'axes': {'class': ['1', '2', '3']},"
    " 'rules': [{'id': 'a', 'kind': 'gate', 'valid_from': '2020-01-01', 'account': false, 'fund': '0', 'sources': ['s', {'id': 't', "
    "'clause': '3'}]},"
    "  {'id': 'b', 'kind': 'gate', 'valid_from': '2020-01-01', 'sources': ['u']}]}";

static const char child_text[] =
    "{'pack': 'child', 'title': 'Child', 'extends': 'parent', 'drops': ['b'], 'indexes': {'wage': [{'from': '2025-01-01', 'value': "
    "'120'}]},"
    " 'counters': {'stays': {}}, 'axes': {'class': ['1', true, 3]},"
    " 'rules': [{'id': 'c', 'kind': 'cap', 'valid_from': '2020-01-01', 'valid_to': null, 'confirmed_to': '2026-12-31', 'confidence': '2S',"
    "   'measure': 'fund_paid', 'counter': 'fund', 'amount': null, 'payers': ['hifp'], 'benefit': ['in', 'out'],"
    "   'when': {'age': {'min': 70}, 'class': ['2', '3']}, 'title': {'zh': '封顶', 'en': 'Cap'}, 'note': '', 'clause': '12'},"
    "  {'id': 'd', 'kind': 'account', 'valid_from': '2020-01-01', 'order': 'before_deductible', 'pays': [], 'purses': []},"
    "  {'id': 'e', 'kind': 'cap', 'valid_from': '2020-01-01', 'measure': 'fund_paid', 'amount': null, 'payers': ['hifp'], 'counter': "
    "'fund'}]}";

static void
test_pack_chain (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuPack) pack = NULL;
  ZifuRational value;
  const ZifuRule *rule;
  const ZifuCounterDecl *counter;
  ZifuDate on = zifu_date_new (2026, 1, 1);

  write_pack (fixture, "parent.json", parent_text);
  write_pack (fixture, "child.json", child_text);
  pack = zifu_pack_library_load (fixture->library, "child", &error);
  g_assert_no_error (error);
  g_assert_true (pack->user_installed);
  g_assert_cmpstr (pack->title.en, ==, "Child");
  g_assert_null (pack->title.zh);
  g_assert_cmpuint (pack->chain->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (pack->chain, 0), ==, "parent");
  g_assert_cmpint (pack->year_start_month, ==, 7);

  /* What the child names again is replaced, the rest is inherited, what it drops is gone. */
  g_assert_true (zifu_pack_get_index (pack, "wage", on, &value));
  g_assert_true (zifu_rational_equal (value, zifu_rational_from_int (120)));
  g_assert_false (zifu_pack_get_index (pack, "wage", zifu_date_new (2024, 6, 1), &value));
  g_assert_cmpint (zifu_pack_get_counter (pack, "stays")->reset, ==, ZIFU_RESET_YEAR);
  counter = zifu_pack_get_counter (pack, "sd:dialysis");
  g_assert_cmpuint (counter->days, ==, 360);
  g_assert_cmpint (counter->start_day, ==, 15);
  g_assert_cmpuint (zifu_pack_get_axis (pack, "class")->values->len, ==, 3);
  g_assert_null (zifu_pack_get_rule (pack, "b"));

  rule = zifu_pack_get_rule (pack, "a");
  g_assert_cmpuint (rule->depth, ==, 0);
  g_assert_cmpstr (rule->pack_id, ==, "parent");
  g_assert_true (rule->u.gate.account_closed);
  g_assert_cmpstr (rule->slot, ==, "a");
  g_assert_true (g_array_index (rule->citations, ZifuCitation, 0).source->official);
  g_assert_false (g_array_index (rule->citations, ZifuCitation, 1).source->official);
  g_assert_cmpstr (g_array_index (rule->citations, ZifuCitation, 1).clause, ==, "3");

  rule = zifu_pack_get_rule (pack, "c");
  g_assert_cmpuint (rule->depth, ==, 1);
  g_assert_cmpstr (rule->pointer, ==, "/rules/0");
  g_assert_cmpstr (rule->slot, ==, "fund");
  g_assert_cmpstr (rule->layer, ==, "base");
  g_assert_cmpint (rule->valid_to, ==, 0);
  g_assert_cmpint (rule->value->kind, ==, ZIFU_EXPR_NULL);
  g_assert_cmpuint (rule->when->len, ==, 2);
  g_assert_cmpuint (rule->benefits->len, ==, 2);
  g_assert_cmpint (rule->confidence, ==, ZIFU_CONFIDENCE_VERIFIED);
  g_assert_cmpstr (rule->title.zh, ==, "封顶");

  /* Equal content is equal text, in whatever order it was written and whatever the headers say. */
  g_assert_cmpstr (rule->payload, ==, zifu_pack_get_rule (pack, "e")->payload);
  g_assert_cmpstr (rule->payload, ==,
                   "{\"amount\":null,\"counter\":\"fund\",\"kind\":\"cap\",\"measure\":\"fund_paid\",\"payers\":[\"hifp\"]}");

  /* An empty list is a statement, not an omission. */
  rule = zifu_pack_get_rule (pack, "d");
  g_assert_true (rule->u.account.has_pays);
  g_assert_cmpuint (rule->u.account.pays.n, ==, 0);
  g_assert_false (rule->u.account.has_mutual_pays);
  g_assert_nonnull (rule->u.account.purses);
  g_assert_null (rule->u.account.purses[0]);
  g_assert_cmpstr (rule->u.account.first_purses[0], ==, "current");
}

static void
test_pack_circle (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  write_pack (fixture, "a.json", "{'pack': 'a', 'extends': 'b', 'rules': []}");
  write_pack (fixture, "b.json", "{'pack': 'b', 'extends': 'a', 'rules': []}");
  g_assert_null (zifu_pack_library_load (fixture->library, "a", &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "a.json#/extends: pack 'a' extends itself"));
}

static void
test_pack_names (Fixture *fixture, gconstpointer unused)
{
  static const char *const ids[] = { "", ".", "..", "../a", "a/b", "/etc/passwd", ".hidden", "nothing" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (zifu_pack_library_load (fixture->library, ids[i], &error));
      g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_NOT_FOUND);
    }
}

static void
test_pack_list (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  const ZifuPackInfo *info;

  write_pack (fixture, "parent.json", parent_text);
  write_pack (fixture, "child.json", child_text);
  write_pack (fixture, "broken.json", "{'pack': 'broken'");
  write_pack (fixture, "notes.txt", "no pack");
  list = zifu_pack_library_list (fixture->library, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 3);
  info = g_ptr_array_index (list, 0);
  g_assert_cmpstr (info->id, ==, "broken");
  g_assert_error (info->problem, ZIFU_ERROR, ZIFU_ERROR_SYNTAX);
  info = g_ptr_array_index (list, 1);
  g_assert_cmpstr (info->id, ==, "child");
  g_assert_false (info->base);
  g_assert_true (info->user_installed);
  info = g_ptr_array_index (list, 2);
  g_assert_cmpstr (info->title.zh, ==, "父");
  g_assert_true (info->base);
}

/* A file that does not exist, a folder, a file that is too deep: a message with its name, never a crash. */
static void
test_pack_files (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.json", NULL);

  g_assert_null (zifu_pack_library_load_file (fixture->library, missing, &error));
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, missing));
  g_clear_error (&error);
  g_assert_null (zifu_pack_library_load_file (fixture->library, fixture->folder, &error));
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_FILE);
  g_clear_error (&error);
  g_assert_null (zifu_json_read_file ("/dev/zero", &error));
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_FILE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_refusals ("policy/refused", pack_refusals, G_N_ELEMENTS (pack_refusals), test_pack_refused);
  g_test_add ("/policy/chain", Fixture, NULL, set_up, test_pack_chain, tear_down);
  g_test_add ("/policy/circle", Fixture, NULL, set_up, test_pack_circle, tear_down);
  g_test_add ("/policy/names", Fixture, NULL, set_up, test_pack_names, tear_down);
  g_test_add ("/policy/list", Fixture, NULL, set_up, test_pack_list, tear_down);
  g_test_add ("/policy/files", Fixture, NULL, set_up, test_pack_files, tear_down);
  return g_test_run ();
}
