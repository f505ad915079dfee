/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-item.h"

#include "zifu-import-lines.h"

struct _ZifuImportItem {
  GObject parent_instance;

  ZifuImportLines *lines; /* owned */
  guint            index; /* in the plan */
};

G_DEFINE_FINAL_TYPE (ZifuImportItem, zifu_import_item, G_TYPE_OBJECT)

static void
zifu_import_item_finalize (GObject *object)
{
  g_clear_object (&ZIFU_IMPORT_ITEM (object)->lines);

  G_OBJECT_CLASS (zifu_import_item_parent_class)->finalize (object);
}

static void
zifu_import_item_class_init (ZifuImportItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zifu_import_item_finalize;
}

static void
zifu_import_item_init (ZifuImportItem *self)
{
}

static ZifuImportPlan *
get_plan (ZifuImportItem *self)
{
  return zifu_import_lines_get_plan (self->lines);
}

/**
 * zifu_import_item_new:
 * @lines: the #ZifuImportLines that it belongs to
 * @index: which line of the plan, from 0
 *
 * Returns: (transfer full): the line
 */
ZifuImportItem *
zifu_import_item_new (GListModel *lines, guint index)
{
  ZifuImportItem *self;

  g_return_val_if_fail (ZIFU_IS_IMPORT_LINES (lines), NULL);

  self = g_object_new (ZIFU_TYPE_IMPORT_ITEM, NULL);
  self->lines = g_object_ref (ZIFU_IMPORT_LINES (lines));
  self->index = index;
  return self;
}

/**
 * zifu_import_item_get_index:
 * @self: a line
 *
 * Returns: which line of the plan it is, from 0
 */
guint
zifu_import_item_get_index (ZifuImportItem *self)
{
  g_return_val_if_fail (ZIFU_IS_IMPORT_ITEM (self), 0);

  return self->index;
}

/**
 * zifu_import_item_get:
 * @self: a line
 *
 * Returns: (transfer none) (nullable): what it says; %NULL when the plan is gone
 */
const ZifuImportLine *
zifu_import_item_get (ZifuImportItem *self)
{
  g_return_val_if_fail (ZIFU_IS_IMPORT_ITEM (self), NULL);

  return get_plan (self) != NULL ? zifu_import_plan_get_line (get_plan (self), self->index) : NULL;
}

/**
 * zifu_import_item_describe:
 * @self: a line
 *
 * Returns: (transfer full) (nullable): why it is not simply new; %NULL when it is
 */
char *
zifu_import_item_describe (ZifuImportItem *self)
{
  g_return_val_if_fail (ZIFU_IS_IMPORT_ITEM (self), NULL);

  return get_plan (self) != NULL ? zifu_import_plan_describe (get_plan (self), self->index) : NULL;
}

/**
 * zifu_import_item_set_taken:
 * @self: a line that is new or doubtful
 * @taken: whether it is to become an entry
 *
 * Decides about it.
 */
void
zifu_import_item_set_taken (ZifuImportItem *self, gboolean taken)
{
  g_return_if_fail (ZIFU_IS_IMPORT_ITEM (self));

  zifu_import_lines_set_taken (self->lines, self->index, taken);
}
