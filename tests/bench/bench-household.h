/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A household with many entries in one file, and what this program takes of the machine: what the measurements of lists and windows share.
 */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "zifu-ledger.h"

static inline gint64
used (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

/* What of this program is in memory, in bytes; what SQLite keeps of the file, by @cache. */
static inline gint64
resident (gint64 *cache)
{
  g_autofree char *text = NULL;
  gint64 total = 0, pages = 0;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL) ||
      sscanf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &total, &pages) != 2)
    g_error ("/proc/self/statm cannot be read");
  *cache = sqlite3_memory_used ();
  return pages * sysconf (_SC_PAGESIZE);
}

static inline void
fill (const char *path, guint n)
{
  g_autofree char *sql = g_strdup_printf (
    "BEGIN;"
    "INSERT INTO psn_b (psn_no, psn_name, relation, gend, insu_admdvs, insutype, status, acct_flag, provenance)"
    "  VALUES (1, '赵一', 'self', '1', '110000', '310', 'active', 1, 'typed');"
    "INSERT INTO txt_d (txt) WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 400)"
    "  SELECT '第' || n || IIF (n %% 5 = 0, '大药房', '医院') FROM t;"
    "INSERT INTO acct_incexpd_d (psn_no, acct_modi_date, kind, acct_incexpd_type, inc_sumamt, pay_sumamt, balc, fixmedins_id, provenance)"
    "  WITH RECURSIVE t (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM t WHERE n < %u)"
    "  SELECT 1, date ('1990-01-01', '+' || (n / 80) || ' days'), IIF (n %% 2, 'pharmacy', 'credit'), IIF (n %% 2, '201', '101'),"
    "    IIF (n %% 2, 0, 500), IIF (n %% 2, 300, 0), 500 * ((n + 2) / 2) - 300 * ((n + 1) / 2), 1 + n * 7 %% 400, 'imported' FROM t;"
    "INSERT INTO acct_mon_d (psn_no, ym, inc_sumamt, pay_sumamt, adj_sumamt, cnt)"
    "  SELECT psn_no, substr (acct_modi_date, 1, 7) AS ym, SUM (inc_sumamt), SUM (pay_sumamt), 0, COUNT (*)"
    "  FROM acct_incexpd_d GROUP BY 1, 2;"
    "COMMIT;",
    n - 1);
  sqlite3 *db = NULL;

  g_object_unref (zifu_ledger_open (path, NULL));
  if (sqlite3_open (path, &db) != SQLITE_OK || sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  sqlite3_close (db);
}
