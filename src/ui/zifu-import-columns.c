/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-columns-private.h"

#include <glib/gi18n-lib.h>

#include "zifu-compat.h"
#include "zifu-entry-words.h"
#include "zifu-ui-rows.h"
#include "zifu-words.h"

/* A guess that is less sure is to be looked at. */
#define SURE 60

/* So many saved mappings are tried on a file. */
#define MAX_TRIED 50

G_DEFINE_FINAL_TYPE (ZifuImportColumns, zifu_import_columns, GTK_TYPE_WIDGET)

enum { SIGNAL_CHANGED, SIGNAL_RELOAD, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
tell (ZifuImportColumns *self, ZifuNoticeStyle style, const char *text)
{
  if (text != NULL)
    {
      zifu_notice_set_style (self->problem, style);
      zifu_notice_set_title (self->problem, text);
    }
  zifu_notice_set_revealed (self->problem, text != NULL);
}

/* What is missing comes first; then a doubt about the guess. */
static void
show_problem (ZifuImportColumns *self)
{
  g_autoptr (GError) error = NULL;
  ZifuMapping *mapping = self->source->mapping;

  if (mapping == NULL)
    tell (self, ZIFU_NOTICE_INFO, NULL);
  else if (!self->source->guessed && mapping->columns[ZIFU_FIELD_DATE] < 0)
    tell (self, ZIFU_NOTICE_WARN, _("No columns with a day and an amount were recognised. Say below which they are."));
  else if (!zifu_mapping_check (mapping, &error))
    tell (self, ZIFU_NOTICE_WARN, error->message);
  else if (mapping->confidence < SURE)
    tell (self, ZIFU_NOTICE_WARN, _("Which column is what could only be guessed. Look at it before you go on."));
  else
    tell (self, ZIFU_NOTICE_INFO, NULL);
}

static void
show_mapping (ZifuImportColumns *self)
{
  self->ready = FALSE;
  _zifu_import_columns_fill_mapping (self);
  self->ready = TRUE;
  show_problem (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Whoever says something has looked at it. */
static void
said (ZifuImportColumns *self)
{
  self->source->mapping->confidence = 100;
  show_mapping (self);
}

/* What a row of a column says now. */
void
_zifu_import_columns_field_chosen (ZifuImportColumns *self, GParamSpec *pspec, AdwComboRow *row)
{
  guint column;

  if (self->ready && g_ptr_array_find (self->rows, row, &column))
    zifu_import_columns_set_field (self, column, (int) adw_combo_row_get_selected (row) - 1);
}

static void
form_chosen_cb (ZifuImportColumns *self)
{
  ZifuMapping *mapping;

  if (!self->ready || self->source == NULL || self->source->mapping == NULL)
    return;
  mapping = self->source->mapping;
  mapping->date_order = adw_combo_row_get_selected (self->date_order);
  mapping->number_form = adw_combo_row_get_selected (self->number_form);
  mapping->plus_is_outlay = adw_combo_row_get_selected (self->sign) == 1;
  mapping->outlay_is_negative = adw_combo_row_get_selected (self->outlay_sign) == 1;
  mapping->own = FALSE;
  said (self);
}

static void
title_line_chosen_cb (ZifuImportColumns *self)
{
  guint selected = adw_combo_row_get_selected (self->title_line);

  if (!self->ready || self->source == NULL || self->source->mapping == NULL || selected > self->lines->len)
    return;
  zifu_mapping_set_title_line (self->source->mapping, selected > 0 ? g_array_index (self->lines, gint64, selected - 1) : 0,
                               self->source->table);
  said (self);
}

static void
person_chosen_cb (ZifuImportColumns *self)
{
  if (self->ready)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
reload_cb (ZifuImportColumns *self)
{
  if (self->ready)
    g_signal_emit (self, signals[SIGNAL_RELOAD], 0);
}

static char *
dup_saved (ZifuImportColumns *self)
{
  guint selected = adw_combo_row_get_selected (self->saved);
  GListModel *model = adw_combo_row_get_model (self->saved);

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION || model == NULL)
    return NULL;
  return g_strdup (gtk_string_list_get_string (GTK_STRING_LIST (model), selected));
}

static void
saved_chosen_cb (ZifuImportColumns *self)
{
  g_autofree char *name = NULL;

  if (!self->ready || self->source == NULL || self->source->table == NULL)
    return;
  name = dup_saved (self);
  zifu_import_columns_use (self, name);
}

static void
forget_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuImportColumns) self = data;
  g_autofree char *name = self->source != NULL ? dup_saved (self) : NULL;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), NULL) || name == NULL)
    return;
  self->ready = FALSE;
  if (zifu_mapping_remove (NULL, name, &error))
    {
      g_clear_pointer (&self->source->mapping->name, g_free);
      _zifu_import_columns_fill_saved (self, NULL);
    }
  else
    tell (self, ZIFU_NOTICE_BAD, error->message);
  self->ready = TRUE;
}

static void
forget_cb (ZifuImportColumns *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *name = dup_saved (self), *heading = NULL;

  if (name == NULL)
    return;
  /* Translators: {1} is the name of a mapping. */
  heading = zifu_words_fill (_("Forget the Mapping “{1}”?"), name, NULL);
  zifu_compat_confirm (GTK_WINDOW (root), heading, _("What was imported with it stays as it is."), _("Cancel"), _("Forget"), TRUE,
                       forget_answered_cb, g_object_ref (self));
}

static void
name_applied_cb (ZifuImportColumns *self)
{
  zifu_import_columns_save (self, gtk_editable_get_text (GTK_EDITABLE (self->name)));
}

static void
rules_changed_cb (ZifuImportColumns *self)
{
  if (self->ready)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
zifu_import_columns_dispose (GObject *object)
{
  ZifuImportColumns *self = ZIFU_IMPORT_COLUMNS (object);

  self->ready = FALSE;
  self->source = NULL;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->members, g_ptr_array_unref);
  zifu_ui_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);

  G_OBJECT_CLASS (zifu_import_columns_parent_class)->dispose (object);
}

static void
zifu_import_columns_class_init (ZifuImportColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zifu_import_columns_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RELOAD] = g_signal_new ("reload", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
on_selected (ZifuImportColumns *self, AdwComboRow *row, GCallback callback)
{
  g_signal_connect_object (row, "notify::selected", callback, self, G_CONNECT_SWAPPED);
}

static void
zifu_import_columns_init (ZifuImportColumns *self)
{
  self->rows = g_ptr_array_new ();
  self->lines = g_array_new (FALSE, FALSE, sizeof (gint64));
  _zifu_import_columns_build (self);
  on_selected (self, self->sheet, G_CALLBACK (reload_cb));
  on_selected (self, self->encoding, G_CALLBACK (reload_cb));
  on_selected (self, self->separator, G_CALLBACK (reload_cb));
  on_selected (self, self->person, G_CALLBACK (person_chosen_cb));
  on_selected (self, self->saved, G_CALLBACK (saved_chosen_cb));
  on_selected (self, self->title_line, G_CALLBACK (title_line_chosen_cb));
  on_selected (self, self->date_order, G_CALLBACK (form_chosen_cb));
  on_selected (self, self->number_form, G_CALLBACK (form_chosen_cb));
  on_selected (self, self->sign, G_CALLBACK (form_chosen_cb));
  on_selected (self, self->outlay_sign, G_CALLBACK (form_chosen_cb));
  g_signal_connect_object (self->forget, "clicked", G_CALLBACK (forget_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->name, "apply", G_CALLBACK (name_applied_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rules, "changed", G_CALLBACK (rules_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * zifu_import_columns_new:
 * @session: the household
 *
 * Returns: (transfer floating): a page without a file yet
 */
GtkWidget *
zifu_import_columns_new (ZifuSession *session)
{
  ZifuImportColumns *self;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);

  self = g_object_new (ZIFU_TYPE_IMPORT_COLUMNS, NULL);
  self->session = g_object_ref (session);
  _zifu_import_columns_fill_people (self);
  return GTK_WIDGET (self);
}

/* A mapping that was saved and fits by its titles is better than a guess. */
static char *
try_saved (ZifuImportColumns *self)
{
  g_auto (GStrv) names = zifu_mapping_list (NULL);

  for (guint i = 0; names[i] != NULL && i < MAX_TRIED; i++)
    {
      g_autoptr (ZifuMapping) mapping = zifu_mapping_load (NULL, names[i], NULL);

      if (mapping == NULL || mapping->titles[ZIFU_FIELD_DATE] == NULL || !zifu_mapping_bind (mapping, self->source->table, NULL))
        continue;
      zifu_mapping_free (self->source->mapping);
      self->source->mapping = g_steal_pointer (&mapping);
      return g_strdup (names[i]);
    }
  return NULL;
}

/**
 * zifu_import_columns_set_source:
 * @self: a page
 * @source: (nullable): a file; must live until another one is set
 *
 * Shows what was recognised.  A mapping that was saved for such files is taken.
 */
void
zifu_import_columns_set_source (ZifuImportColumns *self, ZifuImportSource *source)
{
  g_autofree char *name = NULL;

  g_return_if_fail (ZIFU_IS_IMPORT_COLUMNS (self));

  self->ready = FALSE;
  self->source = source;
  zifu_import_rules_set_mapping (self->rules, NULL);
  if (source == NULL)
    return;

  _zifu_import_columns_fill_file (self);
  if (source->table != NULL)
    {
      name = source->mapping->own ? NULL : try_saved (self);
      _zifu_import_columns_fill_saved (self, name);
      gtk_editable_set_text (GTK_EDITABLE (self->name), name != NULL ? name : "");
      zifu_import_rules_set_mapping (self->rules, source->mapping);
      _zifu_import_columns_fill_mapping (self);
      if (source->mapping->columns[ZIFU_FIELD_PERSON] >= 0)
        zifu_import_columns_set_member_id (self, 0);
    }
  self->ready = TRUE;
  show_problem (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * zifu_import_columns_get_member_id:
 * @self: a page
 *
 * Returns: whose account it is; 0 = as the file says
 */
gint64
zifu_import_columns_get_member_id (ZifuImportColumns *self)
{
  guint selected;

  g_return_val_if_fail (ZIFU_IS_IMPORT_COLUMNS (self), 0);

  selected = adw_combo_row_get_selected (self->person);
  return selected < self->members->len ? ((ZifuMember *) g_ptr_array_index (self->members, selected))->id : 0;
}

/**
 * zifu_import_columns_set_member_id:
 * @self: a page
 * @member_id: whose account it is; 0 = as the file says
 *
 * Chooses a person.
 */
void
zifu_import_columns_set_member_id (ZifuImportColumns *self, gint64 member_id)
{
  g_return_if_fail (ZIFU_IS_IMPORT_COLUMNS (self));

  for (guint i = 0; i < self->members->len; i++)
    if (((ZifuMember *) g_ptr_array_index (self->members, i))->id == member_id)
      adw_combo_row_set_selected (self->person, i);
  if (member_id == 0)
    adw_combo_row_set_selected (self->person, self->members->len);
}

/**
 * zifu_import_columns_get_options:
 * @self: a page with a table
 * @options: (out caller-allocates): how it is to be read; its texts belong to @self
 *
 * What was said of sheet, encoding and separator.
 */
void
zifu_import_columns_get_options (ZifuImportColumns *self, ZifuTableOptions *options)
{
  ZifuTable *table;
  guint encoding, separator;

  g_return_if_fail (ZIFU_IS_IMPORT_COLUMNS (self));
  g_return_if_fail (options != NULL && self->source != NULL && self->source->table != NULL);

  table = self->source->table;
  *options = (ZifuTableOptions){ 0 };
  if (zifu_table_get_sheets (table) != NULL)
    {
      options->sheet = zifu_table_get_sheets (table)[adw_combo_row_get_selected (self->sheet)];
      return;
    }
  encoding = adw_combo_row_get_selected (self->encoding);
  separator = adw_combo_row_get_selected (self->separator);
  if (encoding > 0 && encoding != GTK_INVALID_LIST_POSITION)
    options->encoding = _zifu_import_encodings[encoding - 1];
  /* A separator that was only found out is found out again when the encoding is another one. */
  if (separator != GTK_INVALID_LIST_POSITION &&
      (self->source->separator != 0 || _zifu_import_separators[separator] != zifu_table_get_separator (table)))
    options->separator = _zifu_import_separators[separator];
}

/**
 * zifu_import_columns_check:
 * @self: a page
 * @error: return location for %ZIFU_EXCHANGE_ERROR_INPUT
 *
 * Returns: whether enough was said to go on; else an error that says what is missing
 */
gboolean
zifu_import_columns_check (ZifuImportColumns *self, GError **error)
{
  g_return_val_if_fail (ZIFU_IS_IMPORT_COLUMNS (self), FALSE);

  if (self->source == NULL)
    return FALSE;
  if (self->source->mapping == NULL)
    return TRUE;
  if (zifu_import_columns_get_member_id (self) == 0 && self->source->mapping->columns[ZIFU_FIELD_PERSON] < 0)
    {
      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, _("No column says whose account it is. Choose a person."), NULL, NULL);
      return FALSE;
    }
  return zifu_mapping_check (self->source->mapping, error);
}

/**
 * zifu_import_columns_set_field:
 * @self: a page with a table
 * @column: a column, from 0
 * @field: what it is, as #ZifuField; −1 = it is not imported
 *
 * Says what a column is.  The column that was it before is it no more.
 */
void
zifu_import_columns_set_field (ZifuImportColumns *self, guint column, int field)
{
  ZifuMapping *mapping;

  g_return_if_fail (ZIFU_IS_IMPORT_COLUMNS (self));
  g_return_if_fail (self->source != NULL && self->source->table != NULL && field < ZIFU_N_FIELDS);

  mapping = self->source->mapping;
  if (field >= 0)
    zifu_mapping_set_column (mapping, field, (int) column, self->source->table);
  for (guint i = 0; field < 0 && i < ZIFU_N_FIELDS; i++)
    if (mapping->columns[i] == (int) column)
      zifu_mapping_set_column (mapping, i, -1, self->source->table);
  said (self);
}

/**
 * zifu_import_columns_use:
 * @self: a page with a table
 * @name: (nullable): a mapping that was saved; %NULL = what the file looks like
 *
 * Takes a mapping for the file; when it does not fit, says so.
 *
 * Returns: whether it fits
 */
gboolean
zifu_import_columns_use (ZifuImportColumns *self, const char *name)
{
  g_autoptr (ZifuMapping) mapping = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (ZIFU_IS_IMPORT_COLUMNS (self), FALSE);
  g_return_val_if_fail (self->source != NULL && self->source->table != NULL, FALSE);

  mapping = name != NULL ? zifu_mapping_load (NULL, name, &error) : zifu_mapping_guess (self->source->table);
  if (name != NULL && (mapping == NULL || !zifu_mapping_bind (mapping, self->source->table, &error)))
    {
      g_autofree char *text = zifu_ui_error_text (error);

      self->ready = FALSE;
      _zifu_import_columns_fill_saved (self, self->source->mapping->name);
      self->ready = TRUE;
      tell (self, ZIFU_NOTICE_WARN, text);
      return FALSE;
    }
  if (mapping == NULL)
    mapping = zifu_mapping_new ();
  zifu_import_rules_set_mapping (self->rules, NULL);
  zifu_mapping_free (self->source->mapping);
  self->source->mapping = g_steal_pointer (&mapping);
  self->ready = FALSE;
  _zifu_import_columns_fill_saved (self, name);
  zifu_import_rules_set_mapping (self->rules, self->source->mapping);
  gtk_editable_set_text (GTK_EDITABLE (self->name), name != NULL ? name : "");
  show_mapping (self);
  return TRUE;
}

/**
 * zifu_import_columns_save:
 * @self: a page with a table
 * @name: under which the mapping is offered again
 *
 * Saves the mapping; what was saved under this name before is replaced.  When that fails, says so.
 *
 * Returns: whether it was saved
 */
gboolean
zifu_import_columns_save (ZifuImportColumns *self, const char *name)
{
  g_autofree char *stripped = NULL, *text = NULL;
  g_autoptr (GError) error = NULL;
  ZifuMapping *mapping;

  g_return_val_if_fail (ZIFU_IS_IMPORT_COLUMNS (self), FALSE);
  g_return_val_if_fail (self->source != NULL && self->source->mapping != NULL && name != NULL, FALSE);

  stripped = g_strstrip (g_strdup (name));
  mapping = self->source->mapping;
  if (*stripped == '\0')
    {
      tell (self, ZIFU_NOTICE_WARN, _("The mapping needs a name."));
      return FALSE;
    }
  g_free (mapping->name);
  mapping->name = g_strdup (stripped);
  if (!zifu_mapping_save (mapping, NULL, &error))
    {
      g_clear_pointer (&mapping->name, g_free);
      tell (self, ZIFU_NOTICE_BAD, error->message);
      return FALSE;
    }
  self->ready = FALSE;
  _zifu_import_columns_fill_saved (self, stripped);
  self->ready = TRUE;
  /* Translators: {1} is a name. */
  text = zifu_words_fill (_("Saved as “{1}”."), stripped, NULL);
  tell (self, ZIFU_NOTICE_INFO, text);
  return TRUE;
}
