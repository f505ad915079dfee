/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-answers.h"
#include "zifu-entry-words.h"
#include "zifu-family-group.h"
#include "zifu-sheet.h"
#include "zifu-tie-form.h"
#include "zifu-ui-rows.h"
#include "zifu-words.h"

#define FORM_WIDTH 460

struct _ZifuFamilyGroup {
  AdwPreferencesGroup parent_instance;

  ZifuSession *session; /* owned */
  GPtrArray   *rows;    /* owned, of GtkWidget; not owned */
};

G_DEFINE_FINAL_TYPE (ZifuFamilyGroup, zifu_family_group, ADW_TYPE_PREFERENCES_GROUP)

static guint signal_toast;

static void
add_row (ZifuFamilyGroup *self, GtkWidget *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
drop_rows (ZifuFamilyGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static ZifuMember *
find_member (ZifuFamilyGroup *self, gint64 id)
{
  g_autoptr (GPtrArray) members = zifu_session_list_members (self->session);

  for (guint i = 0; i < members->len; i++)
    if (((ZifuMember *) g_ptr_array_index (members, i))->id == id)
      return zifu_member_copy (g_ptr_array_index (members, i));
  return NULL;
}

static char *
dup_name (ZifuFamilyGroup *self, gint64 id)
{
  g_autoptr (ZifuMember) member = find_member (self, id);

  return member != NULL ? zifu_member_dup_title (member) : g_strdup (_("Relative"));
}

/* Ties of the record stand in the order of those of the ledger that concern the person; one is found by its direction and place there. */
static const ZifuTieReview *
find_review (const ZifuAccountFacts *facts, gboolean given, guint nth)
{
  for (guint i = 0; facts->reviews != NULL && i < facts->reviews->len; i++)
    {
      const ZifuTieReview *review = &g_array_index (facts->reviews, ZifuTieReview, i);

      if (review->tie->given == given && nth-- == 0)
        return review;
    }
  return NULL;
}

static const char *
get_fault (const ZifuTieReview *review)
{
  switch (review->fault)
    {
    case ZIFU_TIE_RELATION:
      return _("The rules of today do not allow this relation.");
    case ZIFU_TIE_PLACE:
      return _("The rules do not allow it between the two places of insurance.");
    case ZIFU_TIE_ENDED:
      return _("It was ended.");
    case ZIFU_TIE_NOT_YET:
      return _("It begins later.");
    case ZIFU_TIE_GOOD:
    default:
      return review->unsure ? _("The rules of this region do not say whether this relation is allowed.") : NULL;
    }
}

static char *
dup_used (const ZifuTieReview *review)
{
  g_autofree char *used = NULL;
  g_autofree char *day = NULL;

  if (review->used == 0)
    return g_strdup (_("nothing used in 12 months"));
  used = zifu_words_money (review->used, ZIFU_MONEY_STYLE_LIST);
  day = zifu_words_date (review->last_used, ZIFU_DATE_STYLE_LONG);
  /* Translators: {1} is an amount, {2} a day. */
  return zifu_words_fill (_("used {1} in 12 months, last on {2}"), used, day, NULL);
}

static char *
dup_terms (gboolean has_quota, ZifuMoney quota)
{
  g_autofree char *limit = has_quota ? zifu_words_money (quota, ZIFU_MONEY_STYLE_LIST) : NULL;

  /* Translators: {1} is an amount that a relative may use of this account. */
  return limit != NULL ? zifu_words_fill (_("may use up to {1}"), limit, NULL) : g_strdup (_("may use the whole balance"));
}

static void
append_line (GString *text, const char *line)
{
  if (line == NULL)
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static GtkWidget *
make_tie_row (ZifuFamilyGroup *self, const ZifuMutualTie *tie, const ZifuTieReview *review)
{
  g_autofree char *title = dup_name (self, tie->relative_id);
  g_autofree char *terms = dup_terms (tie->has_quota, tie->quota);
  g_autofree char *used = review != NULL ? dup_used (review) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *spoken = NULL;
  GtkWidget *button = gtk_button_new_with_label (_("End"));
  GtkWidget *row;

  append_line (text, terms);
  append_line (text, used);
  append_line (text, review != NULL ? get_fault (review) : NULL);
  /* Translators: %s is a relative. */
  spoken = g_strdup_printf (_("End the permission of %s"), title);
  row = zifu_ui_text_row (title, text->str);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "account.end-tie");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", tie->relative_id);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

/* Accounts of others that pay for the person on screen. */
static guint
add_helpers (ZifuFamilyGroup *self, const ZifuAccountFacts *facts)
{
  g_autoptr (GArray) ties = zifu_ledger_list_ties (zifu_session_get_ledger (self->session), 0, NULL);
  guint n = 0;

  for (guint i = 0; ties != NULL && i < ties->len; i++)
    {
      const ZifuMutualTie *tie = &g_array_index (ties, ZifuMutualTie, i);
      g_autofree char *title = NULL;
      g_autofree char *limit = NULL;
      g_autofree char *terms = NULL;
      g_autoptr (GString) text = g_string_new (NULL);
      const ZifuTieReview *review;

      if (tie->relative_id != facts->member->id)
        continue;
      title = dup_name (self, tie->owner_id);
      limit = tie->has_quota ? zifu_words_money (tie->quota, ZIFU_MONEY_STYLE_LIST) : NULL;
      /* Translators: {1} is an amount. */
      terms = limit != NULL ? zifu_words_fill (_("this person's account may be used, up to {1}"), limit, NULL)
                            : g_strdup (_("this person's account may be used"));
      review = find_review (facts, FALSE, n);
      append_line (text, terms);
      append_line (text, review != NULL ? get_fault (review) : NULL);
      add_row (self, zifu_ui_text_row (title, text->str));
      n++;
    }
  return n;
}

static void
allow_row_cb (ZifuFamilyGroup *self)
{
  zifu_family_group_allow (self);
}

static void
add_person_cb (ZifuFamilyGroup *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.add-person", NULL);
}

/* Somebody can be allowed who is in the household; whoever is not has to be added first. */
static void
add_allow_row (ZifuFamilyGroup *self, const ZifuAccountFacts *facts)
{
  g_autoptr (GPtrArray) candidates = facts->member->has_account ? zifu_tie_form_list_candidates (self->session) : NULL;
  gboolean alone = facts->members->len < 2;
  GtkWidget *row;

  if (candidates == NULL || (candidates->len == 0 && !alone))
    return;
  row = zifu_ui_link_row (alone ? _("Add a Relative…") : _("Allow a Relative…"),
                          alone ? _("Then the relative can be allowed to use this account.") : NULL, NULL, NULL);
  if (alone)
    g_signal_connect_object (row, "activated", G_CALLBACK (add_person_cb), self, G_CONNECT_SWAPPED);
  else
    g_signal_connect_object (row, "activated", G_CALLBACK (allow_row_cb), self, G_CONNECT_SWAPPED);
  add_row (self, row);
}

static char *
dup_description (const ZifuAccountFacts *facts, guint n_ties, guint n_helpers)
{
  ZifuShareable shareable;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *count = NULL;
  g_autofree char *limit = NULL;
  g_autofree char *quotas = NULL;
  g_autofree char *figure = NULL;

  if (n_ties > 0)
    count = g_strdup_printf (ngettext ("%u relative may use it", "%u relatives may use it", n_ties), n_ties);
  else if (n_helpers == 0)
    count = g_strdup (facts->member->has_account ? _("No relative may use this account.")
                                                 : _("No relative's account may be used by this person."));
  append_line (text, count);
  if (n_ties == 0 || facts->pack == NULL || facts->record == NULL)
    return g_strdup (text->str);

  shareable = zifu_family_shareable (facts->pack, facts->record, facts->today);
  if (!shareable.known || shareable.rule != NULL)
    limit = zifu_words_shareable (&shareable);
  if (shareable.blocked > 0)
    {
      figure = zifu_words_money (shareable.blocked, ZIFU_MONEY_STYLE_LIST);
      /* Translators: {1} is an amount. */
      quotas = zifu_words_fill (_("{1} is set aside for relatives in other provinces; you cannot use it meanwhile."), figure, NULL);
    }
  append_line (text, limit);
  append_line (text, quotas);
  return g_strdup (text->str);
}

typedef struct {
  ZifuSession  *session; /* owned */
  ZifuMutualTie tie;
} Undo;

static void
undo_free (gpointer data, GClosure *closure)
{
  Undo *undo = data;

  g_clear_object (&undo->session);
  g_free (undo);
}

static void
tell_result (ZifuSession *session, gboolean success, const GError *error)
{
  if (!success)
    g_signal_emit_by_name (session, "failed", error);
  zifu_session_emit_changed (session);
}

static void
undo_end_cb (AdwToast *toast, Undo *undo)
{
  g_autoptr (GError) error = NULL;
  gboolean success = zifu_ledger_set_tie (zifu_session_get_ledger (undo->session), &undo->tie, &error);

  tell_result (undo->session, success, error);
}

static void
undo_allow_cb (AdwToast *toast, Undo *undo)
{
  g_autoptr (GError) error = NULL;
  gboolean success = zifu_ledger_end_tie (zifu_session_get_ledger (undo->session), undo->tie.owner_id, undo->tie.relative_id, &error);

  tell_result (undo->session, success, error);
}

static void
offer_undo (ZifuFamilyGroup *self, const ZifuMutualTie *tie, const char *template_, GCallback callback)
{
  g_autofree char *name = dup_name (self, tie->relative_id);
  g_autofree char *title = zifu_words_fill (template_, name, NULL);
  g_autoptr (AdwToast) toast = zifu_ui_toast (title);
  Undo *undo = g_new0 (Undo, 1);

  undo->session = g_object_ref (self->session);
  undo->tie = *tie;
  adw_toast_set_button_label (toast, _("Undo"));
  g_signal_connect_data (toast, "button-clicked", callback, undo, undo_free, 0);
  g_signal_emit (self, signal_toast, 0, toast);
}

static void
allowed_cb (ZifuFamilyGroup *self, gint64 relative_id)
{
  ZifuMutualTie tie = { .owner_id = zifu_session_get_member_id (self->session), .relative_id = relative_id };

  /* Translators: {1} is a relative. */
  offer_undo (self, &tie, _("{1} may use this account now"), G_CALLBACK (undo_allow_cb));
}

static void
zifu_family_group_dispose (GObject *object)
{
  ZifuFamilyGroup *self = ZIFU_FAMILY_GROUP (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zifu_family_group_parent_class)->dispose (object);
}

static void
zifu_family_group_class_init (ZifuFamilyGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zifu_family_group_dispose;
  signal_toast = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, ADW_TYPE_TOAST);
}

static void
zifu_family_group_init (ZifuFamilyGroup *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Family Mutual Aid"));
}

/**
 * zifu_family_group_set_session:
 * @self: the group
 * @session: the session
 *
 * To be called once, before anything is shown.
 */
void
zifu_family_group_set_session (ZifuFamilyGroup *self, ZifuSession *session)
{
  g_return_if_fail (ZIFU_IS_FAMILY_GROUP (self));

  g_set_object (&self->session, session);
}

/**
 * zifu_family_group_show:
 * @self: the group
 * @facts: what is known of the person on screen
 *
 * Shows the ties of the person in both directions.
 */
void
zifu_family_group_show (ZifuFamilyGroup *self, const ZifuAccountFacts *facts)
{
  guint n_ties, n_helpers;
  g_autofree char *description = NULL;

  g_return_if_fail (ZIFU_IS_FAMILY_GROUP (self));
  g_return_if_fail (facts != NULL);

  drop_rows (self);
  n_ties = facts->ties != NULL ? facts->ties->len : 0;
  for (guint i = 0; i < n_ties; i++)
    add_row (self, make_tie_row (self, &g_array_index (facts->ties, ZifuMutualTie, i), find_review (facts, TRUE, i)));
  n_helpers = add_helpers (self, facts);
  add_allow_row (self, facts);
  description = dup_description (facts, n_ties, n_helpers);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), description);
}

/**
 * zifu_family_group_end:
 * @self: the group
 * @relative_id: who may no longer use the account of the person on screen
 *
 * Ends the permission at once, and offers to undo it.
 */
void
zifu_family_group_end (ZifuFamilyGroup *self, gint64 relative_id)
{
  g_autoptr (GArray) ties = NULL;
  g_autoptr (GError) error = NULL;
  ZifuLedger *ledger;

  g_return_if_fail (ZIFU_IS_FAMILY_GROUP (self));

  ledger = zifu_session_get_ledger (self->session);
  ties = zifu_ledger_list_ties (ledger, zifu_session_get_member_id (self->session), NULL);
  for (guint i = 0; ties != NULL && i < ties->len; i++)
    {
      ZifuMutualTie tie = g_array_index (ties, ZifuMutualTie, i);

      if (tie.relative_id != relative_id)
        continue;
      if (!zifu_ledger_end_tie (ledger, tie.owner_id, relative_id, &error))
        g_signal_emit_by_name (self->session, "failed", error);
      else
        /* Translators: {1} is a relative. */
        offer_undo (self, &tie, _("{1} may not use this account any more"), G_CALLBACK (undo_end_cb));
      zifu_session_emit_changed (self->session);
      return;
    }
}

/**
 * zifu_family_group_allow:
 * @self: the group
 *
 * Opens the form in which a relative is chosen.
 */
void
zifu_family_group_allow (ZifuFamilyGroup *self)
{
  GtkWidget *form;

  g_return_if_fail (ZIFU_IS_FAMILY_GROUP (self));

  form = zifu_tie_form_new (self->session);
  g_signal_connect_object (form, "saved", G_CALLBACK (allowed_cb), self, G_CONNECT_SWAPPED);
  zifu_sheet_present (GTK_WINDOW (form), GTK_WIDGET (self), FORM_WIDTH);
}
