/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-backups-view.h"

#include <glib/gi18n-lib.h>

#include "zifu-backup-words.h"
#include "zifu-compat-files.h"
#include "zifu-compat.h"
#include "zifu-entry-words.h"
#include "zifu-ui-rows.h"
#include "zifu-widgets.h"
#include "zifu-words.h"
#include "zifu-work-view.h"

struct _ZifuBackupsView {
  GtkWidget parent_instance;

  char        *ledger_path; /* owned */
  ZifuSession *session;     /* owned, nullable: of a household that cannot be opened there is none */
  GPtrArray   *items;       /* owned, of ZifuBackupItem */
  ZifuWork    *checking;    /* owned, nullable: while one of the list is checked */
  guint        index;       /* which */
  ZifuWork    *work;        /* owned, nullable: what somebody asked for */
  char        *asked;       /* owned, nullable: which backup a question is about */

  GtkStack     *stack;
  GtkStack     *inner;
  GtkListBox   *list;
  ZifuWorkView *progress;
  ZifuNotice   *problem, *done;
};

G_DEFINE_FINAL_TYPE (ZifuBackupsView, zifu_backups_view, GTK_TYPE_WIDGET)

static guint signal_restore;

static gboolean
can_restore (ZifuBackupsView *self)
{
  return self->session == NULL || !zifu_ledger_is_read_only (zifu_session_get_ledger (self->session));
}

static GDateTime *
dup_now (ZifuBackupsView *self)
{
  return self->session != NULL ? zifu_session_dup_now (self->session) : g_date_time_new_now_local ();
}

/* What was given up is known to whoever gave it up. */
static void
show_problem (ZifuBackupsView *self, const GError *error)
{
  g_autofree char *text = NULL;

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    text = zifu_ui_error_text (error);
  if (text != NULL)
    zifu_notice_set_title (self->problem, text);
  zifu_notice_set_revealed (self->problem, text != NULL);
}

static void
show_work (ZifuBackupsView *self, const char *title, const char *note)
{
  show_problem (self, NULL);
  zifu_notice_set_revealed (self->done, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "work");
  zifu_work_view_watch (self->progress, self->work, title, note);
}

static void
end_work (ZifuBackupsView *self, const GError *error)
{
  g_clear_object (&self->work);
  zifu_work_view_forget (self->progress);
  gtk_stack_set_visible_child_name (self->stack, "list");
  show_problem (self, error);
}

static GtkWidget *
new_restore_button (ZifuBackupsView *self, guint index, const char *when)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "label", _("Restore…"), "action-name", "backups.restore", NULL);
  /* Translators: {1} is a day and a time. */
  g_autofree char *label = zifu_words_fill (_("Restore the backup of {1}"), when, NULL);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", index);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

/* The automatic ones come and go by themselves. */
static void
add_delete_button (GtkWidget *row, guint index, const char *when)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "icon-name", "user-trash-symbolic", "action-name", "backups.delete", "tooltip-text",
                                    _("Delete"), NULL);
  /* Translators: {1} is a day and a time. */
  g_autofree char *label = zifu_words_fill (_("Delete the backup of {1}"), when, NULL);

  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", index);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  zifu_ui_add_button (row, button);
}

static GtkWidget *
new_row (ZifuBackupsView *self, guint index)
{
  const ZifuBackupItem *item = g_ptr_array_index (self->items, index);
  g_autofree char *when = zifu_backup_dup_time (item->time), *size = g_format_size ((guint64) item->bytes);
  /* Translators: {1} is where a backup comes from, {2} the size of its file. */
  g_autofree char *text = zifu_words_fill (_("{1} · {2} · not checked yet"), zifu_backup_kind_name (item->kind), size, NULL);
  GtkWidget *row = zifu_ui_text_row (when, text);
  GtkWidget *button = new_restore_button (self, index, when);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "content-loading-symbolic", "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_set_visible (button, FALSE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (item->kind != ZIFU_BACKUP_DAILY)
    add_delete_button (row, index, when);
  zifu_ui_add_button (row, button);
  g_object_set_data (G_OBJECT (row), "zifu-icon", icon);
  g_object_set_data (G_OBJECT (row), "zifu-button", button);
  return row;
}

/* What the check found of one of the list; a file with another name than those of this program tells where it lies. */
static void
show_checked (ZifuBackupsView *self, guint index, const ZifuBackupInfo *info, const GError *error)
{
  const ZifuBackupItem *item = g_ptr_array_index (self->items, index);
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) index));
  g_autofree char *size = g_format_size ((guint64) item->bytes);
  g_autofree char *holds = info != NULL ? zifu_backup_dup_holds (info) : zifu_ui_error_text (error);
  g_autofree char *text = NULL;
  GtkWidget *icon = g_object_get_data (G_OBJECT (row), "zifu-icon");

  if (info != NULL)
    /* Translators: {1} is where a backup comes from, {2} the size of its file, {3} how many people and entries it holds. */
    text = zifu_words_fill (_("{1} · {2} · checked\n{3}"), zifu_backup_kind_name (item->kind), size, holds, NULL);
  else
    /* Translators: {1} is where a backup comes from, {2} the size of its file, {3} a sentence that says what is wrong. */
    text = zifu_words_fill (_("{1} · {2}\n{3}"), zifu_backup_kind_name (item->kind), size, holds, NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  gtk_image_set_from_icon_name (GTK_IMAGE (icon), info != NULL ? "zifu-ok-symbolic" : "zifu-bad-symbolic");
  gtk_widget_add_css_class (icon, info != NULL ? "success" : "error");
  if (info == NULL || !can_restore (self))
    return;
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), "zifu-button"), TRUE);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), g_object_get_data (G_OBJECT (row), "zifu-button"));
}

static void check_next (ZifuBackupsView *self);

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuBackupsView) self = data;
  g_autoptr (GError) error = NULL;

  zifu_work_run_finish (ZIFU_WORK (source), result, &error);
  if (self->checking != ZIFU_WORK (source))
    return;
  g_clear_object (&self->checking);
  show_checked (self, self->index, zifu_backup_task_get (result)->info, error);
  self->index++;
  check_next (self);
}

static void
check_next (ZifuBackupsView *self)
{
  const ZifuBackupItem *item;

  if (self->index >= self->items->len)
    return;
  item = g_ptr_array_index (self->items, self->index);
  self->checking = zifu_work_new ();
  zifu_backup_task_look (self->checking, self->ledger_path, item->path, checked_cb, g_object_ref (self));
}

static void
stop_checking (ZifuBackupsView *self)
{
  if (self->checking != NULL)
    zifu_work_cancel (self->checking);
  g_clear_object (&self->checking);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuBackupsView) self = data;
  g_autoptr (GError) error = NULL;
  gboolean written = zifu_work_run_finish (ZIFU_WORK (source), result, &error);
  g_autofree char *name = g_filename_display_basename (zifu_backup_task_get (result)->path);
  g_autofree char *text = NULL;

  if (self->stack == NULL)
    return;
  end_work (self, error);
  if (!written)
    return;
  /* Translators: {1} is the name of a file. */
  text = zifu_words_fill (_("Backed up and checked: “{1}”"), name, NULL);
  zifu_notice_set_title (self->done, text);
  zifu_notice_set_revealed (self->done, TRUE);
  zifu_backups_view_reload (self);
}

static void
now_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuBackupsView *self = ZIFU_BACKUPS_VIEW (widget);
  g_autoptr (GDateTime) now = dup_now (self);
  g_autofree char *path = zifu_backup_shelf_new_path (self->ledger_path, now);

  zifu_backups_view_write (self, path);
}

static void
set_not_here (ZifuBackupsView *self)
{
  zifu_notice_set_title (self->problem, _("This place cannot be written to directly. Choose a folder on this computer."));
  zifu_notice_set_revealed (self->problem, TRUE);
}

static void
place_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuBackupsView) self = data;
  g_autoptr (GFile) file = zifu_compat_choose_file_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (file == NULL || self->stack == NULL)
    return;
  if (path != NULL)
    zifu_backups_view_write (self, path);
  else
    set_not_here (self);
}

static GtkWindow *
get_window (ZifuBackupsView *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
file_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuBackupsView *self = ZIFU_BACKUPS_VIEW (widget);
  g_autofree char *day = zifu_words_date (zifu_session_get_today (self->session), ZIFU_DATE_STYLE_ISO);
  /* Translators: {1} is a day: the name of a file, whose end must stay. */
  g_autofree char *file_name = zifu_words_fill (_("Zifu {1}.zifu-backup"), day, NULL);

  if (self->work == NULL)
    zifu_compat_choose_file (get_window (self), _("Back Up the Household"), _("_Back Up"), TRUE, file_name, NULL, NULL, place_chosen_cb,
                             g_object_ref (self));
}

static void
backup_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuBackupsView) self = data;
  g_autoptr (GFile) file = zifu_compat_choose_file_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (file == NULL || self->stack == NULL)
    return;
  if (path != NULL)
    zifu_backups_view_choose (self, path);
  else
    set_not_here (self);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const suffixes[] = { "zifu-backup", NULL };
  ZifuBackupsView *self = ZIFU_BACKUPS_VIEW (widget);

  if (self->work == NULL)
    zifu_compat_choose_file (get_window (self), _("Open a Backup"), _("_Open"), FALSE, NULL, _("Backups"), suffixes, backup_chosen_cb,
                             g_object_ref (self));
}

static void
restore_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuBackupsView *self = ZIFU_BACKUPS_VIEW (widget);
  guint index = g_variant_get_uint32 (parameter);

  if (index < self->items->len)
    zifu_backups_view_choose (self, ((const ZifuBackupItem *) g_ptr_array_index (self->items, index))->path);
}

static void
delete_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuBackupsView) self = data;
  g_autofree char *path = g_steal_pointer (&self->asked);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), NULL) || self->stack == NULL || path == NULL)
    return;
  stop_checking (self);
  zifu_notice_set_revealed (self->done, FALSE);
  zifu_backup_shelf_delete (self->ledger_path, path, &error);
  zifu_backups_view_reload (self);
  show_problem (self, error);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuBackupsView *self = ZIFU_BACKUPS_VIEW (widget);
  guint index = g_variant_get_uint32 (parameter);

  if (index >= self->items->len || self->work != NULL || self->asked != NULL)
    return;
  self->asked = g_strdup (((const ZifuBackupItem *) g_ptr_array_index (self->items, index))->path);
  zifu_compat_confirm (get_window (self), _("Delete This Backup?"), _("It cannot be brought back. The household stays as it is."),
                       _("Cancel"), _("Delete"), TRUE, delete_answered_cb, g_object_ref (self));
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuBackupsView) self = data;
  g_autofree char *path = g_steal_pointer (&self->asked);

  if (!g_task_propagate_boolean (G_TASK (result), NULL) || self->stack == NULL || path == NULL)
    return;
  stop_checking (self);
  g_signal_emit (self, signal_restore, 0, g_variant_new_bytestring (path));
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuBackupsView) self = data;
  g_autoptr (GError) error = NULL;
  gboolean whole = zifu_work_run_finish (ZIFU_WORK (source), result, &error);
  const ZifuBackupTask *task = zifu_backup_task_get (result);
  g_autofree char *body = NULL;

  if (self->stack == NULL)
    return;
  end_work (self, error);
  if (!whole)
    return;
  body = zifu_backup_dup_question (task);
  self->asked = g_strdup (task->path);
  zifu_compat_confirm (get_window (self), _("Replace the Household by This Backup?"), body, _("Cancel"), _("Restore"), TRUE, answered_cb,
                       g_object_ref (self));
}

static void
zifu_backups_view_dispose (GObject *object)
{
  ZifuBackupsView *self = ZIFU_BACKUPS_VIEW (object);

  stop_checking (self);
  if (self->work != NULL)
    zifu_work_cancel (self->work);
  g_clear_object (&self->work);
  self->stack = NULL;
  zifu_ui_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->ledger_path, g_free);
  g_clear_pointer (&self->asked, g_free);

  G_OBJECT_CLASS (zifu_backups_view_parent_class)->dispose (object);
}

static void
zifu_backups_view_class_init (ZifuBackupsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_backups_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "backups.now", NULL, now_action);
  gtk_widget_class_install_action (widget_class, "backups.file", NULL, file_action);
  gtk_widget_class_install_action (widget_class, "backups.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "backups.restore", "u", restore_action);
  gtk_widget_class_install_action (widget_class, "backups.delete", "u", delete_action);
  signal_restore = g_signal_new ("restore", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_VARIANT);
}

static void
add_way (GtkListBox *list, const char *title, const char *subtitle, const char *icon, const char *action)
{
  GtkWidget *row = zifu_ui_link_row (title, subtitle, icon, NULL);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  gtk_list_box_append (list, row);
}

static GtkListBox *
new_list (const char *label)
{
  GtkWidget *list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, "valign", GTK_ALIGN_START, NULL);

  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_LIST_BOX (list);
}

static GtkWidget *
new_notice (ZifuNotice **notice, ZifuNoticeStyle style)
{
  *notice = ZIFU_NOTICE (zifu_notice_new (""));
  zifu_notice_set_style (*notice, style);
  /* One that says nothing takes no room. */
  g_object_bind_property (*notice, "revealed", *notice, "visible", G_BINDING_SYNC_CREATE);
  return GTK_WIDGET (*notice);
}

static void
zifu_backups_view_init (ZifuBackupsView *self)
{
  GtkWidget *outer = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 12, NULL);
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 18, NULL);
  GtkListBox *ways = new_list (_("Make or open a backup"));
  GtkWidget *empty = g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "zifu-import-symbolic", "title", _("No Backup Yet"), "description",
                                   _("One is written on each day on which the program runs."), NULL);

  add_way (ways, _("Back Up Now"), _("Kept until you delete it"), "document-save-symbolic", "backups.now");
  add_way (ways, _("Back Up to a File…"), _("On a memory stick, for example"), "drive-removable-media-symbolic", "backups.file");
  add_way (ways, _("Open a Backup…"), _("It is checked before anything is changed"), "document-open-symbolic", "backups.open");
  self->list = new_list (_("Backups, newest first"));
  self->inner = g_object_new (GTK_TYPE_STACK, "hhomogeneous", FALSE, "vhomogeneous", FALSE, NULL);
  gtk_stack_add_named (self->inner, GTK_WIDGET (self->list), "list");
  gtk_stack_add_named (self->inner, empty, "empty");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (ways));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->inner));
  self->progress = ZIFU_WORK_VIEW (zifu_work_view_new ());
  self->stack = g_object_new (GTK_TYPE_STACK, "hhomogeneous", FALSE, "vhomogeneous", FALSE, NULL);
  gtk_stack_add_named (self->stack, box, "list");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->progress), "work");
  gtk_box_append (GTK_BOX (outer), new_notice (&self->problem, ZIFU_NOTICE_BAD));
  gtk_box_append (GTK_BOX (outer), new_notice (&self->done, ZIFU_NOTICE_INFO));
  gtk_box_append (GTK_BOX (outer), GTK_WIDGET (self->stack));
  gtk_widget_set_parent (outer, GTK_WIDGET (self));
}

/* A household that cannot be written to is never replaced; one that cannot be opened can only be. */
static void
show_what_can_be_done (ZifuBackupsView *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "backups.now", self->session != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "backups.file", self->session != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "backups.open", can_restore (self));
  if (can_restore (self))
    return;
  zifu_notice_set_style (self->done, ZIFU_NOTICE_WARN);
  zifu_notice_set_title (self->done, _("Nothing can be restored: this household can only be read at the moment."));
  zifu_notice_set_revealed (self->done, TRUE);
}

/**
 * zifu_backups_view_new:
 * @ledger_path: where the household lies
 * @session: (nullable): the household; %NULL when it cannot be opened
 *
 * Returns: (transfer floating): what can be restored, the newest first; each is checked in a thread, one after the other
 */
GtkWidget *
zifu_backups_view_new (const char *ledger_path, ZifuSession *session)
{
  ZifuBackupsView *self;

  g_return_val_if_fail (ledger_path != NULL, NULL);
  g_return_val_if_fail (session == NULL || ZIFU_IS_SESSION (session), NULL);

  self = g_object_new (ZIFU_TYPE_BACKUPS_VIEW, NULL);
  self->ledger_path = g_strdup (ledger_path);
  g_set_object (&self->session, session);
  show_what_can_be_done (self);
  zifu_backups_view_reload (self);
  return GTK_WIDGET (self);
}

/**
 * zifu_backups_view_reload:
 * @self: the list
 *
 * Looks anew what is there.
 */
void
zifu_backups_view_reload (ZifuBackupsView *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (ZIFU_IS_BACKUPS_VIEW (self));

  if (self->stack == NULL)
    return;
  stop_checking (self);
  zifu_ui_empty_list (self->list);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  self->items = zifu_backup_shelf_list (self->ledger_path, &error);
  if (self->items == NULL)
    {
      show_problem (self, error);
      self->items = g_ptr_array_new ();
    }
  for (guint i = 0; i < self->items->len; i++)
    gtk_list_box_append (self->list, new_row (self, i));
  gtk_stack_set_visible_child_name (self->inner, self->items->len > 0 ? "list" : "empty");
  self->index = 0;
  check_next (self);
}

/**
 * zifu_backups_view_write:
 * @self: the list
 * @path: where to write
 *
 * Writes a backup, unless something else is going on.
 */
void
zifu_backups_view_write (ZifuBackupsView *self, const char *path)
{
  g_autoptr (GDateTime) now = NULL;

  g_return_if_fail (ZIFU_IS_BACKUPS_VIEW (self));
  g_return_if_fail (path != NULL);

  if (self->work != NULL || self->session == NULL)
    return;
  now = dup_now (self);
  self->work = zifu_work_new ();
  show_work (self, _("Backing Up"), _("Everything is copied into one file, and the file is checked."));
  zifu_backup_task_write (self->work, self->ledger_path, path, now, written_cb, g_object_ref (self));
}

/**
 * zifu_backups_view_choose:
 * @self: the list
 * @path: a backup, one of the list or from elsewhere
 *
 * Checks it, says what would be replaced by what, and asks; then signal "restore".
 */
void
zifu_backups_view_choose (ZifuBackupsView *self, const char *path)
{
  g_return_if_fail (ZIFU_IS_BACKUPS_VIEW (self));
  g_return_if_fail (path != NULL);

  if (self->work != NULL || self->asked != NULL || !can_restore (self))
    return;
  self->work = zifu_work_new ();
  show_work (self, _("Checking the Backup"), _("Nothing is changed meanwhile."));
  zifu_backup_task_look (self->work, self->ledger_path, path, looked_cb, g_object_ref (self));
}

/**
 * zifu_backups_view_get_state:
 * @self: the list
 *
 * Returns: (transfer none): list, empty, or work
 */
const char *
zifu_backups_view_get_state (ZifuBackupsView *self)
{
  const char *outer;

  g_return_val_if_fail (ZIFU_IS_BACKUPS_VIEW (self), NULL);

  outer = gtk_stack_get_visible_child_name (self->stack);
  return g_strcmp0 (outer, "work") == 0 ? outer : gtk_stack_get_visible_child_name (self->inner);
}
