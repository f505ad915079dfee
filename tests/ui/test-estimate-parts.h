/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-page.h"

#include "zifu-curve-view.h"
#include "zifu-estimate-page.h"
#include "zifu-hero-card.h"
#include "zifu-range-groups.h"
#include "zifu-result-strip.h"
#include "zifu-result-view.h"
#include "zifu-visit-form.h"

/* Ways to what stands on the estimate page, for the tests of ranges and curves. */

/* Longer than the page waits after the last key. */
#define SETTLED 150

static inline GtkWidget *
part (GtkWidget *widget, const char *name)
{
  GtkWidget *found = GTK_WIDGET (gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name));

  g_assert_nonnull (found);
  return found;
}

static inline GtkWidget *
result_of (Fixture *fixture)
{
  return part (fixture->page, "result");
}

static inline GtkWidget *
hero_part (Fixture *fixture, const char *name)
{
  return part (part (result_of (fixture), "hero"), name);
}

static inline GtkWidget *
range_part (Fixture *fixture, const char *name)
{
  return part (part (result_of (fixture), "range"), name);
}

static inline GtkWidget *
curve_part (Fixture *fixture, const char *name)
{
  return part (part (result_of (fixture), "curve"), name);
}

static inline GtkWidget *
bill_part (Fixture *fixture, const char *name)
{
  return part (GTK_WIDGET (zifu_visit_form_get_bill (ZIFU_VISIT_FORM (part (fixture->page, "form")))), name);
}

static inline void
type (Fixture *fixture, const char *field, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (bill_part (fixture, field)), text);
}

static inline const char *
label_of (GtkWidget *label)
{
  return gtk_label_get_label (GTK_LABEL (label));
}

static inline GtkWidget *
row_of (GtkWidget *list, int i)
{
  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i));
}

static inline void
set_up_page (Fixture *fixture, gboolean sample, int width, int height)
{
  open_ledger (fixture);
  if (sample)
    add_sample (fixture);
  else
    add_employee (fixture, 328640);
  show_page (fixture, zifu_estimate_page_new, width, height);
}

/* The visit of these tests, written down once more without the form. */
static inline ZifuVisit *
new_visit (const char *care, ZifuMoney total)
{
  ZifuVisit *visit = zifu_visit_new ();

  zifu_facts_set_string (visit->facts, "care", care);
  zifu_facts_set_string (visit->facts, "class", "3");
  zifu_facts_set_string (visit->facts, "remote", "local");
  zifu_facts_set_string (visit->facts, "place", "city");
  zifu_facts_set_boolean (visit->facts, "designated", TRUE);
  if (g_str_equal (care, "inpatient"))
    zifu_facts_set_int (visit->facts, "days", 7);
  visit->date = TODAY;
  visit->use_account = TRUE;
  visit->use_mutual_aid = TRUE;
  zifu_visit_set_total (visit, total);
  return visit;
}

/* The same visit with @out of its bill out of catalogue. */
static inline ZifuSettlement *
settle_with (Fixture *fixture, const ZifuVisit *visit, ZifuMoney total, ZifuMoney out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuPack) pack = zifu_session_dup_pack (fixture->session, &error);
  g_autoptr (ZifuPerson) person = zifu_session_dup_person (fixture->session, &error);
  g_autoptr (ZifuVisit) bill = zifu_visit_copy (visit);
  ZifuSettlement *settlement = NULL;

  g_assert_no_error (error);
  zifu_visit_set_total (bill, total);
  zifu_visit_set_parts (bill, out, 0, 0);
  settlement = zifu_settle (pack, person, bill, &error);
  g_assert_no_error (error);
  return settlement;
}

static inline void
in_chinese (const char *path)
{
  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  g_setenv ("LC_ALL", "zh_CN.UTF-8", TRUE);
  g_test_trap_subprocess (path, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_trap_assert_passed ();
}

/* With text half as large again. */
static inline void
with_large_text (void (*test) (void))
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi = 0;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 96 * 1024 * 3 / 2, NULL);
  test ();
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}
