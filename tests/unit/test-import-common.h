/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests of imports share: files of any bytes, and archives. */

#include <archive.h>
#include <archive_entry.h>

#include "test-ledger-common.h"
#include "zifu-import.h"

static inline char *
get_fixture (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "fixtures", "import", name, NULL);
}

static inline char *
write_bytes (const char *folder, const char *name, const char *bytes, gssize length)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, length, &error);
  g_assert_no_error (error);
  return path;
}

/* A part of an archive: @before (nullable), then @text, @times times; 0 = once. */
typedef struct {
  const char *name;
  const char *text;
  guint       times;
  const char *before;
} Part;

static inline char *
write_archive (const char *folder, const char *name, const Part *parts, guint n)
{
  char *path = g_build_filename (folder, name, NULL);
  struct archive *archive = archive_write_new ();

  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_open_filename (archive, path), ==, ARCHIVE_OK);
  for (guint i = 0; i < n; i++)
    {
      struct archive_entry *entry = archive_entry_new ();
      gsize length = strlen (parts[i].text), before = parts[i].before != NULL ? strlen (parts[i].before) : 0;
      guint times = MAX (parts[i].times, 1);

      archive_entry_set_pathname (entry, parts[i].name);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0600);
      archive_entry_set_size (entry, (la_int64_t) (before + length * times));
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      if (before > 0)
        g_assert_cmpint (archive_write_data (archive, parts[i].before, before), ==, (la_ssize_t) before);
      for (guint k = 0; k < times && length > 0; k++)
        g_assert_cmpint (archive_write_data (archive, parts[i].text, length), ==, (la_ssize_t) length);
      archive_entry_free (entry);
    }
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
  return path;
}

#define BOOK "<workbook xmlns='m' xmlns:r='r'><sheets><sheet name='One' sheetId='1' r:id='rId1'/></sheets></workbook>"
#define RELATIONS \
  "<Relationships xmlns='p'><Relationship Id='rId1' Type='http://x/relationships/worksheet'" \
  " Target='worksheets/sheet1.xml'/></Relationships>"

/* A workbook with one sheet. */
static inline char *
write_workbook (const char *folder, const char *sheet)
{
  const Part parts[] = { { "xl/workbook.xml", BOOK }, { "xl/_rels/workbook.xml.rels", RELATIONS }, { "xl/worksheets/sheet1.xml", sheet } };

  return write_archive (folder, "book.xlsx", parts, G_N_ELEMENTS (parts));
}

typedef struct {
  char *folder;
} Folder;

static inline void
folder_set_up (Folder *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("zifu-import-XXXXXX", &error);
  g_assert_no_error (error);
}

static inline void
folder_tear_down (Folder *fixture, gconstpointer data)
{
  remove_tree (fixture->folder);
  g_free (fixture->folder);
}

/* All rows, one a line: the number of the line, the cells with | between them, and where bytes are no text. */
static inline char *
read_all (ZifuTable *table, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const ZifuTableRow *row;

  while (zifu_table_read (table, &row, error))
    {
      if (row == NULL)
        return g_strdup (text->str);
      g_string_append_printf (text, "%" G_GINT64_FORMAT ":", row->line);
      for (guint i = 0; i < row->n_cells; i++)
        g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", row->cells[i]);
      if (row->bad_offset >= 0)
        g_string_append_printf (text, " !%" G_GINT64_FORMAT, row->bad_offset);
      g_string_append_c (text, '\n');
    }
  return NULL;
}

static inline ZifuTable *
open_table (const char *path, const ZifuTableOptions *options)
{
  g_autoptr (GError) error = NULL;
  ZifuTable *table = zifu_table_open (path, options, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (table);
  return table;
}

static inline void
assert_rows (const char *path, const ZifuTableOptions *options, const char *expected)
{
  g_autoptr (ZifuTable) table = open_table (path, options);
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = read_all (table, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==, expected);
}

/* The message that people see, whether the file is refused at once or on the way. */
static inline void
assert_refused (const char *path, const ZifuTableOptions *options, ZifuExchangeError code, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuTable) table = zifu_table_open (path, options, NULL, &error);
  g_autofree char *rows = table != NULL ? read_all (table, &error) : NULL;

  g_assert_null (rows);
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}
