/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-answer-row.h"
#include "zifu-compat.h"
#include "zifu-widgets.h"

struct _ZifuAnswerRow {
  AdwExpanderRow parent_instance;

  ZifuAnswer *answer; /* owned */
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
open_cb (ZifuAnswerRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  zifu_compat_open_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->answer->url);
}

static GtkWidget *
new_icon (const char *name)
{
  return g_object_new (GTK_TYPE_IMAGE, "icon-name", name, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
}

static AdwActionRow *
add_row (ZifuAnswerRow *self, const char *title, const char *text, const char *icon_name)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (row, 0);
  adw_action_row_set_subtitle_lines (row, 0);
  if (text != NULL)
    adw_action_row_set_subtitle (row, text);
  adw_action_row_add_prefix (row, new_icon (icon_name));
  if (text != NULL)
    gtk_widget_set_focusable (GTK_WIDGET (row), FALSE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (row));
  return row;
}

static char *
dup_points (const ZifuAnswer *answer)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < answer->points->len; i++)
    g_string_append_printf (text, "%s• %s", i > 0 ? "\n" : "", (const char *) g_ptr_array_index (answer->points, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_source (ZifuAnswerRow *self)
{
  const ZifuAnswer *answer = self->answer;
  AdwActionRow *row = add_row (self, _("Source"), answer->source, "text-x-generic-symbolic");

  if (answer->unverified)
    adw_action_row_add_suffix (row, g_object_new (ZIFU_TYPE_UNVERIFIED_MARK, "valign", GTK_ALIGN_CENTER, NULL));
  if (answer->url != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (_("Open"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_tooltip_text (button, answer->url);
      g_signal_connect_object (button, "clicked", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (row, button);
    }
}

static void
add_estimate (ZifuAnswerRow *self)
{
  AdwActionRow *row = add_row (self, _("Estimate with this bill"), NULL, "zifu-estimate-symbolic");

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (row, new_icon ("go-next-symbolic"));
  g_signal_connect_object (row, "activated", G_CALLBACK (estimate_cb), self, G_CONNECT_SWAPPED);
}

static void
build (ZifuAnswerRow *self)
{
  const ZifuAnswer *answer = self->answer;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), answer->question);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), answer->answer);
  if (answer->in_your_case != NULL)
    add_row (self, _("In your case"), answer->in_your_case, "avatar-default-symbolic");
  if (answer->why != NULL)
    add_row (self, _("Why"), answer->why, "zifu-why-symbolic");
  if (answer->points != NULL && answer->points->len > 0)
    {
      g_autofree char *points = dup_points (answer);

      add_row (self, _("In detail"), points, "view-list-symbolic");
    }
  if (answer->source != NULL)
    add_source (self);
  if (answer->bill > 0)
    add_estimate (self);
}

static void
zifu_answer_row_finalize (GObject *object)
{
  g_clear_pointer (&ZIFU_ANSWER_ROW (object)->answer, zifu_answer_free);
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
  build (self);
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
