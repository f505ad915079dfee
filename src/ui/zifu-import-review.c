/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-review.h"

#include <glib/gi18n-lib.h>

#include "zifu-import-line-row.h"
#include "zifu-ui-rows.h"
#include "zifu-words.h"

#define N_CHIPS (ZIFU_N_LINE_STATES + 1)

struct _ZifuImportReview {
  GtkWidget parent_instance;

  ZifuImportPlan  *plan;  /* not owned, nullable */
  ZifuImportLines *lines; /* owned */
  gboolean         ready;

  GtkWidget *chips[N_CHIPS]; /* all, then each state */
  GtkWidget *remarks, *doubts, *doubts_text, *stack, *taken;
};

G_DEFINE_FINAL_TYPE (ZifuImportReview, zifu_import_review, GTK_TYPE_WIDGET)

static guint signal_changed;

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, zifu_import_line_row_new ());
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  zifu_import_line_row_bind (ZIFU_IMPORT_LINE_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  zifu_import_line_row_bind (ZIFU_IMPORT_LINE_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
show_taken (ZifuImportReview *self)
{
  guint n = self->plan != NULL ? zifu_import_plan_count_taken (self->plan) : 0;
  g_autofree char *number = g_strdup_printf ("%u", n);
  /* Translators: {1} is a number. */
  g_autofree char *text = zifu_words_fill (ngettext ("{1} line becomes an entry.", "{1} lines become entries.", n), number, NULL);

  gtk_label_set_text (GTK_LABEL (self->taken), text);
  g_signal_emit (self, signal_changed, 0);
}

static void
chip_cb (ZifuImportReview *self)
{
  if (!self->ready)
    return;
  for (int i = 0; i < N_CHIPS; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->chips[i])))
      zifu_import_lines_set_state (self->lines, i - 1);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), g_list_model_get_n_items (G_LIST_MODEL (self->lines)) > 0 ? "lines" : "none");
}

static void
take_cb (ZifuImportReview *self)
{
  zifu_import_review_take_doubtful (self, TRUE);
}

static void
leave_cb (ZifuImportReview *self)
{
  zifu_import_review_take_doubtful (self, FALSE);
}

static void
zifu_import_review_dispose (GObject *object)
{
  ZifuImportReview *self = ZIFU_IMPORT_REVIEW (object);

  self->ready = FALSE;
  self->plan = NULL;
  if (self->lines != NULL)
    zifu_import_lines_set_plan (self->lines, NULL);
  zifu_ui_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->lines);

  G_OBJECT_CLASS (zifu_import_review_parent_class)->dispose (object);
}

static void
zifu_import_review_class_init (ZifuImportReviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zifu_import_review_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signal_changed = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
build_chips (ZifuImportReview *self)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "spacing", 6, "margin-start", 12, "margin-end", 12, "margin-top", 3, "margin-bottom", 3,
                                 NULL);

  for (guint i = 0; i < N_CHIPS; i++)
    {
      self->chips[i] = gtk_toggle_button_new ();
      gtk_widget_add_css_class (self->chips[i], "chip");
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->chips[i]), GTK_TOGGLE_BUTTON (self->chips[0]));
      g_signal_connect_object (self->chips[i], "toggled", G_CALLBACK (chip_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), self->chips[i]);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Which lines are shown"), -1);
  return g_object_new (GTK_TYPE_SCROLLED_WINDOW, "vscrollbar-policy", GTK_POLICY_NEVER, "hscrollbar-policy", GTK_POLICY_EXTERNAL, "child",
                       box, NULL);
}

static GtkWidget *
new_button (const char *label, GCallback callback, ZifuImportReview *self)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
build_doubts (ZifuImportReview *self)
{
  GtkWidget *buttons = g_object_new (GTK_TYPE_BOX, "spacing", 6, "homogeneous", TRUE, NULL);

  self->doubts = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6, "margin-start", 12, "margin-end", 12,
                               NULL);
  self->doubts_text = zifu_ui_wrapping_label (NULL, NULL);
  gtk_box_append (GTK_BOX (buttons), new_button (_("Take All Doubtful"), G_CALLBACK (take_cb), self));
  gtk_box_append (GTK_BOX (buttons), new_button (_("Leave Them Out"), G_CALLBACK (leave_cb), self));
  gtk_box_append (GTK_BOX (self->doubts), self->doubts_text);
  gtk_box_append (GTK_BOX (self->doubts), buttons);
  return self->doubts;
}

static GtkWidget *
build_list (ZifuImportReview *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *list = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->lines)))), factory);
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "child", list, NULL);
  GtkWidget *none = g_object_new (GTK_TYPE_LABEL, "label", _("No such lines."), "valign", GTK_ALIGN_START, "margin-top", 24, NULL);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (list), TRUE);
  gtk_widget_add_css_class (list, "import-lines");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Lines of the file"), -1);
  gtk_widget_add_css_class (none, "quiet");
  self->stack = g_object_new (GTK_TYPE_STACK, "vexpand", TRUE, "hhomogeneous", FALSE, NULL);
  gtk_stack_add_named (GTK_STACK (self->stack), scroller, "lines");
  gtk_stack_add_named (GTK_STACK (self->stack), none, "none");
  return self->stack;
}

static void
zifu_import_review_init (ZifuImportReview *self)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 9, "margin-top", 9, NULL);

  self->lines = zifu_import_lines_new ();
  self->remarks = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "margin-start", 12, "margin-end", 12, NULL);
  self->taken = zifu_ui_wrapping_label (NULL, "heading");
  g_object_set (self->taken, "margin-start", 12, "margin-end", 12, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  gtk_box_append (GTK_BOX (box), self->taken);
  gtk_box_append (GTK_BOX (box), self->remarks);
  gtk_box_append (GTK_BOX (box), build_doubts (self));
  gtk_box_append (GTK_BOX (box), build_chips (self));
  gtk_box_append (GTK_BOX (box), build_list (self));
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  g_signal_connect_object (self->lines, "taken", G_CALLBACK (show_taken), self, G_CONNECT_SWAPPED);
}

/**
 * zifu_import_review_new:
 *
 * Returns: (transfer floating): a page without a plan
 */
GtkWidget *
zifu_import_review_new (void)
{
  return g_object_new (ZIFU_TYPE_IMPORT_REVIEW, NULL);
}

static void
fill_chips (ZifuImportReview *self)
{
  for (int i = 0; i < N_CHIPS; i++)
    {
      guint n = i == 0 ? zifu_import_plan_get_n_lines (self->plan) : zifu_import_plan_count (self->plan, i - 1);
      const char *name = i == 0 ? C_("lines", "All") : zifu_line_state_get_words (i - 1);
      g_autofree char *label = g_strdup_printf ("%s %u", name, n);

      gtk_button_set_label (GTK_BUTTON (self->chips[i]), label);
      gtk_widget_set_sensitive (self->chips[i], i == 0 || n > 0);
    }
}

static void
fill_remarks (ZifuImportReview *self, const char *const *remarks)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->remarks)) != NULL)
    gtk_box_remove (GTK_BOX (self->remarks), child);
  for (guint i = 0; remarks != NULL && remarks[i] != NULL; i++)
    gtk_box_append (GTK_BOX (self->remarks), zifu_ui_note (remarks[i], "zifu-info-symbolic", "warn"));
  gtk_widget_set_visible (self->remarks, remarks != NULL && remarks[0] != NULL);
}

static void
fill_doubts (ZifuImportReview *self)
{
  guint n = zifu_import_plan_count (self->plan, ZIFU_LINE_DOUBTFUL);
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autofree char *text = NULL;

  /* Translators: {1} is a number. */
  text = zifu_words_fill (ngettext ("{1} doubtful line stays out unless you take it.",
                                    "{1} doubtful lines stay out unless you take them.", n),
                          number, NULL);
  gtk_label_set_text (GTK_LABEL (self->doubts_text), text);
  gtk_widget_set_visible (self->doubts, n > 0);
}

/**
 * zifu_import_review_set_plan:
 * @self: a page
 * @plan: (nullable): what an import would do; must live until another one is set
 * @remarks: (nullable) (array zero-terminated=1): what is to be said of it as a whole
 *
 * Shows a plan.  What needs a decision comes first.
 */
void
zifu_import_review_set_plan (ZifuImportReview *self, ZifuImportPlan *plan, const char *const *remarks)
{
  int state = -1;

  g_return_if_fail (ZIFU_IS_IMPORT_REVIEW (self));

  self->ready = FALSE;
  self->plan = plan;
  zifu_import_lines_set_plan (self->lines, plan);
  if (plan == NULL)
    return;
  fill_chips (self);
  fill_remarks (self, remarks);
  fill_doubts (self);
  if (zifu_import_plan_count (plan, ZIFU_LINE_DOUBTFUL) > 0)
    state = ZIFU_LINE_DOUBTFUL;
  else if (zifu_import_plan_count (plan, ZIFU_LINE_WRONG) > 0)
    state = ZIFU_LINE_WRONG;
  self->ready = TRUE;
  zifu_import_review_show_state (self, state);
  show_taken (self);
}

/**
 * zifu_import_review_show_state:
 * @self: a page
 * @state: a #ZifuLineState; −1 = all
 *
 * Shows only the lines of one state.
 */
void
zifu_import_review_show_state (ZifuImportReview *self, int state)
{
  g_return_if_fail (ZIFU_IS_IMPORT_REVIEW (self));
  g_return_if_fail (state >= -1 && state < ZIFU_N_LINE_STATES);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->chips[state + 1]), TRUE);
  chip_cb (self);
}

/**
 * zifu_import_review_take_doubtful:
 * @self: a page
 * @taken: whether doubtful lines are to become entries
 *
 * Decides about all of them.
 */
void
zifu_import_review_take_doubtful (ZifuImportReview *self, gboolean taken)
{
  g_return_if_fail (ZIFU_IS_IMPORT_REVIEW (self));

  zifu_import_lines_take_doubtful (self->lines, taken);
}

/**
 * zifu_import_review_get_n_shown:
 * @self: a page
 *
 * Returns: how many lines the list has now
 */
guint
zifu_import_review_get_n_shown (ZifuImportReview *self)
{
  g_return_val_if_fail (ZIFU_IS_IMPORT_REVIEW (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->lines));
}
