/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-entry-words.h"
#include "zifu-family.h"
#include "zifu-leave-guard.h"
#include "zifu-tie-form.h"
#include "zifu-widgets.h"

struct _ZifuTieForm {
  AdwWindow parent_instance;

  ZifuSession *session;    /* owned */
  ZifuMember  *owner;      /* owned */
  GPtrArray   *candidates; /* owned, of ZifuMember */
  ZifuPack    *pack;       /* owned, nullable */
  gboolean     ready;      /* what the template says while it is made or taken apart does not count */

  ZifuNotice         *problem;
  AdwComboRow        *relative;
  ZifuMoneyRow       *quota;
  GtkImage           *verdict_icon;
  GtkLabel           *verdict;
  GtkLabel           *rule;
  GtkWidget          *mark;
};

G_DEFINE_FINAL_TYPE (ZifuTieForm, zifu_tie_form, ADW_TYPE_WINDOW)

static guint signal_saved;

static const ZifuMember *
get_chosen (ZifuTieForm *self)
{
  guint i = adw_combo_row_get_selected (self->relative);

  return self->candidates != NULL && i < self->candidates->len ? g_ptr_array_index (self->candidates, i) : NULL;
}

/* The rules are asked about the very tie that would be stored. */
static ZifuTieReview
review (ZifuTieForm *self, const ZifuMember *relative, ZifuRecord **record)
{
  ZifuDate today = zifu_session_get_today (self->session);
  ZifuTieReview found = { .fault = ZIFU_TIE_GOOD, .unsure = TRUE };
  g_autoptr (GArray) reviews = NULL;
  ZifuTie *tie;

  *record = zifu_session_dup_record (self->session, NULL);
  if (*record == NULL || self->pack == NULL)
    return found;
  g_array_set_size ((*record)->ties, 0);
  tie = zifu_record_add_tie (*record, relative->name, zifu_member_relation_to (self->owner, relative), TRUE, today);
  tie->insurance = g_strdup (relative->insurance);
  tie->place = g_strdup (zifu_member_place_of (self->owner, relative));
  reviews = zifu_family_review (self->pack, *record, today);
  return reviews->len > 0 ? g_array_index (reviews, ZifuTieReview, 0) : found;
}

static const char *
choose_verdict (const ZifuTieReview *found)
{
  if (found->fault == ZIFU_TIE_PLACE)
    /* Translators: {1} is what the relative is to the owner, such as "child". */
    return _("Relation: {1}. The rules do not allow it between the two places of insurance.");
  if (found->fault != ZIFU_TIE_GOOD)
    /* Translators: {1} is what the relative is to the owner, such as "child". */
    return _("Relation: {1}. The rules of today do not allow this relation.");
  if (found->unsure)
    /* Translators: {1} is what the relative is to the owner, such as "child". */
    return _("Relation: {1}. The rules of this region do not say whether this is allowed. Ask the medical insurance bureau first.");
  /* Translators: {1} is what the relative is to the owner, such as "child". */
  return _("Relation: {1}. The rules of today allow it.");
}

static void
show_verdict (ZifuTieForm *self)
{
  const ZifuMember *relative = get_chosen (self);
  g_autoptr (ZifuRecord) record = NULL;
  g_autofree char *text = NULL;
  g_autofree char *rule = NULL;
  ZifuTieReview found;
  gboolean good;

  if (relative == NULL)
    return;
  found = review (self, relative, &record);
  good = found.fault == ZIFU_TIE_GOOD;
  text = zifu_words_fill (choose_verdict (&found),
                          zifu_relation_name (zifu_member_relation_to (self->owner, relative), relative->sex), NULL);
  gtk_label_set_text (self->verdict, text);
  gtk_image_set_from_icon_name (self->verdict_icon, !good          ? "zifu-bad-symbolic"
                                                    : found.unsure ? "zifu-info-symbolic"
                                                                   : "zifu-ok-symbolic");
  gtk_widget_set_css_classes (GTK_WIDGET (self->verdict_icon), (const char *[]){ !good ? "bad" : found.unsure ? "quiet" : "ok", NULL });
  rule = found.rule != NULL ? g_strdup (zifu_words_text (&found.rule->title)) : NULL;
  gtk_label_set_text (self->rule, rule != NULL ? rule : "");
  gtk_widget_set_visible (GTK_WIDGET (self->rule), rule != NULL);
  gtk_widget_set_visible (self->mark, found.rule != NULL && found.rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tie.save", good);
}

static void
choice_changed_cb (ZifuTieForm *self)
{
  if (!self->ready)
    return;
  zifu_notice_set_revealed (self->problem, FALSE);
  show_verdict (self);
}

static void
quota_changed_cb (ZifuTieForm *self)
{
  if (self->ready)
    zifu_notice_set_revealed (self->problem, FALSE);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zifu_tie_form_save (ZIFU_TIE_FORM (widget));
}

static gboolean
save_window (GtkWindow *form)
{
  return zifu_tie_form_save (ZIFU_TIE_FORM (form));
}

static void
zifu_tie_form_dispose (GObject *object)
{
  ZifuTieForm *self = ZIFU_TIE_FORM (object);

  self->ready = FALSE;
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZIFU_TYPE_TIE_FORM);
  g_clear_pointer (&self->owner, zifu_member_free);
  g_clear_pointer (&self->pack, zifu_pack_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (zifu_tie_form_parent_class)->dispose (object);
}

static void
zifu_tie_form_class_init (ZifuTieFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_tie_form_dispose;

  signal_saved = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  g_type_ensure (ZIFU_TYPE_CHOICE_ROW);
  g_type_ensure (ZIFU_TYPE_MONEY_ROW);
  g_type_ensure (ZIFU_TYPE_NOTICE);
  g_type_ensure (ZIFU_TYPE_UNVERIFIED_MARK);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-tie-form.ui");
  gtk_widget_class_bind_template_child (widget_class, ZifuTieForm, problem);
  gtk_widget_class_bind_template_child (widget_class, ZifuTieForm, relative);
  gtk_widget_class_bind_template_child (widget_class, ZifuTieForm, quota);
  gtk_widget_class_bind_template_child (widget_class, ZifuTieForm, verdict_icon);
  gtk_widget_class_bind_template_child (widget_class, ZifuTieForm, verdict);
  gtk_widget_class_bind_template_child (widget_class, ZifuTieForm, rule);
  gtk_widget_class_bind_template_child (widget_class, ZifuTieForm, mark);
  gtk_widget_class_bind_template_callback (widget_class, choice_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, quota_changed_cb);

  gtk_widget_class_install_action (widget_class, "tie.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "tie.save", NULL);
}

static void
zifu_tie_form_init (ZifuTieForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  zifu_widgets_follow_scheme (GTK_WIDGET (self));
}

static gboolean
has_tie (const GArray *ties, gint64 relative_id)
{
  for (guint i = 0; ties != NULL && i < ties->len; i++)
    if (g_array_index (ties, ZifuMutualTie, i).relative_id == relative_id)
      return TRUE;
  return FALSE;
}

/**
 * zifu_tie_form_list_candidates:
 * @session: the session
 *
 * Returns: (transfer full) (element-type ZifuMember): the household without the person on screen and whoever may use the account already
 */
GPtrArray *
zifu_tie_form_list_candidates (ZifuSession *session)
{
  GPtrArray *members;
  g_autoptr (GArray) ties = NULL;
  gint64 owner_id;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);

  members = zifu_session_list_members (session);
  owner_id = zifu_session_get_member_id (session);
  ties = zifu_ledger_list_ties (zifu_session_get_ledger (session), owner_id, NULL);
  for (guint i = members->len; i > 0; i--)
    {
      gint64 id = ((ZifuMember *) g_ptr_array_index (members, i - 1))->id;

      if (id == owner_id || has_tie (ties, id))
        g_ptr_array_remove_index (members, i - 1);
    }
  return members;
}

/**
 * zifu_tie_form_new:
 * @session: whose person on screen owns the account
 *
 * Returns: (transfer none): the window, owned by the toolkit like every window
 */
GtkWidget *
zifu_tie_form_new (ZifuSession *session)
{
  ZifuTieForm *self;
  g_autoptr (GtkStringList) names = NULL;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);

  self = g_object_new (ZIFU_TYPE_TIE_FORM, NULL);
  self->session = g_object_ref (session);
  self->owner = zifu_session_dup_member (session);
  self->pack = zifu_session_dup_pack (session, NULL);
  self->candidates = zifu_tie_form_list_candidates (session);
  names = gtk_string_list_new (NULL);
  for (guint i = 0; i < self->candidates->len; i++)
    gtk_string_list_take (names, zifu_member_dup_title (g_ptr_array_index (self->candidates, i)));
  adw_combo_row_set_model (self->relative, G_LIST_MODEL (names));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tie.save", FALSE);
  self->ready = TRUE;
  show_verdict (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->relative));
  zifu_leave_guard_watch (GTK_WINDOW (self), save_window);
  return GTK_WIDGET (self);
}

static gboolean
refuse (ZifuTieForm *self, const char *message)
{
  zifu_notice_set_title (self->problem, message);
  zifu_notice_set_revealed (self->problem, TRUE);
  return FALSE;
}

/**
 * zifu_tie_form_save:
 * @self: a form
 *
 * Stores the permission from today on; says what is wrong otherwise.
 *
 * Returns: whether it was stored
 */
gboolean
zifu_tie_form_save (ZifuTieForm *self)
{
  const ZifuMember *relative;
  g_autoptr (ZifuRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  ZifuMutualTie tie = { 0 };

  g_return_val_if_fail (ZIFU_IS_TIE_FORM (self), FALSE);

  relative = get_chosen (self);
  if (relative == NULL || self->owner == NULL || review (self, relative, &record).fault != ZIFU_TIE_GOOD)
    return FALSE;
  if (!zifu_money_row_get_valid (self->quota))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->quota));
      return refuse (self, _("The limit is not an amount of money."));
    }
  if (zifu_money_row_get_amount (self->quota) == 0)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->quota));
      return refuse (self, _("A limit of nothing allows nothing. Leave it empty for the whole balance."));
    }

  tie.owner_id = self->owner->id;
  tie.relative_id = relative->id;
  tie.has_quota = zifu_money_row_get_amount (self->quota) >= 0;
  tie.quota = MAX (zifu_money_row_get_amount (self->quota), 0);
  tie.from = zifu_session_get_today (self->session);
  if (!zifu_ledger_set_tie (zifu_session_get_ledger (self->session), &tie, &error))
    {
      g_autofree char *message = zifu_ui_error_text (error);

      return refuse (self, message);
    }
  zifu_leave_guard_release (GTK_WINDOW (self));
  g_signal_emit (self, signal_saved, 0, tie.relative_id);
  zifu_session_emit_changed (self->session);
  gtk_window_close (GTK_WINDOW (self));
  return TRUE;
}
