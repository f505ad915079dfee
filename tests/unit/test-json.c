/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The strict reader: what is JSON, what is not, and where. */

#include "refusals.h"
#include "zifu-case-file.h"
#include "zifu-json-pen.h"
#include "zifu-result-json.h"

static const Refusal json_refusals[] = {
  { "empty", "", ZIFU_ERROR_FILE, "f.json", "empty" },
  { "blank", " \n\t ", ZIFU_ERROR_FILE, "f.json", "empty" },
  { "only-a-mark", "\xef\xbb\xbf", ZIFU_ERROR_FILE, "f.json", "empty" },
  { "not-utf8", "{'a': '\xff'}", ZIFU_ERROR_FILE, "f.json", "UTF-8" },
  { "point", "{'a': [1, 2.5]}", ZIFU_ERROR_SYNTAX, "f.json#/a/1", "not an exact number: 2.5" },
  { "exponent", "{'a': 1e3}", ZIFU_ERROR_SYNTAX, "f.json#/a", "not an exact number: 1e3" },
  { "too-many-digits", "[10000000000000000000]", ZIFU_ERROR_OVERFLOW, "f.json#/0", "too many digits" },
  { "below-int64", "[-9223372036854775809]", ZIFU_ERROR_OVERFLOW, "f.json#/0", "too many digits" },
  { "leading-zero", "[012]", ZIFU_ERROR_SYNTAX, "f.json#/0", "line 1, column 2" },
  { "hexadecimal", "[0x10]", ZIFU_ERROR_SYNTAX, "f.json", "line 1, column 3" },
  { "plus", "[+1]", ZIFU_ERROR_SYNTAX, "f.json#/0", "not JSON" },
  { "only-a-sign", "[-]", ZIFU_ERROR_SYNTAX, "f.json#/0", "not JSON" },
  { "comment", "{ /* a */ }", ZIFU_ERROR_SYNTAX, "f.json", "line 1, column 3" },
  { "trailing-comma", "[1,]", ZIFU_ERROR_SYNTAX, "f.json#/1", "line 1, column 4" },
  { "no-colon", "{'a' 1}", ZIFU_ERROR_SYNTAX, "f.json#/a", "line 1, column 6" },
  { "twice", "{'a': {'b': 1, 'b': 2}}", ZIFU_ERROR_SYNTAX, "f.json#/a/b", "field 'b' appears twice" },
  { "twice-and-wrong", "{'a': 1, 'a': [2.5]}", ZIFU_ERROR_SYNTAX, "f.json#/a", "field 'a' appears twice" },
  { "twice-and-no-colon", "{'a': 1, 'a'}", ZIFU_ERROR_SYNTAX, "f.json#/a", "field 'a' appears twice" },
  { "not-utf8-later", "{'abcdefghijk': '\xff'}", ZIFU_ERROR_FILE, "f.json", "UTF-8 text (byte 18)" },
  { "unfinished", "{'a': [1", ZIFU_ERROR_SYNTAX, "f.json#/a", "ends too early" },
  { "unfinished-text", "['abc", ZIFU_ERROR_SYNTAX, "f.json#/0", "ends too early" },
  { "line-break-in-text", "['a\nb']", ZIFU_ERROR_SYNTAX, "f.json#/0", "line 1, column 4" },
  { "unknown-escape", "['a\\x']", ZIFU_ERROR_SYNTAX, "f.json#/0", "not JSON" },
  { "half-a-surrogate", "['\\ud83d']", ZIFU_ERROR_SYNTAX, "f.json#/0", "not JSON" },
  { "nul-in-text", "['\\u0000']", ZIFU_ERROR_SYNTAX, "f.json#/0", "not JSON" },
  { "more-text", "{} {}", ZIFU_ERROR_SYNTAX, "f.json", "more text" },
  { "word", "{'a': nul}", ZIFU_ERROR_SYNTAX, "f.json#/a", "not JSON" },
  { "second-line", "{\n'a': 1,\n}", ZIFU_ERROR_SYNTAX, "f.json", "line 3, column 1" },
};

static void
test_json_refused (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autofree char *text = quote (refusal->text);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = zifu_json_read_text (text, -1, "f.json", &error);

  g_assert_null (node);
  assert_message (error, refusal->code, refusal->where, refusal->part);
}

static void
test_json_nesting (void)
{
  static const guint depths[] = { ZIFU_JSON_MAX_DEPTH + 1, 200000 };

  for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;

      for (guint j = 0; j < depths[i]; j++)
        g_string_append_c (text, '[');
      g_assert_null (zifu_json_read_text (text->str, (gssize) text->len, "f.json", &error));
      assert_message (error, ZIFU_ERROR_SYNTAX, "f.json", "nested too deeply");
    }
}

static void
test_json_too_large (void)
{
  gsize length = (gsize) ZIFU_JSON_MAX_BYTES + 1;
  g_autofree char *text = g_malloc (length + 1);
  g_autoptr (GError) error = NULL;

  memset (text, ' ', length);
  text[length] = '\0';
  g_assert_null (zifu_json_read_text (text, -1, "f.json", &error));
  assert_message (error, ZIFU_ERROR_FILE, "f.json", "larger than 64 MB");
  g_clear_error (&error);

  /* One byte less is read: there is nothing in it. */
  g_assert_null (zifu_json_read_text (text, (gssize) length - 1, "f.json", &error));
  assert_message (error, ZIFU_ERROR_FILE, "f.json", "the file is empty");
}

static void
test_json_accepted (void)
{
  g_autofree char *text =
      quote ("\xef\xbb\xbf {'b': [1, -2, 9223372036854775807, true, false, null], 'a': '\\u4f60\\ud83d\\ude00\\n\\/\\'', '': {}}");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = zifu_json_read_text (text, -1, "f.json", &error);
  g_autofree char *line = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *pretty = NULL;

  g_assert_no_error (error);
  line = zifu_json_write (node, ZIFU_JSON_LINE);
  g_assert_cmpstr (line, ==, "{\"b\": [1, -2, 9223372036854775807, true, false, null], \"a\": \"你😀\\n/\\\"\", \"\": {}}");
  canonical = zifu_json_write (node, ZIFU_JSON_CANONICAL);
  g_assert_cmpstr (canonical, ==, "{\"\":{},\"a\":\"你😀\\n/\\\"\",\"b\":[1,-2,9223372036854775807,true,false,null]}");
  pretty = zifu_json_write (node, ZIFU_JSON_PRETTY);
  g_assert_true (g_str_has_prefix (pretty, "{\n \"b\": [\n  1,\n  -2,"));
}

static char *
draw_text (GRand *rand)
{
  static const char *const pieces[] = { "a", "\"", "\\", "/",    "\n", "\r\t", "\x01", "\x1f", "\x7f",
                                        "你", "医保", "😀", "é", "0.85", " ", "\u2028", "{", "]" };
  GString *text = g_string_new (NULL);

  for (int n = g_rand_int_range (rand, 0, 6); n > 0; n--)
    g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static JsonNode *
draw_node (GRand *rand, int depth)
{
  static const gint64 numbers[] = { 0, 1, -1, 100, G_MAXINT64, G_MININT64 };
  int kind = g_rand_int_range (rand, 0, depth > 0 ? 7 : 5);
  g_autofree char *text = draw_text (rand);
  int n = g_rand_int_range (rand, 0, 5);

  if (kind == 0)
    return json_node_new (JSON_NODE_NULL);
  if (kind == 1)
    return json_node_init_boolean (json_node_alloc (), g_rand_boolean (rand));
  if (kind == 2)
    return json_node_init_int (json_node_alloc (), numbers[g_rand_int_range (rand, 0, G_N_ELEMENTS (numbers))]);
  if (kind < 5)
    return json_node_init_string (json_node_alloc (), text);
  if (kind == 5)
    {
      g_autoptr (JsonArray) array = json_array_new ();

      for (; n > 0; n--)
        json_array_add_element (array, draw_node (rand, depth - 1));
      return json_node_init_array (json_node_alloc (), array);
    }
  else
    {
      g_autoptr (JsonObject) object = json_object_new ();

      for (; n > 0; n--)
        {
          g_autofree char *name = draw_text (rand);

          json_object_set_member (object, name, draw_node (rand, depth - 1));
        }
      return json_node_init_object (json_node_alloc (), object);
    }
}

/* What is written is read again as the same document, however it is laid out. */
static void
test_json_round_trip (void)
{
  static const ZifuJsonStyle styles[] = { ZIFU_JSON_LINE, ZIFU_JSON_PRETTY, ZIFU_JSON_CANONICAL };

  for (guint seed = 1; seed <= (g_test_slow () ? 20000 : 1000); seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (JsonNode) node = draw_node (rand, 5);
      g_autofree char *expected = zifu_json_write (node, ZIFU_JSON_CANONICAL);

      for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
        {
          g_autofree char *text = zifu_json_write (node, styles[i]);
          g_autoptr (GError) error = NULL;
          g_autoptr (JsonNode) read = zifu_json_read_text (text, -1, "f.json", &error);
          g_autofree char *again = NULL;
          g_autofree char *same_style = NULL;

          g_assert_no_error (error);
          g_assert_true (json_node_equal (node, read));
          again = zifu_json_write (read, ZIFU_JSON_CANONICAL);
          same_style = zifu_json_write (read, styles[i]);
          g_assert_cmpstr (again, ==, expected);
          g_assert_cmpstr (same_style, ==, text);
        }
    }
}

/* A byte that needs an escape, or is above ASCII, at each place of texts and names of many lengths. */
static void
test_json_bytes (void)
{
  static const char *const bytes[] = { "\"", "\\", "\n", "\x01", "\x1f", " ", "!", "#", "[", "]", "\x7f", "\xc2\x80", "\xe5\x85\x83" };

  for (guint length = 0; length < 60; length++)
    for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
      {
        guint at = length > 0 ? (i * 7 + length * 5) % length : 0;
        g_autofree char *before = g_strnfill (at, 'a'), *after = g_strnfill (length - at, 'b');
        g_autofree char *word = g_strconcat (before, bytes[i], after, NULL);
        ZifuJsonPen pen = { g_string_new (NULL), FALSE };
        g_autoptr (JsonNode) node = NULL;

        zifu_json_pen_open (&pen, NULL, '{');
        zifu_json_pen_text (&pen, word, word);
        zifu_json_pen_close (&pen, '}');
        node = zifu_json_from_pen (&pen);
        g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), word), ==, word);
      }
}

/* A zero byte is no text wherever it stands. */
static void
test_json_zero_byte (void)
{
  for (guint at = 2; at < 40; at++)
    {
      char text[] = "['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa']";
      g_autoptr (GError) error = NULL;
      g_autofree char *byte = g_strdup_printf ("(byte %u)", at + 1);

      text[1] = text[sizeof text - 3] = '"';
      text[at] = '\0';
      g_assert_null (zifu_json_read_text (text, sizeof text - 1, "f.json", &error));
      assert_message (error, ZIFU_ERROR_FILE, "f.json", byte);
    }
}

static void
test_json_pointer (void)
{
  ZifuPath root = zifu_path_root ("f.json", "/policy");
  ZifuPath rules = zifu_path_member (&root, "a/b~c");
  ZifuPath item = zifu_path_item (&rules, 3);
  g_autofree char *with_file = zifu_path_format (&item, TRUE);
  g_autofree char *without = zifu_path_format (&item, FALSE);

  g_assert_cmpstr (with_file, ==, "f.json#/policy/a~1b~0c/3");
  g_assert_cmpstr (without, ==, "/policy/a~1b~0c/3");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_refusals ("json", json_refusals, G_N_ELEMENTS (json_refusals), test_json_refused);
  g_test_add_func ("/json/nesting", test_json_nesting);
  g_test_add_func ("/json/too-large", test_json_too_large);
  g_test_add_func ("/json/accepted", test_json_accepted);
  g_test_add_func ("/json/round-trip", test_json_round_trip);
  g_test_add_func ("/json/bytes", test_json_bytes);
  g_test_add_func ("/json/zero-byte", test_json_zero_byte);
  g_test_add_func ("/json/pointer", test_json_pointer);
  return g_test_run ();
}
