/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>

#include "zifu-provider-list.h"

/* R40: providers to choose from.  Files that anybody may have put there: each good one is offered, no bad one is, and none hides
 * another. */

#define GOOD "{\"name\": {\"zh\": \"某市医保局\", \"en\": \"Bureau of a city\"}, \"address\": \"https://yibao.example.cn/\""

static void
test_parse (void)
{
  static const char text[] = GOOD ", \"about\": {\"zh\": \"市医保局自己的平台\"}, \"region\": \"310000\","
                                  " \"source\": \"https://ybj.example.cn/notice?id=7\"}";
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuProvider) provider = zifu_provider_parse (text, strlen (text), "a.json", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (provider->name.zh, ==, "某市医保局");
  g_assert_cmpstr (provider->name.en, ==, "Bureau of a city");
  g_assert_cmpstr (provider->about.zh, ==, "市医保局自己的平台");
  g_assert_null (provider->about.en);
  g_assert_cmpstr (provider->address, ==, "https://yibao.example.cn");
  g_assert_cmpstr (provider->region, ==, "310000");
  g_assert_cmpstr (provider->source, ==, "https://ybj.example.cn/notice?id=7");
  g_assert_cmpstr (provider->path, ==, "a.json");
}

/* Each is refused with the file and the field. */
static void
test_refused (void)
{
#define NAME "\"name\": {\"zh\": \"局\", \"en\": \"B\"}"
#define ADDRESS "\"address\": \"https://a.example.cn\""
  static const struct {
    const char *text, *where;
  } cases[] = {
    { "", "a.json" },
    { "[]", "a.json" },
    { "{" NAME, "a.json" },
    { "{" NAME "}", "field 'address' is missing" },
    { "{" ADDRESS "}", "field 'name' is missing" },
    { "{" NAME ", " ADDRESS ", \"adress\": 1}", "unknown field 'adress'" },
    { "{\"name\": \"局\", " ADDRESS "}", "a.json#/name: " },
    { "{\"name\": {\"zh\": \"局\"}, " ADDRESS "}", "a.json#/name: field 'en' is missing" },
    { "{\"name\": {\"zh\": \" \", \"en\": \"B\"}, " ADDRESS "}", "a.json#/name/zh: an empty text cannot stand here" },
    { "{\"name\": {\"zh\": \"局\", \"en\": \"\"}, " ADDRESS "}", "a.json#/name/en: an empty text cannot stand here" },
    { "{\"name\": {\"zh\": \"局\", \"en\": \"A\\nB\"}, " ADDRESS "}", "a.json#/name/en: holds a character that is not shown" },
    { "{\"name\": {\"zh\": \"局\", \"en\": \"A\\u202eB\"}, " ADDRESS "}", "a.json#/name/en: holds a character that is not shown" },
    { "{\"name\": {\"zh\": \"局\", \"en\": 1}, " ADDRESS "}", "a.json#/name/en: " },
    { "{" NAME ", \"address\": 1}", "a.json#/address: " },
    { "{" NAME ", \"address\": \"http://a.example.cn\"}", "a.json#/address: must be an address that begins with https://" },
    { "{" NAME ", \"address\": \"a.example.cn\"}", "a.json#/address: must be" },
    { "{" NAME ", \"address\": \"https://user@a.example.cn\"}", "a.json#/address: must be" },
    { "{" NAME ", \"address\": \"https://a.example.cn/?a=1\"}", "a.json#/address: must be" },
    { "{" NAME ", \"address\": \"///\"}", "a.json#/address: must be" },
    { "{" NAME ", \"address\": \"https://evil.cn/\u202enc.elpmaxe\"}", "a.json#/address: must be" },
    { "{" NAME ", " ADDRESS ", \"about\": {\"en\": \"A\\tB\"}}", "a.json#/about/en: holds a character" },
    { "{" NAME ", " ADDRESS ", \"region\": \"31\"}", "a.json#/region: must be the six digits" },
    { "{" NAME ", " ADDRESS ", \"region\": 310000}", "a.json#/region: " },
    { "{" NAME ", " ADDRESS ", \"source\": \"http://127.0.0.1\"}", "a.json#/source: must be" },
    { "{" NAME ", " ADDRESS ", \"source\": \"javascript:1\"}", "a.json#/source: must be" },
    { "{" NAME ", " ADDRESS ", " ADDRESS "}", "a.json" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuProvider) provider = zifu_provider_parse (cases[i].text, strlen (cases[i].text), "a.json", &error);

      if (provider != NULL || error == NULL || strstr (error->message, cases[i].where) == NULL)
        g_error ("%s: %s", cases[i].text, error != NULL ? error->message : "taken");
      g_assert_nonnull (strstr (error->message, "a.json"));
    }
}

/* The longest text that is taken, and one more. */
static void
test_longest (void)
{
  for (guint n = 80; n <= 81; n++)
    {
      g_autofree char *name = g_strnfill (n, 'x');
      g_autofree char *text = g_strdup_printf ("{\"name\": {\"zh\": \"局\", \"en\": \"%s\"}, \"address\": \"https://a.cn\"}", name);
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuProvider) provider = zifu_provider_parse (text, strlen (text), "a.json", &error);

      g_assert_true ((provider != NULL) == (n == 80));
    }
}

static void
put (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
empty (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Folders in their order: of two entries with one address the first one counts; what is no entry is named, and the others are there. */
static void
test_folders (void)
{
  g_autofree char *own = g_dir_make_tmp ("zifu-providers-XXXXXX", NULL), *shared = g_dir_make_tmp ("zifu-providers-XXXXXX", NULL);
  g_autofree char *pipe = g_build_filename (shared, "pipe.json", NULL), *large = g_strnfill (70000, ' ');
  const char *const folders[] = { own, "/nonexistent/zifu/providers", shared, NULL };
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free), providers = NULL;

  put (own, "b.json", "{\"name\": {\"zh\": \"乙\", \"en\": \"Mine\"}, \"address\": \"https://yibao.example.cn\"}");
  put (own, "notes.txt", "not read");
  put (own, ".hidden.json", "not read");
  put (shared, "a.json", GOOD "}");
  put (shared, "bad.json", "{\"name\": 1}");
  put (shared, "large.json", large);
  put (shared, "c.json", "{\"name\": {\"zh\": \"甲\", \"en\": \"Employer\"}, \"address\": \"https://work.example.cn\"}");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  providers = zifu_provider_list_read (folders, problems);
  g_assert_cmpuint (providers->len, ==, 2);
  g_assert_cmpstr (((ZifuProvider *) g_ptr_array_index (providers, 0))->name.en, ==, "Employer");
  g_assert_cmpstr (((ZifuProvider *) g_ptr_array_index (providers, 1))->name.en, ==, "Mine");
  g_assert_cmpuint (problems->len, ==, 3);
  g_assert_nonnull (strstr (g_ptr_array_index (problems, 0), "bad.json"));
  g_assert_nonnull (strstr (g_ptr_array_index (problems, 1), "large.json"));
  g_assert_nonnull (strstr (g_ptr_array_index (problems, 1), "is larger than 64 kB"));
  g_assert_nonnull (strstr (g_ptr_array_index (problems, 2), "pipe.json"));
  g_assert_nonnull (strstr (g_ptr_array_index (problems, 2), "is not a plain file"));
  empty (own);
  empty (shared);
}

/* The user's folder comes before those of the system. */
static void
test_default (void)
{
  g_auto (GStrv) folders = zifu_provider_list_folders ();
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "zifu", "providers", NULL);

  g_assert_cmpstr (folders[0], ==, own);
  g_assert_true (g_strv_contains ((const char *const *) folders, "/tmp/zifu-of-the-system/zifu/providers"));
}

int
main (int argc, char **argv)
{
  g_setenv ("XDG_DATA_DIRS", "/tmp/zifu-of-the-system:/usr/share", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/provider-list/R40/parse", test_parse);
  g_test_add_func ("/provider-list/R40/refused", test_refused);
  g_test_add_func ("/provider-list/R40/longest", test_longest);
  g_test_add_func ("/provider-list/R40/folders", test_folders);
  g_test_add_func ("/provider-list/R40/default", test_default);

  return g_test_run ();
}
