/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-answer-parts.h"
#include "zifu-answer-row.h"
#include "zifu-stated-row.h"

struct _ZifuAnswerRow {
  AdwExpanderRow parent_instance;

  ZifuAnswer *answer; /* owned */
  GPtrArray  *parts;  /* owned, of GtkWidget (not owned): what stands below the answer, once it was opened */
  GHashTable *ticked; /* owned, of char*: papers that are ticked */
  gboolean    asked;  /* the questions stand there already */
};

G_DEFINE_FINAL_TYPE (ZifuAnswerRow, zifu_answer_row, ADW_TYPE_EXPANDER_ROW)

enum { SIGNAL_ESTIMATE, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
estimate_cb (ZifuAnswerRow *self)
{
  g_signal_emit (self, signals[SIGNAL_ESTIMATE], 0, self->answer->bill);
}

static void
add (ZifuAnswerRow *self, GtkWidget *part)
{
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), part);
  g_ptr_array_add (self->parts, part);
}

static void
add_text (ZifuAnswerRow *self, const char *icon_name, const char *heading, const char *text)
{
  if (text != NULL)
    add (self, zifu_answer_text_part (icon_name, heading, text));
}

static void
add_list (ZifuAnswerRow *self, const char *icon_name, const char *heading, const GPtrArray *lines, gboolean numbered)
{
  if (lines != NULL && lines->len > 0)
    add (self, zifu_answer_list_part (icon_name, heading, lines, numbered));
}

static void
add_estimate (ZifuAnswerRow *self)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Estimate with this bill"));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), g_object_new (GTK_TYPE_IMAGE, "icon-name", "zifu-estimate-symbolic", "accessible-role",
                                                                 GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role",
                                                                 GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (estimate_cb), self, G_CONNECT_SWAPPED);
  add (self, row);
}

static void
build_parts (ZifuAnswerRow *self)
{
  const ZifuAnswer *answer = self->answer;

  add_text (self, "avatar-default-symbolic", _("In your case"), answer->in_your_case);
  for (guint i = 0; answer->causes != NULL && i < answer->causes->len; i++)
    add (self, zifu_answer_cause_part (g_ptr_array_index (answer->causes, i), self->ticked));
  add_text (self, "zifu-why-symbolic", _("Why"), answer->why);
  add_list (self, "view-list-symbolic", _("In detail"), answer->points, FALSE);
  add_list (self, "emblem-ok-symbolic", _("What to do"), answer->steps, TRUE);
  add_text (self, "mark-location-symbolic", _("Where"), answer->where);
  if (answer->papers != NULL && answer->papers->len > 0)
    add (self, zifu_answer_papers_part (_("What to bring"), answer->papers, self->ticked));
  if (answer->source != NULL || answer->url != NULL || answer->unverified)
    add (self, zifu_answer_source_part (answer->source, answer->url, answer->unverified));
  if (answer->bill > 0)
    add_estimate (self);
}

static void
drop_parts (ZifuAnswerRow *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->parts, i));
  g_ptr_array_set_size (self->parts, 0);
}

/* What stands below an answer is made when somebody looks: most questions are never opened. */
static void
expanded_cb (ZifuAnswerRow *self)
{
  if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)) && self->parts->len == 0)
    build_parts (self);
}

static void
show_answer (ZifuAnswerRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), self->answer->question != NULL ? self->answer->question : "");
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), self->answer->answer != NULL ? self->answer->answer : "");
}

static void
zifu_answer_row_finalize (GObject *object)
{
  ZifuAnswerRow *self = ZIFU_ANSWER_ROW (object);

  g_clear_pointer (&self->answer, zifu_answer_free);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->ticked, g_hash_table_unref);
  G_OBJECT_CLASS (zifu_answer_row_parent_class)->finalize (object);
}

static void
zifu_answer_row_class_init (ZifuAnswerRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zifu_answer_row_finalize;
  signals[SIGNAL_ESTIMATE] = g_signal_new ("estimate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                           G_TYPE_INT64);
}

static void
zifu_answer_row_init (ZifuAnswerRow *self)
{
  GtkWidget *none = adw_preferences_row_new ();

  self->parts = g_ptr_array_new ();
  self->ticked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  /* Without any row the toolkit takes the arrow away; the parts come later. */
  gtk_widget_set_visible (none, FALSE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), none);
  g_signal_connect (self, "notify::expanded", G_CALLBACK (expanded_cb), NULL);
}

/**
 * zifu_answer_row_new:
 * @answer: (transfer full): a question with its answer
 *
 * Returns: a row that shows it
 */
GtkWidget *
zifu_answer_row_new (ZifuAnswer *answer)
{
  ZifuAnswerRow *self = NULL;

  g_return_val_if_fail (answer != NULL, NULL);

  self = g_object_new (ZIFU_TYPE_ANSWER_ROW, NULL);
  self->answer = answer;
  show_answer (self);
  return GTK_WIDGET (self);
}

/**
 * zifu_answer_row_get_answer:
 * @self: a row
 *
 * Returns: (transfer none): the question with its answer
 */
const ZifuAnswer *
zifu_answer_row_get_answer (ZifuAnswerRow *self)
{
  g_return_val_if_fail (ZIFU_IS_ANSWER_ROW (self), NULL);

  return self->answer;
}

/**
 * zifu_answer_row_set_answer:
 * @self: a row
 * @answer: (transfer full): the same question, answered anew
 *
 * Shows another answer in the place of the old one.  Whoever is in the middle of the row stays there: the row stays open, the questions
 * stay as they are, what was ticked stays ticked, and a focus in a part that is gone comes back to the row.
 */
void
zifu_answer_row_set_answer (ZifuAnswerRow *self, ZifuAnswer *answer)
{
  GtkRoot *root;
  GtkWidget *focus;
  gboolean inside = FALSE;

  g_return_if_fail (ZIFU_IS_ANSWER_ROW (self));
  g_return_if_fail (answer != NULL);

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  for (guint i = 0; focus != NULL && i < self->parts->len; i++)
    inside = inside || focus == g_ptr_array_index (self->parts, i)
             || gtk_widget_is_ancestor (focus, g_ptr_array_index (self->parts, i));
  drop_parts (self);
  zifu_answer_free (self->answer);
  self->answer = answer;
  show_answer (self);
  expanded_cb (self);
  if (inside)
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/**
 * zifu_answer_row_ask:
 * @self: a row that was not opened yet
 * @session: to whom the answers are told
 *
 * Asks below the answer what no data can know.
 */
void
zifu_answer_row_ask (ZifuAnswerRow *self, ZifuSession *session)
{
  g_return_if_fail (ZIFU_IS_ANSWER_ROW (self));
  g_return_if_fail (ZIFU_IS_SESSION (session));

  if (self->asked)
    return;
  self->asked = TRUE;
  drop_parts (self);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), zifu_stated_row_new (session));
  expanded_cb (self);
}
