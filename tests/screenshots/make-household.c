/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-household.h"

/* Writes a household for pictures: make-household FILE interrupted|unlucky zh|en */
int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) ledger = NULL;
  gboolean chinese;

  if (argc != 4)
    return 2;
  ledger = zifu_ledger_open (argv[1], &error);
  g_assert_no_error (error);
  chinese = g_str_equal (argv[3], "zh");
  if (g_str_equal (argv[2], "interrupted"))
    household_add_interrupted (ledger, chinese ? "周雨晴" : "Zhou Yuqing", "self");
  else
    household_add_unlucky (ledger, chinese ? "林晓梅" : "Lin Xiaomei", chinese ? "王秀兰" : "Wang Xiulan", chinese ? "陈小禾" : "Chen Xiaohe");
  return 0;
}
