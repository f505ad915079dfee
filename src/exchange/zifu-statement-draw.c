/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-statement-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "zifu-entries-private.h"
#include "zifu-words.h"

/*
 * One drawing code for paper, PDF and pictures.  Lengths are points.  The same functions measure and draw: without a cairo_t they only
 * tell how high something is.
 */
#define TITLE_SIZE 17
#define TEXT_SIZE 9
#define SMALL_SIZE 7.5
#define GAP 4.0
#define ROW_PAD 2.5
#define DAY_WIDTH 56.0
#define FOOT_HEIGHT 22.0

typedef enum { LEFT, RIGHT, CENTRE } Side;
typedef enum { NORMAL = 0, BOLD = 1 << 0, DIM = 1 << 1, ONE_LINE = 1 << 2 } Look;

/*
 * Where something is drawn.
 */
typedef struct {
  const ZifuStatement *statement;
  cairo_t             *cr; /* nullable: only measure */
} Pen;

static PangoLayout *
make_layout (const Pen *pen, const char *text, double width, Side side, double size, Look look)
{
  PangoLayout *layout = pango_layout_new (pen->statement->context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans");
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (look & BOLD)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  if (width > 0)
    {
      pango_layout_set_width (layout, (int) floor (width * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_alignment (layout, side == RIGHT ? PANGO_ALIGN_RIGHT : side == CENTRE ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
    }
  /* A heading is cut; an entry never is. */
  if (look & ONE_LINE)
    {
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_height (layout, -1);
    }
  return layout;
}

static double
layout_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return ceil ((double) height / PANGO_SCALE);
}

/* Of the highest letters. */
static int
find_baseline (const Pen *pen, double size, Look look)
{
  GArray *known = pen->statement->baselines;
  g_autoptr (PangoLayout) highest = NULL;
  ZifuBaseline measured = { size, (look & BOLD) != 0, 0 };

  for (guint i = 0; i < known->len; i++)
    {
      const ZifuBaseline *one = &g_array_index (known, ZifuBaseline, i);

      if (one->size == size && one->bold == measured.bold)
        return one->baseline;
    }
  highest = make_layout (pen, "0国", 0, LEFT, size, look);
  measured.baseline = pango_layout_get_baseline (highest);
  g_array_append_val (known, measured);
  return measured.baseline;
}

/* Chinese and Latin letters are of different height: what stands side by side stands on one line all the same. */
static double
find_drop (const Pen *pen, PangoLayout *layout, double size, Look look)
{
  int drop = find_baseline (pen, size, look) - pango_layout_get_baseline (layout);

  return (double) MAX (drop, 0) / PANGO_SCALE;
}

/* How high it is; drawn when there is something to draw on. */
static double
put_text (const Pen *pen, double x, double y, double width, Side side, double size, Look look, const char *text)
{
  g_autoptr (PangoLayout) layout = NULL;
  double drop, grey = look & DIM ? 0.35 : 0;

  if (text == NULL || *text == '\0')
    return 0;
  layout = make_layout (pen, text, width, side, size, look);
  drop = find_drop (pen, layout, size, look);
  if (pen->cr != NULL)
    {
      cairo_set_source_rgb (pen->cr, grey, grey, grey);
      cairo_move_to (pen->cr, x, y + drop);
      pango_cairo_show_layout (pen->cr, layout);
    }
  return layout_height (layout) + drop;
}

static double
text_width (const Pen *pen, double size, Look look, const char *text)
{
  g_autoptr (PangoLayout) layout = make_layout (pen, text, 0, LEFT, size, look);
  int width;

  pango_layout_get_size (layout, &width, NULL);
  return ceil ((double) width / PANGO_SCALE);
}

static double
line_height (const Pen *pen, double size)
{
  return put_text (&(Pen){ pen->statement, NULL }, 0, 0, 0, LEFT, size, NORMAL, "0国");
}

static void
put_rule (const Pen *pen, double y, double thickness)
{
  if (pen->cr == NULL)
    return;
  cairo_set_source_rgb (pen->cr, 0, 0, 0);
  cairo_set_line_width (pen->cr, thickness);
  cairo_move_to (pen->cr, 0, y);
  cairo_line_to (pen->cr, pen->statement->width, y);
  cairo_stroke (pen->cr);
}

static char *
format (ZifuMoney amount)
{
  return zifu_words_money (amount, ZIFU_MONEY_STYLE_LIST);
}

/* The left edge of one of the three columns of amounts, which stand at the right. */
static double
money_x (const ZifuStatement *self, int column)
{
  return self->width - (3 - column) * (self->money_width + GAP) + GAP;
}

static double
put_money (const Pen *pen, int column, double y, Look look, ZifuMoney amount, gboolean blank_when_zero)
{
  const ZifuStatement *self = pen->statement;
  g_autofree char *text = blank_when_zero && amount == 0 ? NULL : format (amount);

  return put_text (pen, money_x (self, column), y, self->money_width, RIGHT, TEXT_SIZE, look, text);
}

static double
put_fact (const Pen *pen, double y, const char *label, const char *text)
{
  double label_width = pen->statement->width * 0.2, rest = pen->statement->width - label_width;
  double label_height = put_text (pen, 0, y, label_width - GAP, LEFT, TEXT_SIZE, DIM, label);
  double text_height = put_text (pen, label_width, y, rest, LEFT, TEXT_SIZE, NORMAL, text);

  return MAX (label_height, text_height) + 2;
}

static double
put_sum (const Pen *pen, double y, Look look, const char *label, ZifuMoney amount)
{
  const ZifuStatement *self = pen->statement;
  double label_height = put_text (pen, 0, y, money_x (self, 2) - GAP, LEFT, TEXT_SIZE, look, label);
  double money_height = put_money (pen, 2, y, look, amount, FALSE);

  return MAX (label_height, money_height) + 2;
}

static double
put_summary (const Pen *pen, double y)
{
  const ZifuStatement *self = pen->statement;
  double start = y;

  put_rule (pen, y, 0.8);
  y += GAP;
  y += put_sum (pen, y, NORMAL, _("Balance before"), self->opening);
  y += put_sum (pen, y, NORMAL, _("Income"), self->income);
  y += put_sum (pen, y, NORMAL, _("Outlay"), -self->outlay);
  if (self->adjusted != 0)
    y += put_sum (pen, y, NORMAL, _("Balances entered or corrected"), self->adjusted);
  put_rule (pen, y, 0.4);
  y += 2;
  y += put_sum (pen, y, BOLD, _("Balance after"), self->closing);
  put_rule (pen, y, 0.8);
  return y + GAP - start;
}

static double
put_kinds (const Pen *pen, double y)
{
  const ZifuStatement *self = pen->statement;
  double start = y, row = line_height (pen, TEXT_SIZE) + 2, label_width = money_x (self, 0) - GAP;

  if (self->rows->len == 0)
    return 0;
  y += 3 * GAP;
  put_text (pen, 0, y, label_width, LEFT, TEXT_SIZE, BOLD | ONE_LINE, _("By kind"));
  put_text (pen, money_x (self, 0), y, self->money_width, RIGHT, TEXT_SIZE, DIM | ONE_LINE, _("Number"));
  put_text (pen, money_x (self, 1), y, self->money_width, RIGHT, TEXT_SIZE, DIM | ONE_LINE, C_ ("statement", "In"));
  put_text (pen, money_x (self, 2), y, self->money_width, RIGHT, TEXT_SIZE, DIM | ONE_LINE, C_ ("statement", "Out"));
  y += row;
  put_rule (pen, y, 0.4);
  y += 2;
  for (guint i = 0; i < ZIFU_N_ENTRY_KINDS; i++)
    {
      const ZifuKindSum *sum = &self->kinds[i];
      g_autofree char *count = g_strdup_printf ("%u", sum->count);

      if (sum->count == 0)
        continue;
      put_text (pen, 0, y, label_width, LEFT, TEXT_SIZE, ONE_LINE, zifu_export_kind_name (i));
      put_text (pen, money_x (self, 0), y, self->money_width, RIGHT, TEXT_SIZE, NORMAL, count);
      put_money (pen, 1, y, NORMAL, sum->income, TRUE);
      put_money (pen, 2, y, NORMAL, sum->outlay, TRUE);
      y += row;
    }
  return y - start;
}

static double
put_head (const Pen *pen, double y)
{
  const ZifuStatement *self = pen->statement;
  double start = y;

  y += put_text (pen, 0, y, self->width, LEFT, TITLE_SIZE, BOLD, self->title) + 2 * GAP;
  y += put_fact (pen, y, _("Name"), self->name);
  y += put_fact (pen, y, _("Insurance"), self->insurance);
  y += put_fact (pen, y, _("Insured in"), self->region);
  y += put_fact (pen, y, _("Period"), self->period);
  y += GAP;
  for (guint i = 0; i < self->notices->len; i++)
    y += put_text (pen, 0, y, self->width, LEFT, TEXT_SIZE, BOLD, g_ptr_array_index (self->notices, i)) + 2;
  y += GAP;
  y += put_summary (pen, y);
  y += put_kinds (pen, y);
  return y + 3 * GAP - start;
}

/* On every page but the first: whose statement this is. */
static double
put_short_head (const Pen *pen, double y)
{
  const ZifuStatement *self = pen->statement;
  g_autofree char *whose = g_strdup_printf ("%s · %s", self->period, self->name);
  double height = line_height (pen, TEXT_SIZE);

  put_text (pen, 0, y, self->width * 0.48, LEFT, TEXT_SIZE, DIM | ONE_LINE, self->title);
  put_text (pen, self->width * 0.5, y, self->width * 0.5, RIGHT, TEXT_SIZE, DIM | ONE_LINE, whose);
  return height + 2 * GAP;
}

static double
detail_x (const ZifuStatement *self)
{
  return DAY_WIDTH + GAP + self->kind_width + GAP;
}

static double
put_columns (const Pen *pen, double y)
{
  const ZifuStatement *self = pen->statement;
  double height = line_height (pen, TEXT_SIZE);

  put_text (pen, 0, y, DAY_WIDTH, LEFT, TEXT_SIZE, BOLD | ONE_LINE, _("Day"));
  put_text (pen, DAY_WIDTH + GAP, y, self->kind_width, LEFT, TEXT_SIZE, BOLD | ONE_LINE, _("Kind"));
  put_text (pen, detail_x (self), y, money_x (self, 0) - GAP - detail_x (self), LEFT, TEXT_SIZE, BOLD | ONE_LINE, _("Details"));
  put_text (pen, money_x (self, 0), y, self->money_width, RIGHT, TEXT_SIZE, BOLD | ONE_LINE, C_ ("statement", "In"));
  put_text (pen, money_x (self, 1), y, self->money_width, RIGHT, TEXT_SIZE, BOLD | ONE_LINE, C_ ("statement", "Out"));
  put_text (pen, money_x (self, 2), y, self->money_width, RIGHT, TEXT_SIZE, BOLD | ONE_LINE, _("Balance"));
  put_rule (pen, y + height + 2, 0.8);
  return height + GAP;
}

static double
put_row (const Pen *pen, double y, const ZifuStatementRow *row)
{
  const ZifuStatement *self = pen->statement;
  g_autofree char *kind = row->unverified ? g_strconcat (row->kind, " *", NULL) : NULL;
  double day_height, kind_height, detail_height, detail_width = money_x (self, 0) - GAP - detail_x (self);

  y += ROW_PAD;
  day_height = put_text (pen, 0, y, 0, LEFT, TEXT_SIZE, NORMAL, row->day);
  kind_height = put_text (pen, DAY_WIDTH + GAP, y, self->kind_width, LEFT, TEXT_SIZE, NORMAL, kind != NULL ? kind : row->kind);
  detail_height = put_text (pen, detail_x (self), y, detail_width, LEFT, TEXT_SIZE, NORMAL, row->detail);
  if (row->day != NULL)
    {
      put_money (pen, 0, y, NORMAL, row->income, TRUE);
      put_money (pen, 1, y, NORMAL, row->outlay, TRUE);
      put_money (pen, 2, y, NORMAL, row->balance, FALSE);
    }
  return MAX (MAX (day_height, kind_height), detail_height) + 2 * ROW_PAD;
}

/* Sums before the rows of a page, after them, or of all. */
static double
put_page_sum (const Pen *pen, double y, Look look, const char *label, ZifuMoney income, ZifuMoney outlay, ZifuMoney balance)
{
  const ZifuStatement *self = pen->statement;

  put_text (pen, 0, y + ROW_PAD, money_x (self, 0) - GAP, LEFT, TEXT_SIZE, look | ONE_LINE, label);
  put_money (pen, 0, y + ROW_PAD, look, income, FALSE);
  put_money (pen, 1, y + ROW_PAD, look, outlay, FALSE);
  put_money (pen, 2, y + ROW_PAD, look, balance, FALSE);
  return line_height (pen, TEXT_SIZE) + 2 * ROW_PAD;
}

static double
page_sum_height (const Pen *pen)
{
  return line_height (pen, TEXT_SIZE) + 2 * ROW_PAD + 2;
}

/* Room above the rows. */
static double
top_height (const Pen *pen, guint page)
{
  double y = page == 0 ? put_head (pen, 0) : put_short_head (pen, 0);

  if (pen->statement->rows->len == 0)
    return y;
  y += put_columns (pen, y);
  return page == 0 ? y : y + page_sum_height (pen);
}

static void
paginate (ZifuStatement *self)
{
  const Pen pen = { self, NULL };
  ZifuStatementPage page = { 0 };
  double y = top_height (&pen, 0), bottom = self->height - FOOT_HEIGHT - page_sum_height (&pen);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const ZifuStatementRow *row = g_ptr_array_index (self->rows, i);
      double height = put_row (&pen, 0, row);

      /* A page takes a row whatever it measures, unless it has the head on it. */
      if (y + height > bottom && (page.n > 0 || self->pages->len == 0))
        {
          g_array_append_val (self->pages, page);
          for (guint n = page.first; n < i; n++)
            {
              page.income += ((const ZifuStatementRow *) g_ptr_array_index (self->rows, n))->income;
              page.outlay += ((const ZifuStatementRow *) g_ptr_array_index (self->rows, n))->outlay;
            }
          page.first = i;
          page.n = 0;
          y = top_height (&pen, 1);
        }
      page.n++;
      y += height;
    }
  page.ends = TRUE;
  g_array_append_val (self->pages, page);
}

static void
widen (double *width, double least)
{
  *width = MAX (*width, least);
}

static void
measure_columns (ZifuStatement *self)
{
  const Pen pen = { self, NULL };
  const ZifuMoney sums[] = { self->opening, self->closing, self->income + self->adjusted, self->outlay };

  self->money_width = 58;
  self->kind_width = 40;
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      g_autofree char *text = format (sums[i]);

      widen (&self->money_width, text_width (&pen, TEXT_SIZE, BOLD, text));
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      const ZifuStatementRow *row = g_ptr_array_index (self->rows, i);
      g_autofree char *balance = format (row->balance);
      g_autofree char *kind = g_strconcat (row->kind != NULL ? row->kind : "", row->unverified ? " *" : "", NULL);

      widen (&self->money_width, text_width (&pen, TEXT_SIZE, NORMAL, balance));
      widen (&self->kind_width, text_width (&pen, TEXT_SIZE, NORMAL, kind));
    }
  /* Whatever the amounts, the details keep some room. */
  self->kind_width = MIN (self->kind_width, self->width * 0.18);
  self->money_width = MIN (self->money_width, self->width * 0.2);
}

/**
 * zifu_statement_begin:
 * @self: a statement
 * @width: of the paper without its margins, in points
 * @height: of the paper without its margins, in points
 *
 * Divides the statement into pages.
 *
 * Returns: how many pages there are, at least one
 */
guint
zifu_statement_begin (ZifuStatement *self, double width, double height)
{
  g_autoptr (PangoFontMap) fonts = NULL;
  cairo_font_options_t *options;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (width > 0 && height > 0, 0);

  fonts = pango_cairo_font_map_new ();
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (fonts), 72);
  g_clear_object (&self->context);
  self->context = pango_font_map_create_context (fonts);
  pango_context_set_language (self->context, pango_language_from_string (zifu_words_is_chinese () ? "zh-cn" : "en"));
  pango_context_set_round_glyph_positions (self->context, FALSE);
  /* The same lengths on every device. */
  options = cairo_font_options_create ();
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (self->context, options);
  cairo_font_options_destroy (options);

  self->width = width;
  self->height = height;
  g_clear_pointer (&self->pages, g_array_unref);
  self->pages = g_array_new (FALSE, FALSE, sizeof (ZifuStatementPage));
  g_clear_pointer (&self->baselines, g_array_unref);
  self->baselines = g_array_new (FALSE, FALSE, sizeof (ZifuBaseline));
  measure_columns (self);
  paginate (self);
  return self->pages->len;
}

static void
draw_foot (const Pen *pen, guint page)
{
  const ZifuStatement *self = pen->statement;
  g_autofree char *number = g_strdup_printf ("%u", page + 1);
  g_autofree char *count = g_strdup_printf ("%u", self->pages->len);
  /* Translators: {1} is the number of a page, {2} how many there are */
  g_autofree char *text = zifu_words_fill (_("Page {1} of {2}"), number, count, NULL);
  double y = self->height - line_height (pen, SMALL_SIZE);

  put_rule (pen, y - GAP, 0.4);
  put_text (pen, 0, y, self->width * 0.78, LEFT, SMALL_SIZE, DIM | ONE_LINE, self->footer);
  put_text (pen, self->width * 0.8, y, self->width * 0.2, RIGHT, SMALL_SIZE, DIM, text);
}

static void
draw_rows (const Pen *pen, const ZifuStatementPage *page, double y)
{
  const ZifuStatement *self = pen->statement;
  ZifuMoney income = page->income, outlay = page->outlay, balance = self->opening;

  if (page->first > 0)
    {
      const ZifuStatementRow *before = g_ptr_array_index (self->rows, page->first - 1);

      balance = before->balance;
    }
  if (page->first > 0 || page->income != 0 || page->outlay != 0)
    y += put_page_sum (pen, y, DIM, _("Brought forward"), income, outlay, balance) + 2;
  for (guint i = page->first; i < page->first + page->n; i++)
    {
      const ZifuStatementRow *row = g_ptr_array_index (self->rows, i);

      y += put_row (pen, y, row);
      income += row->income;
      outlay += row->outlay;
      balance = row->balance;
    }
  if (page->n == 0 && !page->ends)
    return;
  put_rule (pen, y, page->ends ? 0.8 : 0.4);
  y += 2;
  put_page_sum (pen, y, page->ends ? BOLD : DIM, page->ends ? _("Total") : _("Carried forward"), income, outlay, balance);
}

/**
 * zifu_statement_draw_page:
 * @self: a statement that was begun
 * @cr: where to draw; its origin is the upper left corner inside the margins, its unit the point
 * @page: number of the page, from 0
 *
 * Draws a page.
 */
void
zifu_statement_draw_page (ZifuStatement *self, cairo_t *cr, guint page)
{
  Pen pen = { self, cr };
  double y;

  g_return_if_fail (self != NULL && self->pages != NULL && cr != NULL);
  g_return_if_fail (page < self->pages->len);

  cairo_save (cr);
  y = page == 0 ? put_head (&pen, 0) : put_short_head (&pen, 0);
  if (self->rows->len > 0)
    {
      y += put_columns (&pen, y);
      draw_rows (&pen, &g_array_index (self->pages, ZifuStatementPage, page), y);
    }
  else
    put_text (&pen, 0, y, self->width, LEFT, TEXT_SIZE, DIM, _("No entries in this period."));
  draw_foot (&pen, page);
  cairo_restore (cr);
}
