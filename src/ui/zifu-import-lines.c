/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-lines.h"

struct _ZifuImportLines {
  GObject parent_instance;

  ZifuImportPlan *plan;   /* not owned, nullable */
  int             state;  /* −1 = all */
  GArray         *places; /* of guint: which lines of the plan; only of one state */
};

static void zifu_import_lines_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ZifuImportLines, zifu_import_lines, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, zifu_import_lines_iface_init))

static guint signal_taken;

static GType
get_item_type (GListModel *model)
{
  return ZIFU_TYPE_IMPORT_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  ZifuImportLines *self = ZIFU_IMPORT_LINES (model);

  if (self->plan == NULL)
    return 0;
  return self->state < 0 ? zifu_import_plan_get_n_lines (self->plan) : self->places->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  ZifuImportLines *self = ZIFU_IMPORT_LINES (model);

  if (position >= get_n_items (model))
    return NULL;
  return zifu_import_item_new (model, self->state < 0 ? position : g_array_index (self->places, guint, position));
}

static void
zifu_import_lines_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
zifu_import_lines_finalize (GObject *object)
{
  g_array_unref (ZIFU_IMPORT_LINES (object)->places);

  G_OBJECT_CLASS (zifu_import_lines_parent_class)->finalize (object);
}

static void
zifu_import_lines_class_init (ZifuImportLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zifu_import_lines_finalize;
  signal_taken = g_signal_new ("taken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
zifu_import_lines_init (ZifuImportLines *self)
{
  self->state = -1;
  self->places = g_array_new (FALSE, FALSE, sizeof (guint));
}

/**
 * zifu_import_lines_new:
 *
 * Returns: (transfer full): a list without a plan
 */
ZifuImportLines *
zifu_import_lines_new (void)
{
  return g_object_new (ZIFU_TYPE_IMPORT_LINES, NULL);
}

static void
collect (ZifuImportLines *self)
{
  guint n = self->plan != NULL && self->state >= 0 ? zifu_import_plan_get_n_lines (self->plan) : 0;

  g_array_set_size (self->places, 0);
  for (guint i = 0; i < n; i++)
    if ((int) zifu_import_plan_get_line (self->plan, i)->state == self->state)
      g_array_append_val (self->places, i);
}

static void
change (ZifuImportLines *self, ZifuImportPlan *plan, int state)
{
  guint before = get_n_items (G_LIST_MODEL (self));

  self->plan = plan;
  self->state = state;
  collect (self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, get_n_items (G_LIST_MODEL (self)));
}

/**
 * zifu_import_lines_set_plan:
 * @self: a list
 * @plan: (nullable): whose lines it has; must live until another one is set
 *
 * Shows the lines of a plan.
 */
void
zifu_import_lines_set_plan (ZifuImportLines *self, ZifuImportPlan *plan)
{
  g_return_if_fail (ZIFU_IS_IMPORT_LINES (self));

  change (self, plan, self->state);
}

/**
 * zifu_import_lines_set_state:
 * @self: a list
 * @state: a #ZifuLineState; −1 = all
 *
 * Shows only the lines of one state.
 */
void
zifu_import_lines_set_state (ZifuImportLines *self, int state)
{
  g_return_if_fail (ZIFU_IS_IMPORT_LINES (self));
  g_return_if_fail (state >= -1 && state < ZIFU_N_LINE_STATES);

  if (state != self->state)
    change (self, self->plan, state);
}

/**
 * zifu_import_lines_get_plan:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): the plan, if there is one
 */
ZifuImportPlan *
zifu_import_lines_get_plan (ZifuImportLines *self)
{
  g_return_val_if_fail (ZIFU_IS_IMPORT_LINES (self), NULL);

  return self->plan;
}

/**
 * zifu_import_lines_set_taken:
 * @self: a list with a plan
 * @i: which line of the plan, from 0; one that is new or doubtful
 * @taken: whether it is to become an entry
 *
 * Decides about a line.
 */
void
zifu_import_lines_set_taken (ZifuImportLines *self, guint i, gboolean taken)
{
  g_return_if_fail (ZIFU_IS_IMPORT_LINES (self));

  if (self->plan == NULL || zifu_import_plan_get_line (self->plan, i)->taken == taken)
    return;
  zifu_import_plan_set_taken (self->plan, i, taken);
  g_signal_emit (self, signal_taken, 0);
}

/**
 * zifu_import_lines_take_doubtful:
 * @self: a list with a plan
 * @taken: whether doubtful lines are to become entries
 *
 * Decides about all of them.
 */
void
zifu_import_lines_take_doubtful (ZifuImportLines *self, gboolean taken)
{
  guint n;

  g_return_if_fail (ZIFU_IS_IMPORT_LINES (self));

  if (self->plan == NULL)
    return;
  zifu_import_plan_take_doubtful (self->plan, taken);
  n = get_n_items (G_LIST_MODEL (self));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n, n);
  g_signal_emit (self, signal_taken, 0);
}
