/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-line-row.h"

#include <glib/gi18n-lib.h>

#include "zifu-entry-words.h"
#include "zifu-import-preview.h"
#include "zifu-ui-rows.h"
#include "zifu-widgets.h"
#include "zifu-words.h"

#define RAW_CHARS 100
#define FOLD_CHARS 12

struct _ZifuImportLineRow {
  GtkWidget parent_instance;

  ZifuImportItem *item; /* owned, nullable */
  gboolean        ready;

  GtkWidget *take, *icon, *title, *reason, *amount; /* owned as children */
};

G_DEFINE_FINAL_TYPE (ZifuImportLineRow, zifu_import_line_row, GTK_TYPE_WIDGET)

static void
taken_cb (ZifuImportLineRow *self)
{
  if (self->ready && self->item != NULL)
    zifu_import_item_set_taken (self->item, gtk_check_button_get_active (GTK_CHECK_BUTTON (self->take)));
}

static void
zifu_import_line_row_dispose (GObject *object)
{
  ZifuImportLineRow *self = ZIFU_IMPORT_LINE_ROW (object);

  g_clear_object (&self->item);
  zifu_ui_drop_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (zifu_import_line_row_parent_class)->dispose (object);
}

static void
zifu_import_line_row_class_init (ZifuImportLineRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zifu_import_line_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
zifu_import_line_row_init (ZifuImportLineRow *self)
{
  GtkWidget *outer = g_object_new (GTK_TYPE_BOX, "spacing", 12, "margin-top", 6, "margin-bottom", 6,
                                   "margin-start", 6, "margin-end", 12, NULL);
  GtkWidget *box = zifu_line_new (12, FOLD_CHARS);
  GtkWidget *texts = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 2, "hexpand", TRUE, NULL);

  self->take = g_object_new (GTK_TYPE_CHECK_BUTTON, "valign", GTK_ALIGN_CENTER, NULL);
  self->icon = g_object_new (GTK_TYPE_IMAGE, "valign", GTK_ALIGN_CENTER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->title = zifu_ui_wrapping_label (NULL, NULL);
  self->reason = zifu_ui_wrapping_label (NULL, "caption");
  self->amount = g_object_new (GTK_TYPE_LABEL, "valign", GTK_ALIGN_CENTER, NULL);
  gtk_widget_add_css_class (self->reason, "quiet");
  gtk_widget_add_css_class (self->amount, "numeric");
  gtk_box_append (GTK_BOX (texts), self->title);
  gtk_box_append (GTK_BOX (texts), self->reason);
  gtk_widget_set_parent (texts, box);
  gtk_widget_set_parent (self->amount, box);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (outer), self->take);
  gtk_box_append (GTK_BOX (outer), self->icon);
  gtk_box_append (GTK_BOX (outer), box);
  gtk_widget_set_parent (outer, GTK_WIDGET (self));
  g_signal_connect_swapped (self->take, "toggled", G_CALLBACK (taken_cb), self);
}

/**
 * zifu_import_line_row_new:
 *
 * Returns: (transfer floating): a row without a line
 */
GtkWidget *
zifu_import_line_row_new (void)
{
  return g_object_new (ZIFU_TYPE_IMPORT_LINE_ROW, NULL);
}

/**
 * zifu_line_state_get_words:
 * @state: a state
 *
 * Returns: (transfer none): what it is called
 */
const char *
zifu_line_state_get_words (ZifuLineState state)
{
  static const char *const words[ZIFU_N_LINE_STATES] = { N_("New"), N_("There already"), N_("Doubtful"), N_("Wrong") };

  g_return_val_if_fail ((guint) state < ZIFU_N_LINE_STATES, NULL);

  return g_dgettext (GETTEXT_PACKAGE, words[state]);
}

/**
 * zifu_line_state_get_icon:
 * @state: a state
 * @css_class: (out): its style class
 *
 * Returns: (transfer none): its sign
 */
const char *
zifu_line_state_get_icon (ZifuLineState state, const char **css_class)
{
  static const char *const icons[ZIFU_N_LINE_STATES] = { "zifu-ok-symbolic", "zifu-info-symbolic", "zifu-unverified-symbolic",
                                                         "zifu-bad-symbolic" };
  static const char *const classes[ZIFU_N_LINE_STATES] = { "ok", "quiet", "warn", "bad" };

  g_return_val_if_fail ((guint) state < ZIFU_N_LINE_STATES && css_class != NULL, NULL);

  *css_class = classes[state];
  return icons[state];
}

/* What the line says: a day, a kind and a place; or, when nothing was understood, the line itself. */
static char *
make_title (const ZifuImportLine *line)
{
  g_autofree char *day = NULL, *text = NULL;
  const char *place = line->institution != NULL ? line->institution : line->note;

  if (line->date == 0 || line->state == ZIFU_LINE_WRONG)
    return zifu_import_preview_shorten (line->raw != NULL ? line->raw : "", RAW_CHARS);
  day = zifu_words_date (line->date, ZIFU_DATE_STYLE_LONG);
  if (place == NULL)
    return g_strdup_printf ("%s · %s", day, line->is_month ? _("Contribution") : zifu_entry_kind_name (line->kind));
  text = zifu_import_preview_shorten (place, RAW_CHARS);
  return g_strdup_printf ("%s · %s · %s", day, line->is_month ? _("Contribution") : zifu_entry_kind_name (line->kind), text);
}

static char *
make_reason (ZifuImportItem *item, const ZifuImportLine *line)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, line->line);
  g_autofree char *why = zifu_import_item_describe (item);

  if (why == NULL)
    /* Translators: {1} is the number of a line. */
    return zifu_words_fill (C_("line of a file", "Line {1}"), number, NULL);
  /* Translators: {1} is the number of a line, {2} what is the matter with it. */
  return zifu_words_fill (C_("line of a file", "Line {1}: {2}"), number, why, NULL);
}

static void
show_line (ZifuImportLineRow *self, const ZifuImportLine *line)
{
  g_autofree char *title = make_title (line);
  g_autofree char *reason = make_reason (self->item, line);
  g_autofree char *amount = zifu_words_money (line->amount, ZIFU_MONEY_STYLE_SIGNED);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", zifu_line_state_get_words (line->state), title, reason);
  gboolean choice = line->state == ZIFU_LINE_NEW || line->state == ZIFU_LINE_DOUBTFUL, wrong = line->state == ZIFU_LINE_WRONG;
  const char *css_class;

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), zifu_line_state_get_icon (line->state, &css_class));
  gtk_widget_set_css_classes (self->icon, (const char *[]){ css_class, NULL });
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_widget_set_visible (self->title, *title != '\0');
  gtk_label_set_text (GTK_LABEL (self->reason), reason);
  gtk_label_set_text (GTK_LABEL (self->amount), wrong ? "" : amount);
  gtk_widget_set_visible (self->amount, !wrong);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->take), line->taken);
  /* Those without a choice keep the place, so that the texts stand below each other. */
  gtk_widget_set_opacity (self->take, choice ? 1 : 0);
  gtk_widget_set_sensitive (self->take, choice);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->take), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Import this line"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/**
 * zifu_import_line_row_bind:
 * @self: a row
 * @item: (nullable): a line
 *
 * Shows a line.
 */
void
zifu_import_line_row_bind (ZifuImportLineRow *self, ZifuImportItem *item)
{
  const ZifuImportLine *line;

  g_return_if_fail (ZIFU_IS_IMPORT_LINE_ROW (self));

  self->ready = FALSE;
  g_set_object (&self->item, item);
  line = item != NULL ? zifu_import_item_get (item) : NULL;
  if (line != NULL)
    show_line (self, line);
  self->ready = TRUE;
}
