package hook_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"offprint"
	"offprint/server/hook"
)

func TestConfigErrors(t *testing.T) {
	with := func(change func(*hook.Config)) hook.Config {
		c := hook.Config{Source: "generic", Verify: "header"}
		change(&c)
		return c
	}
	for name, c := range map[string]struct {
		config hook.Config
		key    string
		hint   string // part of it
	}{
		"no source":               {hook.Config{}, "source", "contentful, generic, ghost"},
		"unknown source":          {hook.Config{Source: "drupal"}, "source", "standard-webhooks, strapi or wordpress"},
		"generic says not how":    {hook.Config{Source: "generic"}, "verify", "hmac"},
		"unknown way":             {with(func(c *hook.Config) { c.Verify = "basic" }), "verify", "query or standard-webhooks"},
		"header of no use":        {hook.Config{Source: "ghost", Header: "X-Mine"}, "header", "leave it out"},
		"no header's name":        {with(func(c *hook.Config) { c.Header = "X Mine" }), "header", "X-Webhook-Secret"},
		"none with a secret":      {with(func(c *hook.Config) { c.Verify, c.SecretFile = "none", "s" }), "secret_file", "verify"},
		"strapi without template": {hook.Config{Source: "strapi"}, "url_template", "{entry.slug}"},
		"path and template":       {with(func(c *hook.Config) { c.URLPath, c.URLTemplate = "a", "https://a.example/{a}" }), "url_template", "one of them"},
		"template's host":         {with(func(c *hook.Config) { c.URLTemplate = "https://{host}/{a}" }), "url_template", "https://news.example/"},
		"no language":             {with(func(c *hook.Config) { c.Locale = "chinese!" }), "locale", "zh-Hans"},
		"no place":                {with(func(c *hook.Config) { c.TitlePath = "header:a b" }), "title_path", "header:NAME"},
		"long place":              {with(func(c *hook.Config) { c.IDPath = strings.Repeat("a", 201) }), "id_path", "entry.title"},
		"empty word":              {with(func(c *hook.Config) { c.PublishEvents = []string{""} }), "publish_events", "words"},
		"word with two meanings":  {with(func(c *hook.Config) { c.PublishEvents, c.UpdateEvents = []string{"a"}, []string{"a"} }), "update_events", "one list"},
		"no such font size":       {with(func(c *hook.Config) { c.Actions = []string{"render:enormous"} }), "actions", "x-large"},
		"no action":               {with(func(c *hook.Config) { c.Actions = []string{"print"} }), "actions", `"render:large"`},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.config.Validate()
			var wrong *hook.ConfigError
			if !errors.As(err, &wrong) || wrong.Key != c.key || !strings.Contains(wrong.Hint(), c.hint) {
				t.Fatalf("%v, %+v", err, wrong)
			}
			if _, err := hook.New("cms", c.config, []string{secret}); err == nil || !strings.HasPrefix(err.Error(), "hooks.cms."+c.key+": ") {
				t.Errorf("New: %v", err)
			}
		})
	}
}

func TestSecrets(t *testing.T) {
	for name, c := range map[string]struct {
		verify  string
		secrets []string
	}{
		"none":                     {"header", nil},
		"a word":                   {"hmac", []string{"letmein"}},
		"one of two is a word":     {"ghost", []string{secret, "letmein"}},
		"no base64":                {"standard-webhooks", []string{"whsec_not base64 at all!"}},
		"too few bytes":            {"standard-webhooks", []string{"whsec_c2hvcnQga2V5"}},
		"a public key of no size":  {"standard-webhooks", []string{"whpk_c2hvcnQga2V5"}},
		"a private key by mistake": {"standard-webhooks", []string{"whsk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := hook.New("cms", generic(c.verify), c.secrets)
			var wrong *hook.ConfigError
			if !errors.As(err, &wrong) || wrong.Key != "secret_file" || wrong.Hint() == "" {
				t.Fatal(err)
			}
			for _, secret := range c.secrets {
				if strings.Contains(err.Error()+wrong.Hint(), strings.TrimPrefix(secret, "whsec_")) {
					t.Errorf("the error tells the secret: %v", err)
				}
			}
		})
	}
	if got := hook.ParseSecrets([]byte("\r\n new \r\n\nold")); !slices.Equal(got, []string{"new", "old"}) {
		t.Errorf("ParseSecrets gives %q", got)
	}
	if _, err := hook.New("../cms", generic("none"), nil); err == nil || !strings.HasPrefix(err.Error(), "hooks: name: ") {
		t.Errorf("a hook called ../cms: %v", err)
	}
}

func TestActions(t *testing.T) {
	config := generic("none")
	config.Actions = []string{"render", "render:x-large", "render:font_size=14&paper=A5&columns=2&lang=zh-Hant-HK&images=gray", "email:Subscribers-2", "call:https://cms.example/done?a=1"}
	r := receiver(t, config)
	all := r.Actions(hook.Publish)
	want := []hook.Action{
		{Render: &offprint.PrintOptions{}},
		{Render: &offprint.PrintOptions{FontSize: "x-large"}},
		{Render: &offprint.PrintOptions{FontSize: "14", Paper: "A5", Columns: 2, Lang: "zh-Hant-HK", Images: "gray"}},
		{Email: "Subscribers-2"},
		{Call: "https://cms.example/done?a=1"},
	}
	if len(all) != len(want) {
		t.Fatalf("%d actions", len(all))
	}
	for i, a := range all {
		if !reflect.DeepEqual(a.Render, want[i].Render) || a.Email != want[i].Email || a.Call != want[i].Call || a.String() != config.Actions[i] {
			t.Errorf("%s: %+v", a, a)
		}
	}
	for what, on := range map[hook.What][]int{hook.Update: {0, 1, 2, 4}, hook.Withdraw: {}, hook.Ignore: {}} {
		var texts []string
		for _, i := range on {
			texts = append(texts, config.Actions[i])
		}
		var got []string
		for _, a := range r.Actions(what) {
			got = append(got, a.String())
		}
		if !slices.Equal(got, texts) {
			t.Errorf("on %s: %q", what, got)
		}
	}
	for _, text := range []string{
		"", "render:", "render:enormous", "render:paper=A0", "render:columns=two", "render:columns=3", "render:title=x", "render:font_size=", "render:a;b=c",
		"email", "email:", "email:a b", "email:../list", "call:", "call:cms.example/done", "call:ftp://cms.example/", "call:https://user@cms.example/", "delete:everything",
	} {
		config.Actions = []string{text}
		if err := config.Validate(); err == nil {
			t.Errorf("%q is taken for an action", text)
		}
	}
}
