/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ui-rows.h"

#include "zifu-ui-resources.h"
#include "zifu-widgets.h"

#define FOLD_CHARS 28 /* that words want beside a button */

static GtkWidget *
new_row (const char *title, const char *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title-lines", 0, "subtitle-lines", 0, NULL);

  /* Given at once, a title would be read as markup before the row knows that it is none. */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);

  return row;
}

/**
 * zifu_ui_money_row:
 * @title: what the amount is
 * @note: (nullable): a line below it
 * @amount: fen
 *
 * Returns: (transfer floating): a row with the amount at its end
 */
GtkWidget *
zifu_ui_money_row (const char *title, const char *note, ZifuMoney amount)
{
  GtkWidget *row = new_row (title, note);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), zifu_amount_label_new (title, amount, ZIFU_MONEY_STYLE_LIST));

  return row;
}

/**
 * zifu_ui_text_row:
 * @title: what the text is
 * @text: the text
 *
 * Returns: (transfer floating): a row with the text below its title
 */
GtkWidget *
zifu_ui_text_row (const char *title, const char *text)
{
  return new_row (title, text);
}

/**
 * zifu_ui_add_button:
 * @row: an action row of words
 * @button: (transfer floating): what can be done with it
 *
 * Puts a button at the end.  Where it would leave the words too little room, as on a telephone, it stands below them.
 */
void
zifu_ui_add_button (GtkWidget *row, GtkWidget *button)
{
  GtkWidget *line = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));

  if (!ZIFU_IS_LINE_LAYOUT (gtk_widget_get_layout_manager (line)))
    gtk_widget_set_layout_manager (line, g_object_new (ZIFU_TYPE_LINE_LAYOUT, "spacing", 12, "fold-chars", FOLD_CHARS, NULL));
  g_object_set (button, "valign", GTK_ALIGN_CENTER, "margin-top", 6, "margin-bottom", 6, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
new_icon (const char *name)
{
  return g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name", name, "valign", GTK_ALIGN_CENTER,
                       NULL);
}

/**
 * zifu_ui_link_row:
 * @title: where it leads
 * @subtitle: (nullable): a line below it
 * @icon: (nullable): icon at the start, in a square
 * @end: (nullable) (transfer floating): what stands before the arrow, such as an amount
 *
 * Returns: (transfer floating): a row that can be activated
 */
GtkWidget *
zifu_ui_link_row (const char *title, const char *subtitle, const char *icon, GtkWidget *end)
{
  GtkWidget *row = new_row (title, subtitle);

  if (icon != NULL)
    {
      GtkWidget *image = new_icon (icon);

      gtk_widget_add_css_class (image, "kind");
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
    }
  if (end != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), end);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_icon ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  return row;
}

/**
 * zifu_ui_wrapping_label:
 * @text: (nullable): what it says
 * @css_class: (nullable): a style class
 *
 * Returns: (transfer floating): a label that wraps and takes the room that is left
 */
GtkWidget *
zifu_ui_wrapping_label (const char *text, const char *css_class)
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

/**
 * zifu_ui_note:
 * @text: a sentence
 * @icon_name: a sign beside it: its colour is never alone
 * @css_class: of the sign; with "quiet" the sentence is quiet as well
 *
 * Returns: (transfer floating): the sentence with its sign
 */
GtkWidget *
zifu_ui_note (const char *text, const char *icon_name, const char *css_class)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "spacing", 6, "margin-top", 6, NULL);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign",
                                  GTK_ALIGN_START, "margin-top", 2, NULL);

  gtk_widget_add_css_class (icon, css_class);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), zifu_ui_wrapping_label (text, g_str_equal (css_class, "quiet") ? "quiet" : NULL));

  return box;
}

/**
 * zifu_ui_empty_list:
 * @list: a list
 *
 * Takes every row away.
 */
void
zifu_ui_empty_list (GtkListBox *list)
{
  GtkListBoxRow *row = NULL;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/**
 * zifu_ui_drop_children:
 * @widget: a widget that is being disposed
 *
 * Lets go of the children of a template that are bound to no field: the toolkit clears the bound ones only.
 */
void
zifu_ui_drop_children (GtkWidget *widget)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}

/**
 * zifu_ui_register:
 *
 * Makes the templates of the pages known.  To be called before the first page is made; more calls do no harm.
 */
void
zifu_ui_register (void)
{
  static gsize done;

  zifu_widgets_init ();
  if (g_once_init_enter (&done))
    {
      zifu_ui_register_resource ();
      g_once_init_leave (&done, 1);
    }
}

/**
 * zifu_ui_toast:
 * @text: a sentence, without markup
 *
 * Returns: (transfer full): a message that wraps: that of the toolkit is one line, which a telephone cuts in the middle
 */
AdwToast *
zifu_ui_toast (const char *text)
{
  AdwToast *toast = adw_toast_new ("");
  GtkWidget *label = zifu_ui_wrapping_label (text, "heading");

  adw_toast_set_custom_title (toast, label);
  return toast;
}

/**
 * zifu_ui_wrap_title:
 * @title: the title of a window with buttons on both sides
 *
 * Lets its words stand on two lines: with large text a narrow window has no room for them on one.
 */
void
zifu_ui_wrap_title (GtkWidget *title)
{
  if (GTK_IS_LABEL (title))
    {
      gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_NONE);
      gtk_label_set_wrap (GTK_LABEL (title), TRUE);
      /* Where there is room for one line it takes one. */
      gtk_label_set_natural_wrap_mode (GTK_LABEL (title), GTK_NATURAL_WRAP_NONE);
      /* The window title asks for five characters of room: one that is shorter would then be wider at least than it likes to be. */
      gtk_label_set_width_chars (GTK_LABEL (title), -1);
      gtk_label_set_justify (GTK_LABEL (title), GTK_JUSTIFY_CENTER);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (title); child != NULL; child = gtk_widget_get_next_sibling (child))
    zifu_ui_wrap_title (child);
}
