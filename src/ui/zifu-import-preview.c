/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-preview.h"

#include <glib/gi18n-lib.h>

#include "zifu-ui-rows.h"

#define MAX_ROWS 6
#define MAX_COLUMNS 40
#define MAX_CHARS 24

struct _ZifuImportPreview {
  GtkWidget parent_instance;

  GtkWidget *scroller; /* owned as a child */
};

G_DEFINE_FINAL_TYPE (ZifuImportPreview, zifu_import_preview, GTK_TYPE_WIDGET)

static void
zifu_import_preview_dispose (GObject *object)
{
  zifu_ui_drop_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (zifu_import_preview_parent_class)->dispose (object);
}

static void
zifu_import_preview_class_init (ZifuImportPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zifu_import_preview_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
zifu_import_preview_init (ZifuImportPreview *self)
{
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "vscrollbar-policy", GTK_POLICY_NEVER, "hscrollbar-policy", GTK_POLICY_AUTOMATIC,
                                 NULL);
  gtk_widget_add_css_class (self->scroller, "card");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, _("First rows of the file"), -1);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

/**
 * zifu_import_preview_new:
 *
 * Returns: (transfer floating): an empty preview
 */
GtkWidget *
zifu_import_preview_new (void)
{
  return g_object_new (ZIFU_TYPE_IMPORT_PREVIEW, NULL);
}

/**
 * zifu_import_preview_shorten:
 * @cell: a cell of a file of others
 * @max_chars: how long it may be
 *
 * Returns: (transfer full): the cell on one line, its end replaced by an ellipsis when it is longer
 */
char *
zifu_import_preview_shorten (const char *cell, guint max_chars)
{
  GString *text;
  guint n = 0;

  g_return_val_if_fail (cell != NULL, NULL);

  text = g_string_new (NULL);
  for (const char *p = cell; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (n++ == max_chars)
        {
          g_string_append (text, "…");
          break;
        }
      g_string_append_unichar (text, g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029 ? ' ' : c);
    }
  return g_string_free (text, FALSE);
}

static const char *
find_meaning (const ZifuMapping *mapping, int column)
{
  for (guint i = 0; i < ZIFU_N_FIELDS; i++)
    if (mapping->columns[i] == column)
      return zifu_field_get_words (i);
  return NULL;
}

static void
attach (GtkGrid *grid, const char *text, const char *css_class, int column, int row)
{
  g_autofree char *brief = zifu_import_preview_shorten (text, MAX_CHARS);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", brief, "xalign", 0.0, NULL);

  gtk_widget_add_css_class (label, css_class);
  if (g_utf8_strlen (text, -1) > MAX_CHARS)
    gtk_widget_set_tooltip_text (label, brief);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static void
attach_head (GtkGrid *grid, const ZifuMapping *mapping, char **titles, int n_columns)
{
  for (int i = 0; i < n_columns; i++)
    {
      const char *meaning = find_meaning (mapping, i);

      attach (grid, meaning != NULL ? meaning : "–", meaning != NULL ? "heading" : "quiet", i, 0);
      attach (grid, titles[i], "quiet", i, 1);
    }
}

/**
 * zifu_import_preview_show:
 * @self: a preview
 * @mapping: what the columns are
 * @table: whose rows are shown
 *
 * Shows the first rows of entries.
 */
void
zifu_import_preview_show (ZifuImportPreview *self, const ZifuMapping *mapping, ZifuTable *table)
{
  GtkGrid *grid;
  const GPtrArray *head;
  g_auto (GStrv) titles = NULL;
  int n_columns, n_rows = 0;

  g_return_if_fail (ZIFU_IS_IMPORT_PREVIEW (self));
  g_return_if_fail (mapping != NULL && table != NULL);

  titles = zifu_mapping_list_titles (mapping, table);
  n_columns = MIN ((int) g_strv_length (titles), MAX_COLUMNS);
  head = zifu_table_get_head (table);
  grid = g_object_new (GTK_TYPE_GRID, "column-spacing", 18, "row-spacing", 6, "margin-top", 12, "margin-bottom", 18, "margin-start", 12,
                       "margin-end", 12, NULL);
  attach_head (grid, mapping, titles, n_columns);
  for (guint i = 0; i < head->len && n_rows < MAX_ROWS; i++)
    {
      const ZifuTableRow *row = g_ptr_array_index (head, i);

      if (row->line <= mapping->title_line)
        continue;
      for (int c = 0; c < n_columns && c < (int) row->n_cells; c++)
        attach (grid, row->cells[c], find_meaning (mapping, c) != NULL ? "numeric" : "quiet", c, 2 + n_rows);
      n_rows++;
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (grid));
}
