/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-range-groups.h"
#include "zifu-ui-rows.h"
#include "zifu-visit-form.h"
#include "zifu-widgets.h"

struct _ZifuRangeGroups {
  GtkWidget parent_instance;

  GtkWidget  *box;
  GtkWidget  *narrow_group;
  GtkListBox *questions;
  GtkListBox *cases;

  GtkWidget *marks[ZIFU_N_RANGE_CASES]; /* not owned, nullable: signs of the case whose steps are shown */
  char      *fingerprint;               /* owned, nullable: of what the rows say */
};

G_DEFINE_FINAL_TYPE (ZifuRangeGroups, zifu_range_groups, GTK_TYPE_WIDGET)

enum { SIGNAL_FILL_IN, SIGNAL_CASE, N_SIGNALS };

static guint signals[N_SIGNALS];

static GtkWidget *
new_words (const char *title, const char *subtitle)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *note = zifu_ui_wrapping_label (subtitle, "caption");

  gtk_widget_add_css_class (note, "quiet");
  gtk_box_append (GTK_BOX (box), zifu_ui_wrapping_label (title, NULL));
  gtk_box_append (GTK_BOX (box), note);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

/* A row that tells screen readers its title, its note and what activating it does. */
static GtkWidget *
new_row (const char *title, const char *note, const char *does, GtkWidget *child)
{
  GtkWidget *row = adw_preferences_row_new ();
  g_autofree char *description = does != NULL ? g_strdup_printf ("%s. %s", note, does) : g_strdup (note);

  gtk_widget_set_margin_top (child, 9);
  gtk_widget_set_margin_bottom (child, 9);
  gtk_widget_set_margin_start (child, 12);
  gtk_widget_set_margin_end (child, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), does != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
  return row;
}

/* --- what would narrow it --- */

static const char *
icon_of (const ZifuOpen *open)
{
  switch (open->kind)
    {
    case ZIFU_OPEN_SPLIT:
      return "zifu-pharmacy-symbolic";
    case ZIFU_OPEN_FIGURE:
      return "zifu-info-symbolic";
    case ZIFU_OPEN_AXIS:
      return "zifu-inpatient-symbolic";
    case ZIFU_OPEN_COUNTER:
    default:
      return "zifu-history-symbolic";
    }
}

static GtkWidget *
new_button (guint i)
{
  GtkWidget *button = gtk_button_new_with_label (C_("button", "Fill In"));

  /* The row does the same: the keyboard need not stop twice. */
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (i == 0)
    gtk_widget_add_css_class (button, "suggested-action");
  return button;
}

static void
button_clicked_cb (GtkWidget *button)
{
  gtk_widget_activate (gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW));
}

static GtkWidget *
new_question (const ZifuRange *range, guint i)
{
  const ZifuOpen *open = g_ptr_array_index (range->open, i);
  gboolean split = open->kind == ZIFU_OPEN_SPLIT, has_field = zifu_visit_form_has_field (open);
  g_autofree char *gain = zifu_words_money (open->gain, ZIFU_MONEY_STYLE_LIST);
  g_autofree char *title = split ? g_strdup (_("The list of drugs and tests")) : zifu_words_open (range->least->pack, open);
  g_autofree char *note = zifu_words_fill (split ? _("What is out of catalogue: up to {1}") : _("Up to {1}"), gain, NULL);
  GtkWidget *line = zifu_line_new (12, 8);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_of (open), "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  "valign", GTK_ALIGN_CENTER, NULL);

  gtk_widget_add_css_class (icon, "kind");
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), new_words (title, note));
  if (has_field)
    {
      GtkWidget *button = new_button (i);

      g_signal_connect (button, "clicked", G_CALLBACK (button_clicked_cb), NULL);
      gtk_box_append (GTK_BOX (line), button);
    }
  return new_row (title, note, has_field ? C_("button", "Fill In") : NULL, line);
}

/* --- three cases --- */

/* Whether the cases differ in what is in the bill, and not only in figures of the rules. */
static gboolean
is_of_bill (const ZifuRange *range)
{
  return range->least->out != range->most->out || zifu_range_is_exact (range);
}

/* What a case takes for what is in the bill. */
static char *
case_title (ZifuRangeCase which, const ZifuSettlement *settlement, gboolean split)
{
  g_autofree char *out = settlement != NULL ? zifu_words_money (settlement->out, ZIFU_MONEY_STYLE_LIST) : NULL;

  if (which == ZIFU_RANGE_LIKELY)
    return g_strdup (settlement != NULL ? _("Likely: like similar bills") : _("Likely: not known"));
  if (!split)
    return g_strdup (which == ZIFU_RANGE_LEAST ? _("Least: at the better end of the figures") : _("Most: at the worse end of the figures"));
  if (which == ZIFU_RANGE_LEAST)
    return settlement->out == 0 ? g_strdup (_("Least: all in scope")) : zifu_words_fill (_("Least: {1} out of catalogue"), out, NULL);
  if (settlement->out == settlement->total)
    return g_strdup (_("Most: all out of catalogue"));
  return zifu_words_fill (_("Most: {1} out of catalogue"), out, NULL);
}

static char *
case_note (ZifuRangeCase which, const ZifuSettlement *settlement, guint n_similar)
{
  g_autofree char *funds = NULL;
  g_autofree char *paid = NULL;
  g_autofree char *out = NULL;
  g_autofree char *digits = NULL;
  g_autofree char *like = NULL;

  if (settlement == NULL)
    return g_strdup (_("No earlier bill of this kind is recorded"));
  funds = zifu_words_money (settlement->fund_sum, ZIFU_MONEY_STYLE_LIST);
  paid = zifu_words_fill (_("Funds pay {1}"), funds, NULL);
  if (which != ZIFU_RANGE_LIKELY)
    return g_steal_pointer (&paid);
  out = zifu_words_money (settlement->out, ZIFU_MONEY_STYLE_LIST);
  digits = g_strdup_printf ("%u", n_similar);
  /* Translators: {1} is an amount, {2} how many bills. */
  like = zifu_words_fill (ngettext ("{1} out of catalogue, as in {2} earlier bill", "{1} out of catalogue, as in {2} earlier bills",
                                    n_similar),
                          out, digits, NULL);
  return g_strdup_printf ("%s · %s", paid, like);
}

static GtkWidget *
new_case (ZifuRangeGroups *self, ZifuRangeCase which, const ZifuSettlement *settlement, guint n_similar, gboolean split)
{
  g_autofree char *title = case_title (which, settlement, split);
  g_autofree char *note = case_note (which, settlement, n_similar);
  GtkWidget *words = new_words (title, note), *line = NULL, *row = NULL, *amount = NULL;

  self->marks[which] = NULL;
  if (settlement == NULL)
    return new_row (title, note, NULL, words);
  amount = zifu_amount_label_new (title, settlement->person, ZIFU_MONEY_STYLE_SYMBOL);
  gtk_widget_add_css_class (amount, "heading");
  self->marks[which] = g_object_new (GTK_TYPE_IMAGE, "icon-name", "object-select-symbolic", "accessible-role",
                                     GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign", GTK_ALIGN_CENTER, NULL);
  line = zifu_line_new (12, 8);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), self->marks[which]);
  gtk_box_append (GTK_BOX (line), amount);
  row = new_row (title, note, _("Show the steps of this case"), line);
  gtk_widget_set_tooltip_text (row, _("Show the steps of this case"));
  return row;
}

/* --- both --- */

/* Everything that the rows show: as long as it stays the same, so do the rows and their focus. */
static char *
dup_fingerprint (ZifuEstimator *estimator, const ZifuRange *range)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ZIFU_N_RANGE_CASES; i++)
    {
      const ZifuSettlement *settlement = zifu_estimator_get_case (estimator, i);

      if (settlement != NULL)
        g_string_append_printf (text, "%u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", i,
                                settlement->total, settlement->person, settlement->fund_sum, settlement->out);
    }
  for (guint i = 0; i < range->open->len; i++)
    {
      const ZifuOpen *open = g_ptr_array_index (range->open, i);

      g_string_append_printf (text, "%d %s %" G_GINT64_FORMAT "\n", open->kind, open->name != NULL ? open->name : "", open->gain);
    }
  g_string_append_printf (text, "%u", zifu_estimator_get_n_similar (estimator));
  return g_string_free (text, FALSE);
}

static void
question_activated_cb (ZifuRangeGroups *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_FILL_IN], 0, (guint) gtk_list_box_row_get_index (row));
}

static void
case_activated_cb (ZifuRangeGroups *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_CASE], 0, (guint) gtk_list_box_row_get_index (row));
}

static void
zifu_range_groups_dispose (GObject *object)
{
  g_clear_pointer (&ZIFU_RANGE_GROUPS (object)->fingerprint, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), ZIFU_TYPE_RANGE_GROUPS);
  G_OBJECT_CLASS (zifu_range_groups_parent_class)->dispose (object);
}

static void
zifu_range_groups_class_init (ZifuRangeGroupsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_range_groups_dispose;
  signals[SIGNAL_FILL_IN] = g_signal_new ("fill-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                          G_TYPE_UINT);
  signals[SIGNAL_CASE] = g_signal_new ("case", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                       G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-range-groups.ui");
  gtk_widget_class_bind_template_child (widget_class, ZifuRangeGroups, box);
  gtk_widget_class_bind_template_child (widget_class, ZifuRangeGroups, narrow_group);
  gtk_widget_class_bind_template_child (widget_class, ZifuRangeGroups, questions);
  gtk_widget_class_bind_template_child (widget_class, ZifuRangeGroups, cases);
  gtk_widget_class_bind_template_callback (widget_class, question_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, case_activated_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
zifu_range_groups_init (ZifuRangeGroups *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zifu_range_groups_new:
 *
 * Returns: (transfer floating): groups without rows
 */
GtkWidget *
zifu_range_groups_new (void)
{
  return g_object_new (ZIFU_TYPE_RANGE_GROUPS, NULL);
}

/**
 * zifu_range_groups_update:
 * @self: the groups
 * @estimator: whose range is shown
 * @shown: the case whose steps are shown
 *
 * Shows the range as it is now; without a range there are no rows.
 */
void
zifu_range_groups_update (ZifuRangeGroups *self, ZifuEstimator *estimator, ZifuRangeCase shown)
{
  const ZifuRange *range = NULL;
  g_autofree char *fingerprint = NULL;
  gboolean split;

  g_return_if_fail (ZIFU_IS_RANGE_GROUPS (self));
  g_return_if_fail (ZIFU_IS_ESTIMATOR (estimator));

  range = zifu_estimator_get_range (estimator);
  split = range != NULL && is_of_bill (range);
  fingerprint = range != NULL ? dup_fingerprint (estimator, range) : NULL;
  if (g_strcmp0 (fingerprint, self->fingerprint) != 0)
    {
      zifu_ui_empty_list (self->questions);
      zifu_ui_empty_list (self->cases);
      for (guint i = 0; range != NULL && i < range->open->len; i++)
        gtk_list_box_append (self->questions, new_question (range, i));
      for (guint i = 0; i < ZIFU_N_RANGE_CASES; i++)
        {
          self->marks[i] = NULL;
          if (range != NULL && (split || i != ZIFU_RANGE_LIKELY))
            gtk_list_box_append (self->cases, new_case (self, i, zifu_estimator_get_case (estimator, i),
                                                        zifu_estimator_get_n_similar (estimator), split));
        }
      g_free (self->fingerprint);
      self->fingerprint = g_steal_pointer (&fingerprint);
    }
  gtk_widget_set_visible (self->narrow_group, range != NULL && range->open->len > 0);
  zifu_range_groups_set_case (self, shown);
}

/**
 * zifu_range_groups_set_case:
 * @self: the groups
 * @shown: the case whose steps are shown
 *
 * Puts the sign on the row of that case.
 */
void
zifu_range_groups_set_case (ZifuRangeGroups *self, ZifuRangeCase shown)
{
  g_return_if_fail (ZIFU_IS_RANGE_GROUPS (self));

  for (guint i = 0; i < ZIFU_N_RANGE_CASES; i++)
    {
      if (self->marks[i] == NULL)
        continue;
      gtk_widget_set_opacity (self->marks[i], i == shown ? 1 : 0);
      gtk_accessible_update_state (GTK_ACCESSIBLE (gtk_widget_get_ancestor (self->marks[i], GTK_TYPE_LIST_BOX_ROW)),
                                   GTK_ACCESSIBLE_STATE_SELECTED, i == shown, -1);
    }
}
