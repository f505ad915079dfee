/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-money-row.h"

#include "zifu-words.h"

/*
 * ZifuMoneyRow:
 *
 * An AdwEntryRow in which only an amount is right.  What is typed stays as it is typed; when the focus leaves, an amount is written the way
 * we write amounts.  What is wrong is said in a sentence below, inside the row, so that it is read where the eyes are.
 *
 * CSS: as AdwEntryRow, class "error"; label.row-message.
 * Accessible: state invalid, and the sentence as description.
 */

struct _ZifuMoneyRow {
  AdwEntryRow parent_instance;

  GtkLabel *message;   /* owned as a child */
  char *parse_message; /* owned, nullable: what is wrong with the text */
  char *page_message;  /* owned, nullable: what the page says about the amount */
  gint64 amount;
};

typedef enum { PROP_AMOUNT = 1, PROP_VALID } ZifuMoneyRowProperty;
static GParamSpec *properties[PROP_VALID + 1];

G_DEFINE_FINAL_TYPE (ZifuMoneyRow, zifu_money_row, ADW_TYPE_ENTRY_ROW)

static void
show_message (ZifuMoneyRow *self)
{
  const char *message = zifu_money_row_get_message (self);
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_label_set_text (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
  if (message != NULL)
    {
      gtk_widget_add_css_class (widget, "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message, -1);
    }
  else
    {
      gtk_widget_remove_css_class (widget, "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID);
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
    }
}

static gboolean
is_blank (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static void
changed_cb (ZifuMoneyRow *self)
{
  g_autoptr (GError) error = NULL;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self));
  gboolean was_valid = self->parse_message == NULL;
  ZifuMoney amount = -1;

  g_clear_pointer (&self->parse_message, g_free);
  if (!is_blank (text) && !zifu_money_parse (text, &amount, &error))
    {
      self->parse_message = zifu_words_error (error);
      amount = -1;
    }
  show_message (self);

  g_object_freeze_notify (G_OBJECT (self));
  if (was_valid != (self->parse_message == NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
  if (amount != self->amount)
    {
      self->amount = amount;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AMOUNT]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
write_amount (ZifuMoneyRow *self, gint64 amount)
{
  g_autofree char *text = amount >= 0 ? zifu_money_format (amount, ZIFU_MONEY_GROUPED) : g_strdup ("");

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self), text);
}

static void
focus_left_cb (ZifuMoneyRow *self)
{
  if (self->amount >= 0)
    write_amount (self, self->amount);
}

/* --- GObject --- */

static void
zifu_money_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZifuMoneyRow *self = ZIFU_MONEY_ROW (object);

  switch ((ZifuMoneyRowProperty) id)
    {
    case PROP_AMOUNT:
      g_value_set_int64 (value, self->amount);
      break;
    case PROP_VALID:
      g_value_set_boolean (value, zifu_money_row_get_valid (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_money_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((ZifuMoneyRowProperty) id)
    {
    case PROP_AMOUNT:
      zifu_money_row_set_amount (ZIFU_MONEY_ROW (object), g_value_get_int64 (value));
      break;
    case PROP_VALID:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_money_row_dispose (GObject *object)
{
  ZifuMoneyRow *self = ZIFU_MONEY_ROW (object);

  if (self->message != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->message));
  self->message = NULL;
  G_OBJECT_CLASS (zifu_money_row_parent_class)->dispose (object);
}

static void
zifu_money_row_finalize (GObject *object)
{
  ZifuMoneyRow *self = ZIFU_MONEY_ROW (object);

  g_free (self->parse_message);
  g_free (self->page_message);
  G_OBJECT_CLASS (zifu_money_row_parent_class)->finalize (object);
}

static void
zifu_money_row_class_init (ZifuMoneyRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = zifu_money_row_get_property;
  object_class->set_property = zifu_money_row_set_property;
  object_class->dispose = zifu_money_row_dispose;
  object_class->finalize = zifu_money_row_finalize;

  properties[PROP_AMOUNT] = g_param_spec_int64 ("amount", NULL, NULL, -1, ZIFU_MONEY_MAX, -1,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

/* The parent lays out one child; a vertical box layout lets the sentence stand below it. */
static void
add_message_label (ZifuMoneyRow *self)
{
  GtkLayoutManager *layout = gtk_box_layout_new (GTK_ORIENTATION_VERTICAL);

  gtk_widget_set_layout_manager (GTK_WIDGET (self), layout);
  self->message = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->message, TRUE);
  gtk_label_set_wrap_mode (self->message, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->message, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "row-message");
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "caption");
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
  gtk_widget_insert_before (GTK_WIDGET (self->message), GTK_WIDGET (self), NULL);
}

static void
zifu_money_row_init (ZifuMoneyRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->amount = -1;
  add_message_label (self);
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self), GTK_INPUT_PURPOSE_NUMBER);
  gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");
  g_signal_connect (self, "changed", G_CALLBACK (changed_cb), NULL);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

/* --- public --- */

/**
 * zifu_money_row_new:
 *
 * Makes an empty row.
 *
 * Returns: (transfer floating): a new row
 */
GtkWidget *
zifu_money_row_new (void)
{
  return g_object_new (ZIFU_TYPE_MONEY_ROW, NULL);
}

/**
 * zifu_money_row_get_amount:
 * @self: a row
 *
 * Returns: what is typed, in fen; −1 = nothing, or no amount
 */
gint64
zifu_money_row_get_amount (ZifuMoneyRow *self)
{
  g_return_val_if_fail (ZIFU_IS_MONEY_ROW (self), -1);

  return self->amount;
}

/**
 * zifu_money_row_set_amount:
 * @self: a row
 * @amount: in fen; −1 empties the row
 *
 * Writes an amount into the row.  A text that already means this amount stays as it was typed.
 */
void
zifu_money_row_set_amount (ZifuMoneyRow *self, gint64 amount)
{
  g_return_if_fail (ZIFU_IS_MONEY_ROW (self));
  g_return_if_fail (amount >= -1 && amount <= ZIFU_MONEY_MAX);

  if (amount != self->amount || amount == -1)
    write_amount (self, amount);
}

/**
 * zifu_money_row_get_valid:
 * @self: a row
 *
 * Returns: %FALSE while what is typed is no amount; an empty row is valid
 */
gboolean
zifu_money_row_get_valid (ZifuMoneyRow *self)
{
  g_return_val_if_fail (ZIFU_IS_MONEY_ROW (self), FALSE);

  return self->parse_message == NULL;
}

/**
 * zifu_money_row_set_message:
 * @self: a row
 * @message: (nullable): what is wrong with the amount in the eyes of the page, such as more than the bill; %NULL = nothing
 *
 * Shows a sentence below the row.  As long as the text is no amount at all, that is said instead.
 */
void
zifu_money_row_set_message (ZifuMoneyRow *self, const char *message)
{
  g_return_if_fail (ZIFU_IS_MONEY_ROW (self));

  if (g_strcmp0 (self->page_message, message) == 0)
    return;
  g_free (self->page_message);
  self->page_message = g_strdup (message);
  show_message (self);
}

/**
 * zifu_money_row_get_message:
 * @self: a row
 *
 * Returns: (nullable) (transfer none): the sentence that stands below the row
 */
const char *
zifu_money_row_get_message (ZifuMoneyRow *self)
{
  g_return_val_if_fail (ZIFU_IS_MONEY_ROW (self), NULL);

  return self->parse_message != NULL ? self->parse_message : self->page_message;
}
