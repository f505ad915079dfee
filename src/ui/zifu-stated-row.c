/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-choice-row.h"
#include "zifu-stated-row.h"
#include "zifu-words.h"

enum { CARD, ACCOUNT, IDENTITY, DESIGNATED, CONNECTED, PLACE, N_QUESTIONS };

struct _ZifuStatedRow {
  AdwExpanderRow parent_instance;

  ZifuSession *session; /* owned */
  AdwComboRow *questions[N_QUESTIONS];
  gboolean     quiet;   /* the choices follow the session */
};

G_DEFINE_FINAL_TYPE (ZifuStatedRow, zifu_stated_row, ADW_TYPE_EXPANDER_ROW)

static void
show_count (ZifuStatedRow *self, const ZifuStated *stated)
{
  guint n = zifu_stated_count (stated);
  g_autofree char *digits = g_strdup_printf ("%u", n);
  g_autofree char *text = NULL;

  if (n > 0)
    /* Translators: {1} is how many questions were answered. */
    text = zifu_words_fill (ngettext ("{1} statement counts until the program ends; it is not stored",
                                      "{1} statements count until the program ends; they are not stored", n),
                            digits, NULL);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self),
                                 text != NULL ? text : _("Card, account, institution: what no data can know. It is not stored."));
}

/* The choices of each question stand in the order of its values. */
static void
show_stated (ZifuStatedRow *self)
{
  ZifuStated stated;
  guint chosen[N_QUESTIONS];

  zifu_session_get_stated (self->session, &stated);
  chosen[CARD] = stated.card;
  chosen[ACCOUNT] = stated.account;
  chosen[IDENTITY] = stated.identity_changed;
  chosen[DESIGNATED] = stated.designated;
  chosen[CONNECTED] = stated.connected;
  chosen[PLACE] = stated.place;
  self->quiet = TRUE;
  for (guint i = 0; i < N_QUESTIONS; i++)
    adw_combo_row_set_selected (self->questions[i], chosen[i]);
  self->quiet = FALSE;
  show_count (self, &stated);
}

static void
chosen_cb (ZifuStatedRow *self)
{
  ZifuStated stated = { 0 };

  if (self->quiet)
    return;
  stated.card = (ZifuCardState) adw_combo_row_get_selected (self->questions[CARD]);
  stated.account = (ZifuAccountState) adw_combo_row_get_selected (self->questions[ACCOUNT]);
  stated.identity_changed = (ZifuStatedYes) adw_combo_row_get_selected (self->questions[IDENTITY]);
  stated.designated = (ZifuStatedYes) adw_combo_row_get_selected (self->questions[DESIGNATED]);
  stated.connected = (ZifuStatedYes) adw_combo_row_get_selected (self->questions[CONNECTED]);
  stated.place = (ZifuStatedPlace) adw_combo_row_get_selected (self->questions[PLACE]);
  show_count (self, &stated);
  zifu_session_set_stated (self->session, &stated);
}

static void
add_question (ZifuStatedRow *self, guint question, const char *title, const char *const *choices)
{
  GtkWidget *row = zifu_choice_row_new ();
  g_autoptr (GtkStringList) model = gtk_string_list_new (choices);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  self->questions[question] = ADW_COMBO_ROW (row);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
}

static void
add_questions (ZifuStatedRow *self)
{
  const char *const cards[] = { _("Not known"), C_("card", "Active"), C_("card", "Not activated"), C_("card", "Dormant, long unused"),
                                C_("card", "Lost"), NULL };
  const char *const accounts[] = { _("Not known"), C_("account", "Normal"), C_("account", "Frozen"), C_("account", "Closed"),
                                   C_("account", "Moved to another region"), NULL };
  const char *const yes_or_no[] = { _("Not known"), _("Yes"), _("No"), NULL };
  const char *const places[] = { _("Not known"), _("Where insured"), _("Elsewhere, filed"), _("Elsewhere, not filed"),
                                 _("Elsewhere, an emergency"), NULL };

  self->quiet = TRUE;
  add_question (self, CARD, _("Card or electronic credential"), cards);
  add_question (self, ACCOUNT, _("Personal account"), accounts);
  add_question (self, IDENTITY, _("Name or identity number changed, not reported yet"), yes_or_no);
  add_question (self, DESIGNATED, _("The institution is designated"), yes_or_no);
  add_question (self, CONNECTED, _("The institution settles directly"), yes_or_no);
  add_question (self, PLACE, _("Where it was refused"), places);
  self->quiet = FALSE;
}

static void
zifu_stated_row_dispose (GObject *object)
{
  g_clear_object (&ZIFU_STATED_ROW (object)->session);
  G_OBJECT_CLASS (zifu_stated_row_parent_class)->dispose (object);
}

static void
zifu_stated_row_class_init (ZifuStatedRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zifu_stated_row_dispose;
}

static void
zifu_stated_row_init (ZifuStatedRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("What do you know?"));
  gtk_widget_add_css_class (GTK_WIDGET (self), "questions");
  add_questions (self);
}

/**
 * zifu_stated_row_new:
 * @session: who is on screen, and what that person stated before
 *
 * Returns: (transfer floating): the questions, closed
 */
GtkWidget *
zifu_stated_row_new (ZifuSession *session)
{
  ZifuStatedRow *self;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);

  self = g_object_new (ZIFU_TYPE_STATED_ROW, NULL);
  self->session = g_object_ref (session);
  show_stated (self);
  /* Another person stated something else. */
  g_signal_connect_object (session, "changed", G_CALLBACK (show_stated), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
