/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-answer-parts.h"

#include <glib/gi18n-lib.h>

#include "zifu-compat.h"
#include "zifu-ui-rows.h"
#include "zifu-widgets.h"

/* A row with an icon and a column; what it says is collected for screen readers while the column is filled. */
typedef struct {
  GtkWidget *row;
  GtkWidget *line;   /* icon, column, and what stands at the end */
  GtkWidget *column;
  GString   *spoken; /* owned */
} Part;

static Part
part_new (const char *icon_name, const char *css_class)
{
  Part part = { .row = adw_preferences_row_new (), .spoken = g_string_new (NULL) };
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign",
                                  GTK_ALIGN_START, "margin-top", 2, NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (icon, css_class);
  part.line = g_object_new (GTK_TYPE_BOX, "spacing", 12, "margin-top", 9, "margin-bottom", 9, "margin-start", 12, "margin-end", 12, NULL);
  part.column = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 3, "hexpand", TRUE, NULL);
  gtk_box_append (GTK_BOX (part.line), icon);
  gtk_box_append (GTK_BOX (part.line), part.column);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (part.row), part.line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (part.row), FALSE);
  return part;
}

static GtkWidget *
part_add (Part *part, const char *text, const char *css_class)
{
  GtkWidget *label = zifu_ui_wrapping_label (text, css_class);

  gtk_box_append (GTK_BOX (part->column), label);
  if (part->spoken->len > 0)
    g_string_append_c (part->spoken, '\n');
  g_string_append (part->spoken, text);
  return label;
}

static void
part_add_heading (Part *part, const char *heading)
{
  gtk_widget_set_margin_top (part_add (part, heading, "part-heading"), gtk_widget_get_first_child (part->column) != NULL ? 6 : 0);
}

static GtkWidget *
part_end (Part *part, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (part->row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  part->spoken->str, -1);
  g_string_free (part->spoken, TRUE);
  return part->row;
}

static void
part_add_lines (Part *part, const GPtrArray *lines, gboolean numbered)
{
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      const char *text = g_ptr_array_index (lines, i);
      g_autofree char *sign = numbered ? g_strdup_printf ("%u.", i + 1) : g_strdup ("•");
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *mark = gtk_label_new (sign);

      gtk_widget_set_valign (mark, GTK_ALIGN_START);
      gtk_widget_add_css_class (mark, "numeric");
      gtk_box_append (GTK_BOX (box), mark);
      gtk_box_append (GTK_BOX (box), zifu_ui_wrapping_label (text, NULL));
      gtk_box_append (GTK_BOX (part->column), box);
      g_string_append_printf (part->spoken, "\n%s %s", sign, text);
    }
}

static void
ticked_cb (GtkCheckButton *button, GHashTable *ticked)
{
  const char *paper = g_object_get_data (G_OBJECT (button), "paper");

  if (gtk_check_button_get_active (button))
    g_hash_table_add (ticked, g_strdup (paper));
  else
    g_hash_table_remove (ticked, paper);
}

static void
unref_table (gpointer data, GClosure *closure)
{
  g_hash_table_unref (data);
}

static void
part_add_papers (Part *part, const GPtrArray *papers, GHashTable *ticked)
{
  for (guint i = 0; papers != NULL && i < papers->len; i++)
    {
      const char *paper = g_ptr_array_index (papers, i);
      GtkWidget *button = gtk_check_button_new ();

      gtk_check_button_set_child (GTK_CHECK_BUTTON (button), zifu_ui_wrapping_label (paper, NULL));
      gtk_check_button_set_active (GTK_CHECK_BUTTON (button), g_hash_table_contains (ticked, paper));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, paper, -1);
      g_object_set_data_full (G_OBJECT (button), "paper", g_strdup (paper), g_free);
      g_signal_connect_data (button, "toggled", G_CALLBACK (ticked_cb), g_hash_table_ref (ticked), unref_table, 0);
      gtk_box_append (GTK_BOX (part->column), button);
      g_string_append_printf (part->spoken, "\n%s", paper);
    }
}

static void
open_cb (GtkWidget *button)
{
  GtkRoot *root = gtk_widget_get_root (button);

  zifu_compat_open_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, g_object_get_data (G_OBJECT (button), "url"));
}

static void
part_add_source (Part *part, const char *source, const char *url, gboolean unverified)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "spacing", 12, "margin-top", 3, NULL);

  if (source != NULL)
    part_add (part, source, NULL);
  if (unverified)
    gtk_box_append (GTK_BOX (box), g_object_new (ZIFU_TYPE_UNVERIFIED_MARK, "valign", GTK_ALIGN_CENTER, "halign", GTK_ALIGN_START, NULL));
  if (url != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (_("Open"));

      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_widget_set_tooltip_text (button, url);
      g_object_set_data_full (G_OBJECT (button), "url", g_strdup (url), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (open_cb), NULL);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_widget_set_visible (box, unverified || url != NULL);
  gtk_box_append (GTK_BOX (part->column), box);
}

/**
 * zifu_answer_text_part:
 * @icon_name: its icon
 * @heading: what the text is
 * @text: the text
 *
 * Returns: (transfer floating): a row with a sentence
 */
GtkWidget *
zifu_answer_text_part (const char *icon_name, const char *heading, const char *text)
{
  Part part = part_new (icon_name, NULL);

  part_add_heading (&part, heading);
  part_add (&part, text, NULL);
  return part_end (&part, heading);
}

/**
 * zifu_answer_list_part:
 * @icon_name: its icon
 * @heading: what the list is
 * @lines: (element-type utf8): its lines
 * @numbered: whether the order matters
 *
 * Returns: (transfer floating): a row with a list
 */
GtkWidget *
zifu_answer_list_part (const char *icon_name, const char *heading, const GPtrArray *lines, gboolean numbered)
{
  Part part = part_new (icon_name, NULL);

  part_add_heading (&part, heading);
  part_add_lines (&part, lines, numbered);
  return part_end (&part, heading);
}

/**
 * zifu_answer_papers_part:
 * @heading: what the papers are for
 * @papers: (element-type utf8): what to bring
 * @ticked: (element-type utf8 utf8): what is ticked; kept up to date
 *
 * Returns: (transfer floating): a row with a checklist
 */
GtkWidget *
zifu_answer_papers_part (const char *heading, const GPtrArray *papers, GHashTable *ticked)
{
  Part part = part_new ("edit-paste-symbolic", NULL);

  part_add_heading (&part, heading);
  part_add_papers (&part, papers, ticked);
  return part_end (&part, heading);
}

/**
 * zifu_answer_source_part:
 * @source: (nullable): document and number
 * @url: (nullable): an official site
 * @unverified: whether the rule is not verified
 *
 * Returns: (transfer floating): a row that says where it is written
 */
GtkWidget *
zifu_answer_source_part (const char *source, const char *url, gboolean unverified)
{
  Part part = part_new ("text-x-generic-symbolic", NULL);

  part_add_heading (&part, _("Source"));
  part_add_source (&part, source, url, unverified);
  return part_end (&part, _("Source"));
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/**
 * zifu_answer_cause_part:
 * @cause: a cause in words; whatever is %NULL in it is left out
 * @ticked: (element-type utf8 utf8): papers that are ticked; kept up to date
 *
 * Returns: (transfer floating): a row that says what it is, how sure, what shows it, and what to do about it
 */
GtkWidget *
zifu_answer_cause_part (const ZifuCauseWords *cause, GHashTable *ticked)
{
  Part part = part_new (cause->sure ? "zifu-bad-symbolic" : "zifu-info-symbolic", cause->sure ? "bad" : "quiet");
  const char *title = cause->title != NULL ? cause->title : or_empty (cause->name);

  part_add (&part, title, "heading");
  if (cause->weight != NULL)
    part_add (&part, cause->weight, "part-heading");
  part_add_lines (&part, cause->evidence, FALSE);
  if (cause->remedy != NULL)
    {
      part_add_heading (&part, _("What to do"));
      part_add (&part, cause->remedy, NULL);
    }
  if (cause->where != NULL)
    {
      part_add_heading (&part, _("Where"));
      part_add (&part, cause->where, NULL);
    }
  if (cause->papers != NULL && cause->papers->len > 0)
    {
      part_add_heading (&part, _("What to bring"));
      part_add_papers (&part, cause->papers, ticked);
    }
  if (cause->source != NULL || cause->url != NULL || cause->unverified)
    {
      part_add_heading (&part, _("Source"));
      part_add_source (&part, cause->source, cause->url, cause->unverified);
    }
  return part_end (&part, title);
}
