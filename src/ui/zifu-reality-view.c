/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-reality-view.h"

#include <glib/gi18n-lib.h>

#include "zifu-case-text.h"
#include "zifu-ledger-estimates.h"
#include "zifu-ui-rows.h"
#include "zifu-visit-choices.h"
#include "zifu-widgets.h"
#include "zifu-words-reality.h"

struct _ZifuRealityView {
  GtkWidget parent_instance;

  ZifuSession  *session;     /* owned */
  GCancellable *cancellable; /* owned: ends what is worked out for a view that is gone */
  GtkWidget    *box;
  gint64        estimate_id, settlement_id;
  gboolean      ready;
};

G_DEFINE_FINAL_TYPE (ZifuRealityView, zifu_reality_view, GTK_TYPE_WIDGET)

/* What the thread works with; nothing of it is shared but the rules, which never change. */
typedef struct {
  ZifuPack          *pack;
  ZifuPerson        *person;
  ZifuVisit         *visit;
  ZifuSavedEstimate *estimate;
  ZifuBillFigures   *charged;
  ZifuDate           date;
} Work;

static void
work_free (Work *work)
{
  g_clear_pointer (&work->pack, zifu_pack_unref);
  g_clear_pointer (&work->person, zifu_person_free);
  g_clear_pointer (&work->visit, zifu_visit_free);
  g_clear_pointer (&work->estimate, zifu_saved_estimate_free);
  g_clear_pointer (&work->charged, zifu_bill_figures_free);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static Work *
load_work (ZifuRealityView *self, GError **error)
{
  ZifuLedger *ledger = zifu_session_get_ledger (self->session);
  g_autoptr (Work) work = g_new0 (Work, 1);
  g_autoptr (ZifuSettlementRecord) settlement = NULL;
  g_autofree char *policy = NULL;

  work->estimate = zifu_ledger_get_estimate (ledger, self->estimate_id, error);
  settlement = work->estimate != NULL ? zifu_ledger_get_settlement (ledger, self->settlement_id, error) : NULL;
  if (settlement == NULL || !zifu_case_text_parse (work->estimate->case_text, &policy, &work->person, &work->visit, error))
    return NULL;
  work->charged = zifu_settlement_record_get_figures (settlement);
  work->date = settlement->date;
  work->pack = zifu_pack_library_load (zifu_session_get_library (self->session), policy, error);
  return work->pack != NULL ? g_steal_pointer (&work) : NULL;
}

static GtkWidget *
new_cell (const char *text, gboolean numeric, gboolean strong)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), numeric ? 1 : 0);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  if (numeric)
    gtk_widget_add_css_class (label, "numeric");
  else
    {
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_widget_set_hexpand (label, TRUE);
    }
  if (strong)
    gtk_widget_add_css_class (label, "heading");
  return label;
}

static void
attach_amount (GtkGrid *grid, int column, int row, gboolean known, ZifuMoney amount, ZifuMoneyStyle style, gboolean strong)
{
  g_autofree char *text = known ? zifu_words_money (amount, style) : g_strdup ("–");

  gtk_grid_attach (grid, new_cell (text, TRUE, strong), column, row, 1, 1);
}

static void
attach_line (GtkGrid *grid, int row, const ZifuBillLineDifference *line)
{
  gboolean differs = line->difference != 0;

  gtk_grid_attach (grid, new_cell (zifu_words_bill_part (line->part, line->payer), FALSE, differs), 0, row, 1, 1);
  attach_amount (grid, 1, row, line->has_estimated, line->estimated, ZIFU_MONEY_STYLE_LIST, FALSE);
  attach_amount (grid, 2, row, line->has_charged, line->charged, ZIFU_MONEY_STYLE_LIST, FALSE);
  if (differs)
    attach_amount (grid, 3, row, TRUE, line->difference, ZIFU_MONEY_STYLE_SIGNED, TRUE);
}

static GtkWidget *
new_table (const ZifuBillComparison *comparison)
{
  const char *const heads[] = { "", _("Estimated"), _("Charged"), _("Difference") };
  GtkWidget *grid = g_object_new (GTK_TYPE_GRID, "column-spacing", 9, "row-spacing", 9, "margin-top", 12, "margin-bottom", 12,
                                  "margin-start", 12, "margin-end", 12, NULL);
  GtkWidget *card = g_object_new (ADW_TYPE_BIN, "child", grid, NULL);

  gtk_widget_add_css_class (card, "card");
  for (int column = 1; column < (int) G_N_ELEMENTS (heads); column++)
    {
      GtkWidget *label = new_cell (heads[column], TRUE, FALSE);

      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "quiet");
      gtk_grid_attach (GTK_GRID (grid), label, column, 0, 1, 1);
    }
  for (guint i = 0; i < comparison->lines->len; i++)
    attach_line (GTK_GRID (grid), (int) i + 1, &g_array_index (comparison->lines, ZifuBillLineDifference, i));
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Estimate and real bill, line by line"), -1);
  return card;
}

static void
add_changes (ZifuRealityView *self, const ZifuPack *pack, const char *title, const char *description, const GPtrArray *changes)
{
  GtkWidget *group;

  if (changes->len == 0)
    return;
  group = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", title, "description", description, NULL);
  for (guint i = 0; i < changes->len; i++)
    {
      g_autofree char *words = zifu_words_change (pack, g_ptr_array_index (changes, i));
      g_autofree char *text = zifu_choices_sentence (words);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), zifu_ui_text_row (text, NULL));
    }
  gtk_box_append (GTK_BOX (self->box), group);
}

static void
add_step (ZifuRealityView *self, const ZifuReality *reality)
{
  g_autofree char *step = zifu_words_reality_step (reality);
  GtkWidget *group, *label;

  if (step == NULL)
    return;
  group = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", _("The Rule of the Estimate There"), NULL);
  label = zifu_ui_wrapping_label (step, "quiet");
  gtk_widget_add_css_class (label, "caption");
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), label);
  gtk_box_append (GTK_BOX (self->box), group);
}

static void
clear_box (ZifuRealityView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
}

static void
show_reality (ZifuRealityView *self, const Work *work, const ZifuReality *reality)
{
  g_autofree char *summary = zifu_words_reality_summary (reality);
  const char *hint = zifu_words_reality_hint (reality);

  clear_box (self);
  gtk_box_append (GTK_BOX (self->box), zifu_ui_wrapping_label (summary, "title-4"));
  gtk_box_append (GTK_BOX (self->box), new_table (reality->comparison));
  add_changes (self, work->pack, _("What May Explain It"),
               _("With any one of these instead, the rules come out at the real bill to the fen."), reality->changes);
  add_changes (self, work->pack, _("Why Another Purse Paid"), NULL, reality->purses);
  if (hint != NULL)
    {
      gtk_box_append (GTK_BOX (self->box), zifu_ui_note (_("No single fact explains it."), "dialog-information-symbolic", "accent"));
      gtk_box_append (GTK_BOX (self->box), zifu_ui_wrapping_label (hint, NULL));
    }
  add_step (self, reality);
  if (reality->rules_changed)
    gtk_box_append (GTK_BOX (self->box), zifu_ui_note (_("The rules here have changed since the estimate was saved."),
                                                       "dialog-information-symbolic", "quiet"));
  self->ready = TRUE;
}

static void
show_error (ZifuRealityView *self, const GError *error)
{
  g_autofree char *text = zifu_words_error_message (error);

  clear_box (self);
  gtk_box_append (GTK_BOX (self->box), zifu_ui_note (text, "dialog-warning-symbolic", "warning"));
  self->ready = TRUE;
}

static void
compare_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Work *work = data;

  g_task_return_pointer (task,
                         zifu_reality_new (work->pack, work->person, work->visit, work->estimate->figures, work->charged, work->date),
                         (GDestroyNotify) zifu_reality_free);
}

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ZifuRealityView *self = ZIFU_REALITY_VIEW (source);
  g_autoptr (ZifuReality) reality = g_task_propagate_pointer (G_TASK (result), NULL);

  if (reality != NULL && self->box != NULL)
    show_reality (self, g_task_get_task_data (G_TASK (result)), reality);
}

static void
begin (ZifuRealityView *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;
  GtkWidget *spinner = g_object_new (GTK_TYPE_SPINNER, "spinning", TRUE, "width-request", 32, "height-request", 32, "halign",
                                     GTK_ALIGN_CENTER, NULL);
  Work *work = load_work (self, &error);

  gtk_box_append (GTK_BOX (self->box), spinner);
  if (work == NULL)
    {
      show_error (self, error);
      return;
    }
  task = g_task_new (self, self->cancellable, compared_cb, NULL);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, compare_thread);
}

static void
zifu_reality_view_dispose (GObject *object)
{
  ZifuRealityView *self = ZIFU_REALITY_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zifu_reality_view_parent_class)->dispose (object);
}

static void
zifu_reality_view_finalize (GObject *object)
{
  g_clear_object (&ZIFU_REALITY_VIEW (object)->cancellable);
  G_OBJECT_CLASS (zifu_reality_view_parent_class)->finalize (object);
}

static void
zifu_reality_view_class_init (ZifuRealityViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zifu_reality_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = zifu_reality_view_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
zifu_reality_view_init (ZifuRealityView *self)
{
  self->cancellable = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * zifu_reality_view_new:
 * @session: whose ledger and rules are used
 * @estimate_id: a saved estimate
 * @settlement_id: a settlement of the same person
 *
 * Works the comparison out in a thread and shows it.
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
zifu_reality_view_new (ZifuSession *session, gint64 estimate_id, gint64 settlement_id)
{
  ZifuRealityView *self;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);

  self = g_object_new (ZIFU_TYPE_REALITY_VIEW, NULL);
  self->session = g_object_ref (session);
  self->estimate_id = estimate_id;
  self->settlement_id = settlement_id;
  begin (self);
  return GTK_WIDGET (self);
}

/**
 * zifu_reality_view_is_ready:
 * @self: a view
 *
 * Returns: whether the comparison, or why there is none, is on screen
 */
gboolean
zifu_reality_view_is_ready (ZifuRealityView *self)
{
  g_return_val_if_fail (ZIFU_IS_REALITY_VIEW (self), FALSE);

  return self->ready;
}
