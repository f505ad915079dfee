/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "provider.h"

/* The people of the sample household (data/sample/household.json), with numbers that no office gave out. */

static void
person_free (Person *self)
{
  g_free (self->key);
  g_free (self->name);
  g_free (self->psn_no);
  g_free (self->certno);
  g_free (self->sex);
  g_free (self->birth);
  g_free (self->insurance);
  g_free (self->status);
  g_free (self->resident_class);
  g_free (self->checkpoint);
  g_free (self);
}

static void
place_free (Place *self)
{
  g_free (self->key);
  g_free (self->name);
  g_free (self->class);
  g_free (self);
}

static char *
get_name (JsonObject *object, gboolean chinese)
{
  return g_strdup (json_object_get_string_member_with_default (json_object_get_object_member (object, "name"), chinese ? "zh" : "en", "?"));
}

static ZifuMoney
get_money (JsonObject *object, const char *name)
{
  const char *text = json_object_get_string_member_with_default (object, name, "0.00");
  ZifuMoney amount = 0;

  zifu_money_parse (text, &amount, NULL);
  return amount;
}

static char *
get_text (JsonObject *object, const char *name)
{
  return g_strdup (json_object_get_string_member_with_default (object, name, NULL));
}

static Person *
person_new (JsonObject *object, guint number, gboolean chinese)
{
  Person *self = g_new0 (Person, 1);
  g_auto (GStrv) birth = NULL;

  self->number = number;
  self->key = get_text (object, "key");
  self->name = get_name (object, chinese);
  self->sex = get_text (object, "sex");
  self->birth = get_text (object, "birth");
  self->insurance = get_text (object, "insurance");
  self->status = get_text (object, "status");
  self->resident_class = get_text (object, "resident_class");
  self->has_account = json_object_has_member (object, "opening");
  self->opening = get_money (object, "opening");
  self->base = get_money (object, "base");
  if (json_object_has_member (object, "credit"))
    self->credit = get_money (json_object_get_object_member (object, "credit"), "amount");
  self->balance = self->opening;
  self->psn_no = g_strdup_printf ("1100000000%08u", number);
  /* 000000 is no region, so this is nobody's number. */
  birth = g_strsplit (self->birth, "-", 3);
  self->certno = g_strdup_printf ("000000%s%s%s%03uX", birth[0], birth[1], birth[2], number);
  return self;
}

static void
read_place (JsonObject *places, const char *key, JsonNode *node, gpointer user_data)
{
  gpointer *closure = user_data;
  Place *place = g_new0 (Place, 1);

  place->key = g_strdup (key);
  place->name = get_name (json_node_get_object (node), closure[1] != NULL);
  place->class = get_text (json_node_get_object (node), "class");
  g_ptr_array_add (closure[0], place);
}

GPtrArray *
people_read (const char *path, gboolean chinese, GPtrArray **places, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  GPtrArray *people;
  JsonObject *root;
  JsonArray *members;
  gpointer closure[2];

  if (!json_parser_load_from_file (parser, path, error))
    return NULL;
  root = json_node_get_object (json_parser_get_root (parser));
  people = g_ptr_array_new_with_free_func ((GDestroyNotify) person_free);
  members = json_object_get_array_member (root, "members");
  for (guint i = 0; i < json_array_get_length (members); i++)
    g_ptr_array_add (people, person_new (json_array_get_object_element (members, i), i + 1, chinese));
  *places = g_ptr_array_new_with_free_func ((GDestroyNotify) place_free);
  closure[0] = *places;
  closure[1] = GINT_TO_POINTER (chinese);
  json_object_foreach_member (json_object_get_object_member (root, "institutions"), read_place, closure);
  return people;
}

Person *
people_find (GPtrArray *people, const char *key)
{
  for (guint i = 0; i < people->len; i++)
    {
      Person *person = g_ptr_array_index (people, i);

      if (g_strcmp0 (person->key, key) == 0 || g_strcmp0 (person->psn_no, key) == 0)
        return person;
    }
  return NULL;
}

/* An amount of a row, which may be negative: zifu_money_parse() reads those of bills. */
ZifuMoney
amount_read (JsonObject *object, const char *name)
{
  const char *text = json_object_get_string_member_with_default (object, name, "0.00");
  gboolean negative = *text == '-';
  ZifuMoney amount = 0;

  zifu_money_parse (text + negative, &amount, NULL);
  return negative ? -amount : amount;
}
