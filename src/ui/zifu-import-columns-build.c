/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-columns-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "zifu-entry-words.h"
#include "zifu-ui-rows.h"
#include "zifu-words.h"

/* The rows of the page, and what stands in them. */

/* A table of an account has ten columns or twenty. */
#define MAX_COLUMNS 60
#define EXAMPLES 2
#define EXAMPLE_CHARS 20

/* Besides what is found out. */
const char *const _zifu_import_encodings[] = { "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE", "Big5", "Windows-1252", NULL };
const char        _zifu_import_separators[] = { ',', ';', '\t', '|', '\0' };

static AdwComboRow *
new_choice (const char *title)
{
  GtkWidget *row = zifu_choice_row_new ();

  g_object_set (row, "title", title, "title-lines", 0, NULL);
  return ADW_COMBO_ROW (row);
}

static AdwPreferencesGroup *
new_group (GtkWidget *box, const char *title, const char *description)
{
  GtkWidget *group = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", title, NULL);

  if (description != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_box_append (GTK_BOX (box), group);
  return ADW_PREFERENCES_GROUP (group);
}

static void
add (AdwPreferencesGroup *group, gpointer row)
{
  adw_preferences_group_add (group, GTK_WIDGET (row));
}

static void
choose (AdwComboRow *row, GtkStringList *choices, guint selected)
{
  adw_combo_row_set_model (row, G_LIST_MODEL (choices));
  adw_combo_row_set_selected (row, selected);
}

static void
set_choices (AdwComboRow *row, const char *const *texts)
{
  g_autoptr (GtkStringList) choices = gtk_string_list_new (texts);

  choose (row, choices, 0);
}

static void
build_file (ZifuImportColumns *self, GtkWidget *box)
{
  AdwPreferencesGroup *group = new_group (box, _("File"), NULL);

  self->file = ADW_ACTION_ROW (zifu_ui_text_row ("", NULL));
  self->sheet = new_choice (_("Sheet"));
  self->encoding = new_choice (_("Encoding"));
  self->separator = new_choice (_("Between two cells"));
  self->person = new_choice (_("Whose account"));
  add (group, self->file);
  add (group, self->sheet);
  add (group, self->encoding);
  add (group, self->separator);
  add (group, self->person);
}

static void
build_forms (ZifuImportColumns *self, GtkWidget *box)
{
  self->forms = new_group (box, _("How It Is Written"), NULL);
  self->title_line = new_choice (_("Titles end in"));
  self->date_order = new_choice (_("Days"));
  set_choices (self->date_order, (const char *[]){ _("As they show: 2026-03-04"), _("Day first: 04.03.2026 is 4 March"),
                                                   _("Month first: 03/04/2026 is 4 March"), NULL });
  self->number_form = new_choice (_("Amounts"));
  set_choices (self->number_form, (const char *[]){ _("Point before the fen: 1,234.50"), _("Comma before the fen: 1.234,50"), NULL });
  self->sign = new_choice (_("An amount without a sign"));
  set_choices (self->sign, (const char *[]){ _("came in; with a minus it went out"), _("went out; with a minus it came in"), NULL });
  self->outlay_sign = new_choice (_("What went out is written"));
  set_choices (self->outlay_sign, (const char *[]){ _("without a sign: 12.50"), _("with a minus: −12.50"), NULL });
  add (self->forms, self->title_line);
  add (self->forms, self->date_order);
  add (self->forms, self->number_form);
  add (self->forms, self->sign);
  add (self->forms, self->outlay_sign);
}

static void
build_columns (ZifuImportColumns *self, GtkWidget *box)
{
  self->columns = new_group (box, _("Columns"), _("What each column is. What is not imported is left out."));
  self->saved = new_choice (_("Taken from"));
  self->forget = g_object_new (GTK_TYPE_BUTTON, "icon-name", "user-trash-symbolic", "valign", GTK_ALIGN_CENTER, "tooltip-text",
                               _("Forget This Mapping…"), "sensitive", FALSE, NULL);
  gtk_widget_add_css_class (self->forget, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->forget), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Forget This Mapping…"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->saved), self->forget);
  add (self->columns, self->saved);
}

static void
build_preview (ZifuImportColumns *self, GtkWidget *box)
{
  self->preview_group = new_group (box, _("First Rows"), NULL);
  self->preview = ZIFU_IMPORT_PREVIEW (zifu_import_preview_new ());
  add (self->preview_group, self->preview);
}

static void
build_name (ZifuImportColumns *self, GtkWidget *box)
{
  AdwPreferencesGroup *group = new_group (box, _("Remember for Next Time"),
                                          _("Under this name the mapping is offered again for files with the same columns."));

  self->name = g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Name, such as that of the app it comes from"), "show-apply-button", TRUE,
                             NULL);
  add (group, self->name);
  self->mapping_parts[4] = GTK_WIDGET (group);
}

/*
 * _zifu_import_columns_build:
 *
 * Makes the page, empty.
 */
void
_zifu_import_columns_build (ZifuImportColumns *self)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 18, "margin-top", 18,
                                 "margin-bottom", 24,
                                 "margin-start", 12, "margin-end", 12, NULL);
  GtkWidget *clamp = g_object_new (ADW_TYPE_CLAMP, "maximum-size", 640, "child", box, NULL);
  GtkWidget *scroller =
    g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "vexpand", TRUE, "child", clamp, NULL);
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->problem = ZIFU_NOTICE (zifu_notice_new (""));
  build_file (self, box);
  build_preview (self, box);
  build_columns (self, box);
  build_forms (self, box);
  self->rules = ZIFU_IMPORT_RULES (zifu_import_rules_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->rules));
  self->mapping_parts[0] = GTK_WIDGET (self->preview_group);
  self->mapping_parts[1] = GTK_WIDGET (self->columns);
  self->mapping_parts[2] = GTK_WIDGET (self->forms);
  self->mapping_parts[3] = GTK_WIDGET (self->rules);
  build_name (self, box);
  gtk_box_append (GTK_BOX (outer), GTK_WIDGET (self->problem));
  gtk_box_append (GTK_BOX (outer), scroller);
  gtk_widget_set_parent (outer, GTK_WIDGET (self));
}

static void
fill_sheets (ZifuImportColumns *self, ZifuTable *table)
{
  const char *const *sheets = table != NULL ? zifu_table_get_sheets (table) : NULL;
  guint selected = 0;

  gtk_widget_set_visible (GTK_WIDGET (self->sheet), sheets != NULL && sheets[0] != NULL && sheets[1] != NULL);
  if (sheets == NULL)
    return;
  set_choices (self->sheet, sheets);
  for (guint i = 0; sheets[i] != NULL; i++)
    if (g_strcmp0 (sheets[i], zifu_table_get_sheet (table)) == 0)
      selected = i;
  adw_combo_row_set_selected (self->sheet, selected);
}

static void
fill_encoding (ZifuImportColumns *self, ZifuTable *table)
{
  const char *found = table != NULL ? zifu_table_get_encoding (table) : NULL;
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_widget_set_visible (GTK_WIDGET (self->encoding), found != NULL);
  if (found == NULL)
    return;
  if (self->source->encoding == NULL)
    /* Translators: {1} is an encoding such as GB18030. */
    gtk_string_list_take (choices, zifu_words_fill (_("{1}, found out"), found, NULL));
  else
    gtk_string_list_append (choices, _("Find out"));
  for (guint i = 0; _zifu_import_encodings[i] != NULL; i++)
    {
      gtk_string_list_append (choices, _zifu_import_encodings[i]);
      if (g_strcmp0 (_zifu_import_encodings[i], self->source->encoding) == 0)
        selected = i + 1;
    }
  choose (self->encoding, choices, selected);
}

static void
fill_separator (ZifuImportColumns *self, ZifuTable *table)
{
  static const char *const names[] = { N_("Comma"), N_("Semicolon"), N_("Tab"), N_("Stroke |") };
  char found = table != NULL ? zifu_table_get_separator (table) : '\0';
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);
  guint selected = GTK_INVALID_LIST_POSITION;

  gtk_widget_set_visible (GTK_WIDGET (self->separator), found != '\0');
  if (found == '\0')
    return;
  for (guint i = 0; _zifu_import_separators[i] != '\0'; i++)
    {
      gtk_string_list_append (choices, g_dgettext (GETTEXT_PACKAGE, names[i]));
      if (_zifu_import_separators[i] == found)
        selected = i;
    }
  choose (self->separator, choices, selected);
}

/*
 * _zifu_import_columns_fill_file:
 *
 * Shows what was recognised.
 */
void
_zifu_import_columns_fill_file (ZifuImportColumns *self)
{
  ZifuTable *table = self->source->table;
  g_autofree char *words = zifu_import_source_describe (self->source);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file), self->source->name);
  adw_action_row_set_subtitle (self->file, words);
  fill_sheets (self, table);
  fill_encoding (self, table);
  fill_separator (self, table);
  for (guint i = 0; i < G_N_ELEMENTS (self->mapping_parts); i++)
    gtk_widget_set_visible (self->mapping_parts[i], table != NULL);
}

/*
 * _zifu_import_columns_fill_people:
 *
 * Offers the household; the one on screen is chosen, unless the file says whose each line is.
 */
void
_zifu_import_columns_fill_people (ZifuImportColumns *self)
{
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);
  gint64 wanted = zifu_session_get_member_id (self->session);
  guint selected = 0;

  g_clear_pointer (&self->members, g_ptr_array_unref);
  self->members = zifu_session_list_members (self->session);
  for (guint i = 0; i < self->members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (self->members, i);

      gtk_string_list_take (choices, zifu_member_dup_title (member));
      if (member->id == wanted)
        selected = i;
    }
  gtk_string_list_append (choices, _("As the file says"));
  choose (self->person, choices, selected);
}

/*
 * _zifu_import_columns_fill_saved:
 * @name: (nullable): the mapping that is used; %NULL = the guess
 *
 * Offers the mappings that were saved.
 */
void
_zifu_import_columns_fill_saved (ZifuImportColumns *self, const char *name)
{
  g_auto (GStrv) names = zifu_mapping_list (NULL);
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (choices, _("What the file looks like"));
  for (guint i = 0; names[i] != NULL; i++)
    {
      gtk_string_list_append (choices, names[i]);
      if (g_strcmp0 (names[i], name) == 0)
        selected = i + 1;
    }
  choose (self->saved, choices, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->saved), names[0] != NULL);
  gtk_widget_set_sensitive (self->forget, selected > 0);
}

static char *
find_examples (ZifuImportColumns *self, guint column)
{
  const GPtrArray *head = zifu_table_get_head (self->source->table);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < head->len && n < EXAMPLES; i++)
    {
      const ZifuTableRow *row = g_ptr_array_index (head, i);
      g_autofree char *cell = NULL;

      if (row->line <= self->source->mapping->title_line || column >= row->n_cells || *row->cells[column] == '\0')
        continue;
      cell = zifu_import_preview_shorten (row->cells[column], EXAMPLE_CHARS);
      g_string_append_printf (text, "%s%s", n++ > 0 ? " · " : "", cell);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static guint
find_field (const ZifuMapping *mapping, int column)
{
  for (guint i = 0; i < ZIFU_N_FIELDS; i++)
    if (mapping->columns[i] == column)
      return i + 1;
  return 0;
}

static void
show_column (ZifuImportColumns *self, AdwComboRow *row, guint column, const char *title)
{
  g_autofree char *number = g_strdup_printf ("%u", column + 1);
  /* Translators: {1} is a number. */
  g_autofree char *plain = zifu_words_fill (_("Column {1}"), number, NULL);
  g_autofree char *examples = find_examples (self, column);
  g_autofree char *brief = zifu_import_preview_shorten (*title != '\0' ? title : plain, 60);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), brief);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), examples);
  adw_combo_row_set_selected (row, find_field (self->source->mapping, (int) column));
}

static AdwComboRow *
new_column (void)
{
  g_autoptr (GtkStringList) choices = gtk_string_list_new ((const char *[]){ _("Not imported"), NULL });
  AdwComboRow *row = new_choice ("");

  g_object_set (row, "use-markup", FALSE, "subtitle-lines", 1, NULL);
  for (ZifuField i = 0; i < ZIFU_N_FIELDS; i++)
    gtk_string_list_append (choices, zifu_field_get_words (i));
  choose (row, choices, 0);
  return row;
}

static void
fill_columns (ZifuImportColumns *self)
{
  g_auto (GStrv) titles = zifu_mapping_list_titles (self->source->mapping, self->source->table);
  guint n = MIN (g_strv_length (titles), MAX_COLUMNS);

  while (self->rows->len > n)
    {
      adw_preferences_group_remove (self->columns, g_ptr_array_index (self->rows, self->rows->len - 1));
      g_ptr_array_set_size (self->rows, (int) self->rows->len - 1);
    }
  while (self->rows->len < n)
    {
      AdwComboRow *row = new_column ();

      g_signal_connect_object (row, "notify::selected", G_CALLBACK (_zifu_import_columns_field_chosen), self, G_CONNECT_SWAPPED);
      add (self->columns, row);
      g_ptr_array_add (self->rows, row);
    }
  for (guint i = 0; i < n; i++)
    show_column (self, g_ptr_array_index (self->rows, i), i, titles[i]);
}

static void
fill_title_line (ZifuImportColumns *self)
{
  const GPtrArray *head = zifu_table_get_head (self->source->table);
  g_autoptr (GtkStringList) choices = gtk_string_list_new ((const char *[]){ _("Nowhere: there are no titles"), NULL });
  guint selected = 0;

  g_array_set_size (self->lines, 0);
  for (guint i = 0; i < head->len; i++)
    {
      const ZifuTableRow *row = g_ptr_array_index (head, i);
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, row->line);
      g_autofree char *cell = zifu_import_preview_shorten (row->n_cells > 0 ? row->cells[0] : "", EXAMPLE_CHARS);

      /* Translators: {1} is the number of a line, {2} how it begins. */
      gtk_string_list_take (choices, zifu_words_fill (C_("line of a file", "Line {1}: {2}"), number, cell, NULL));
      g_array_append_val (self->lines, row->line);
      if (row->line == self->source->mapping->title_line)
        selected = i + 1;
    }
  choose (self->title_line, choices, selected);
}

/*
 * _zifu_import_columns_fill_mapping:
 *
 * Shows which column is what, and how it is written.
 */
void
_zifu_import_columns_fill_mapping (ZifuImportColumns *self)
{
  ZifuMapping *mapping = self->source->mapping;

  fill_columns (self);
  fill_title_line (self);
  adw_combo_row_set_selected (self->date_order, mapping->date_order);
  adw_combo_row_set_selected (self->number_form, mapping->number_form);
  adw_combo_row_set_selected (self->sign, mapping->plus_is_outlay);
  adw_combo_row_set_selected (self->outlay_sign, mapping->outlay_is_negative);
  gtk_widget_set_visible (GTK_WIDGET (self->sign), mapping->columns[ZIFU_FIELD_AMOUNT] >= 0);
  gtk_widget_set_visible (GTK_WIDGET (self->outlay_sign), mapping->columns[ZIFU_FIELD_OUTLAY] >= 0);
  zifu_import_preview_show (self->preview, mapping, self->source->table);
}
