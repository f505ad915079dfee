/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-compare-row.h"
#include "zifu-compat.h"
#include "zifu-curve-view.h"
#include "zifu-hero-card.h"
#include "zifu-range-groups.h"
#include "zifu-result-strip.h"
#include "zifu-result-view.h"
#include "zifu-ui-rows.h"
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
  ZifuHeroCard        *hero;
  ZifuRangeGroups     *range;
  GtkWidget           *narrow_switcher;
  GtkWidget           *wide_switcher;
  GtkStack            *stack;
  GtkStackPage        *visit_page;
  AdwBin              *form_bin;
  GtkStackPage        *steps_page;
  GtkLabel            *steps_title;
  GtkListBox          *steps;
  GtkWidget           *missing_group;
  GtkListBox          *missing;
  GtkWidget           *steps_empty;
  GtkListBox          *compare;
  GtkLabel            *compare_note;
  GtkWidget           *compare_missing_group;
  GtkListBox          *compare_missing;
  ZifuCurveView       *curve;

  ZifuEstimator *estimator; /* owned, nullable */
  gboolean       narrow;    /* the form is one of the tabs */
  gboolean       compared;  /* the comparison belongs to the result */
  gboolean       ranged;    /* the last result was a range */
  ZifuRangeCase  shown;     /* of a range: whose steps are shown */
  char          *fingerprint; /* owned, nullable: of the steps in the list */
  guint          announce_id;
};

G_DEFINE_FINAL_TYPE (ZifuResultView, zifu_result_view, GTK_TYPE_WIDGET)

enum { SIGNAL_INSTITUTION, SIGNAL_FILL_IN, N_SIGNALS };

static guint signals[N_SIGNALS];

static gboolean
is_tab (ZifuResultView *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

static void
set_old (ZifuResultView *self, gboolean old)
{
  gtk_widget_set_opacity (GTK_WIDGET (self->stack), old && !self->narrow ? OLD_OPACITY : 1);
  gtk_widget_set_opacity (GTK_WIDGET (self->range), old ? OLD_OPACITY : 1);
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

  zifu_ui_empty_list (self->steps);
  for (guint i = 0; i < steps->len; i++)
    {
      GtkWidget *row = zifu_step_row_new (i + 1, g_ptr_array_index (steps, i));
      const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));

      if (g_ptr_array_find_with_equal_func (open, title, g_str_equal, NULL))
        zifu_step_row_set_expanded (ZIFU_STEP_ROW (row), TRUE);
      gtk_list_box_append (self->steps, row);
    }
}

/* Of a range, whose steps these are. */
static const char *
steps_title (ZifuResultView *self)
{
  if (zifu_estimator_get_range (self->estimator) == NULL)
    return C_("tab", "Steps");
  switch (self->shown)
    {
    case ZIFU_RANGE_LEAST:
      return _("Steps (least case)");
    case ZIFU_RANGE_LIKELY:
      return _("Steps (likely case)");
    case ZIFU_RANGE_MOST:
    default:
      return _("Steps (most case)");
    }
}

/* Narrow, four tabs have no room for a longer name: it stands above the steps. */
static void
show_steps_title (ZifuResultView *self)
{
  gboolean range = zifu_estimator_get_range (self->estimator) != NULL;

  gtk_stack_page_set_title (self->steps_page, self->narrow ? C_("tab", "Steps") : steps_title (self));
  gtk_label_set_label (self->steps_title, steps_title (self));
  gtk_widget_set_visible (GTK_WIDGET (self->steps_title), range && self->narrow);
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
  show_steps_title (self);
}

/* A range leaves out what any of its cases leaves out, whichever case's steps are looked at. */
static GPtrArray *
list_missing (ZifuResultView *self, const ZifuSettlement *settlement)
{
  const ZifuRange *range = zifu_estimator_get_range (self->estimator);

  if (range != NULL)
    return zifu_words_range_not_calculated (range, zifu_estimator_get_n_similar (self->estimator) > 0 ? _("Likely") : NULL);
  return settlement != NULL ? zifu_words_not_calculated (settlement) : NULL;
}

static void
fill_missing (GtkListBox *list, GtkWidget *group, const GPtrArray *missing)
{
  zifu_ui_empty_list (list);
  for (guint i = 0; missing != NULL && i < missing->len; i++)
    {
      GtkWidget *row = adw_preferences_row_new ();
      GtkWidget *note = zifu_ui_note (g_ptr_array_index (missing, i), "zifu-info-symbolic", "quiet");

      gtk_widget_set_margin_top (note, 12);
      gtk_widget_set_margin_bottom (note, 12);
      gtk_widget_set_margin_start (note, 12);
      gtk_widget_set_margin_end (note, 12);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), note);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      gtk_widget_set_focusable (row, FALSE);
      gtk_list_box_append (list, row);
    }
  gtk_widget_set_visible (group, missing != NULL && missing->len > 0);
}

static void
show_missing (ZifuResultView *self, const ZifuSettlement *settlement)
{
  g_autoptr (GPtrArray) missing = list_missing (self, settlement);

  fill_missing (self->missing, self->missing_group, missing);
}

/* What the figures of the comparison do not contain: what goes for some of the institutions only names them. */
static void
show_compare_missing (ZifuResultView *self, const GPtrArray *comparisons)
{
  g_autoptr (GPtrArray) missing = zifu_comparisons_not_calculated (comparisons);

  fill_missing (self->compare_missing, self->compare_missing_group, missing);
}

/* Settling for every institution is done only while somebody looks at it. */
static void
show_compare (ZifuResultView *self)
{
  g_autoptr (GPtrArray) comparisons = NULL;

  if (self->compared || self->estimator == NULL || !is_tab (self, "compare"))
    return;
  self->compared = TRUE;
  comparisons = zifu_estimator_compare (self->estimator);
  zifu_ui_empty_list (self->compare);
  for (guint i = 0; i < comparisons->len; i++)
    gtk_list_box_append (self->compare, zifu_compare_row_new (g_ptr_array_index (comparisons, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->compare), comparisons->len > 0);
  show_compare_missing (self, comparisons);
  if (comparisons->len > 1)
    gtk_label_set_label (self->compare_note, _("The same bill at each kind of institution. Choose one to see its steps."));
  else if (comparisons->len == 1)
    gtk_label_set_label (self->compare_note, _("The rules know no other kind of institution for this visit."));
  else
    gtk_label_set_label (self->compare_note, _("Type a bill, and the same visit is worked out for each kind of institution."));
}

/* The result as a screen reader says it. */
static char *
dup_result (ZifuResultView *self)
{
  const ZifuSettlement *settlement = zifu_estimator_get_settlement (self->estimator);
  const ZifuRange *range = zifu_estimator_get_range (self->estimator);
  g_autofree char *amount = NULL;
  g_autofree char *headline = NULL;

  if (range != NULL)
    {
      amount = zifu_words_spoken_range (range->least->person, range->most->person);
      /* Translators: spoken; {1} is a range of amounts with its unit, {2} says why it is no single one. */
      return zifu_words_fill (_("I will pay about {1}. {2}"), amount,
                             zifu_range_is_exact (range) ? _("What is in the bill is not known yet, hence a range")
                                                         : _("A figure of the rules was not found exactly, hence a range"),
                             NULL);
    }
  amount = zifu_words_money (settlement->person, ZIFU_MONEY_STYLE_SPOKEN);
  headline = zifu_words_headline (settlement);
  /* Translators: spoken; {1} is the amount with its unit, {2} says where the money comes from. */
  return zifu_words_fill (_("I will pay {1}. {2}"), amount, headline, NULL);
}

static gboolean
announce_cb (gpointer data)
{
  ZifuResultView *self = data;
  g_autofree char *text = NULL;

  self->announce_id = 0;
  switch (zifu_estimator_get_state (self->estimator))
    {
    case ZIFU_ESTIMATE_READY:
      text = dup_result (self);
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
show_curve (ZifuResultView *self)
{
  if (self->estimator != NULL)
    zifu_curve_view_update (self->curve, self->estimator, is_tab (self, "curve"));
}

/* The steps and what is missing, of a range those of the case that was chosen. */
static void
show_case (ZifuResultView *self)
{
  const ZifuSettlement *settlement = zifu_estimator_get_case (self->estimator, self->shown);

  if (settlement == NULL)
    settlement = zifu_estimator_get_settlement (self->estimator);
  show_steps (self, settlement);
  show_missing (self, settlement);
}

/* Narrow: the strip has the amount and the bar, so the card keeps to what the strip has no room for, above the steps. */
static void
show_card (ZifuResultView *self)
{
  gboolean here = !self->narrow || is_tab (self, "steps");

  gtk_widget_set_visible (GTK_WIDGET (self->hero), here);
  gtk_widget_set_visible (GTK_WIDGET (self->range), here && self->estimator != NULL && zifu_estimator_get_range (self->estimator) != NULL);
}

/* The case that was chosen stays as long as there is one; a new range begins with the likely case. */
static void
choose_case (ZifuResultView *self)
{
  gboolean ranged = zifu_estimator_get_range (self->estimator) != NULL;

  if (!ranged || !self->ranged || zifu_estimator_get_case (self->estimator, self->shown) == NULL)
    self->shown = zifu_estimator_get_n_similar (self->estimator) > 0 ? ZIFU_RANGE_LIKELY : ZIFU_RANGE_LEAST;
  self->ranged = ranged;
}

static void
settlement_changed_cb (ZifuResultView *self)
{
  choose_case (self);
  zifu_result_strip_update (self->strip, self->estimator);
  zifu_result_strip_update (self->slide_strip, self->estimator);
  zifu_hero_card_update (self->hero, self->estimator);
  zifu_range_groups_update (self->range, self->estimator, self->shown);
  set_old (self, zifu_estimator_get_state (self->estimator) == ZIFU_ESTIMATE_STALE);
  show_card (self);
  show_case (self);
  self->compared = FALSE;
  show_compare (self);
  show_curve (self);
  g_clear_handle_id (&self->announce_id, g_source_remove);
  self->announce_id = g_timeout_add (ANNOUNCE_MS, announce_cb, self);
}

static void
case_cb (ZifuResultView *self, guint which)
{
  self->shown = which;
  zifu_range_groups_set_case (self->range, which);
  gtk_stack_set_visible_child_name (self->stack, "steps");
  show_case (self);
  zifu_compat_announce (self->status, steps_title (self));
}

static void
fill_in_cb (ZifuResultView *self, guint question)
{
  g_signal_emit (self, signals[SIGNAL_FILL_IN], 0, question);
}

static void
scrolled_cb (ZifuResultView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroll);
  graphene_rect_t bounds;
  gboolean away = FALSE;

  if (!self->narrow && gtk_widget_compute_bounds (zifu_hero_card_get_amount (self->hero), self->column, &bounds))
    away = gtk_adjustment_get_value (adjustment) > bounds.origin.y + bounds.size.height + MARGIN_WIDE;
  gtk_revealer_set_reveal_child (self->slide, away);
}

static void
tab_changed_cb (ZifuResultView *self)
{
  show_card (self);
  show_compare (self);
  show_curve (self);
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
  zifu_hero_card_set_narrow (self->hero, self->narrow);
  if (self->estimator != NULL)
    show_steps_title (self);
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
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, range);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, narrow_switcher);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, wide_switcher);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, stack);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, visit_page);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, form_bin);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, steps_page);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, steps_title);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, steps);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, missing_group);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, missing);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, steps_empty);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, compare);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, compare_note);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, compare_missing_group);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, compare_missing);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultView, curve);
}

static void
zifu_result_view_class_init (ZifuResultViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_result_view_dispose;
  signals[SIGNAL_INSTITUTION] = g_signal_new ("institution", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                              1, G_TYPE_STRING);
  signals[SIGNAL_FILL_IN] = g_signal_new ("fill-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                          G_TYPE_UINT);
  g_type_ensure (ZIFU_TYPE_RESULT_STRIP);
  g_type_ensure (ZIFU_TYPE_HERO_CARD);
  g_type_ensure (ZIFU_TYPE_RANGE_GROUPS);
  g_type_ensure (ZIFU_TYPE_CURVE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-result-view.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, tab_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, case_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_in_cb);
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
}

/**
 * zifu_result_view_show_tab:
 * @self: a view
 * @name: visit, steps, compare or curve
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
