/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-form-problem.h"

/**
 * zifu_form_refuse:
 * @problem: the notice of a form
 * @row: (nullable): where the fault is
 * @message: what is wrong, for people
 *
 * Says why a form is not stored, and leads to the row that is to blame.  Whoever types there takes both away again.
 *
 * Returns: %FALSE, for the caller to return
 */
gboolean
zifu_form_refuse (ZifuNotice *problem, GtkWidget *row, const char *message)
{
  g_return_val_if_fail (ZIFU_IS_NOTICE (problem) && message != NULL, FALSE);

  zifu_notice_set_title (problem, message);
  zifu_notice_set_revealed (problem, TRUE);
  if (row != NULL)
    {
      gtk_widget_add_css_class (row, "error");
      gtk_widget_grab_focus (row);
    }
  return FALSE;
}
