/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-notice.h"

#include "zifu-line-layout.h"

/*
 * ZifuNotice:
 *
 * What must be known before any figure of the page is read: old data, figures that do not agree.  It slides in under the header bar, wraps
 * its text beside the button, and is never the only place that says so (the figure itself carries its date as well).
 *
 * CSS: node "notice" with class "info", "warn" or "bad"; inside it revealer > box.notice.
 * Accessible: role alert, labelled by its text; it is announced when it appears because the label only then gets its text.
 */

struct _ZifuNotice {
  GtkWidget parent_instance;

  GtkRevealer *revealer; /* owned as a child */
  GtkWidget *box;
  GtkImage *image;
  GtkLabel *label;
  GtkButton *button;
  char *icon_name;       /* owned, nullable */
  ZifuNoticeStyle style;
};

typedef enum { PROP_TITLE = 1, PROP_ICON_NAME, PROP_BUTTON_LABEL, PROP_STYLE, PROP_REVEALED } ZifuNoticeProperty;
static GParamSpec *properties[PROP_REVEALED + 1];
static guint button_clicked_signal;

/**
 * zifu_notice_style_get_type:
 *
 * Returns: the type of #ZifuNoticeStyle, whose values .ui files call "info", "warn" and "bad"
 */
G_DEFINE_ENUM_TYPE (ZifuNoticeStyle, zifu_notice_style, G_DEFINE_ENUM_VALUE (ZIFU_NOTICE_INFO, "info"),
                    G_DEFINE_ENUM_VALUE (ZIFU_NOTICE_WARN, "warn"), G_DEFINE_ENUM_VALUE (ZIFU_NOTICE_BAD, "bad"))
G_DEFINE_FINAL_TYPE (ZifuNotice, zifu_notice, GTK_TYPE_WIDGET)

static const struct {
  const char *css_class;
  const char *icon_name;
} styles[] = {
  [ZIFU_NOTICE_INFO] = { "info", "zifu-info-symbolic" },
  [ZIFU_NOTICE_WARN] = { "warn", "zifu-unverified-symbolic" },
  [ZIFU_NOTICE_BAD] = { "bad", "zifu-bad-symbolic" },
};

static void
update_icon (ZifuNotice *self)
{
  gtk_image_set_from_icon_name (self->image, self->icon_name != NULL ? self->icon_name : styles[self->style].icon_name);
}

static void
button_clicked_cb (ZifuNotice *self)
{
  g_signal_emit (self, button_clicked_signal, 0);
}

static void
zifu_notice_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZifuNotice *self = ZIFU_NOTICE (object);

  switch ((ZifuNoticeProperty) id)
    {
    case PROP_TITLE:
      g_value_set_string (value, zifu_notice_get_title (self));
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    case PROP_BUTTON_LABEL:
      g_value_set_string (value, zifu_notice_get_button_label (self));
      break;
    case PROP_STYLE:
      g_value_set_enum (value, self->style);
      break;
    case PROP_REVEALED:
      g_value_set_boolean (value, zifu_notice_get_revealed (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_notice_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZifuNotice *self = ZIFU_NOTICE (object);

  switch ((ZifuNoticeProperty) id)
    {
    case PROP_TITLE:
      zifu_notice_set_title (self, g_value_get_string (value));
      break;
    case PROP_ICON_NAME:
      zifu_notice_set_icon_name (self, g_value_get_string (value));
      break;
    case PROP_BUTTON_LABEL:
      zifu_notice_set_button_label (self, g_value_get_string (value));
      break;
    case PROP_STYLE:
      zifu_notice_set_style (self, g_value_get_enum (value));
      break;
    case PROP_REVEALED:
      zifu_notice_set_revealed (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_notice_dispose (GObject *object)
{
  ZifuNotice *self = ZIFU_NOTICE (object);

  if (self->revealer != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->revealer));
  self->revealer = NULL;
  G_OBJECT_CLASS (zifu_notice_parent_class)->dispose (object);
}

static void
zifu_notice_finalize (GObject *object)
{
  ZifuNotice *self = ZIFU_NOTICE (object);

  g_free (self->icon_name);
  G_OBJECT_CLASS (zifu_notice_parent_class)->finalize (object);
}

static void
zifu_notice_class_init (ZifuNoticeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = zifu_notice_get_property;
  object_class->set_property = zifu_notice_set_property;
  object_class->dispose = zifu_notice_dispose;
  object_class->finalize = zifu_notice_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_BUTTON_LABEL] = g_param_spec_string ("button-label", NULL, NULL, NULL, flags);
  properties[PROP_STYLE] = g_param_spec_enum ("style", NULL, NULL, ZIFU_TYPE_NOTICE_STYLE, ZIFU_NOTICE_INFO, flags);
  properties[PROP_REVEALED] = g_param_spec_boolean ("revealed", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  button_clicked_signal = g_signal_new ("button-clicked", ZIFU_TYPE_NOTICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "notice");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
zifu_notice_init (ZifuNotice *self)
{
  self->image = GTK_IMAGE (gtk_image_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->image), GTK_ALIGN_CENTER);

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);

  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_set_visible (GTK_WIDGET (self->button), FALSE);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (button_clicked_cb), self);

  self->box = zifu_line_new (12, 10);
  gtk_widget_add_css_class (self->box, "notice");
  gtk_widget_add_css_class (self->box, styles[self->style].css_class);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->image));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->button));

  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_child (self->revealer, self->box);
  gtk_widget_set_parent (GTK_WIDGET (self->revealer), GTK_WIDGET (self));

  update_icon (self);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->label, NULL, -1);
}

/* --- public --- */

/**
 * zifu_notice_new:
 * @title: (nullable): what to say
 *
 * Makes a notice that is not shown yet.
 *
 * Returns: (transfer floating): a new notice
 */
GtkWidget *
zifu_notice_new (const char *title)
{
  return g_object_new (ZIFU_TYPE_NOTICE, "title", title, NULL);
}

/**
 * zifu_notice_get_title:
 * @self: a notice
 *
 * Returns: (transfer none): what it says
 */
const char *
zifu_notice_get_title (ZifuNotice *self)
{
  g_return_val_if_fail (ZIFU_IS_NOTICE (self), NULL);

  return gtk_label_get_text (self->label);
}

/**
 * zifu_notice_set_title:
 * @self: a notice
 * @title: (nullable): what to say, plain text
 *
 * Sets the text.
 */
void
zifu_notice_set_title (ZifuNotice *self, const char *title)
{
  g_return_if_fail (ZIFU_IS_NOTICE (self));

  if (g_strcmp0 (gtk_label_get_text (self->label), title != NULL ? title : "") == 0)
    return;
  gtk_label_set_text (self->label, title != NULL ? title : "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * zifu_notice_get_icon_name:
 * @self: a notice
 *
 * Returns: (nullable) (transfer none): the icon that was set; %NULL = the one of the style
 */
const char *
zifu_notice_get_icon_name (ZifuNotice *self)
{
  g_return_val_if_fail (ZIFU_IS_NOTICE (self), NULL);

  return self->icon_name;
}

/**
 * zifu_notice_set_icon_name:
 * @self: a notice
 * @icon_name: (nullable): a symbolic icon; %NULL = the one of the style
 *
 * Sets the icon.
 */
void
zifu_notice_set_icon_name (ZifuNotice *self, const char *icon_name)
{
  g_return_if_fail (ZIFU_IS_NOTICE (self));

  if (g_strcmp0 (self->icon_name, icon_name) == 0)
    return;
  g_free (self->icon_name);
  self->icon_name = g_strdup (icon_name);
  update_icon (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ICON_NAME]);
}

/**
 * zifu_notice_get_button_label:
 * @self: a notice
 *
 * Returns: (nullable) (transfer none): the label of the button; %NULL = there is none
 */
const char *
zifu_notice_get_button_label (ZifuNotice *self)
{
  g_return_val_if_fail (ZIFU_IS_NOTICE (self), NULL);

  return gtk_widget_get_visible (GTK_WIDGET (self->button)) ? gtk_button_get_label (self->button) : NULL;
}

/**
 * zifu_notice_set_button_label:
 * @self: a notice
 * @label: (nullable): what the button does; %NULL or "" = no button
 *
 * Sets the button.
 */
void
zifu_notice_set_button_label (ZifuNotice *self, const char *label)
{
  g_return_if_fail (ZIFU_IS_NOTICE (self));

  if (label != NULL && *label == '\0')
    label = NULL;
  if (g_strcmp0 (zifu_notice_get_button_label (self), label) == 0)
    return;
  gtk_button_set_label (self->button, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (self->button), label != NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUTTON_LABEL]);
}

/**
 * zifu_notice_get_style:
 * @self: a notice
 *
 * Returns: how urgent it is
 */
ZifuNoticeStyle
zifu_notice_get_style (ZifuNotice *self)
{
  g_return_val_if_fail (ZIFU_IS_NOTICE (self), ZIFU_NOTICE_INFO);

  return self->style;
}

/**
 * zifu_notice_set_style:
 * @self: a notice
 * @style: how urgent it is
 *
 * Sets colour and icon.
 */
void
zifu_notice_set_style (ZifuNotice *self, ZifuNoticeStyle style)
{
  g_return_if_fail (ZIFU_IS_NOTICE (self));
  g_return_if_fail (style <= ZIFU_NOTICE_BAD);

  if (self->style == style)
    return;
  gtk_widget_remove_css_class (self->box, styles[self->style].css_class);
  self->style = style;
  gtk_widget_add_css_class (self->box, styles[style].css_class);
  update_icon (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STYLE]);
}

/**
 * zifu_notice_get_revealed:
 * @self: a notice
 *
 * Returns: whether it is shown
 */
gboolean
zifu_notice_get_revealed (ZifuNotice *self)
{
  g_return_val_if_fail (ZIFU_IS_NOTICE (self), FALSE);

  return gtk_revealer_get_reveal_child (self->revealer);
}

/**
 * zifu_notice_set_revealed:
 * @self: a notice
 * @revealed: whether it is shown
 *
 * Slides the notice in or out.
 */
void
zifu_notice_set_revealed (ZifuNotice *self, gboolean revealed)
{
  g_return_if_fail (ZIFU_IS_NOTICE (self));

  revealed = !!revealed;
  if (gtk_revealer_get_reveal_child (self->revealer) == revealed)
    return;
  gtk_revealer_set_reveal_child (self->revealer, revealed);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVEALED]);
}
