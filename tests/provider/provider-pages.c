/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "provider.h"

#include <string.h>

/* What a person sees in the browser, in Chinese or English. */

static const char style[] =
  "body{font:16px/1.6 system-ui,sans-serif;max-width:30em;margin:3em auto;padding:0 1em;color:#222;background:#fafafa}"
  "h1{font-size:1.4em}form{background:#fff;border:1px solid #ccc;border-radius:12px;padding:1em 1.4em}label{display:block;padding:.4em 0}"
  "button{font:inherit;padding:.5em 1.4em;border-radius:8px;border:1px solid #888;background:#fff;margin:.8em .6em 0 0}"
  "button.yes{background:#1a5fb4;border-color:#1a5fb4;color:#fff}input[type=text]{font:600 1.6em monospace;width:10em}.note{color:#555}"
  "@media(prefers-color-scheme:dark){body{background:#222;color:#eee}form,button{background:#333;border-color:#666;color:inherit}"
  ".note{color:#bbb}}";

static gboolean
is_chinese (const char *language)
{
  return language != NULL && g_str_has_prefix (language, "zh");
}

static const char *
say (const char *language, const char *zh, const char *en)
{
  return is_chinese (language) ? zh : en;
}

static char *
page_new (const char *language, const char *title, const char *body)
{
  return g_strdup_printf ("<!DOCTYPE html><html lang=\"%s\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                          "content=\"width=device-width\"><title>%s</title><style>%s</style></head><body><h1>%s</h1>%s</body></html>",
                          is_chinese (language) ? "zh-CN" : "en", title, style, title, body);
}

char *
page_message (const char *zh, const char *en, const char *language)
{
  g_autofree char *body = g_strdup_printf ("<p>%s</p>", say (language, zh, en));

  return page_new (language, say (language, "示例医保平台", "Sample insurance platform"), body);
}

char *
page_consent (GPtrArray *people, const char *action, const char *request, const char *client, const char *language)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *name = g_markup_escape_text (client, -1);

  g_string_append_printf (body, "<p>%s</p><form method=\"post\" action=\"%s\"><input type=\"hidden\" name=\"request\" value=\"%s\">",
                          say (language, "这是测试用的平台，人和账目都是虚构的。", "This platform is for trying out: people and entries are invented."),
                          action, request);
  g_string_append_printf (body, "<p><b>%s</b> %s</p><ul><li>%s</li><li>%s</li></ul><p>%s</p>", name,
                          say (language, "请求读取：", "asks to read:"),
                          say (language, "个人账户余额与明细、结算、缴费、家庭共济", "balance and movements, settlements, contributions, family ties"),
                          say (language, "有效期 180 天，只读", "for 180 days, without changing anything"),
                          say (language, "以谁的身份登录？", "Sign in as:"));
  for (guint i = 0; i < people->len; i++)
    {
      const Person *person = g_ptr_array_index (people, i);
      g_autofree char *who = g_markup_escape_text (person->name, -1);

      g_string_append_printf (body, "<label><input type=\"radio\" name=\"person\" value=\"%s\"%s> %s</label>", person->key,
                              i == 0 ? " checked" : "", who);
    }
  g_string_append_printf (body,
                          "<button class=\"yes\" name=\"decision\" value=\"allow\">%s</button><button name=\"decision\" value=\"deny\">%s"
                          "</button></form>",
                          say (language, "允许", "Allow"), say (language, "拒绝", "Refuse"));
  return page_new (language, say (language, "登录并授权", "Sign in and allow"), body->str);
}

/* @problem: the code was not right. */
char *
page_code (const char *code, const char *problem, const char *language)
{
  g_autofree char *typed = g_markup_escape_text (code != NULL ? code : "", -1), *body = NULL;

  body = g_strdup_printf ("%s%s%s<form method=\"post\" action=\"/device\"><label>%s<br><input type=\"text\" name=\"user_code\" "
                          "value=\"%s\" "
                          "autocomplete=\"off\" autofocus></label><button class=\"yes\">%s</button></form><p class=\"note\">%s</p>",
                          problem != NULL ? "<p role=\"alert\"><b>" : "",
                          problem != NULL ? say (language, "没有这个代码，或它已过期。", "There is no such code, or it has expired.") : "",
                          problem != NULL ? "</b></p>" : "", say (language, "程序显示的代码", "The code that the program shows"), typed,
                          say (language, "继续", "Continue"),
                          say (language, "如果不是您自己刚刚开始登录，请关闭此页。", "If you did not just start this yourself, close this page."));
  return page_new (language, say (language, "输入代码", "Enter the code"), body);
}
