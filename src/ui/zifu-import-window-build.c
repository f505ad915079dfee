/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-window-private.h"

#include <glib/gi18n-lib.h>

#include "zifu-entry-words.h"
#include "zifu-ui-rows.h"
#include "zifu-words.h"

/* What the window shows, step by step. */

static GtkWidget *
new_pill (const char *label, const char *action, gboolean suggested)
{
  GtkWidget *button =
    g_object_new (GTK_TYPE_BUTTON, "label", label, "use-underline", TRUE, "halign", GTK_ALIGN_CENTER, "action-name", action, NULL);

  gtk_widget_add_css_class (button, "pill");
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  return button;
}

static AdwStatusPage *
new_status (const char *icon, const char *title, const char *description, GtkWidget *child)
{
  GtkWidget *page = g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", icon, "title", title, "child", child, NULL);

  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  gtk_widget_add_css_class (page, "compact");
  return ADW_STATUS_PAGE (page);
}

static gboolean
dropped_cb (ZifuImportWindow *self, const GValue *value)
{
  g_autofree char *path = g_file_get_path (g_value_get_object (value));

  if (path == NULL || self->work != NULL)
    return FALSE;
  zifu_import_window_open (self, path);
  return TRUE;
}

static void
add_drop_target (ZifuImportWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static GtkWidget *
build_choose (void)
{
  return GTK_WIDGET (new_status ("zifu-import-symbolic", _("Import a File"),
                                 _("Exports of apps and banks as CSV or Excel workbooks (.xlsx), account documents and households of Zifu "
                                   "(JSON). First you see what would happen; nothing is stored before you say so."),
                                 new_pill (_("_Choose a File…"), "import.choose", TRUE)));
}

static GtkWidget *
build_error (ZifuImportWindow *self)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 12, NULL);

  self->add_person = new_pill (_("_Enter a Person…"), "import.add-person", TRUE);
  gtk_box_append (GTK_BOX (box), self->add_person);
  gtk_box_append (GTK_BOX (box), new_pill (_("_Choose Another File…"), "import.choose", FALSE));
  self->error = new_status ("zifu-bad-symbolic", _("The File Cannot Be Imported"), "", box);
  return GTK_WIDGET (self->error);
}

static GtkWidget *
build_done (ZifuImportWindow *self)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 18, NULL);
  GtkWidget *clamp = g_object_new (ADW_TYPE_CLAMP, "maximum-size", 480, "child", box, NULL);

  self->done_rows = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, NULL);
  gtk_widget_add_css_class (self->done_rows, "boxed-list");
  self->show_report = new_pill (_("_Show the Report"), "import.show-report", FALSE);
  self->undo = new_pill (_("_Undo This Import"), "import.undo", FALSE);
  gtk_box_append (GTK_BOX (box), self->done_rows);
  gtk_box_append (GTK_BOX (box), self->show_report);
  gtk_box_append (GTK_BOX (box), self->undo);
  self->done = new_status ("zifu-ok-symbolic", _("Imported"), NULL, clamp);
  return GTK_WIDGET (self->done);
}

static GtkWidget *
build_header (ZifuImportWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();

  self->title = ADW_WINDOW_TITLE (adw_window_title_new (_("Import a File"), NULL));
  zifu_ui_wrap_title (GTK_WIDGET (self->title));
  self->back_button = g_object_new (GTK_TYPE_BUTTON, "icon-name", "go-previous-symbolic", "tooltip-text", _("Back"), "action-name",
                                    "import.back", NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->back_button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Back"), -1);
  self->next_button = g_object_new (GTK_TYPE_BUTTON, "action-name", "import.next", NULL);
  gtk_widget_add_css_class (self->next_button, "suggested-action");
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->title));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->back_button);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->next_button);
  return header;
}

/*
 * _zifu_import_window_build:
 *
 * Makes all steps.
 */
void
_zifu_import_window_build (ZifuImportWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->steps = g_object_new (GTK_TYPE_STACK, "vexpand", TRUE, "hhomogeneous", FALSE, "vhomogeneous", FALSE, "transition-type",
                              GTK_STACK_TRANSITION_TYPE_CROSSFADE, NULL);
  self->progress = ZIFU_WORK_VIEW (zifu_work_view_new ());
  self->columns = ZIFU_IMPORT_COLUMNS (zifu_import_columns_new (self->session));
  self->review = ZIFU_IMPORT_REVIEW (zifu_import_review_new ());
  self->household = new_status ("zifu-family-symbolic", _("A Whole Household"),
                                _("The file holds people with all their entries. It is read as it is, into data that are still "
                                  "empty."),
                                NULL);
  gtk_stack_add_named (self->steps, build_choose (), "choose");
  gtk_stack_add_named (self->steps, GTK_WIDGET (self->progress), "work");
  gtk_stack_add_named (self->steps, GTK_WIDGET (self->columns), "columns");
  gtk_stack_add_named (self->steps, GTK_WIDGET (self->review), "review");
  gtk_stack_add_named (self->steps, GTK_WIDGET (self->household), "household");
  gtk_stack_add_named (self->steps, build_done (self), "done");
  gtk_stack_add_named (self->steps, build_error (self), "error");
  gtk_box_append (GTK_BOX (box), build_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->steps));
  adw_window_set_content (ADW_WINDOW (self), box);
  add_drop_target (self);
}

static const char *
step_title (const char *step)
{
  if (g_str_equal (step, "columns"))
    return _("Columns");
  if (g_str_equal (step, "review"))
    return _("Preview");
  return _("Import a File");
}

/* What the button at the end says; NULL = there is nothing to go on with. */
static char *
next_label (ZifuImportWindow *self, const char *step)
{
  g_autofree char *number = NULL;

  if (g_str_equal (step, "columns"))
    return g_strdup (_("Preview"));
  if (g_str_equal (step, "household"))
    return g_strdup (_("Read"));
  if (g_str_equal (step, "done"))
    return g_strdup (_("Close"));
  if (!g_str_equal (step, "review"))
    return NULL;
  number = g_strdup_printf ("%u", zifu_import_plan_count_taken (self->plan));
  /* Translators: a button; {1} is how many entries. */
  return zifu_words_fill (_("Import {1}"), number, NULL);
}

/*
 * _zifu_import_window_show_next:
 *
 * Shows whether and how it goes on.
 */
void
_zifu_import_window_show_next (ZifuImportWindow *self)
{
  const char *step = zifu_import_window_get_step (self);
  g_autofree char *label = next_label (self, step);
  gboolean ready = label != NULL;

  gtk_widget_set_visible (self->next_button, label != NULL);
  if (label != NULL)
    gtk_button_set_label (GTK_BUTTON (self->next_button), label);
  if (g_str_equal (step, "columns"))
    ready = zifu_import_columns_check (self->columns, NULL);
  else if (g_str_equal (step, "review"))
    ready = zifu_import_plan_count_taken (self->plan) > 0;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.next", ready);
}

/*
 * _zifu_import_window_set_step:
 * @step: name of a step
 *
 * Shows a step.
 */
void
_zifu_import_window_set_step (ZifuImportWindow *self, const char *step)
{
  gboolean back = g_str_equal (step, "columns") || g_str_equal (step, "review") || g_str_equal (step, "household") ||
                  (g_str_equal (step, "error") && self->back != NULL);

  if (!g_str_equal (step, "work"))
    zifu_work_view_forget (self->progress);
  gtk_stack_set_visible_child_name (self->steps, step);
  adw_window_title_set_title (self->title, step_title (step));
  adw_window_title_set_subtitle (self->title, self->source != NULL && !g_str_equal (step, "choose") ? self->source->name : "");
  gtk_widget_set_visible (self->back_button, back);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.back", back);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.choose", !g_str_equal (step, "work"));
  _zifu_import_window_show_next (self);
}

static void
set_description (AdwStatusPage *page, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_status_page_set_description (page, markup);
}

/*
 * _zifu_import_window_show_error:
 * @error: why it does not go on
 *
 * Says so; nothing was stored.
 */
void
_zifu_import_window_show_error (ZifuImportWindow *self, const GError *error)
{
  g_autofree char *text = zifu_ui_error_text (error);

  gtk_widget_set_visible (self->add_person, FALSE);
  set_description (self->error, text);
  _zifu_import_window_set_step (self, "error");
}

static void
add_count (ZifuImportWindow *self, const char *title, guint n, const char *note)
{
  GtkWidget *row = zifu_ui_text_row (title, note);
  g_autofree char *number = g_strdup_printf ("%u", n);
  GtkWidget *label = gtk_label_new (number);

  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_append (GTK_LIST_BOX (self->done_rows), row);
}

static void
fill_counts (ZifuImportWindow *self)
{
  guint n_lines = zifu_import_plan_get_n_lines (self->plan), n_known = zifu_import_plan_count (self->plan, ZIFU_LINE_DUPLICATE);
  guint n_out = n_lines - n_known - self->n_taken;
  g_autofree char *name = self->report != NULL ? g_filename_display_name (self->report) : NULL;
  g_autofree char *note = NULL;

  zifu_ui_empty_list (GTK_LIST_BOX (self->done_rows));
  add_count (self, _("New entries"), self->n_taken, NULL);
  add_count (self, _("There already"), n_known, NULL);
  if (name != NULL)
    /* Translators: {1} is a file. */
    note = zifu_words_fill (_("With the reason of each line in {1}"), name, NULL);
  add_count (self, _("Stayed out"), n_out, n_out > 0 ? note : NULL);
}

/*
 * _zifu_import_window_show_done:
 *
 * Says what was imported.
 */
void
_zifu_import_window_show_done (ZifuImportWindow *self)
{
  adw_status_page_set_icon_name (self->done, "zifu-ok-symbolic");
  adw_status_page_set_title (self->done, _("Imported"));
  adw_status_page_set_description (self->done, NULL);
  fill_counts (self);
  gtk_widget_set_visible (self->done_rows, TRUE);
  gtk_widget_set_visible (self->undo, self->import_id != 0);
  gtk_widget_set_visible (self->show_report, self->report != NULL);
  _zifu_import_window_set_step (self, "done");
  gtk_widget_grab_focus (self->next_button);
}

/*
 * _zifu_import_window_show_undone:
 *
 * Says that the import was taken back.
 */
void
_zifu_import_window_show_undone (ZifuImportWindow *self)
{
  adw_status_page_set_title (self->done, _("Taken Back"));
  set_description (self->done, _("The entries of this file are no longer in the household. It can be imported again."));
  gtk_widget_set_visible (self->done_rows, FALSE);
  gtk_widget_set_visible (self->undo, FALSE);
  _zifu_import_window_set_step (self, "done");
}

/*
 * _zifu_import_window_show_household:
 * @n_members: how many people were read
 * @n_entries: how many entries
 * @balanced: whether all balances agree with the entries
 *
 * Says what was read.
 */
void
_zifu_import_window_show_household (ZifuImportWindow *self, gint64 n_members, gint64 n_entries, gboolean balanced)
{
  adw_status_page_set_title (self->done, _("The Household Was Read"));
  if (!balanced)
    set_description (self->done, _("A balance in the file does not agree with its entries. The account page names the place."));
  zifu_ui_empty_list (GTK_LIST_BOX (self->done_rows));
  add_count (self, _("People"), (guint) n_members, NULL);
  add_count (self, _("Entries"), (guint) n_entries, NULL);
  gtk_widget_set_visible (self->undo, FALSE);
  gtk_widget_set_visible (self->show_report, FALSE);
  _zifu_import_window_set_step (self, "done");
}
