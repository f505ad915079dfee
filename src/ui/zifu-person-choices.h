/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What stands behind the choices of the person form, each list ended by NULL. */
extern const char *const zifu_person_relations[];
extern const char *const zifu_person_sexes[];
extern const char *const zifu_person_insurances[];
extern const char *const zifu_person_statuses[];
extern const char *const zifu_person_resident_classes[];

void        zifu_person_choose (AdwComboRow *row, const char *const *values, const char *value);
const char *zifu_person_chosen (AdwComboRow *row, const char *const *values);
void        zifu_person_choices_fill (AdwComboRow *relation, AdwComboRow *sex, AdwComboRow *insurance, AdwComboRow *status,
                                      AdwComboRow *resident_class);

G_END_DECLS
