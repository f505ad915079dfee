/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include "zifu-life-view.h"

#include <glib/gi18n-lib.h>

#include "zifu-life-form.h"
#include "zifu-life-words.h"
#include "zifu-sheet.h"
#include "zifu-ui-rows.h"
#include "zifu-words.h"

#define SHEET_WIDTH 560
#define FORM_WIDTH 460

struct _ZifuLifeView {
  GtkBox parent_instance;

  ZifuSession *session; /* owned */
  gint64       member_id;
  GtkWidget   *groups[ZIFU_N_LIFE_KINDS];
  GtkWidget   *add_rows[ZIFU_N_LIFE_KINDS];
  GPtrArray   *rows;    /* owned, of GtkWidget in a group; not owned */
};

G_DEFINE_FINAL_TYPE (ZifuLifeView, zifu_life_view, GTK_TYPE_BOX)

static const struct {
  const char *title, *description, *add;
} kinds[] = {
  [ZIFU_LIFE_ENROLMENT] = { N_("Enrolments"),
                            N_("Only those beside the insurance of the person's data: two at a time are paid once, and one has to end."),
                            N_("Add an Enrolment…") },
  [ZIFU_LIFE_SPELL] = { N_("Months Paid"), N_("They decide when the fund pays, and when it pays again after a gap."),
                        N_("Add Months…") },
  [ZIFU_LIFE_FILING] = { N_("Filings for Care Elsewhere"), N_("The one that holds on the day of a visit decides what the fund pays."),
                         N_("Add a Filing…") },
  [ZIFU_LIFE_MOVE] = { N_("Moves of the Insurance"), N_("While one is under way the account may be closed for a time."),
                       N_("Add a Move…") },
};

static void
drop_rows (ZifuLifeView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP)), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static const ZifuLifeEvent *
event_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "event");
}

static void
remove_cb (GtkWidget *row)
{
  ZifuLifeView *self = ZIFU_LIFE_VIEW (gtk_widget_get_ancestor (row, ZIFU_TYPE_LIFE_VIEW));

  zifu_life_view_remove (self, event_of (row));
}

static void
edit_cb (ZifuLifeView *self, GtkWidget *row)
{
  zifu_life_view_edit (self, event_of (row));
}

static gboolean
is_imported (const ZifuLifeEvent *event)
{
  return event->kind == ZIFU_LIFE_SPELL &&
         (event->provenance == ZIFU_PROVENANCE_IMPORTED || event->provenance == ZIFU_PROVENANCE_SYNCED);
}

static GtkWidget *
make_row (ZifuLifeView *self, const ZifuLifeEvent *event, ZifuPack *pack)
{
  g_autofree char *title = zifu_life_dup_title (event, zifu_session_get_library (self->session));
  g_autofree char *detail = zifu_life_dup_detail (event, pack, zifu_session_get_today (self->session));
  /* Translators: {1} is an enrolment, months, a filing or a move. */
  g_autofree char *spoken = zifu_words_fill (_("Remove {1}"), title, NULL);
  GtkWidget *row = zifu_ui_text_row (title, detail);
  GtkWidget *button;

  g_object_set_data_full (G_OBJECT (row), "event", zifu_life_event_copy (event), (GDestroyNotify) zifu_life_event_free);
  if (is_imported (event))
    return row;
  button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), row, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static ZifuPack *
load_pack (ZifuLifeView *self)
{
  g_autoptr (ZifuMember) member = zifu_ledger_get_member (zifu_session_get_ledger (self->session), self->member_id, NULL);

  return member != NULL ? zifu_pack_library_load (zifu_session_get_library (self->session), member->region, NULL) : NULL;
}

static void
append (ZifuLifeView *self, guint kind, GtkWidget *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->groups[kind]), row);
  g_ptr_array_add (self->rows, row);
}

static void
add_cb (ZifuLifeView *self, GtkWidget *row)
{
  for (guint i = 0; i < ZIFU_N_LIFE_KINDS; i++)
    if (row == self->add_rows[i])
      {
        g_autoptr (ZifuLifeEvent) fresh = zifu_life_event_new ((ZifuLifeKind) i, self->member_id);

        zifu_life_view_edit (self, fresh);
        return;
      }
}

static void
append_add_row (ZifuLifeView *self, guint kind)
{
  GtkWidget *row = zifu_ui_link_row (_(kinds[kind].add), NULL, NULL, NULL);

  g_signal_connect_object (row, "activated", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  self->add_rows[kind] = row;
  append (self, kind, row);
}

static void
show_all (ZifuLifeView *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = zifu_ledger_list_life (zifu_session_get_ledger (self->session), self->member_id, &error);
  g_autoptr (ZifuPack) pack = load_pack (self);

  drop_rows (self);
  if (events == NULL)
    g_signal_emit_by_name (self->session, "failed", error);
  /* The newest first: it is the one that counts. */
  for (guint i = events != NULL ? events->len : 0; i > 0; i--)
    {
      const ZifuLifeEvent *event = g_ptr_array_index (events, i - 1);

      append (self, event->kind, make_row (self, event, pack));
    }
  for (guint i = 0; i < ZIFU_N_LIFE_KINDS; i++)
    append_add_row (self, i);
}

/**
 * Undo:
 *
 * What stood there before and what stands there now.
 */
typedef struct {
  ZifuSession   *session; /* owned */
  ZifuLifeEvent *before, *after; /* owned, nullable */
} Undo;

static void
undo_free (gpointer data, GClosure *closure)
{
  Undo *undo = data;

  g_clear_object (&undo->session);
  zifu_life_event_free (undo->before);
  zifu_life_event_free (undo->after);
  g_free (undo);
}

static void
undo_cb (AdwToast *toast, Undo *undo)
{
  g_autoptr (GError) error = NULL;

  if (!zifu_ledger_replace_life (zifu_session_get_ledger (undo->session), undo->after, undo->before, &error))
    g_signal_emit_by_name (undo->session, "failed", error);
  zifu_session_emit_changed (undo->session);
}

static void
show_toast (ZifuLifeView *self, const ZifuLifeEvent *before, const ZifuLifeEvent *after)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *name = zifu_life_dup_title (after != NULL ? after : before, zifu_session_get_library (self->session));
  /* Translators: {1} is an enrolment, months, a filing or a move. */
  g_autofree char *title = zifu_words_fill (after == NULL ? _("Removed: {1}") : before == NULL ? _("Added: {1}") : _("Changed: {1}"), name,
                                            NULL);
  AdwToast *toast = zifu_ui_toast (title);
  Undo *undo = g_new0 (Undo, 1);

  undo->session = g_object_ref (self->session);
  undo->before = before != NULL ? zifu_life_event_copy (before) : NULL;
  undo->after = after != NULL ? zifu_life_event_copy (after) : NULL;
  adw_toast_set_button_label (toast, _("Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), undo, undo_free, 0);
  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  else
    g_object_unref (toast);
}

static void
saved_cb (ZifuLifeView *self, ZifuLifeEvent *before, ZifuLifeEvent *after)
{
  guint kind = after->kind;

  show_toast (self, before, after);
  gtk_widget_grab_focus (self->add_rows[kind]);
}

static void
zifu_life_view_dispose (GObject *object)
{
  ZifuLifeView *self = ZIFU_LIFE_VIEW (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zifu_life_view_parent_class)->dispose (object);
}

static void
zifu_life_view_class_init (ZifuLifeViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zifu_life_view_dispose;
}

static void
zifu_life_view_init (ZifuLifeView *self)
{
  self->rows = g_ptr_array_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 24);
  for (guint i = 0; i < ZIFU_N_LIFE_KINDS; i++)
    {
      self->groups[i] = adw_preferences_group_new ();
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->groups[i]), _(kinds[i].title));
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->groups[i]), _(kinds[i].description));
      gtk_box_append (GTK_BOX (self), self->groups[i]);
    }
}

/**
 * zifu_life_view_new:
 * @session: the session
 * @member_id: whose
 *
 * Returns: (transfer floating): the lists; inside an AdwToastOverlay each change offers a way back
 */
GtkWidget *
zifu_life_view_new (ZifuSession *session, gint64 member_id)
{
  ZifuLifeView *self;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);

  self = g_object_new (ZIFU_TYPE_LIFE_VIEW, NULL);
  self->session = g_object_ref (session);
  self->member_id = member_id;
  show_all (self);
  g_signal_connect_object (session, "changed", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * zifu_life_view_remove:
 * @self: the lists
 * @event: one of theirs
 *
 * Takes it away at once, and offers to bring it back.
 */
void
zifu_life_view_remove (ZifuLifeView *self, const ZifuLifeEvent *event)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLifeEvent) gone = NULL;

  g_return_if_fail (ZIFU_IS_LIFE_VIEW (self) && event != NULL);

  /* The row that holds it goes with it. */
  gone = zifu_life_event_copy (event);
  if (!zifu_ledger_replace_life (zifu_session_get_ledger (self->session), gone, NULL, &error))
    {
      g_signal_emit_by_name (self->session, "failed", error);
      zifu_session_emit_changed (self->session);
      return;
    }
  zifu_session_emit_changed (self->session);
  show_toast (self, gone, NULL);
  gtk_widget_grab_focus (self->add_rows[gone->kind]);
}

/**
 * zifu_life_view_edit:
 * @self: the lists
 * @event: one of theirs, or one that is not stored yet
 *
 * Opens the form for it.
 */
void
zifu_life_view_edit (ZifuLifeView *self, const ZifuLifeEvent *event)
{
  GtkWidget *form;

  g_return_if_fail (ZIFU_IS_LIFE_VIEW (self) && event != NULL);

  form = zifu_life_form_new (self->session, event);
  g_signal_connect_object (form, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  zifu_sheet_present (GTK_WINDOW (form), GTK_WIDGET (self), FORM_WIDTH);
}

/**
 * zifu_life_view_present:
 * @session: the session
 * @member_id: whose
 * @over: a widget of the window over which it opens
 *
 * Opens the lists in a window of their own.
 */
void
zifu_life_view_present (ZifuSession *session, gint64 member_id, GtkWidget *over)
{
  GtkWidget *sheet, *overlay, *content;

  g_return_if_fail (ZIFU_IS_SESSION (session) && GTK_IS_WIDGET (over));

  sheet = zifu_sheet_new (_("Insurance Record"), zifu_life_view_new (session, member_id));
  overlay = adw_toast_overlay_new ();
  content = g_object_ref (adw_window_get_content (ADW_WINDOW (sheet)));
  adw_window_set_content (ADW_WINDOW (sheet), NULL);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), content);
  adw_window_set_content (ADW_WINDOW (sheet), overlay);
  g_object_unref (content);
  zifu_sheet_present (GTK_WINDOW (sheet), over, SHEET_WIDTH);
}
