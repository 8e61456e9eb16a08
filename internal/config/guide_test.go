package config

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// sections are the sections of the configuration, and what each is about.
var sections = []struct{ name, about string }{
	{"", ""},
	{"site", "The publication."},
	{"print", "What holds when a request, or a flag, does not say. The same names are flags (`--font-size`), JSON and queries (`font_size`)."},
	{"mail", "The mail server and the letters: [mailing](email.md)."},
	{"fetch", "What may be read."},
	{"serve", "The service's HTTP side."},
	{"store", "Finished PDFs."},
	{"limits", "What is done at a time, and in all. [Operating](operate.md#capacity) says how to choose."},
	{"callbacks", "Calls to the publisher's system: [clients](clients.md#callbacks)."},
	{"hooks", "`[hooks.NAME]`: who may post to `/v1/hooks/NAME`, and what is done then: [hooks](hooks.md)."},
	{"readers", "The form by which readers mail an article: [readers](readers.md). An address gets three letters a day by it, at most."},
	{"lists", "`[lists.NAME]`: lists of recipients that hooks mail to."},
}

// configGuide writes docs/guide/config.md.
func configGuide() string {
	var b strings.Builder
	b.WriteString(`# Every setting

<!-- Written from internal/config/settings.go: UPDATE_GOLDEN=1 go test -run ConfigGuide ./internal/config -->

A setting is taken from a flag, else from a variable (` + "`OFFPRINT_SECTION_KEY`" + `, a list as ` + "`a,b`" + `), else from ` + "`./offprint.toml`" + `, else
from ` + "`~/.config/offprint/offprint.toml`" + `, else from ` + "`/etc/offprint/offprint.toml`" + `; ` + "`--config FILE`" + ` is read in place of the three files.
Unknown keys are refused. Paths in a file start from its folder. Secrets stand in files of their own, named by a ` + "`…_file`" + `. Times are
written ` + "`90s`, `5m`, `168h`" + `. ` + "`offprint config check`" + ` shows what holds, and where it is from.
`)
	for _, section := range sections {
		if section.name != "" {
			fmt.Fprintf(&b, "\n## [%s]\n\n%s\n", section.name, section.about)
		}
		named := section.name == "hooks" || section.name == "lists"
		b.WriteString("\n| key | what | default |")
		if !named {
			b.WriteString(" variable |\n|---|---|---|---|\n")
		} else {
			b.WriteString("\n|---|---|---|\n")
		}
		for i := range settings {
			s := &settings[i]
			in, key, ok := strings.Cut(s.key, ".")
			if !ok {
				in, key = "", s.key
			}
			if in != section.name {
				continue
			}
			fallback := s.fallback
			if s.key == "data_dir" {
				fallback = "`~/.local/state/offprint`"
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s |", strings.TrimPrefix(key, "*."), strings.ReplaceAll(s.about, "|", `\|`), fallback)
			switch {
			case named:
			case s.kind == tablesSetting:
				b.WriteString(" – |")
			default:
				fmt.Fprintf(&b, " `%s` |", s.variable())
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// The guide lists every setting as the program knows it.
func TestConfigGuide(t *testing.T) {
	const path = "../../docs/guide/config.md"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(path, []byte(configGuide()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != configGuide() {
		t.Errorf("%s is not what settings.go says; UPDATE_GOLDEN=1 writes it", path)
	}
	for i := range settings {
		name, _, _ := strings.Cut(settings[i].key, ".")
		if !strings.Contains(settings[i].key, ".") {
			name = ""
		}
		found := false
		for _, section := range sections {
			found = found || section.name == name
		}
		if !found {
			t.Errorf("section [%s] is not in the guide", name)
		}
	}
}
