/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libintl.h>
#include <locale.h>

#include <glib.h>

#include "zifu-application.h"
#include "zifu-config.h"
#include "zifu-words.h"

/* The only place in the window that reads the clock: everything below is told which day it is. */
static ZifuDate
read_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return zifu_date_new (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now));
}

int
main (int argc, char **argv)
{
  g_autoptr (ZifuApplication) app = NULL;
  const char *locale_dir = g_getenv ("ZIFU_LOCALE_DIR"); /* for runs from the build folder */

  setlocale (LC_ALL, "");
  zifu_words_init (locale_dir != NULL ? locale_dir : ZIFU_LOCALE_DIR);
  textdomain (ZIFU_GETTEXT_DOMAIN);
  g_set_prgname (ZIFU_APP_ID);

  app = zifu_application_new (read_today ());

  return g_application_run (G_APPLICATION (app), argc, argv);
}
