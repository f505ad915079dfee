/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-pay-bar.h"

#include <glib/gi18n-lib.h>

#include "zifu-block.h"
#include "zifu-rational.h"

/*
 * ZifuPayBar:
 *
 * Who pays how much of a bill.  Payers are told apart by colour, pattern and the gaps between them; what others pay and what I pay are
 * parted by a wide gap and named by two brackets below, which may be wider than their part of the bar but never narrower than their text.
 * When even both texts do not fit beside each other, the brackets stand one above the other.
 *
 * CSS: node "paybar", class "compact"; "segment" children with class "seg", "payer-fund" and so on, "first" and "last"; box.bracket.
 * Accessible: role img, labelled by all payers with amounts and shares; each segment can be reached with Left and Right.
 */

#define HEIGHT_FULL 28
#define HEIGHT_COMPACT 14
#define GAP_SIDES 10
#define GAP 2
#define LEAST 6
#define NATURAL_WIDTH 300
#define BRACKET_SPACE 4

struct _ZifuPayBar {
  GtkWidget parent_instance;

  GPtrArray *shares;   /* owned, nullable, of ZifuShare */
  GPtrArray *segments; /* owned, of GtkWidget that are children; one for each share above 0 */
  GPtrArray *payers;   /* owned, of ZifuShare (not owned): the share of each segment */
  GtkWidget *brackets[2]; /* owned as children, nullable: theirs, mine */
  ZifuMoney total;
  gboolean compact;
};

typedef enum { PROP_COMPACT = 1 } ZifuPayBarProperty;
static GParamSpec *properties[PROP_COMPACT + 1];

G_DEFINE_FINAL_TYPE (ZifuPayBar, zifu_pay_bar, GTK_TYPE_WIDGET)

static const char *const payer_classes[] = {
  [ZIFU_PAYER_FUND] = "payer-fund",
  [ZIFU_PAYER_LAYER] = "payer-layer",
  [ZIFU_PAYER_HOSPITAL] = "payer-hospital",
  [ZIFU_PAYER_ACCOUNT] = "payer-account",
  [ZIFU_PAYER_FAMILY] = "payer-family",
  [ZIFU_PAYER_CASH] = "payer-cash",
};

static gboolean
is_mine (const ZifuShare *share)
{
  return share->kind >= ZIFU_PAYER_ACCOUNT;
}

static const ZifuShare *
payer_at (ZifuPayBar *self, guint i)
{
  return g_ptr_array_index (self->payers, i);
}

/* Space before segment @i. */
static int
gap_before (ZifuPayBar *self, guint i)
{
  if (i == 0)
    return 0;
  return is_mine (payer_at (self, i)) != is_mine (payer_at (self, i - 1)) ? GAP_SIDES : GAP;
}

static int
sum_of_gaps (ZifuPayBar *self)
{
  int sum = 0;

  for (guint i = 0; i < self->payers->len; i++)
    sum += gap_before (self, i);
  return sum;
}

/* A share in words: a payer who pays something never reads 0%, nor 100% when others pay too. */
static char *
percent_text (ZifuMoney amount, ZifuMoney total)
{
  int percent = zifu_pay_bar_percent (amount, total);

  if (percent == 0 && amount > 0)
    return g_strdup ("<1%");
  if (percent == 100 && amount < total)
    return g_strdup (">99%");
  return g_strdup_printf ("%d%%", percent);
}

static char *
segment_text (const ZifuShare *share, ZifuMoney total)
{
  g_autofree char *figure = zifu_words_money (share->amount, ZIFU_MONEY_STYLE_SPOKEN);
  g_autofree char *percent = percent_text (share->amount, total);

  /* Translators: one payer of a bill. {1}: the payer, {2}: an amount with its unit, {3}: a share such as 42%. */
  return zifu_words_fill (C_ ("payer read out", "{1} {2}, {3}"), share->name, figure, percent, NULL);
}

/* --- children --- */

static GtkWidget *
new_bracket (const char *title, ZifuMoney amount, const char *percent)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (title);
  GtkWidget *value = gtk_label_new (NULL);
  g_autofree char *figure = zifu_words_money (amount, ZIFU_MONEY_STYLE_SYMBOL);
  g_autofree char *text = g_strdup_printf ("%s · %s", figure, percent);

  gtk_label_set_text (GTK_LABEL (value), text);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_widget_add_css_class (name, "caption");
  gtk_widget_add_css_class (name, "quiet");
  gtk_widget_add_css_class (value, "caption-heading");
  gtk_widget_add_css_class (value, "numeric");
  gtk_widget_add_css_class (box, "bracket");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), value);
  return box;
}

static void
clear_children (ZifuPayBar *self)
{
  for (guint i = 0; i < self->segments->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->segments, i));
  g_ptr_array_set_size (self->segments, 0);
  g_ptr_array_set_size (self->payers, 0);
  for (guint i = 0; i < G_N_ELEMENTS (self->brackets); i++)
    g_clear_pointer (&self->brackets[i], gtk_widget_unparent);
}

static void
add_segment (ZifuPayBar *self, const ZifuShare *share)
{
  GtkWidget *segment = zifu_block_new ("segment", GTK_ACCESSIBLE_ROLE_IMG);
  g_autofree char *text = segment_text (share, self->total);

  zifu_block_set_text (ZIFU_BLOCK (segment), text);
  gtk_widget_add_css_class (segment, "seg");
  gtk_widget_add_css_class (segment, zifu_pay_bar_payer_class (share->kind));
  gtk_widget_set_parent (segment, GTK_WIDGET (self));
  g_ptr_array_add (self->segments, segment);
  g_ptr_array_add (self->payers, (gpointer) share);
}

static void
add_brackets (ZifuPayBar *self)
{
  ZifuMoney sums[2] = { 0, 0 };
  gboolean hospital = FALSE;
  int theirs;

  for (guint i = 0; i < self->payers->len; i++)
    {
      sums[is_mine (payer_at (self, i)) ? 1 : 0] += payer_at (self, i)->amount;
      hospital = hospital || payer_at (self, i)->kind == ZIFU_PAYER_HOSPITAL;
    }
  theirs = zifu_pay_bar_percent (sums[0], self->total);
  for (guint side = 0; side < 2; side++)
    {
      g_autofree char *percent = NULL;
      const char *title = side == 1 ? _("I pay") : hospital ? _("Funds and hospital pay") : _("Funds pay");

      if (sums[side] == 0)
        continue;
      /* The second share is what the first one leaves, so that both add up to 100. */
      percent = sums[1 - side] != 0 && (theirs == 0 || theirs == 100) ? percent_text (sums[side], self->total)
                                                                       : g_strdup_printf ("%d%%", side == 0 ? theirs : 100 - theirs);
      self->brackets[side] = new_bracket (title, sums[side], percent);
      gtk_widget_set_visible (self->brackets[side], !self->compact);
      gtk_widget_set_parent (self->brackets[side], GTK_WIDGET (self));
    }
}

static void
rebuild (ZifuPayBar *self)
{
  g_autofree char *text = NULL;

  clear_children (self);
  self->total = 0;
  for (guint i = 0; self->shares != NULL && i < self->shares->len; i++)
    self->total += MAX (0, ((const ZifuShare *) g_ptr_array_index (self->shares, i))->amount);
  for (guint i = 0; self->shares != NULL && i < self->shares->len; i++)
    {
      const ZifuShare *share = g_ptr_array_index (self->shares, i);

      if (share->amount > 0)
        add_segment (self, share);
    }
  if (self->segments->len > 0)
    {
      gtk_widget_add_css_class (g_ptr_array_index (self->segments, 0), "first");
      gtk_widget_add_css_class (g_ptr_array_index (self->segments, self->segments->len - 1), "last");
    }
  add_brackets (self);
  text = zifu_pay_bar_dup_text (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* --- size --- */

static int
natural_width (GtkWidget *child)
{
  int natural = 0;

  if (child != NULL)
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static int
natural_height (GtkWidget *child)
{
  int natural = 0;

  if (child != NULL)
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static gboolean
brackets_stacked (ZifuPayBar *self, int width)
{
  if (width < 0 || self->brackets[0] == NULL || self->brackets[1] == NULL)
    return FALSE;
  return natural_width (self->brackets[0]) + GAP_SIDES + natural_width (self->brackets[1]) > width;
}

static int
bar_height (ZifuPayBar *self)
{
  return self->compact ? HEIGHT_COMPACT : HEIGHT_FULL;
}

static GtkSizeRequestMode
zifu_pay_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
zifu_pay_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                      int *natural_baseline)
{
  ZifuPayBar *self = ZIFU_PAY_BAR (widget);
  gboolean with_brackets = !self->compact && (self->brackets[0] != NULL || self->brackets[1] != NULL);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = (int) self->segments->len * LEAST + sum_of_gaps (self);
      if (with_brackets)
        *minimum = MAX (*minimum, MAX (natural_width (self->brackets[0]), natural_width (self->brackets[1])));
      *natural = MAX (*minimum, NATURAL_WIDTH);
      return;
    }
  *minimum = bar_height (self);
  if (with_brackets)
    {
      int theirs = natural_height (self->brackets[0]), mine = natural_height (self->brackets[1]);

      *minimum += BRACKET_SPACE + (brackets_stacked (self, for_size) ? theirs + BRACKET_SPACE + mine : MAX (theirs, mine));
    }
  *natural = *minimum;
}

/* The widths of the segments in whole pixels: in proportion, none below LEAST, and together exactly @available. */
static void
share_out (ZifuPayBar *self, int available, int *widths)
{
  int left = available;

  for (guint i = 0; i < self->payers->len; i++)
    {
      widths[i] = (int) ((ZifuInt128) available * payer_at (self, i)->amount / self->total);
      widths[i] = MAX (LEAST, widths[i]);
      left -= widths[i];
    }
  /* Rounding leaves some pixels over, and small segments took too many: the widest one settles the account. */
  while (left != 0)
    {
      guint widest = 0;
      int change;

      for (guint i = 1; i < self->payers->len; i++)
        if (widths[i] > widths[widest])
          widest = i;
      change = MAX (left, LEAST - widths[widest]);
      if (change == 0)
        break;
      widths[widest] += change;
      left -= change;
    }
}

static void
allocate_brackets (ZifuPayBar *self, int width, int split)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkWidget *theirs = self->brackets[0], *mine = self->brackets[1];
  int y = bar_height (self) + BRACKET_SPACE;
  int first;

  if (theirs == NULL || mine == NULL)
    {
      if (theirs != NULL || mine != NULL)
        zifu_block_place (widget, theirs != NULL ? theirs : mine, 0, y, width, natural_height (theirs != NULL ? theirs : mine));
      return;
    }
  if (brackets_stacked (self, width))
    {
      zifu_block_place (widget, theirs, 0, y, width, natural_height (theirs));
      y += natural_height (theirs) + BRACKET_SPACE;
      zifu_block_place (widget, mine, 0, y, width, natural_height (mine));
      return;
    }
  first = MIN (split - GAP_SIDES, width - GAP_SIDES - natural_width (mine));
  first = MAX (first, natural_width (theirs));
  zifu_block_place (widget, theirs, 0, y, first, natural_height (theirs));
  zifu_block_place (widget, mine, first + GAP_SIDES, y, width - first - GAP_SIDES, natural_height (mine));
}

static void
zifu_pay_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ZifuPayBar *self = ZIFU_PAY_BAR (widget);
  guint n = self->segments->len;
  g_autofree int *widths = g_new0 (int, n + 1);
  int x = 0, split = 0;

  if (n == 0)
    return;
  share_out (self, width - sum_of_gaps (self), widths);
  for (guint i = 0; i < n; i++)
    {
      x += gap_before (self, i);
      if (gap_before (self, i) == GAP_SIDES)
        split = x;
      zifu_block_place (widget, g_ptr_array_index (self->segments, i), x, 0, widths[i], bar_height (self));
      x += widths[i];
    }
  if (!self->compact)
    allocate_brackets (self, width, split);
}

static gboolean
zifu_pay_bar_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return zifu_block_move_focus (widget, ZIFU_PAY_BAR (widget)->segments, direction);
}

static gboolean
zifu_pay_bar_grab_focus (GtkWidget *widget)
{
  return zifu_block_focus_first (ZIFU_PAY_BAR (widget)->segments);
}

/* --- GObject --- */

static void
zifu_pay_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((ZifuPayBarProperty) id)
    {
    case PROP_COMPACT:
      g_value_set_boolean (value, ZIFU_PAY_BAR (object)->compact);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_pay_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((ZifuPayBarProperty) id)
    {
    case PROP_COMPACT:
      zifu_pay_bar_set_compact (ZIFU_PAY_BAR (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_pay_bar_dispose (GObject *object)
{
  ZifuPayBar *self = ZIFU_PAY_BAR (object);

  clear_children (self);
  g_clear_pointer (&self->shares, g_ptr_array_unref);
  G_OBJECT_CLASS (zifu_pay_bar_parent_class)->dispose (object);
}

static void
zifu_pay_bar_finalize (GObject *object)
{
  ZifuPayBar *self = ZIFU_PAY_BAR (object);

  g_ptr_array_unref (self->segments);
  g_ptr_array_unref (self->payers);
  G_OBJECT_CLASS (zifu_pay_bar_parent_class)->finalize (object);
}

static void
zifu_pay_bar_class_init (ZifuPayBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = zifu_pay_bar_get_property;
  object_class->set_property = zifu_pay_bar_set_property;
  object_class->dispose = zifu_pay_bar_dispose;
  object_class->finalize = zifu_pay_bar_finalize;
  widget_class->get_request_mode = zifu_pay_bar_get_request_mode;
  widget_class->measure = zifu_pay_bar_measure;
  widget_class->size_allocate = zifu_pay_bar_size_allocate;
  widget_class->focus = zifu_pay_bar_focus;
  widget_class->grab_focus = zifu_pay_bar_grab_focus;

  properties[PROP_COMPACT] =
    g_param_spec_boolean ("compact", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "paybar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
zifu_pay_bar_init (ZifuPayBar *self)
{
  self->segments = g_ptr_array_new ();
  self->payers = g_ptr_array_new ();
}

/* --- public --- */

/**
 * zifu_pay_bar_new:
 *
 * Makes an empty bar.
 *
 * Returns: (transfer floating): a new bar
 */
GtkWidget *
zifu_pay_bar_new (void)
{
  return g_object_new (ZIFU_TYPE_PAY_BAR, NULL);
}

/**
 * zifu_pay_bar_set_shares:
 * @self: a bar
 * @shares: (nullable) (element-type ZifuShare): who pays what; the bar takes a reference
 *
 * Shows other shares.  A payer of 0.00 is left out.
 */
void
zifu_pay_bar_set_shares (ZifuPayBar *self, GPtrArray *shares)
{
  GPtrArray *old;

  g_return_if_fail (ZIFU_IS_PAY_BAR (self));

  old = self->shares;
  self->shares = shares != NULL ? g_ptr_array_ref (shares) : NULL;
  rebuild (self);
  g_clear_pointer (&old, g_ptr_array_unref);
}

/**
 * zifu_pay_bar_get_compact:
 * @self: a bar
 *
 * Returns: %TRUE when the bar is slim and has no brackets
 */
gboolean
zifu_pay_bar_get_compact (ZifuPayBar *self)
{
  g_return_val_if_fail (ZIFU_IS_PAY_BAR (self), FALSE);

  return self->compact;
}

/**
 * zifu_pay_bar_set_compact:
 * @self: a bar
 * @compact: whether the bar is slim and has no brackets
 *
 * Chooses the form.
 */
void
zifu_pay_bar_set_compact (ZifuPayBar *self, gboolean compact)
{
  g_return_if_fail (ZIFU_IS_PAY_BAR (self));

  compact = !!compact;
  if (self->compact == compact)
    return;
  self->compact = compact;
  if (compact)
    gtk_widget_add_css_class (GTK_WIDGET (self), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "compact");
  for (guint i = 0; i < G_N_ELEMENTS (self->brackets); i++)
    if (self->brackets[i] != NULL)
      gtk_widget_set_visible (self->brackets[i], !compact);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPACT]);
}

/**
 * zifu_pay_bar_dup_text:
 * @self: a bar
 *
 * Tells the bar in words: every payer with amount and share.  This is its accessible label.
 *
 * Returns: (transfer full): the text; "" when nobody pays
 */
char *
zifu_pay_bar_dup_text (ZifuPayBar *self)
{
  GString *out;

  g_return_val_if_fail (ZIFU_IS_PAY_BAR (self), NULL);

  out = g_string_new (NULL);
  for (guint i = 0; i < self->payers->len; i++)
    {
      g_autofree char *text = segment_text (payer_at (self, i), self->total);

      if (i > 0)
        /* Translators: stands between the payers of a bill when they are read out. */
        g_string_append (out, C_ ("between payers", "; "));
      g_string_append (out, text);
    }
  return g_string_free (out, FALSE);
}

/**
 * zifu_pay_bar_payer_class:
 * @kind: a kind of payer
 *
 * Returns: (transfer none): the style class that gives a widget the colour and pattern of the payer
 */
const char *
zifu_pay_bar_payer_class (ZifuPayerKind kind)
{
  g_return_val_if_fail (kind <= ZIFU_PAYER_CASH, payer_classes[ZIFU_PAYER_CASH]);

  return payer_classes[kind];
}

/**
 * zifu_pay_bar_percent:
 * @amount: a part of @total, in fen
 * @total: in fen, above 0
 *
 * Computes a share in whole percent, half up, without floating point.
 *
 * Returns: 0 to 100
 */
int
zifu_pay_bar_percent (ZifuMoney amount, ZifuMoney total)
{
  g_return_val_if_fail (amount >= 0 && amount <= total, 0);

  if (total == 0)
    return 0;
  return (int) (((ZifuInt128) amount * 200 + total) / ((ZifuInt128) total * 2));
}
