/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem() */
#include "zifu-mapping-private.h"

#include <string.h>

#include "zifu-ledger-private.h"

/* Words by which columns and kinds are known, as bureaus, banks, pharmacies and programs write them.  Normalised, the surest first. */

typedef struct {
  ZifuField   field;
  const char *words; /* separated by blanks */
} FieldWords;

/* The platform's names: our own files, and what programs of the platform write. */
static const FieldWords platform_words[] = {
  { ZIFU_FIELD_DATE, "acct_modi_date setl_time crte_time" },
  { ZIFU_FIELD_INCOME, "inc_sumamt" },
  { ZIFU_FIELD_OUTLAY, "pay_sumamt acct_pay" },
  { ZIFU_FIELD_BALANCE, "balc" },
  { ZIFU_FIELD_KIND, "kind" },
  { ZIFU_FIELD_CODE, "acct_incexpd_type" },
  { ZIFU_FIELD_INSTITUTION, "fixmedins_name" },
  { ZIFU_FIELD_NOTE, "memo" },
  { ZIFU_FIELD_MONTH, "cashym" },
  { ZIFU_FIELD_BASE, "psn_clctstd" },
  { ZIFU_FIELD_KEY, "souc_rid" },
  { ZIFU_FIELD_PERSON, "psn_name" },
  { ZIFU_FIELD_RELATIVE, "relt_psn_name" },
  { ZIFU_FIELD_ORIGINAL, "init_setl_id init_rid" },
};

static const FieldWords people_words[] = {
  { ZIFU_FIELD_DATE,
    "交易日期 记账日期 结算日期 消费日期 发生日期 业务日期 入账日期 到账日期 就诊日期 划账日期 扣款日期 交易时间 结算时间 消费时间 发生时间 "
    "记账时间 就诊时间 入账时间 日期 时间 date transactiondate bookingdate postingdate valuedate day datum buchungstag" },
  { ZIFU_FIELD_INCOME,
    "收入 收入金额 划入金额 计入金额 划入 存入 存入金额 贷方 贷方金额 入账金额 收入总金额 划账金额 转入金额 income credit deposit moneyin paidin" },
  { ZIFU_FIELD_OUTLAY,
    "支出 支出金额 消费金额 扣款金额 个人账户支付 个人账户支出 个账支付 个账支出 账户支付 账户支出 支取 支取金额 借方 借方金额 支出总金额 outlay "
    "debit withdrawal expense moneyout paidout spent" },
  { ZIFU_FIELD_AMOUNT, "金额 交易金额 发生额 发生金额 变动金额 收支金额 amount betrag value sum" },
  { ZIFU_FIELD_DIRECTION, "收支 收/支 收支标志 收支方向 收支类型 借贷 借贷标志 借/贷 方向 direction dr/cr in/out" },
  { ZIFU_FIELD_BALANCE, "余额 账户余额 个人账户余额 本次余额 结余 当前余额 交易后余额 期末余额 balance saldo runningbalance" },
  { ZIFU_FIELD_KIND, "类型 交易类型 业务类型 医疗类别 类别 交易类别 业务类别 种类 结算类型 type category transactiontype" },
  { ZIFU_FIELD_CODE, "账户收支类型" },
  { ZIFU_FIELD_INSTITUTION,
    "机构 机构名称 医疗机构 医疗机构名称 定点医药机构 定点医药机构名称 定点机构 定点机构名称 医药机构名称 医院 医院名称 药店 药店名称 就诊机构 "
    "就诊医院 商户 商户名称 交易对方 对方户名 交易机构 institution hospital merchant payee provider place" },
  { ZIFU_FIELD_NOTE, "备注 说明 摘要 用途 附言 交易说明 交易摘要 项目 note notes memo description remark remarks details verwendungszweck" },
  { ZIFU_FIELD_MONTH, "费款所属期 所属期 缴费月份 所属月份 月份 账期 month period" },
  { ZIFU_FIELD_BASE, "缴费基数 基数 base" },
  { ZIFU_FIELD_KEY,
    "流水号 交易流水号 业务流水号 结算id 结算号 结算编号 单据号 单据编号 订单号 交易单号 交易号 凭证号 id reference transactionid referenceno" },
  { ZIFU_FIELD_PERSON, "姓名 人员姓名 参保人 参保人姓名 person name insuredperson" },
  { ZIFU_FIELD_RELATIVE, "使用人 使用人姓名 被共济人 共济人 就诊人 relative usedby" },
  { ZIFU_FIELD_ORIGINAL,
    "原流水号 原交易流水号 原业务流水号 原结算id 原结算号 原结算编号 原单据号 原单据编号 原订单号 原交易单号 原交易号 原凭证号 originalid "
    "originaltransaction originaltransactionid refundof" },
};

static gboolean
has_word (const char *words, const char *word, gsize length)
{
  for (const char *p = strstr (words, word); p != NULL && length > 0; p = strstr (p + 1, word))
    if ((p == words || p[-1] == ' ') && (p[length] == ' ' || p[length] == '\0'))
      return TRUE;
  return FALSE;
}

static gboolean
find_word (const FieldWords *table, guint n, const char *word, ZifuField *field)
{
  for (guint i = 0; i < n; i++)
    if (has_word (table[i].words, word, strlen (word)))
      {
        *field = table[i].field;
        return TRUE;
      }
  return FALSE;
}

/* The longest word that the title ends or begins with: 本年个人账户余额 is a balance. */
static gboolean
find_part (const char *title, ZifuField *field)
{
  gsize best = 0;

  for (guint i = 0; i < G_N_ELEMENTS (people_words); i++)
    {
      g_auto (GStrv) words = g_strsplit (people_words[i].words, " ", -1);

      for (guint w = 0; words[w] != NULL; w++)
        if (g_utf8_strlen (words[w], -1) >= 2 && strlen (words[w]) > best &&
            (g_str_has_suffix (title, words[w]) || g_str_has_prefix (title, words[w])))
          {
            best = strlen (words[w]);
            *field = people_words[i].field;
          }
    }
  return best > 0;
}

/*
 * _zifu_mapping_rate_title:
 * @title: as it stands in the file; upper and lower title with a stroke between them
 * @field: (out): what the column seems to be
 * @own: (out): whether this is one of the platform's names
 *
 * Returns: how sure that is: 3 the very word, or the lower one of two; 2 the upper one; 1 a part of it; 0 not known
 */
guint
_zifu_mapping_rate_title (const char *title, ZifuField *field, gboolean *own)
{
  g_autofree char *normal = _zifu_mapping_normalise (title);
  g_auto (GStrv) parts = g_strsplit (title, ZIFU_MAPPING_STROKE, 2);

  *own = find_word (platform_words, G_N_ELEMENTS (platform_words), normal, field);
  if (*normal == '\0')
    return 0;
  /* The platform's number of a settlement; our own files have one of the row's source beside it. */
  if (g_str_equal (normal, "setl_id"))
    {
      *field = ZIFU_FIELD_KEY;
      return 2;
    }
  if (*own || find_word (people_words, G_N_ELEMENTS (people_words), normal, field))
    return 3;
  for (int i = (int) g_strv_length (parts) - 1; i >= 0 && parts[1] != NULL; i--)
    {
      g_autofree char *part = _zifu_mapping_normalise (parts[i]);

      if (*part != '\0' && find_word (people_words, G_N_ELEMENTS (people_words), part, field))
        return i == 1 ? 3 : 2;
    }
  return find_part (normal, field) ? 1 : 0;
}

/* ---- kinds */

typedef struct {
  ZifuEntryKind kind;
  const char   *words;
} KindWords;

/* The order matters: 住院退费 is a refund, and 家庭共济 is told before the pharmacy where it was used. */
static const KindWords kind_words[] = {
  { ZIFU_ENTRY_REFUND, "退费 退款 冲正 冲销 红冲 退药 refund reversal" },
  { ZIFU_ENTRY_FAMILY, "共济 家庭账户 mutualaid family" },
  { ZIFU_ENTRY_PREMIUM, "代缴 缴纳居民医保 居民医保缴费 premium" },
  { ZIFU_ENTRY_INTEREST, "利息 结息 计息 interest" },
  { ZIFU_ENTRY_TRANSFER, "转入 转出 转移 结转 返还 清退 transfer" },
  { ZIFU_ENTRY_CREDIT, "划入 划账 划拨 计入 注入 缴费 单位缴 个人缴 预划 credited contribution" },
  { ZIFU_ENTRY_PHARMACY, "药店 药房 购药 大药 药业 药堂 药号 pharmacy drugstore" },
  { ZIFU_ENTRY_INPATIENT, "住院 出院 inpatient" },
  { ZIFU_ENTRY_OUTPATIENT, "门诊 急诊 挂号 慢病 特病 就诊 医院 诊所 卫生院 卫生室 卫生服务 clinic outpatient hospital" },
};

static const struct {
  const char   *code;
  ZifuEntryKind kind;
} code_kinds[] = {
  { "101", ZIFU_ENTRY_CREDIT },     { "102", ZIFU_ENTRY_INTEREST },  { "103", ZIFU_ENTRY_INTEREST }, { "104", ZIFU_ENTRY_CREDIT },
  { "106", ZIFU_ENTRY_TRANSFER },   { "107", ZIFU_ENTRY_TRANSFER },  { "108", ZIFU_ENTRY_CREDIT },   { "109", ZIFU_ENTRY_REFUND },
  { "110", ZIFU_ENTRY_CORRECTION }, { "111", ZIFU_ENTRY_CORRECTION }, { "112", ZIFU_ENTRY_CREDIT },   { "113", ZIFU_ENTRY_TRANSFER },
  { "201", ZIFU_ENTRY_OUTPATIENT }, { "202", ZIFU_ENTRY_TRANSFER },  { "203", ZIFU_ENTRY_TRANSFER }, { "204", ZIFU_ENTRY_CORRECTION },
  { "205", ZIFU_ENTRY_PREMIUM },    { "206", ZIFU_ENTRY_TRANSFER },  { "207", ZIFU_ENTRY_TRANSFER }, { "208", ZIFU_ENTRY_TRANSFER },
};

static gboolean
holds_word (const char *text, const char *words)
{
  gsize length = strlen (text);

  while (length > 0 && *words != '\0')
    {
      gsize n = strcspn (words, " ");

      if (memmem (text, length, words, n) != NULL)
        return TRUE;
      words += n + (words[n] == ' ');
    }
  return FALSE;
}

/* As _zifu_mapping_normalise() does it, and what stands in brackets stays. */
static char *
fold (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return composed != NULL ? g_utf8_strdown (composed, -1) : g_strdup ("");
}

static gboolean
find_rule (const ZifuMapping *self, const char *text, ZifuEntryKind *kind)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      const ZifuKindRule *rule = g_ptr_array_index (self->rules, i);
      g_autofree char *wanted = fold (rule->text);

      if (*wanted != '\0' && strstr (text, wanted) != NULL)
        {
          *kind = rule->kind;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
find_words (const char *text, ZifuEntryKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_words); i++)
    if (holds_word (text, kind_words[i].words))
      {
        *kind = kind_words[i].kind;
        return TRUE;
      }
  return FALSE;
}

static gboolean
find_code (const char *code, ZifuEntryKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (code_kinds); i++)
    if (g_str_equal (code, code_kinds[i].code))
      {
        *kind = code_kinds[i].kind;
        return TRUE;
      }
  return FALSE;
}

static char *
fold_all (const char *a, const char *b, const char *c)
{
  g_autofree char *x = fold (a), *y = fold (b), *z = fold (c);

  return g_strconcat (x, "\n", y, "\n", z, NULL);
}

/* Money cannot have moved the other way than a kind says: what goes back is a refund, what is taken back a correction. */
static ZifuEntryKind
fit_direction (ZifuEntryKind kind, ZifuMoney amount)
{
  switch (kind)
    {
    case ZIFU_ENTRY_CREDIT:
    case ZIFU_ENTRY_INTEREST:
    case ZIFU_ENTRY_OPENING:
      return amount < 0 ? ZIFU_ENTRY_CORRECTION : kind;
    case ZIFU_ENTRY_OUTPATIENT:
    case ZIFU_ENTRY_PHARMACY:
    case ZIFU_ENTRY_INPATIENT:
    case ZIFU_ENTRY_FAMILY:
    case ZIFU_ENTRY_PREMIUM:
      return amount > 0 ? ZIFU_ENTRY_REFUND : kind;
    case ZIFU_ENTRY_TRANSFER:
    case ZIFU_ENTRY_REFUND:
    case ZIFU_ENTRY_CORRECTION:
    default:
      return kind;
    }
}

/*
 * _zifu_mapping_find_kind:
 *
 * What an entry is: one of our own words, a rule of the mapping, words of the kind itself, the platform's code, words of the institution,
 * words of the note, and in the end which way the money went.
 */
ZifuEntryKind
_zifu_mapping_find_kind (const ZifuMapping *self, const char *kind, const char *code, const char *institution, const char *note,
                         ZifuMoney amount)
{
  g_autofree char *all = fold_all (kind, institution, note);
  g_autofree char *own = fold (kind);
  ZifuEntryKind found = amount > 0 ? ZIFU_ENTRY_CREDIT : ZIFU_ENTRY_OUTPATIENT;

  if (_zifu_entry_kind_parse (own, &found))
    return fit_direction (found, amount);
  if (!find_rule (self, all, &found) && !find_words (own, &found) && !find_code (code, &found))
    {
      g_autofree char *place = fold (institution);
      g_autofree char *text = fold (note);

      if (!find_words (text, &found))
        find_words (place, &found);
    }
  return fit_direction (found, amount);
}

/*
 * _zifu_mapping_find_direction:
 *
 * Returns: 1 in, -1 out, 0 not known
 */
int
_zifu_mapping_find_direction (const char *text)
{
  static const char in[] = "收入 收 贷 贷方 划入 转入 存入 入账 进账 入 in credit cr c + income";
  static const char out[] = "支出 支 借 借方 消费 转出 支取 出账 扣款 出 out debit dr d - outlay expense";
  g_autofree char *normal = _zifu_mapping_normalise (text);

  if (has_word (in, normal, strlen (normal)))
    return 1;
  return has_word (out, normal, strlen (normal)) ? -1 : 0;
}

/*
 * _zifu_mapping_is_sum:
 *
 * Whether the first text of a row says that it adds up others.
 */
gboolean
_zifu_mapping_is_sum (const ZifuTableRow *row)
{
  static const char *const sums[] = { "合计", "总计", "小计", "共计", "total", "sum" };

  for (guint i = 0; i < row->n_cells; i++)
    {
      g_autofree char *word = _zifu_mapping_normalise (row->cells[i]);

      for (guint s = 0; s < G_N_ELEMENTS (sums); s++)
        if (g_str_has_prefix (word, sums[s]))
          return TRUE;
      if (*word != '\0')
        return FALSE;
    }
  return FALSE;
}
