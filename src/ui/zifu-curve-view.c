/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-curve-view.h"
#include "zifu-ui-rows.h"
#include "zifu-visit-choices.h"
#include "zifu-widgets.h"

/* One more point than steps; after each chunk it is asked whether anybody still wants the curve. */
#define N_STEPS 1000
#define CHUNK 50
/* Below one yuan nothing was missing: what is met by any bill is no turn of the curve. */
#define LEAST_MARK 100

struct _ZifuCurveView {
  GtkWidget parent_instance;

  GtkWidget     *box;
  GtkWidget     *mark;
  ZifuBillCurve *chart;
  GtkBox        *message;
  GtkWidget     *sentence;
  GtkListBox    *points;

  ZifuEstimator *estimator;   /* owned, nullable */
  GCancellable  *cancellable; /* owned, nullable: of the thread that is at work */
  gint64         member_id;   /* whose curve is shown */
};

G_DEFINE_FINAL_TYPE (ZifuCurveView, zifu_curve_view, GTK_TYPE_WIDGET)

/* What the thread may touch: all of it is its own, and nobody changes the rules. */
typedef struct {
  ZifuPack     *pack;   /* owned */
  ZifuPerson   *person; /* owned */
  ZifuVisit    *visit;  /* owned */
  ZifuBillPoint current;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  zifu_pack_unref (request->pack);
  zifu_person_free (request->person);
  zifu_visit_free (request->visit);
  g_free (request);
}

/* --- in the thread --- */

/* The smallest bill that reaches a goal, with what I pay of it; that there is none is no error. */
static gboolean
find_point (const Request *request, ZifuGoal goal, ZifuBillPoint *point)
{
  ZifuMoney pays[2] = { 0, 0 };

  if (!zifu_find_bill (request->pack, request->person, request->visit, goal, &point->bill, NULL) || point->bill < LEAST_MARK)
    return FALSE;
  if (!zifu_curve (request->pack, request->person, request->visit, point->bill, point->bill, G_N_ELEMENTS (pays), pays, NULL))
    return FALSE;
  point->pay = pays[0];
  return TRUE;
}

static gboolean
add_points (const Request *request, ZifuBillCurveData *data, GCancellable *cancellable, GError **error)
{
  for (guint first = 0; first < N_STEPS; first += CHUNK)
    {
      ZifuMoney pays[CHUNK + 1];
      ZifuMoney step = data->top / N_STEPS;

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !zifu_curve (request->pack, request->person, request->visit, first * step, (first + CHUNK) * step, CHUNK + 1, pays, error))
        return FALSE;
      for (guint i = first == 0 ? 0 : 1; i <= CHUNK; i++)
        {
          ZifuBillPoint point = { (first + i) * step, pays[i] };

          g_array_append_val (data->points, point);
        }
    }
  return TRUE;
}

static void
curve_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Request *request = task_data;
  g_autoptr (ZifuBillCurveData) data = NULL;
  ZifuBillPoint deductible = { 0, 0 };
  gboolean has_deductible = find_point (request, ZIFU_GOAL_DEDUCTIBLE, &deductible);
  GError *error = NULL;
  ZifuMoney top = zifu_bill_curve_choose_top (request->current.bill, has_deductible ? deductible.bill : 0);

  data = zifu_bill_curve_data_new (MIN (top, ZIFU_GOAL_LARGEST_BILL));
  data->current = request->current;
  data->deductible = deductible;
  data->has_deductible = has_deductible && deductible.bill <= data->top;
  if (g_task_return_error_if_cancelled (task))
    return;
  data->has_cap = find_point (request, ZIFU_GOAL_CAP, &data->cap) && data->cap.bill <= data->top;
  if (add_points (request, data, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&data), (GDestroyNotify) zifu_bill_curve_data_free);
  else
    g_task_return_error (task, error);
}

/* --- what is shown --- */

/* The plain sentence stays in its box, so that the box is always one whose height hangs on its width: what GTK found of an empty box
 * that is not on screen it does not forget when something comes into it. */
static void
clear_message (ZifuCurveView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_next_sibling (self->sentence)) != NULL)
    gtk_box_remove (self->message, child);
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
}

/* Instead of a curve: why there is none, and what to do. */
static void
show_message (ZifuCurveView *self, const char *text, const char *advice, const char *css_class)
{
  clear_message (self);
  zifu_bill_curve_set_data (self->chart, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->chart), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->points), FALSE);
  gtk_widget_set_visible (self->mark, FALSE);
  gtk_widget_set_visible (self->sentence, advice == NULL);
  gtk_label_set_label (GTK_LABEL (self->sentence), advice == NULL ? text : "");
  if (advice != NULL)
    {
      gtk_box_append (self->message, zifu_ui_note (text, "zifu-info-symbolic", css_class));
      gtk_box_append (self->message, zifu_ui_note (advice, "zifu-info-symbolic", "quiet"));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->message), TRUE);
}

static void
add_row (ZifuCurveView *self, const char *title, const ZifuBillPoint *point)
{
  g_autofree char *bill = zifu_words_money (point->bill, ZIFU_MONEY_STYLE_LIST);
  /* Translators: {1} is the amount of a bill */
  g_autofree char *note = zifu_words_fill (_("Bill {1}"), bill, NULL);
  GtkWidget *row = zifu_ui_money_row (title, note, point->pay);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (self->points, row);
}

static void
show_data (ZifuCurveView *self, const ZifuBillCurveData *data)
{
  const ZifuVisit *visit = zifu_estimator_get_visit (self->estimator);

  self->member_id = zifu_estimator_get_member_id (self->estimator);
  clear_message (self);
  zifu_bill_curve_set_caption (self->chart, visit->has_out ? _("bill (yuan), same mix as this one") : _("bill (yuan), all of it in scope"));
  zifu_bill_curve_set_data (self->chart, data);
  gtk_widget_set_visible (GTK_WIDGET (self->chart), TRUE);
  gtk_widget_set_visible (self->mark, !zifu_settlement_is_verified (zifu_estimator_get_settlement (self->estimator)));
  zifu_ui_empty_list (self->points);
  add_row (self, _("This bill"), &data->current);
  if (data->has_deductible)
    add_row (self, _("Deductible met"), &data->deductible);
  if (data->has_cap)
    add_row (self, _("Cap reached"), &data->cap);
  gtk_widget_set_visible (GTK_WIDGET (self->points), data->has_deductible || data->has_cap);
}

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ZifuCurveView *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuBillCurveData) data = g_task_propagate_pointer (G_TASK (result), &error);

  /* Another bill is on its way, or the view is gone: whoever disposes of it cancels first, and nothing of it is touched here. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (data != NULL)
    show_data (self, data);
  else
    {
      g_autofree char *text = zifu_words_error_message (error);
      g_autofree char *sentence = zifu_choices_sentence (text);

      show_message (self, sentence, _("For some of these bills no figure is known, so that no curve is drawn."), "warn");
    }
}

static void
draw (ZifuCurveView *self, const ZifuSettlement *settlement, const ZifuVisit *visit)
{
  Request *request = g_new0 (Request, 1);
  g_autoptr (GTask) task = NULL;

  /* The task holds no reference: a window that closes does not wait for it. */
  self->cancellable = g_cancellable_new ();
  task = g_task_new (NULL, self->cancellable, drawn_cb, self);
  g_task_set_source_tag (task, draw);
  request->pack = zifu_pack_ref (zifu_estimator_get_pack (self->estimator));
  request->person = zifu_person_copy (zifu_estimator_get_person (self->estimator));
  request->visit = zifu_visit_copy (visit);
  request->current.bill = settlement->total;
  request->current.pay = settlement->person;
  g_task_set_task_data (task, request, request_free);
  /* While somebody types, the last curve stays until the next one is there; but never the curve of somebody else. */
  if (!gtk_widget_get_visible (GTK_WIDGET (self->chart)) || self->member_id != zifu_estimator_get_member_id (self->estimator))
    show_message (self, _("The curve is being worked out…"), NULL, "quiet");
  g_task_run_in_thread (task, curve_thread);
}

static void
show (ZifuCurveView *self)
{
  const ZifuSettlement *settlement = zifu_estimator_get_settlement (self->estimator);
  const ZifuVisit *visit = zifu_estimator_get_visit (self->estimator);
  const ZifuRange *range = zifu_estimator_get_range (self->estimator);

  if (zifu_estimator_get_state (self->estimator) == ZIFU_ESTIMATE_REFUSED)
    show_message (self, zifu_estimator_get_refusal (self->estimator), zifu_estimator_get_advice (self->estimator), "warn");
  else if (settlement == NULL || visit == NULL)
    show_message (self, _("Type a bill, and the curve shows what I would pay of smaller and larger ones."), NULL, "quiet");
  else if (visit->lines != NULL)
    show_message (self, _("A bill that is entered line by line has no curve: nobody knows which of its lines would grow."),
                  _("Enter it by its total, with what is known of its parts, to see one."), "quiet");
  else if (range != NULL && !zifu_range_is_exact (range))
    show_message (self, _("A figure of the rules was not found exactly, so that no curve is drawn."),
                  _("Ask the medical insurance bureau of the place of insurance for it."), "quiet");
  else
    draw (self, settlement, visit);
}

/* --- GObject --- */

static void
stop (ZifuCurveView *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
zifu_curve_view_dispose (GObject *object)
{
  ZifuCurveView *self = ZIFU_CURVE_VIEW (object);

  stop (self);
  g_clear_object (&self->estimator);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZIFU_TYPE_CURVE_VIEW);
  G_OBJECT_CLASS (zifu_curve_view_parent_class)->dispose (object);
}

static void
zifu_curve_view_class_init (ZifuCurveViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_curve_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-curve-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ZifuCurveView, box);
  gtk_widget_class_bind_template_child (widget_class, ZifuCurveView, mark);
  gtk_widget_class_bind_template_child (widget_class, ZifuCurveView, chart);
  gtk_widget_class_bind_template_child (widget_class, ZifuCurveView, message);
  gtk_widget_class_bind_template_child (widget_class, ZifuCurveView, sentence);
  gtk_widget_class_bind_template_child (widget_class, ZifuCurveView, points);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
zifu_curve_view_init (ZifuCurveView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zifu_curve_view_new:
 *
 * Returns: (transfer floating): a view without a curve
 */
GtkWidget *
zifu_curve_view_new (void)
{
  return g_object_new (ZIFU_TYPE_CURVE_VIEW, NULL);
}

/**
 * zifu_curve_view_update:
 * @self: a view
 * @estimator: whose result is shown
 * @visible: whether somebody looks at the curve: else nothing is worked out
 *
 * To be called when the result or who looks at it changed.
 */
void
zifu_curve_view_update (ZifuCurveView *self, ZifuEstimator *estimator, gboolean visible)
{
  g_return_if_fail (ZIFU_IS_CURVE_VIEW (self));
  g_return_if_fail (ZIFU_IS_ESTIMATOR (estimator));

  g_set_object (&self->estimator, estimator);
  stop (self);
  if (visible)
    show (self);
}
