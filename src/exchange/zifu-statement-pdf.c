/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-statement-private.h"

#include <cairo-pdf.h>

#include "zifu-output-private.h"

/* Points. */
#define A4_WIDTH 595.28
#define A4_HEIGHT 841.89
#define MARGIN 45.0

static cairo_status_t
write_bytes (void *closure, const unsigned char *bytes, unsigned int length)
{
  _zifu_output_write (closure, (const char *) bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
draw_all (ZifuStatement *self, cairo_surface_t *surface, const ZifuJob *job, GError **error)
{
  cairo_t *cr = cairo_create (surface);
  guint n = zifu_statement_begin (self, A4_WIDTH - 2 * MARGIN, A4_HEIGHT - 2 * MARGIN);
  gboolean success = TRUE;

  cairo_translate (cr, MARGIN, MARGIN);
  for (guint page = 0; success && page < n; page++)
    {
      zifu_statement_draw_page (self, cr, page);
      cairo_show_page (cr);
      success = zifu_job_step (job, page + 1, n, error);
    }
  if (success && cairo_status (cr) != CAIRO_STATUS_SUCCESS)
    {
      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_FILE, "{1}", cairo_status_to_string (cairo_status (cr)), NULL);
      success = FALSE;
    }
  cairo_destroy (cr);
  return success;
}

/**
 * zifu_statement_write_pdf:
 * @self: a statement
 * @path: (nullable): the file; %NULL = the standard output
 * @job: (nullable): progress in pages, and a way to give up
 * @error: return location for a #ZifuExchangeError or %G_IO_ERROR_CANCELLED
 *
 * Draws the statement on A4.  The file has mode 0600 and is there when it is complete, or not at all.
 *
 * Returns: whether it was written
 */
gboolean
zifu_statement_write_pdf (ZifuStatement *self, const char *path, const ZifuJob *job, GError **error)
{
  g_autoptr (ZifuOutput) output = NULL;
  cairo_surface_t *surface;
  gboolean success;

  g_return_val_if_fail (self != NULL, FALSE);

  output = _zifu_output_open (path, error);
  if (output == NULL)
    return FALSE;

  surface = cairo_pdf_surface_create_for_stream (write_bytes, output, A4_WIDTH, A4_HEIGHT);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Zifu");
  success = draw_all (self, surface, job, error);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return success && _zifu_output_commit (output, error);
}
