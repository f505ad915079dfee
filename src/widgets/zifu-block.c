/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-block.h"

/*
 * ZifuBlock:
 *
 * Colours and patterns live in the style sheet only; a widget that paints nothing itself but has a node, an accessible name and can hold
 * the focus is all that bars and charts need.
 */

struct _ZifuBlock {
  GtkWidget parent_instance;

  char *text; /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (ZifuBlock, zifu_block, GTK_TYPE_WIDGET)

static void
zifu_block_finalize (GObject *object)
{
  ZifuBlock *self = ZIFU_BLOCK (object);

  g_free (self->text);
  G_OBJECT_CLASS (zifu_block_parent_class)->finalize (object);
}

static void
zifu_block_class_init (ZifuBlockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zifu_block_finalize;
}

static void
zifu_block_init (ZifuBlock *self)
{
}

/**
 * zifu_block_new:
 * @css_name: the name of its node
 * @role: its role; a block of role "presentation" says nothing and cannot be focused
 *
 * Makes a block.
 *
 * Returns: (transfer floating): a new block
 */
GtkWidget *
zifu_block_new (const char *css_name, GtkAccessibleRole role)
{
  gboolean silent = role == GTK_ACCESSIBLE_ROLE_PRESENTATION;

  return g_object_new (ZIFU_TYPE_BLOCK, "css-name", css_name, "accessible-role", role, "focusable", !silent, "can-target", !silent, NULL);
}

/**
 * zifu_block_add:
 * @parent: a chart
 * @css_name: the name of the block's node
 *
 * Puts a block into a chart that says nothing, such as a line of its grid.
 *
 * Returns: (transfer none): the block
 */
GtkWidget *
zifu_block_add (GtkWidget *parent, const char *css_name)
{
  GtkWidget *block = zifu_block_new (css_name, GTK_ACCESSIBLE_ROLE_PRESENTATION);

  gtk_widget_set_parent (block, parent);
  return block;
}

/**
 * zifu_block_add_label:
 * @parent: a chart
 * @text: what the label shows
 * @css_class: its style, besides that of figures
 *
 * Puts a label into a chart.  It is to be seen only: the chart says itself what it shows.
 *
 * Returns: (transfer none): the label
 */
GtkWidget *
zifu_block_add_label (GtkWidget *parent, const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "can-target", FALSE, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_parent (label, parent);
  return label;
}

/**
 * zifu_block_set_text:
 * @self: a block
 * @text: what it stands for
 *
 * Gives the block its accessible name, which is its tooltip as well.
 */
void
zifu_block_set_text (ZifuBlock *self, const char *text)
{
  g_return_if_fail (ZIFU_IS_BLOCK (self));

  g_free (self->text);
  self->text = g_strdup (text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/**
 * zifu_block_get_text:
 * @self: a block
 *
 * Returns: (nullable) (transfer none): what it stands for
 */
const char *
zifu_block_get_text (ZifuBlock *self)
{
  g_return_val_if_fail (ZIFU_IS_BLOCK (self), NULL);

  return self->text;
}

/**
 * zifu_block_place:
 * @parent: the widget that is being allocated
 * @child: a child of it
 * @x: pixels from the start of the line
 * @y: pixels from the top
 * @width: pixels
 * @height: pixels
 *
 * Allocates a child, mirrored where text runs from right to left.
 */
void
zifu_block_place (GtkWidget *parent, GtkWidget *child, int x, int y, int width, int height)
{
  if (!gtk_widget_should_layout (child))
    return;
  if (gtk_widget_get_direction (parent) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (parent) - x - width;
  gtk_widget_allocate (child, width, height, -1, gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, y)));
}

/**
 * zifu_block_move_focus:
 * @parent: the widget whose focus is moved
 * @blocks: (element-type GtkWidget): its blocks, in order
 * @direction: where to
 *
 * Moves the focus in a row of blocks, which is one stop for Tab; Left and Right move inside it and stop at its ends.
 *
 * Returns: %TRUE when the focus is in @parent afterwards
 */
gboolean
zifu_block_move_focus (GtkWidget *parent, GPtrArray *blocks, GtkDirectionType direction)
{
  GtkWidget *current = gtk_widget_get_focus_child (parent);
  gboolean rtl = gtk_widget_get_direction (parent) == GTK_TEXT_DIR_RTL;
  guint at;

  if (blocks->len == 0)
    return FALSE;
  if (current == NULL || !g_ptr_array_find (blocks, current, &at))
    {
      if (direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_LEFT)
        return zifu_block_focus_last (blocks);
      return zifu_block_focus_first (blocks);
    }
  if (direction != GTK_DIR_LEFT && direction != GTK_DIR_RIGHT)
    return FALSE;
  if ((direction == GTK_DIR_RIGHT) != rtl)
    at = MIN (at + 1, blocks->len - 1);
  else
    at = at > 0 ? at - 1 : 0;
  return gtk_widget_grab_focus (g_ptr_array_index (blocks, at));
}

/**
 * zifu_block_focus_first:
 * @blocks: (element-type GtkWidget): blocks in order
 *
 * Returns: %TRUE when the first block now has the focus
 */
gboolean
zifu_block_focus_first (GPtrArray *blocks)
{
  return blocks->len > 0 && gtk_widget_grab_focus (g_ptr_array_index (blocks, 0));
}

/**
 * zifu_block_focus_last:
 * @blocks: (element-type GtkWidget): blocks in order
 *
 * Returns: %TRUE when the last block now has the focus
 */
gboolean
zifu_block_focus_last (GPtrArray *blocks)
{
  return blocks->len > 0 && gtk_widget_grab_focus (g_ptr_array_index (blocks, blocks->len - 1));
}
