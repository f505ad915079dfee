/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-words-private.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *word;
} Word;

typedef struct
{
  const char *axis;
  const char *value;
  const char *word;
} ValueWord;

/* Axes, and the fields beside them in which a person may go wrong. */
static const Word axis_words[] = {
  { "benefit", NC_ ("axis", "benefit") },
  { "care", NC_ ("axis", "kind of visit") },
  { "class", NC_ ("axis", "institution") },
  { "place", NC_ ("axis", "place of care") },
  { "place_province", NC_ ("axis", "province of care") },
  { "remote", NC_ ("axis", "filing for care elsewhere") },
  { "disease", NC_ ("axis", "disease") },
  { "disease_class", NC_ ("axis", "class of disease") },
  { "prescriber_class", NC_ ("axis", "level of the prescribing hospital") },
  { "days", NC_ ("axis", "days of the stay") },
  { "stay", NC_ ("axis", "stay of the year") },
  { "chosen", NC_ ("axis", "chosen institution") },
  { "contract", NC_ ("axis", "family doctor") },
  { "designated", NC_ ("axis", "designated institution") },
  { "connected", NC_ ("axis", "connected institution") },
  { "referral", NC_ ("axis", "referral") },
  { "emergency", NC_ ("axis", "emergency") },
  { "cause", NC_ ("axis", "cause") },
  { "hospital", NC_ ("axis", "hospital") },
  { "hospital_kind", NC_ ("axis", "kind of hospital") },
  { "insurance", NC_ ("axis", "insurance") },
  { "plan", NC_ ("axis", "plan") },
  { "status", NC_ ("axis", "status") },
  { "resident_class", NC_ ("axis", "class of resident") },
  { "birth", NC_ ("axis", "date of birth") },
  { "age", NC_ ("axis", "age") },
  { "sex", NC_ ("axis", "sex") },
  { "retired_on", NC_ ("axis", "day of retirement") },
  { "months_cover", NC_ ("axis", "months of cover") },
  { "years_cover", NC_ ("axis", "years of cover") },
  { "aid", NC_ ("axis", "medical assistance") },
  { "civil_servant", NC_ ("axis", "civil servant") },
  { "tags", NC_ ("axis", "special group") },
  { "base", NC_ ("axis", "contribution base") },
  { "pension", NC_ ("axis", "pension") },
  { "household", NC_ ("axis", "household registration") },
  { "group", NC_ ("axis", "kind of item") },
  { "item", NC_ ("axis", "item") },
  { "category", NC_ ("axis", "category") },
  { "unit_price", NC_ ("axis", "unit price") },
  { "origin", NC_ ("axis", "origin of the device") },
  { "date", NC_ ("axis", "date") },
  { "gap_months", NC_ ("axis", "months of the gap") },
  { "missed_years", NC_ ("axis", "missed years") },
  { "first_year", NC_ ("axis", "year of the first contribution") },
  { "first_month", NC_ ("axis", "month of the first contribution") },
  { "first_age", NC_ ("axis", "age at the first contribution") },
  { "coverage_share", NC_ ("axis", "share of the benefits") },
  { "total", NC_ ("axis", "bill, total") },
  { "out", NC_ ("axis", "out of catalogue") },
  { "over_limit", NC_ ("axis", "over price limit") },
  { "prior", NC_ ("axis", "category-B first share") },
  { "in_scope", NC_ ("axis", "in scope") },
  { "amount", NC_ ("axis", "amount") },
  { "quantity", NC_ ("axis", "quantity") },
  { "prepaid", NC_ ("axis", "deposit") },
  { "balance", NC_ ("axis", "balance") },
  { "bill", NC_ ("axis", "bill") },
  { "relation", NC_ ("axis", "relation") },
  { "tie_place", NC_ ("axis", "where the relative is insured") },
  { "reason", NC_ ("axis", "reason") },
  { "b_grade", NC_ ("axis", "grade of the category-B drug") },
  { "child_hospital", NC_ ("axis", "hospital for children or mothers") },
  { "claim_free_years", NC_ ("axis", "years without payment by the fund") },
  { "cost_kind", NC_ ("axis", "kind of cost") },
  { "disease_count", NC_ ("axis", "number of approved diseases") },
  { "joined_on", NC_ ("axis", "first day of work") },
  { "outside_group", NC_ ("axis", "outside the own district group") },
  { "registered", NC_ ("axis", "registered afterwards") },
  { "severity", NC_ ("axis", "severity") },
  { "switched", NC_ ("axis", "changed between employee and resident insurance") },
  { "tcm_hospital", NC_ ("axis", "hospital of Chinese medicine") },
  { "therapy", NC_ ("axis", "therapy") },
  { "transfer", NC_ ("axis", "moved between hospitals in one illness") },
  { "volume_procurement", NC_ ("axis", "bought by volume procurement") },
  { "years_after_four", NC_ ("axis", "years of cover beyond four") },
};

static const ValueWord value_words[] = {
  { "benefit", "outpatient", NC_ ("axis value", "outpatient") },
  { "benefit", "inpatient", NC_ ("axis value", "inpatient") },
  { "benefit", "special", NC_ ("axis value", "chronic or special disease") },
  { "benefit", "pharmacy", NC_ ("axis value", "pharmacy") },
  { "benefit", "emergency", NC_ ("axis value", "emergency") },
  { "benefit", "maternity", NC_ ("axis value", "maternity") },
  { "benefit", "home_bed", NC_ ("axis value", "home bed") },
  { "benefit", "annual", NC_ ("axis value", "account of the year") },
  { "care", "outpatient", NC_ ("axis value", "outpatient") },
  { "care", "pharmacy", NC_ ("axis value", "pharmacy") },
  { "care", "inpatient", NC_ ("axis value", "inpatient") },
  { "care", "special", NC_ ("axis value", "chronic or special disease") },
  { "care", "emergency", NC_ ("axis value", "emergency") },
  { "care", "observation", NC_ ("axis value", "emergency observation") },
  { "care", "maternity", NC_ ("axis value", "maternity") },
  { "care", "annual", NC_ ("axis value", "account of the year") },
  { "class", "3", NC_ ("axis value", "tier-3 hospital") },
  { "class", "3s", NC_ ("axis value", "tier-3 hospital of the city") },
  { "class", "2", NC_ ("axis value", "tier-2 hospital") },
  { "class", "1", NC_ ("axis value", "tier-1 hospital") },
  { "class", "primary", NC_ ("axis value", "primary care institution") },
  { "class", "community", NC_ ("axis value", "community clinic") },
  { "class", "community-2", NC_ ("axis value", "community centre of tier 2") },
  { "class", "township", NC_ ("axis value", "township clinic") },
  { "class", "village", NC_ ("axis value", "village clinic") },
  { "class", "clinic", NC_ ("axis value", "clinic") },
  { "class", "clinic_c", NC_ ("axis value", "clinic") },
  { "class", "school", NC_ ("axis value", "school clinic") },
  { "class", "pharmacy", NC_ ("axis value", "pharmacy") },
  { "class", "home", NC_ ("axis value", "home bed") },
  { "class", "other", NC_ ("axis value", "other institution") },
  { "class", "station", NC_ ("axis value", "community health station") },
  { "aid", "relief", NC_ ("axis value", "on relief") },
  { "relation", "spouse", NC_ ("axis value", "spouse") },
  { "relation", "parent", NC_ ("axis value", "parent") },
  { "relation", "child", NC_ ("axis value", "son or daughter") },
  { "relation", "sibling", NC_ ("axis value", "brother or sister") },
  { "relation", "grandparent", NC_ ("axis value", "grandparent") },
  { "relation", "grandchild", NC_ ("axis value", "grandchild") },
  { "relation", "other", NC_ ("axis value", "somebody else") },
  { "tie_place", "city", NC_ ("axis value", "same region") },
  { "tie_place", "province", NC_ ("axis value", "same province") },
  { "tie_place", "other", NC_ ("axis value", "another province") },
  { "reason", "death", NC_ ("axis value", "death") },
  { "reason", "abroad", NC_ ("axis value", "settled abroad") },
  { "reason", "no_account_there", NC_ ("axis value", "no accounts at the destination") },
  { "reason", "left", NC_ ("axis value", "left the insurance") },
  { "cost_kind", "dialysis", NC_ ("axis value", "dialysis") },
  { "cost_kind", "chemo_radio", NC_ ("axis value", "chemotherapy and radiotherapy") },
  { "cost_kind", "targeted", NC_ ("axis value", "targeted drugs") },
  { "cost_kind", "anti_rejection", NC_ ("axis value", "drugs against rejection") },
  { "disease_class", "severe_high", NC_ ("axis value", "severe disease, higher share") },
  { "hospital_kind", "general", NC_ ("axis value", "general hospital") },
  { "hospital_kind", "specialised", NC_ ("axis value", "specialised hospital") },
  { "plan", "account", NC_ ("axis value", "with an account") },
  { "severity", "light", NC_ ("axis value", "light") },
  { "severity", "medium", NC_ ("axis value", "medium") },
  { "severity", "heavy", NC_ ("axis value", "heavy") },
  { "place", "city", NC_ ("axis value", "where insured") },
  { "place", "province", NC_ ("axis value", "elsewhere in the province") },
  { "place", "other", NC_ ("axis value", "other province") },
  { "remote", "local", NC_ ("axis value", "where insured") },
  { "remote", "province", NC_ ("axis value", "elsewhere in the province") },
  { "remote", "filed_long", NC_ ("axis value", "filed, long-term") },
  { "remote", "filed_temp", NC_ ("axis value", "filed, temporary") },
  { "remote", "referred", NC_ ("axis value", "filed, referred") },
  { "remote", "emergency", NC_ ("axis value", "emergency elsewhere") },
  { "remote", "unfiled", NC_ ("axis value", "elsewhere, not filed") },
  { "status", "active", NC_ ("axis value", "working age") },
  { "status", "retired", NC_ ("axis value", "retired") },
  { "status", "flexible", NC_ ("axis value", "flexible worker") },
  { "status", "resident", NC_ ("axis value", "resident") },
  { "insurance", "310", NC_ ("axis value", "employee insurance") },
  { "insurance", "390", NC_ ("axis value", "resident insurance") },
  { "insurance", "320", NC_ ("axis value", "civil-servant supplement") },
  { "insurance", "330", NC_ ("axis value", "large-amount supplement") },
  { "insurance", "340", NC_ ("axis value", "insurance of retired veterans") },
  { "insurance", "510", NC_ ("axis value", "maternity insurance") },
  { "resident_class", "student", NC_ ("axis value", "pupil, student or child") },
  { "resident_class", "minor", NC_ ("axis value", "minor") },
  { "resident_class", "child", NC_ ("axis value", "child") },
  { "resident_class", "working", NC_ ("axis value", "resident of working age") },
  { "resident_class", "elderly", NC_ ("axis value", "elderly resident") },
  { "resident_class", "disabled", NC_ ("axis value", "severely disabled") },
  { "category", "A", NC_ ("axis value", "category A") },
  { "category", "B", NC_ ("axis value", "category B") },
  { "category", "C", NC_ ("axis value", "category C") },
  { "item", "drug", NC_ ("axis value", "drugs") },
  { "item", "exam", NC_ ("axis value", "tests") },
  { "item", "service", NC_ ("axis value", "treatment") },
  { "item", "material", NC_ ("axis value", "materials") },
  { "item", "implant", NC_ ("axis value", "implants") },
  { "item", "bed", NC_ ("axis value", "bed") },
  { "item", "registration", NC_ ("axis value", "registration fee") },
  { "item", "herbal", NC_ ("axis value", "herbal medicine") },
  { "item", "dialysis", NC_ ("axis value", "dialysis") },
  { "group", "main", NC_ ("axis value", "ordinary items") },
  { "group", "drug", NC_ ("axis value", "drugs") },
  { "group", "exam", NC_ ("axis value", "tests") },
  { "group", "implant", NC_ ("axis value", "implants") },
  { "group", "herbal", NC_ ("axis value", "herbal medicine") },
  { "group", "essential", NC_ ("axis value", "essential drugs") },
  { "group", "essential_a", NC_ ("axis value", "essential drugs, category A") },
  { "group", "consultation", NC_ ("axis value", "consultation fee") },
  { "group", "large_equipment", NC_ ("axis value", "large equipment") },
  { "group", "tcm", NC_ ("axis value", "Chinese medicine") },
  { "disease", "cancer", NC_ ("axis value", "cancer") },
  { "disease", "dialysis", NC_ ("axis value", "dialysis") },
  { "disease", "transplant", NC_ ("axis value", "after a transplant") },
  { "disease", "mental", NC_ ("axis value", "mental illness") },
  { "disease", "psychiatric", NC_ ("axis value", "mental illness") },
  { "disease", "hypertension", NC_ ("axis value", "hypertension") },
  { "disease", "diabetes", NC_ ("axis value", "diabetes") },
  { "disease", "leukaemia", NC_ ("axis value", "leukaemia") },
  { "disease", "lupus", NC_ ("axis value", "lupus") },
  { "disease", "haemophilia", NC_ ("axis value", "haemophilia") },
  { "disease", "cataract", NC_ ("axis value", "cataract") },
  { "disease", "hiv", NC_ ("axis value", "HIV infection") },
  { "disease", "aids", NC_ ("axis value", "AIDS") },
  { "disease", "childbirth", NC_ ("axis value", "childbirth") },
  { "disease_class", "chronic", NC_ ("axis value", "chronic disease") },
  { "disease_class", "major", NC_ ("axis value", "major disease") },
  { "disease_class", "severe", NC_ ("axis value", "severe disease") },
  { "sex", "1", NC_ ("axis value", "male") },
  { "sex", "2", NC_ ("axis value", "female") },
  { "sex", "0", NC_ ("axis value", "not known") },
  { "cause", "work_injury", NC_ ("axis value", "work injury") },
  { "cause", "third_party", NC_ ("axis value", "harm by a third party") },
  { "cause", "public_health", NC_ ("axis value", "public health") },
  { "cause", "abroad", NC_ ("axis value", "care abroad") },
  { "relation", "spouse", NC_ ("axis value", "spouse") },
  { "relation", "parent", NC_ ("axis value", "parent") },
  { "relation", "child", NC_ ("axis value", "son or daughter") },
  { "relation", "sibling", NC_ ("axis value", "brother or sister") },
  { "relation", "grandparent", NC_ ("axis value", "grandparent") },
  { "relation", "grandchild", NC_ ("axis value", "grandchild") },
  { "relation", "other", NC_ ("axis value", "someone else") },
  { "origin", "imported", NC_ ("axis value", "imported") },
  { "origin", "domestic", NC_ ("axis value", "domestic") },
  { "household", "outside", NC_ ("axis value", "registered elsewhere") },
  { "tags", "pre1949", NC_ ("axis value", "worker from before 1949") },
  { "tags", "newborn", NC_ ("axis value", "newborn") },
  { "tags", "disabled", NC_ ("axis value", "severely disabled") },
  { "tags", "special_group", NC_ ("axis value", "assisted group") },
  { "tags", "university", NC_ ("axis value", "university student") },
  { "tags", "special_card", NC_ ("axis value", "holder of a special-disease card") },
  { "plan", "high", NC_ ("axis value", "higher plan") },
  { "plan", "low", NC_ ("axis value", "lower plan") },
  { "plan", "1", NC_ ("axis value", "plan 1") },
  { "plan", "2", NC_ ("axis value", "plan 2") },
  { "plan", "pool-only", NC_ ("axis value", "without personal account") },
  { "chosen", "true", NC_ ("axis value", "chosen institution") },
  { "chosen", "false", NC_ ("axis value", "institution not chosen") },
  { "contract", "true", NC_ ("axis value", "with a family doctor") },
  { "contract", "false", NC_ ("axis value", "without a family doctor") },
  { "designated", "true", NC_ ("axis value", "designated institution") },
  { "designated", "false", NC_ ("axis value", "institution not designated") },
  { "connected", "true", NC_ ("axis value", "direct settlement") },
  { "connected", "false", NC_ ("axis value", "no direct settlement") },
  { "referral", "true", NC_ ("axis value", "referred") },
  { "referral", "false", NC_ ("axis value", "not referred") },
  { "transfer", "true", NC_ ("axis value", "transferred") },
  { "emergency", "true", NC_ ("axis value", "emergency") },
  { "emergency", "false", NC_ ("axis value", "no emergency") },
  { "civil_servant", "true", NC_ ("axis value", "civil servant") },
  { "civil_servant", "false", NC_ ("axis value", "not a civil servant") },
  { "district_run", "true", NC_ ("axis value", "run by a district") },
  { "child_hospital", "true", NC_ ("axis value", "children's hospital") },
  { "tcm_hospital", "true", NC_ ("axis value", "hospital of Chinese medicine") },
  { "place_province", "11", NC_ ("province", "Beijing") },
  { "place_province", "12", NC_ ("province", "Tianjin") },
  { "place_province", "13", NC_ ("province", "Hebei") },
  { "place_province", "14", NC_ ("province", "Shanxi") },
  { "place_province", "15", NC_ ("province", "Inner Mongolia") },
  { "place_province", "21", NC_ ("province", "Liaoning") },
  { "place_province", "22", NC_ ("province", "Jilin") },
  { "place_province", "23", NC_ ("province", "Heilongjiang") },
  { "place_province", "31", NC_ ("province", "Shanghai") },
  { "place_province", "32", NC_ ("province", "Jiangsu") },
  { "place_province", "33", NC_ ("province", "Zhejiang") },
  { "place_province", "34", NC_ ("province", "Anhui") },
  { "place_province", "35", NC_ ("province", "Fujian") },
  { "place_province", "36", NC_ ("province", "Jiangxi") },
  { "place_province", "37", NC_ ("province", "Shandong") },
  { "place_province", "41", NC_ ("province", "Henan") },
  { "place_province", "42", NC_ ("province", "Hubei") },
  { "place_province", "43", NC_ ("province", "Hunan") },
  { "place_province", "44", NC_ ("province", "Guangdong") },
  { "place_province", "45", NC_ ("province", "Guangxi") },
  { "place_province", "46", NC_ ("province", "Hainan") },
  { "place_province", "50", NC_ ("province", "Chongqing") },
  { "place_province", "51", NC_ ("province", "Sichuan") },
  { "place_province", "52", NC_ ("province", "Guizhou") },
  { "place_province", "53", NC_ ("province", "Yunnan") },
  { "place_province", "54", NC_ ("province", "Tibet") },
  { "place_province", "61", NC_ ("province", "Shaanxi") },
  { "place_province", "62", NC_ ("province", "Gansu") },
  { "place_province", "63", NC_ ("province", "Qinghai") },
  { "place_province", "64", NC_ ("province", "Ningxia") },
  { "place_province", "65", NC_ ("province", "Xinjiang") },
};

static const Word payer_words[] = {
  { "hifp", N_ ("Pooled fund") },
  { "hifob", N_ ("Large-amount fund") },
  { "hifmi", N_ ("Serious-illness insurance") },
  { "hifes", N_ ("Supplementary insurance") },
  { "hifdm", N_ ("Fund for disabled veterans") },
  { "cvlserv", N_ ("Civil-servant supplement") },
  { "maf", N_ ("Medical assistance") },
  { "oth", N_ ("Other funds") },
  { "hospital", N_ ("Borne by the hospital") },
};

/* In the one-line legend of a narrow window there is room for a word or two only. */
static const Word payer_briefs[] = {
  { "hifp", NC_ ("short payer", "Funds") },
  { "hifob", NC_ ("short payer", "Large-amount") },
  { "hifmi", NC_ ("short payer", "Serious illness") },
  { "hifes", NC_ ("short payer", "Supplement") },
  { "hifdm", NC_ ("short payer", "Veterans") },
  { "cvlserv", NC_ ("short payer", "Civil servants") },
  { "maf", NC_ ("short payer", "Assistance") },
  { "oth", NC_ ("short payer", "Other") },
  { "hospital", NC_ ("short payer", "Hospital") },
};

/* Who paid the figure of a step: it stands under it. */
static const Word payer_roles[] = {
  { "hifob", NC_ ("role", "large-amount") },   { "hifmi", NC_ ("role", "serious illness") },  { "hifes", NC_ ("role", "supplement") },
  { "hifdm", NC_ ("role", "veterans' fund") }, { "cvlserv", NC_ ("role", "civil servants") }, { "maf", NC_ ("role", "assistance") },
  { "hospital", NC_ ("role", "hospital") },
};

static const Word bucket_words[] = {
  [ZIFU_BUCKET_DEDUCTIBLE] = { NULL, N_ ("Deductible") },        [ZIFU_BUCKET_COPAY] = { NULL, N_ ("Co-payment") },
  [ZIFU_BUCKET_OVER_CAP] = { NULL, N_ ("Cost above the cap") },  [ZIFU_BUCKET_REDUCTION] = { NULL, N_ ("Reduction of the fund's share") },
  [ZIFU_BUCKET_PRIOR] = { NULL, N_ ("Category-B first share") }, [ZIFU_BUCKET_OVER_LIMIT] = { NULL, N_ ("Over price limit") },
  [ZIFU_BUCKET_OUT] = { NULL, N_ ("Out of catalogue") },         [ZIFU_BUCKET_CLAIM] = { NULL, N_ ("To be claimed afterwards") },
};

static const Word layer_words[] = {
  { "base", N_ ("Basic insurance") },
  { "large", N_ ("Large-amount fund") },
  { "serious", N_ ("Serious-illness insurance") },
  { "supplement", N_ ("Supplementary insurance") },
  { "assistance", N_ ("Medical assistance") },
};

static const Word reason_words[] = {
  { "not-designated", N_ ("This institution is not a designated one.") },
  { "not-connected", N_ ("This institution does not settle directly.") },
  { "not-chosen", N_ ("This is not an institution that was chosen beforehand.") },
  { "paid by the work-injury fund", N_ ("A work injury is paid by the work-injury insurance.") },
  { "a third party pays", N_ ("Whoever caused the harm has to pay.") },
  { "public health", N_ ("Public health pays for this.") },
  { "care abroad", N_ ("Care abroad is not covered.") },
};

static const char *
find_word (const Word *words, guint n_words, const char *name)
{
  for (guint i = 0; i < n_words; i++)
    if (g_strcmp0 (words[i].name, name) == 0)
      return words[i].word;
  return NULL;
}

/**
 * zifu_words_knows_axis:
 * @axis: a name
 *
 * Returns: whether it is an axis or a field that has a name in words
 */
gboolean
zifu_words_knows_axis (const char *axis)
{
  return find_word (axis_words, G_N_ELEMENTS (axis_words), axis) != NULL;
}

/**
 * zifu_words_axis:
 * @axis: the name of an axis, such as class
 *
 * Returns: its name in words, or @axis itself when it is a word of the region's own
 */
const char *
zifu_words_axis (const char *axis)
{
  const char *word = find_word (axis_words, G_N_ELEMENTS (axis_words), axis);
  return word != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, "axis", word) : axis;
}

/**
 * zifu_words_axis_value:
 * @axis: the name of an axis
 * @value: one of its values, such as community; true and false for an axis that is one or the other
 *
 * Returns: the value in words, or @value itself when it is a word of the region's own
 */
const char *
zifu_words_axis_value (const char *axis, const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (value_words); i++)
    if (g_strcmp0 (value_words[i].axis, axis) == 0 && g_strcmp0 (value_words[i].value, value) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, g_str_equal (axis, "place_province") ? "province" : "axis value", value_words[i].word);
  return value;
}

/**
 * zifu_words_payer_name:
 * @payer: a payer in the platform's names, such as hifp
 *
 * Returns: the name of the fund in words, or @payer itself when it is a fund of the region's own
 */
const char *
zifu_words_payer_name (const char *payer)
{
  const char *word = find_word (payer_words, G_N_ELEMENTS (payer_words), payer);
  return word != NULL ? g_dgettext (GETTEXT_PACKAGE, word) : payer;
}

/**
 * zifu_words_payer_brief:
 * @payer: a payer in the platform's names
 *
 * Returns: a word or two for it
 */
const char *
zifu_words_payer_brief (const char *payer)
{
  const char *word = find_word (payer_briefs, G_N_ELEMENTS (payer_briefs), payer);
  return word != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, "short payer", word) : payer;
}

/**
 * zifu_words_payer_role:
 * @payer: a payer in the platform's names
 * @kind: how it is shown
 *
 * Returns: what stands under a figure that it paid
 */
const char *
zifu_words_payer_role (const char *payer, ZifuPayerKind kind)
{
  const char *word = kind == ZIFU_PAYER_FUND ? NULL : find_word (payer_roles, G_N_ELEMENTS (payer_roles), payer);
  if (word != NULL)
    return g_dpgettext2 (GETTEXT_PACKAGE, "role", word);
  /* Translators: under the figure of a step: the fund pays it */
  return C_ ("role", "fund");
}

/**
 * zifu_words_payer_kind:
 * @layer: (nullable): the layer that paid
 * @payer: a payer in the platform's names
 *
 * Beijing's ordinary outpatient care is paid by its large-amount fund in the base layer, so the layer decides, not the
 * name alone.
 *
 * Returns: the colour and pattern of the payer
 */
ZifuPayerKind
zifu_words_payer_kind (const char *layer, const char *payer)
{
  gboolean base = layer == NULL || g_str_equal (layer, "base") || g_str_equal (layer, "fixed");

  if (g_strcmp0 (payer, "hospital") == 0)
    return ZIFU_PAYER_HOSPITAL;
  if (g_strcmp0 (payer, "hifp") == 0 || (base && g_strcmp0 (payer, "hifob") == 0))
    return ZIFU_PAYER_FUND;
  return ZIFU_PAYER_LAYER;
}

/**
 * zifu_words_bucket:
 * @bucket: a part of what the person bears
 *
 * Returns: its name in words
 */
const char *
zifu_words_bucket (ZifuBucket bucket)
{
  g_return_val_if_fail (bucket < G_N_ELEMENTS (bucket_words), NULL);

  return g_dgettext (GETTEXT_PACKAGE, bucket_words[bucket].word);
}

/**
 * zifu_words_layer:
 * @settlement: whose pack may have a title for it
 * @layer: name of a layer
 *
 * Returns: its name in words
 */
const char *
zifu_words_layer (const ZifuSettlement *settlement, const char *layer)
{
  const char *word = find_word (layer_words, G_N_ELEMENTS (layer_words), layer);
  if (word != NULL)
    return g_dgettext (GETTEXT_PACKAGE, word);

  GPtrArray *rules = settlement != NULL && settlement->pack != NULL ? settlement->pack->by_kind[ZIFU_RULE_LAYER] : NULL;
  for (guint i = 0; rules != NULL && i < rules->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (rules, i);
      if (g_strcmp0 (rule->layer, layer) == 0 && zifu_words_text (&rule->title) != NULL)
        return zifu_words_text (&rule->title);
    }
  return layer;
}

/**
 * zifu_words_reason:
 * @reason: (nullable): the reason of a rule, as its pack states it
 * @chinese: (nullable): the same in Chinese, when the pack states it
 *
 * Returns: (nullable): a sentence, or @reason itself when it is the pack's own
 */
const char *
zifu_words_reason (const char *reason, const char *chinese)
{
  if (chinese != NULL && zifu_words_is_chinese ())
    return chinese;

  const char *word = find_word (reason_words, G_N_ELEMENTS (reason_words), reason);
  return word != NULL ? g_dgettext (GETTEXT_PACKAGE, word) : reason;
}

/**
 * zifu_words_known_pointer:
 * @pointer: a place, as an error names it
 *
 * Returns: (transfer full) (nullable): the field in words, when the place is no file's and the field has a name
 */
char *
zifu_words_known_pointer (const char *pointer)
{
  if (!g_str_has_prefix (pointer, "/person") && !g_str_has_prefix (pointer, "/visit"))
    return NULL;
  const char *word = find_word (axis_words, G_N_ELEMENTS (axis_words), strrchr (pointer, '/') + 1);
  return word != NULL ? g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "axis", word)) : NULL;
}
