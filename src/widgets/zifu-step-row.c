/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-step-row.h"

#include <glib/gi18n-lib.h>

#include "zifu-amount-label.h"
#include "zifu-compat.h"
#include "zifu-line-layout.h"
#include "zifu-unverified-mark.h"
#include "zifu-width-bin.h"

/*
 * ZifuStepRow:
 *
 * One step: what is done, the sum in figures, and what it leaves.  Opened, it tells the rule, where the rule is written, and how sure that
 * is.  A step without such a rule (the rest of a subtraction) has nothing to open and is not activatable.
 *
 * AdwExpanderRow is not used because at our floor it has no way to put a figure at its end.
 *
 * CSS: node "row", class "step" and, while open, "expanded"; box.stepdetail.
 * Accessible: a list item that reads number, title, figure and role, with the state "expanded".
 */

#define FOLD_CHARS 10

struct _ZifuStepRow {
  AdwPreferencesRow parent_instance;

  GtkImage *arrow;
  GtkRevealer *revealer; /* nullable: nothing to open */
  GtkWidget *mark;       /* nullable */
  GBinding *narrow;      /* owned, nullable */
  gulong activated_id;   /* on the list */
  GtkWidget *list;       /* weak: the list in which the row stands */
  char *url;             /* owned, nullable */
};

typedef enum { PROP_EXPANDED = 1 } ZifuStepRowProperty;
static GParamSpec *properties[PROP_EXPANDED + 1];

G_DEFINE_FINAL_TYPE (ZifuStepRow, zifu_step_row, ADW_TYPE_PREFERENCES_ROW)

/* --- the parts --- */

static GtkWidget *
new_words (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    {
      gtk_widget_add_css_class (label, css_class);
      gtk_widget_add_css_class (label, "quiet");
      gtk_widget_add_css_class (label, "numeric");
    }
  return label;
}

static GtkWidget *
new_title (const ZifuStepWords *words)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), new_words (words->title, NULL));
  if (words->formula != NULL)
    gtk_box_append (GTK_BOX (box), new_words (words->formula, "caption"));
  return box;
}

static GtkWidget *
new_figure (const ZifuStepWords *words)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *amount = zifu_amount_label_new (words->role, words->amount, ZIFU_MONEY_STYLE_LIST);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (amount, "heading");
  gtk_box_append (GTK_BOX (box), amount);
  if (words->role != NULL)
    {
      GtkWidget *role = gtk_label_new (words->role);

      gtk_label_set_xalign (GTK_LABEL (role), 1);
      gtk_widget_add_css_class (role, "caption");
      gtk_widget_add_css_class (role, "quiet");
      gtk_box_append (GTK_BOX (box), role);
    }
  return box;
}

static GtkWidget *
new_number (guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "stepno");
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static void
open_clicked_cb (ZifuStepRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  zifu_compat_open_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->url);
}

/* The link says "Open"; where it leads is in its tooltip and its description. */
static GtkWidget *
new_link (ZifuStepRow *self)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "label", _("Open"), "accessible-role", GTK_ACCESSIBLE_ROLE_LINK, "valign",
                                    GTK_ALIGN_CENTER, "tooltip-text", self->url, NULL);

  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (open_clicked_cb), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->url, -1);
  return button;
}

static void
add_detail (GtkWidget *box, const char *key, const char *text, GtkWidget *suffix)
{
  GtkWidget *row = zifu_line_new (12, FOLD_CHARS);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *value = new_words (text, NULL);

  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  /* The text can be selected with the pointer; it is no stop on the way through the steps. */
  gtk_widget_set_focusable (value, FALSE);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), new_words (key, "caption"));
  gtk_box_append (GTK_BOX (words), value);
  gtk_box_append (GTK_BOX (row), words);
  if (suffix != NULL)
    gtk_box_append (GTK_BOX (row), suffix);
  gtk_box_append (GTK_BOX (box), row);
}

static void
add_warning (GtkWidget *box, const char *text)
{
  GtkWidget *row = zifu_line_new (6, 0);
  GtkWidget *image = gtk_image_new_from_icon_name ("zifu-unverified-symbolic");
  GtkWidget *label = new_words (text, NULL);

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_set_margin_top (image, 2);
  gtk_widget_add_css_class (image, "warn");
  gtk_widget_add_css_class (label, "warn");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), image);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (box), row);
}

static GtkWidget *
new_detail (ZifuStepRow *self, const ZifuStepWords *words)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_add_css_class (box, "stepdetail");
  if (words->unverified)
    add_warning (box, _("No official text and no second source confirms this figure"));
  if (words->outdated)
    add_warning (box, _("The rule is past the day up to which it was confirmed"));
  if (words->rule != NULL)
    add_detail (box, _("Rule"), words->rule, NULL);
  if (words->source != NULL)
    add_detail (box, _("Source"), words->source, self->url != NULL ? new_link (self) : NULL);
  if (words->confidence != NULL)
    add_detail (box, _("Confidence"), words->confidence, NULL);
  return box;
}

static gboolean
has_detail (const ZifuStepWords *words)
{
  return words->rule != NULL || words->source != NULL || words->confidence != NULL || words->unverified || words->outdated;
}

static void
set_accessible (ZifuStepRow *self, guint number, const ZifuStepWords *words)
{
  g_autofree char *count = g_strdup_printf ("%u", number);
  g_autofree char *figure = zifu_words_money (words->amount, ZIFU_MONEY_STYLE_SPOKEN);
  g_autofree char *label = NULL;
  GtkAccessible *accessible = GTK_ACCESSIBLE (self);

  if (!words->has_amount)
    /* Translators: a step of a settlement, read out. {1}: its number, {2}: its title. */
    label = zifu_words_fill (_("Step {1}: {2}"), count, words->title, NULL);
  else if (words->role == NULL)
    /* Translators: a step of a settlement, read out. {1}: its number, {2}: its title, {3}: an amount with its unit. */
    label = zifu_words_fill (_("Step {1}: {2}, {3}"), count, words->title, figure, NULL);
  else
    /* Translators: a step of a settlement, read out. {1}: its number, {2}: its title, {3}: what the amount is, {4}: the amount. */
    label = zifu_words_fill (_("Step {1}: {2}, {3} {4}"), count, words->title, words->role, figure, NULL);
  gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (words->unverified)
    gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _("Unverified"), -1);
  if (self->revealer != NULL)
    gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
}

static void
build (ZifuStepRow *self, guint number, const ZifuStepWords *words)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = zifu_line_new (12, FOLD_CHARS);

  gtk_widget_add_css_class (head, "stephead");
  gtk_box_append (GTK_BOX (head), new_number (number));
  gtk_box_append (GTK_BOX (head), new_title (words));
  if (words->unverified || words->outdated)
    {
      self->mark = zifu_unverified_mark_new ();
      gtk_box_append (GTK_BOX (head), self->mark);
    }
  if (words->has_amount)
    gtk_box_append (GTK_BOX (head), new_figure (words));
  self->arrow = GTK_IMAGE (gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_widget_add_css_class (GTK_WIDGET (self->arrow), "quiet");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->arrow));
  gtk_box_append (GTK_BOX (column), head);

  if (has_detail (words))
    {
      self->revealer = GTK_REVEALER (gtk_revealer_new ());
      gtk_revealer_set_child (self->revealer, new_detail (self, words));
      gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->revealer));
    }
  else
    {
      /* The place of the arrow stays, so that all figures stand below each other. */
      gtk_widget_set_opacity (GTK_WIDGET (self->arrow), 0);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), column);
}

/* --- opening --- */

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, ZifuStepRow *self)
{
  if (row == GTK_LIST_BOX_ROW (self))
    zifu_step_row_set_expanded (self, !zifu_step_row_get_expanded (self));
}

/* A row is activated through its list, by pointer and by keyboard alike. */
static void
parent_changed_cb (ZifuStepRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (parent == self->list)
    return;
  if (self->list != NULL)
    g_clear_signal_handler (&self->activated_id, self->list);
  g_set_weak_pointer (&self->list, GTK_IS_LIST_BOX (parent) ? parent : NULL);
  if (self->list != NULL)
    self->activated_id = g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, 0);
}

/* --- GtkWidget --- */

static void
zifu_step_row_root (GtkWidget *widget)
{
  ZifuStepRow *self = ZIFU_STEP_ROW (widget);
  ZifuWidthBin *bin;

  GTK_WIDGET_CLASS (zifu_step_row_parent_class)->root (widget);
  bin = zifu_width_bin_find (widget);
  if (bin != NULL && self->mark != NULL && self->narrow == NULL)
    self->narrow = g_object_ref (g_object_bind_property (bin, "narrow", self->mark, "compact", G_BINDING_SYNC_CREATE));
}

static void
zifu_step_row_unroot (GtkWidget *widget)
{
  ZifuStepRow *self = ZIFU_STEP_ROW (widget);

  if (self->narrow != NULL)
    g_binding_unbind (self->narrow);
  g_clear_object (&self->narrow);
  GTK_WIDGET_CLASS (zifu_step_row_parent_class)->unroot (widget);
}

/* --- GObject --- */

static void
zifu_step_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((ZifuStepRowProperty) id)
    {
    case PROP_EXPANDED:
      g_value_set_boolean (value, zifu_step_row_get_expanded (ZIFU_STEP_ROW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_step_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((ZifuStepRowProperty) id)
    {
    case PROP_EXPANDED:
      zifu_step_row_set_expanded (ZIFU_STEP_ROW (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_step_row_dispose (GObject *object)
{
  ZifuStepRow *self = ZIFU_STEP_ROW (object);

  g_clear_weak_pointer (&self->list);
  g_clear_object (&self->narrow);
  self->mark = NULL;
  self->revealer = NULL;
  G_OBJECT_CLASS (zifu_step_row_parent_class)->dispose (object);
}

static void
zifu_step_row_finalize (GObject *object)
{
  g_free (ZIFU_STEP_ROW (object)->url);
  G_OBJECT_CLASS (zifu_step_row_parent_class)->finalize (object);
}

static void
zifu_step_row_class_init (ZifuStepRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = zifu_step_row_get_property;
  object_class->set_property = zifu_step_row_set_property;
  object_class->dispose = zifu_step_row_dispose;
  object_class->finalize = zifu_step_row_finalize;
  widget_class->root = zifu_step_row_root;
  widget_class->unroot = zifu_step_row_unroot;

  properties[PROP_EXPANDED] =
    g_param_spec_boolean ("expanded", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
zifu_step_row_init (ZifuStepRow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "step");
  g_signal_connect (self, "notify::parent", G_CALLBACK (parent_changed_cb), NULL);
}

/* --- public --- */

/**
 * zifu_step_row_new:
 * @number: the number of the step, from 1
 * @words: (transfer none): what to show; copied
 *
 * Makes a row for one step.
 *
 * Returns: (transfer floating): a new row
 */
GtkWidget *
zifu_step_row_new (guint number, const ZifuStepWords *words)
{
  ZifuStepRow *self;

  g_return_val_if_fail (words != NULL && words->title != NULL, NULL);

  self = g_object_new (ZIFU_TYPE_STEP_ROW, "use-markup", FALSE, "title", words->title, NULL);
  self->url = g_strdup (words->url);
  build (self, number, words);
  set_accessible (self, number, words);
  return GTK_WIDGET (self);
}

/**
 * zifu_step_row_get_expanded:
 * @self: a row
 *
 * Returns: whether rule and source are shown
 */
gboolean
zifu_step_row_get_expanded (ZifuStepRow *self)
{
  g_return_val_if_fail (ZIFU_IS_STEP_ROW (self), FALSE);

  return self->revealer != NULL && gtk_revealer_get_reveal_child (self->revealer);
}

/**
 * zifu_step_row_set_expanded:
 * @self: a row
 * @expanded: whether rule and source are shown
 *
 * Opens or closes the row.  A row that has nothing to tell stays closed.
 */
void
zifu_step_row_set_expanded (ZifuStepRow *self, gboolean expanded)
{
  g_return_if_fail (ZIFU_IS_STEP_ROW (self));

  expanded = !!expanded;
  if (self->revealer == NULL || gtk_revealer_get_reveal_child (self->revealer) == expanded)
    return;
  gtk_revealer_set_reveal_child (self->revealer, expanded);
  gtk_image_set_from_icon_name (self->arrow, expanded ? "pan-up-symbolic" : "pan-down-symbolic");
  if (expanded)
    gtk_widget_add_css_class (GTK_WIDGET (self), "expanded");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "expanded");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, expanded, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPANDED]);
}
