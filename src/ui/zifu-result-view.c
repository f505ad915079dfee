/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-compare-row.h"
#include "zifu-compat.h"
#include "zifu-result-strip.h"
#include "zifu-result-view.h"
#include "zifu-widgets.h"

/* A screen reader hears the result when the person pauses, not at every key. */
#define ANNOUNCE_MS 700
#define OLD_OPACITY .5
#define MARGIN_WIDE 24
#define MARGIN_NARROW 12

struct _ZifuResultView {
  GtkWidget parent_instance;

  GtkWidget           *overlay;
  GtkRevealer         *slide;
  ZifuResultStrip     *slide_strip;
  GtkWidget           *status;
  GtkWidget           *pinned;
  ZifuResultStrip     *strip;
  GtkScrolledWindow   *scroll;
  GtkWidget           *column;
  GtkWidget           *hero;
  GtkWidget           *top;
  GtkLabel            *title;
  GtkLabel            *amount;
  GtkWidget           *copy;
  GtkLabel            *headline;
  GtkWidget           *examples;
  GtkBox              *above;
  ZifuPayBar          *bar;
  ZifuPayLegend       *legend;
  GtkBox              *below;
  GtkWidget           *narrow_switcher;
  GtkWidget           *wide_switcher;
  GtkStack            *stack;
  GtkStackPage        *visit_page;
  AdwBin              *form_bin;
  GtkListBox          *steps;
  GtkWidget           *missing_group;
  GtkListBox          *missing;
  GtkWidget           *steps_empty;
  GtkListBox          *compare;
  GtkLabel            *compare_note;

  ZifuEstimator *estimator; /* owned, nullable */
  gboolean       narrow;    /* the form is one of the tabs */
  gboolean       compared;  /* the comparison belongs to the result */
  char          *fingerprint; /* owned, nullable: of the steps in the list */
  guint          announce_id;
};

G_DEFINE_FINAL_TYPE (ZifuResultView, zifu_result_view, GTK_TYPE_WIDGET)

enum { SIGNAL_INSTITUTION, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
empty_box (GtkBox *box)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
empty_list (GtkListBox *list)
{
  GtkListBoxRow *row = NULL;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static GtkWidget *
new_text (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* A sentence beside a sign: the sign's colour is never alone. */
static GtkWidget *
new_note (const char *text, const char *icon_name, const char *css_class)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "spacing", 6, "margin-top", 6, NULL);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign",
                                  GTK_ALIGN_START, "margin-top", 2, NULL);

  gtk_widget_add_css_class (icon, css_class);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), new_text (text, g_str_equal (css_class, "quiet") ? "quiet" : NULL));
  return box;
}

static void
add_notes_above (ZifuResultView *self, const ZifuSettlement *settlement)
{
  g_autofree char *gate = zifu_words_gate (settlement);
  const ZifuRange *range = zifu_estimator_get_range (self->estimator);

  if (zifu_estimator_get_state (self->estimator) == ZIFU_ESTIMATE_STALE)
    gtk_box_append (self->above, new_note (_("This is the last good result: an entry in the form cannot be used."),
                                           "dialog-warning-symbolic", "warn"));
  if (gate != NULL)
    gtk_box_append (self->above, new_note (gate, "dialog-warning-symbolic", "warn"));
  if (range != NULL)
    {
      g_autofree char *text = zifu_words_range_note (range, FALSE);

      gtk_box_append (self->above, new_note (text, "zifu-info-symbolic", "quiet"));
    }
}

static void
add_notes_below (ZifuResultView *self, const ZifuSettlement *settlement)
{
  ZifuMoney later = 0;

  if (settlement->has_prepaid)
    {
      const char *words = settlement->refund > 0      ? _("{1} of the deposit comes back.")
                          : settlement->still_due > 0 ? _("{1} is still due after the deposit.")
                                                      : _("The deposit is just what I pay.");
      g_autofree char *amount = zifu_words_money (MAX (settlement->refund, settlement->still_due), ZIFU_MONEY_STYLE_SYMBOL);
      g_autofree char *text = zifu_words_fill (words, amount, NULL);

      gtk_box_append (self->below, new_note (text, "zifu-info-symbolic", "quiet"));
    }
  for (guint i = 0; i < settlement->later->len; i++)
    if (!zifu_money_add (later, g_array_index (settlement->later, ZifuFundLine, i).amount, &later))
      later = 0;
  if (later > 0)
    {
      g_autofree char *amount = zifu_words_money (later, ZIFU_MONEY_STYLE_SYMBOL);
      g_autofree char *text = zifu_words_fill (_("{1} may come back after the year. It is not taken off above."), amount, NULL);

      gtk_box_append (self->below, new_note (text, "zifu-info-symbolic", "quiet"));
    }
}

static void
dim (ZifuResultView *self, gboolean old)
{
  double opacity = old ? OLD_OPACITY : 1;

  gtk_widget_set_opacity (GTK_WIDGET (self->amount), opacity);
  gtk_widget_set_opacity (GTK_WIDGET (self->headline), opacity);
  gtk_widget_set_opacity (GTK_WIDGET (self->bar), opacity);
  gtk_widget_set_opacity (GTK_WIDGET (self->legend), opacity);
  gtk_widget_set_opacity (GTK_WIDGET (self->stack), old && !self->narrow ? OLD_OPACITY : 1);
}

static void
use_figure (ZifuResultView *self, gboolean figure)
{
  gtk_widget_set_visible (GTK_WIDGET (self->bar), figure && !self->narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->legend), figure);
  gtk_widget_set_visible (self->copy, figure);
  gtk_widget_remove_css_class (GTK_WIDGET (self->amount), figure ? "title-3" : "amount-hero");
  gtk_widget_add_css_class (GTK_WIDGET (self->amount), figure ? "amount-hero" : "title-3");
}

static void
show_result (ZifuResultView *self, const ZifuSettlement *settlement)
{
  g_autoptr (GPtrArray) shares = zifu_words_shares (settlement);
  g_autofree char *headline = zifu_words_headline (settlement);
  const char *what = zifu_estimator_get_range (self->estimator) != NULL ? _("I will pay at least") : _("I will pay");

  use_figure (self, TRUE);
  gtk_label_set_label (self->title, what);
  zifu_amount_label_set (self->amount, what, settlement->person, ZIFU_MONEY_STYLE_SYMBOL);
  gtk_widget_set_halign (GTK_WIDGET (self->amount), GTK_ALIGN_START);
  gtk_label_set_label (self->headline, headline);
  zifu_pay_bar_set_shares (self->bar, shares);
  zifu_pay_legend_set_shares (self->legend, shares);
  if (shares->len == 0)
    gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  add_notes_above (self, settlement);
  add_notes_below (self, settlement);
}

/* Instead of an amount: words that nobody takes for one. */
static void
show_words (ZifuResultView *self, const char *title, const char *text)
{
  use_figure (self, FALSE);
  gtk_label_set_label (self->title, _("I will pay"));
  gtk_label_set_label (self->amount, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->amount), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_label_set_label (self->headline, text);
}

/* The boxes of the notes are never hidden: one that was hidden while empty keeps the height of unwrapped text in GTK 4.8. */
static void
show_hero (ZifuResultView *self)
{
  empty_box (self->above);
  empty_box (self->below);
  switch (zifu_estimator_get_state (self->estimator))
    {
    case ZIFU_ESTIMATE_READY:
    case ZIFU_ESTIMATE_STALE:
      show_result (self, zifu_estimator_get_settlement (self->estimator));
      break;
    case ZIFU_ESTIMATE_REFUSED:
      show_words (self, _("This cannot be worked out yet"), zifu_estimator_get_refusal (self->estimator));
      gtk_box_append (self->above, new_note (zifu_estimator_get_advice (self->estimator), "zifu-info-symbolic", "warn"));
      break;
    case ZIFU_ESTIMATE_EMPTY:
    default:
      show_words (self, _("Type the bill"), _("The answer appears here as you type. Or start from example figures:"));
      break;
    }
  gtk_widget_set_visible (self->examples, zifu_estimator_get_state (self->estimator) == ZIFU_ESTIMATE_EMPTY);
  dim (self, zifu_estimator_get_state (self->estimator) == ZIFU_ESTIMATE_STALE);
}

/* Titles of the steps that stand open: the same steps stay open when the figures change. */
static GPtrArray *
list_open_steps (ZifuResultView *self)
{
  GPtrArray *titles = g_ptr_array_new_with_free_func (g_free);
  GtkListBoxRow *row = NULL;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->steps, i)) != NULL; i++)
    if (zifu_step_row_get_expanded (ZIFU_STEP_ROW (row)))
      g_ptr_array_add (titles, g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row))));
  return titles;
}

/* Everything that the list shows: as long as it stays the same, so do the rows, their focus, and what stands open. */
static char *
dup_fingerprint (GPtrArray *steps)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      const ZifuStepWords *step = g_ptr_array_index (steps, i);

      g_string_append_printf (text, "%s|%s|%" G_GINT64_FORMAT "|%d|%s|%s|%s|%d%d\n", step->title, step->formula, step->amount,
                              step->has_amount, step->role, step->rule, step->source, step->unverified, step->outdated);
    }
  return g_string_free (text, FALSE);
}

static void
fill_steps (ZifuResultView *self, GPtrArray *steps)
{
  g_autoptr (GPtrArray) open = list_open_steps (self);

  empty_list (self->steps);
  for (guint i = 0; i < steps->len; i++)
    {
      GtkWidget *row = zifu_step_row_new (i + 1, g_ptr_array_index (steps, i));
      const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));

      if (g_ptr_array_find_with_equal_func (open, title, g_str_equal, NULL))
        zifu_step_row_set_expanded (ZIFU_STEP_ROW (row), TRUE);
      gtk_list_box_append (self->steps, row);
    }
}

static void
show_steps (ZifuResultView *self, const ZifuSettlement *settlement)
{
  g_autoptr (GPtrArray) steps = settlement != NULL ? zifu_words_steps (settlement) : g_ptr_array_new ();
  g_autofree char *fingerprint = dup_fingerprint (steps);

  if (g_strcmp0 (fingerprint, self->fingerprint) != 0)
    {
      fill_steps (self, steps);
      g_free (self->fingerprint);
      self->fingerprint = g_steal_pointer (&fingerprint);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->steps), steps->len > 0);
  gtk_widget_set_visible (self->steps_empty, steps->len == 0);
}

static void
show_missing (ZifuResultView *self, const ZifuSettlement *settlement)
{
  g_autoptr (GPtrArray) missing = settlement != NULL ? zifu_words_not_calculated (settlement) : NULL;

  empty_list (self->missing);
  for (guint i = 0; missing != NULL && i < missing->len; i++)
    {
      GtkWidget *row = adw_preferences_row_new ();
      GtkWidget *note = new_note (g_ptr_array_index (missing, i), "zifu-info-symbolic", "quiet");

      gtk_widget_set_margin_top (note, 12);
      gtk_widget_set_margin_bottom (note, 12);
      gtk_widget_set_margin_start (note, 12);
      gtk_widget_set_margin_end (note, 12);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), note);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      gtk_widget_set_focusable (row, FALSE);
      gtk_list_box_append (self->missing, row);
    }
  gtk_widget_set_visible (self->missing_group, missing != NULL && missing->len > 0);
}

/* Settling for every institution is done only while somebody looks at it. */
static void
show_compare (ZifuResultView *self)
{
  g_autoptr (GPtrArray) comparisons = NULL;

  if (self->compared || self->estimator == NULL || g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "compare") != 0)
    return;
  self->compared = TRUE;
  comparisons = zifu_estimator_compare (self->estimator);
  empty_list (self->compare);
  for (guint i = 0; i < comparisons->len; i++)
    gtk_list_box_append (self->compare, zifu_compare_row_new (g_ptr_array_index (comparisons, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->compare), comparisons->len > 0);
  if (comparisons->len > 1)
    gtk_label_set_label (self->compare_note, _("The same bill at each kind of institution. Choose one to see its steps."));
  else if (comparisons->len == 1)
    gtk_label_set_label (self->compare_note, _("The rules know no other kind of institution for this visit."));
  else
    gtk_label_set_label (self->compare_note, _("Type a bill, and the same visit is worked out for each kind of institution."));
}

static gboolean
announce_cb (gpointer data)
{
  ZifuResultView *self = data;
  const ZifuSettlement *settlement = zifu_estimator_get_settlement (self->estimator);
  g_autofree char *amount = NULL;
  g_autofree char *headline = NULL;
  g_autofree char *text = NULL;

  self->announce_id = 0;
  switch (zifu_estimator_get_state (self->estimator))
    {
    case ZIFU_ESTIMATE_READY:
      amount = zifu_words_money (settlement->person, ZIFU_MONEY_STYLE_SPOKEN);
      headline = zifu_words_headline (settlement);
      /* Translators: spoken; {1} is the amount with its unit, {2} says where the money comes from. */
      text = zifu_words_fill (zifu_estimator_get_range (self->estimator) != NULL ? _("I will pay at least {1}. {2}")
                                                                                 : _("I will pay {1}. {2}"),
                              amount, headline, NULL);
      break;
    case ZIFU_ESTIMATE_STALE:
      text = g_strdup (_("This is the last good result: an entry in the form cannot be used."));
      break;
    case ZIFU_ESTIMATE_REFUSED:
      text = g_strdup (zifu_estimator_get_refusal (self->estimator));
      break;
    case ZIFU_ESTIMATE_EMPTY:
    default:
      break;
    }
  if (text != NULL)
    zifu_compat_announce (self->status, text);
  return G_SOURCE_REMOVE;
}

static void
settlement_changed_cb (ZifuResultView *self)
{
  const ZifuSettlement *settlement = zifu_estimator_get_settlement (self->estimator);

  zifu_result_strip_update (self->strip, self->estimator);
  zifu_result_strip_update (self->slide_strip, self->estimator);
  show_hero (self);
  show_steps (self, settlement);
  show_missing (self, settlement);
  self->compared = FALSE;
  show_compare (self);
  g_clear_handle_id (&self->announce_id, g_source_remove);
  self->announce_id = g_timeout_add (ANNOUNCE_MS, announce_cb, self);
}

/* Narrow: the strip has the amount and the bar, so the card keeps to what the strip has no room for, above the steps. */
static void
show_card (ZifuResultView *self)
{
  gboolean steps = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "steps") == 0;

  gtk_widget_set_visible (self->hero, !self->narrow || steps);
  gtk_widget_set_visible (GTK_WIDGET (self->title), !self->narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->amount), !self->narrow);
}

static void
scrolled_cb (ZifuResultView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroll);
  graphene_rect_t bounds;
  gboolean away = FALSE;

  if (!self->narrow && gtk_widget_compute_bounds (GTK_WIDGET (self->amount), self->column, &bounds))
    away = gtk_adjustment_get_value (adjustment) > bounds.origin.y + bounds.size.height + MARGIN_WIDE;
  gtk_revealer_set_reveal_child (self->slide, away);
}

static void
tab_changed_cb (ZifuResultView *self)
{
  show_card (self);
  show_compare (self);
  if (self->narrow)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroll), 0);
}

static void
compare_activated_cb (ZifuResultView *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_INSTITUTION], 0, zifu_compare_row_get_value (ZIFU_COMPARE_ROW (row)));
}

/* The buttons of a switcher share its width. */
static void
spread_buttons (GtkWidget *switcher)
{
  for (GtkWidget *button = gtk_widget_get_first_child (switcher); button != NULL; button = gtk_widget_get_next_sibling (button))
    gtk_widget_set_hexpand (button, TRUE);
}

static void
apply_width (ZifuResultView *self)
{
  int margin = self->narrow ? MARGIN_NARROW : MARGIN_WIDE;
  gboolean figure = self->estimator != NULL && zifu_estimator_get_settlement (self->estimator) != NULL;

  gtk_widget_set_visible (self->pinned, self->narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->slide), !self->narrow);
  gtk_widget_set_visible (self->wide_switcher, !self->narrow);
  gtk_stack_page_set_visible (self->visit_page, self->narrow);
  gtk_stack_set_visible_child_name (self->stack, self->narrow ? "visit" : "steps");
  gtk_widget_set_margin_top (self->column, margin);
  gtk_widget_set_margin_bottom (self->column, margin);
  gtk_widget_set_margin_start (self->column, margin);
  gtk_widget_set_margin_end (self->column, margin);
  spread_buttons (self->narrow_switcher);
  spread_buttons (self->wide_switcher);
  show_card (self);
  use_figure (self, figure);
  scrolled_cb (self);
}

static void
zifu_result_view_dispose (GObject *object)
{
  ZifuResultView *self = ZIFU_RESULT_VIEW (object);

  g_clear_handle_id (&self->announce_id, g_source_remove);
  g_clear_pointer (&self->fingerprint, g_free);
  g_clear_object (&self->estimator);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZIFU_TYPE_RESULT_VIEW);
  G_OBJECT_CLASS (zifu_result_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, overlay);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, slide);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, slide_strip);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, status);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, pinned);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, strip);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, scroll);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, column);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, hero);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, top);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, title);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, amount);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, copy);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, headline);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, examples);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, above);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, bar);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, legend);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, below);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, narrow_switcher);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, wide_switcher);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, stack);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, visit_page);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, form_bin);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, steps);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, missing_group);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, missing);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, steps_empty);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, compare);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, compare_note);
}

static void
zifu_result_view_class_init (ZifuResultViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_result_view_dispose;
  signals[SIGNAL_INSTITUTION] = g_signal_new ("institution", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                              1, G_TYPE_STRING);
  g_type_ensure (ZIFU_TYPE_RESULT_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-result-view.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, tab_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_activated_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
zifu_result_view_init (ZifuResultView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroll), "value-changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
  zifu_widgets_keep_focus_in_view (self->scroll);
  apply_width (self);
}

/**
 * zifu_result_view_new:
 *
 * Returns: a view without a result
 */
GtkWidget *
zifu_result_view_new (void)
{
  return g_object_new (ZIFU_TYPE_RESULT_VIEW, NULL);
}

/**
 * zifu_result_view_set_estimator:
 * @self: a view
 * @estimator: whose result is shown
 *
 * Follows the estimator from now on.
 */
void
zifu_result_view_set_estimator (ZifuResultView *self, ZifuEstimator *estimator)
{
  g_return_if_fail (ZIFU_IS_RESULT_VIEW (self));
  g_return_if_fail (ZIFU_IS_ESTIMATOR (estimator));
  g_return_if_fail (self->estimator == NULL);

  self->estimator = g_object_ref (estimator);
  g_signal_connect_object (estimator, "notify::settlement", G_CALLBACK (settlement_changed_cb), self, G_CONNECT_SWAPPED);
  settlement_changed_cb (self);
}

/**
 * zifu_result_view_set_form:
 * @self: a view
 * @form: (nullable): the form, when there is no room for it beside the view; %NULL when it stands elsewhere
 *
 * With the form the view is narrow: the amount stays on top, and the form is the first tab.
 */
void
zifu_result_view_set_form (ZifuResultView *self, GtkWidget *form)
{
  g_return_if_fail (ZIFU_IS_RESULT_VIEW (self));
  g_return_if_fail (form == NULL || GTK_IS_WIDGET (form));

  adw_bin_set_child (self->form_bin, form);
  self->narrow = form != NULL;
  apply_width (self);
  if (self->estimator != NULL)
    show_hero (self);
}

/**
 * zifu_result_view_show_tab:
 * @self: a view
 * @name: visit, steps or compare
 *
 * Shows a tab; the form is one only when the view is narrow.
 */
void
zifu_result_view_show_tab (ZifuResultView *self, const char *name)
{
  g_return_if_fail (ZIFU_IS_RESULT_VIEW (self));

  if (self->narrow || g_strcmp0 (name, "visit") != 0)
    gtk_stack_set_visible_child_name (self->stack, name);
}
