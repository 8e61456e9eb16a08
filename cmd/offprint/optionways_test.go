package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"offprint"
	"offprint/server/hook"
)

// wishes is an article that every print option shows in, at an address.
func wishes(t *testing.T) *httptest.Server {
	t.Helper()
	colours := func(c color.Color) []byte {
		img := image.NewRGBA(image.Rect(0, 0, 300, 120))
		for i := range 300 * 120 {
			img.Set(i%300, i/300, c)
		}
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	text := strings.Repeat("渡口的早班船在六点前离岸,岸上的人把灯一盏盏熄掉。“江面便只剩下水声”,他说。", 4)
	page := `<!DOCTYPE html><html lang="zh-Hans"><head><title>渡口的早班船</title></head><body><article><h1>渡口的早班船</h1>
<p>作者：林小满</p><p>发表时间: 2025-07-21 10:45:19</p><p>` + text + `</p>
<figure><img src="/photo.png" width="300" height="120"><figcaption>清晨的渡口</figcaption></figure><p>` + text + text + `</p></article></body></html>`
	mux := http.NewServeMux()
	mux.HandleFunc("/photo.png", func(w http.ResponseWriter, _ *http.Request) { w.Write(colours(color.RGBA{200, 40, 30, 255})) })
	mux.HandleFunc("/logo.png", func(w http.ResponseWriter, _ *http.Request) { w.Write(colours(color.RGBA{10, 90, 160, 255})) })
	mux.HandleFunc("/a.html", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, page)
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

// designFolder is a page design of a house of its own: the program's, changed.
func designFolder(t *testing.T, change func(design map[string]any)) string {
	t.Helper()
	text, err := os.ReadFile("../../templates/page/default/page.json")
	if err != nil {
		t.Fatal(err)
	}
	var design map[string]any
	if err := json.Unmarshal(text, &design); err != nil {
		t.Fatal(err)
	}
	change(design)
	if text, err = json.Marshal(design); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "page.json"), text, 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func giantByDefault(design map[string]any) { design["default_step"] = "giant" }

func stepsOfItsOwn(design map[string]any) {
	design["steps"] = map[string]any{
		"normal": map[string]any{"size": 10.5, "leading": 18.4, "measure_em": 36},
		"big":    map[string]any{"size": 16, "leading": 27, "measure_em": 29},
	}
	design["default_step"] = "normal"
}

// byLibrary is the PDF that package offprint itself makes with the options.
func byLibrary(t *testing.T, source string, o offprint.PrintOptions) []byte {
	t.Helper()
	faces, err := library("", "")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := offprint.Print(t.Context(), source, &b, offprint.Options{PrintOptions: o, Fonts: faces}); err != nil {
		t.Fatalf("%+v: %v", o, err)
	}
	return b.Bytes()
}

// byCommand is the PDF that the command makes with a configuration and flags.
func byCommand(t *testing.T, source, config string, flags ...string) []byte {
	t.Helper()
	dir := t.TempDir()
	file, out := filepath.Join(dir, "offprint.toml"), filepath.Join(dir, "out.pdf")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	args := append([]string{"print", source, "--config", file, "-o", out}, flags...)
	if code := run(args, nil, &stderr, &stderr); code != exitDone {
		t.Fatalf("%q with %q: exit code %d: %s", args, config, code, stderr.String())
	}
	pdf, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

// pdf asks the service for a document.
func (s *running) pdf(method, path string, body any) []byte {
	s.t.Helper()
	answer, pdf := s.ask(method, path, body)
	if answer.StatusCode != http.StatusOK {
		s.t.Fatalf("%s %s %v: %d %.500s", method, path, body, answer.StatusCode, pdf)
	}
	return pdf
}

// hooked tells the service of an article, and gives what the hook has printed.
func (s *running) hooked(name, source string) []byte {
	s.t.Helper()
	answer, body := s.ask("POST", "/v1/hooks/"+name, map[string]any{"event": "published", "url": source, "id": name})
	var told struct{ Jobs []string }
	if err := json.Unmarshal(body, &told); err != nil || len(told.Jobs) != 1 {
		s.t.Fatalf("hook %s: %d %s (%v)\n%s", name, answer.StatusCode, body, err, s.log)
	}
	job := s.finished(told.Jobs[0])
	if job.Result == nil || job.Result.PDF == "" {
		s.t.Fatalf("hook %s printed nothing: %+v\n%s", name, job.Error, s.log)
	}
	return s.pdf("GET", job.Result.PDF, nil)
}

// serviceConfig lets the service read this machine, with hooks of these actions.
func serviceConfig(print string, actions map[string]string) string {
	config := "[fetch]\ndeny_private = false\n"
	if print != "" {
		config += "[print]\n" + print + "\n"
	}
	for _, name := range slices.Sorted(maps.Keys(actions)) {
		config += fmt.Sprintf("[hooks.%s]\nsource = \"generic\"\nverify = \"none\"\nurl_path = \"url\"\nactions = [%q]\n", name, actions[name])
	}
	return config
}

// wish is a value to follow on its way. What a request may not name, such as a
// folder, has another in its place, which then stands against a setting.
type wish struct {
	value      string
	asked      string // in a request: value, unless it is set
	configured string // the setting that asked stands against
}

func (w *wish) request() string {
	if w.asked != "" {
		return w.asked
	}
	return w.value
}

// wishFor chooses a value that is not the one that holds anyhow.
func wishFor(t *testing.T, f offprint.OptionField, site, folder string) wish {
	t.Helper()
	if f.Values != nil {
		others := slices.DeleteFunc(slices.Clone(f.Values), func(v string) bool { return v == f.Fallback })
		return wish{value: others[0]}
	}
	w, ok := map[string]wish{
		"font_size": {value: "giant"},
		"paper":     {value: "A5"},
		"lang":      {value: "zh-Hant-HK"},
		"template":  {value: folder, asked: "default", configured: folder},
		"logo":      {value: site + "/logo.png"},
		"drop":      {value: "0"},
		"title":     {value: "另一个题目"},
		"author":    {value: "周望舒"},
		"date":      {value: "2024-02-29"},
	}[f.Name]
	if !ok {
		t.Fatalf("option %s: add a value to follow here", f.Name)
	}
	return w
}

// typed gives a value as it is written in JSON and TOML.
func typed(t *testing.T, f offprint.OptionField, value string) any {
	t.Helper()
	switch f.Type.Kind() {
	case reflect.String:
		return value
	default:
		var v any
		if f.Type.Kind() == reflect.Slice {
			value = "[" + value + "]"
		}
		if err := json.Unmarshal([]byte(value), &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func tomlLine(t *testing.T, f offprint.OptionField, value string) string {
	t.Helper()
	text, err := json.Marshal(typed(t, f, value))
	if err != nil {
		t.Fatal(err)
	}
	return f.Name + " = " + string(text)
}

// with gives options of which one is set, past everything that reads options.
func with(t *testing.T, i int, f offprint.OptionField, value string) (o offprint.PrintOptions) {
	t.Helper()
	if value == "" {
		return o
	}
	text, err := json.Marshal(typed(t, f, value))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, reflect.ValueOf(&o).Elem().Field(i).Addr().Interface()); err != nil {
		t.Fatal(err)
	}
	return o
}

// Every field of PrintOptions arrives in the document by each of its ways: a flag, a
// variable, the configuration of the command and of the service, a request's JSON
// and query, and a hook's action. The document is that of the library to the byte,
// and not the one without the option.
func TestEveryOptionArrivesByEveryWay(t *testing.T) {
	site := wishes(t)
	page, folder := site.URL+"/a.html", designFolder(t, giantByDefault)
	fields := offprint.OptionFields()
	if n := reflect.TypeFor[offprint.PrintOptions]().NumField(); n != len(fields) {
		t.Fatalf("%d fields, and %d are known", n, len(fields))
	}
	// Services are begun when they are needed, one for each setting that requests
	// stand against.
	actions := map[string]map[string]string{}
	for _, f := range fields {
		if w := wishFor(t, f, site.URL, folder); !f.OfArticle {
			if actions[w.configured] == nil {
				actions[w.configured] = map[string]string{}
			}
			actions[w.configured][f.Name] = "render:" + f.Name + "=" + url.QueryEscape(w.request())
		}
	}
	services := map[string]*running{}
	for configured, hooks := range actions {
		print := ""
		if configured != "" {
			print = fmt.Sprintf("template = %q", configured)
		}
		services[configured] = startService(t, serviceConfig(print, hooks))
	}
	for i, f := range fields {
		t.Run(f.Name, func(t *testing.T) {
			w := wishFor(t, f, site.URL, folder)
			s := *services[w.configured]
			s.t = t
			// What must come of it: on this machine, and of a request.
			local := sync.OnceValue(func() []byte { return byLibrary(t, page, with(t, i, f, w.value)) })
			request := sync.OnceValue(func() []byte { return byLibrary(t, page, with(t, i, f, w.request())) })
			for _, one := range []struct {
				set, open string
				document  func() []byte
			}{{w.value, "", local}, {w.request(), w.configured, request}} {
				if bytes.Equal(one.document(), byLibrary(t, page, with(t, i, f, one.open))) {
					t.Fatalf("%s = %q does not show in the document", f.Name, one.set)
				}
			}
			ways := []struct {
				name string
				want func() []byte
				got  func() []byte
			}{
				{"flag", local, func() []byte { return byCommand(t, page, "", "--"+f.Flag(), w.value) }},
				{"variable", local, func() []byte {
					t.Setenv("OFFPRINT_PRINT_"+strings.ToUpper(f.Name), w.value)
					defer os.Unsetenv("OFFPRINT_PRINT_" + strings.ToUpper(f.Name))
					return byCommand(t, page, "")
				}},
				{"TOML", local, func() []byte { return byCommand(t, page, "[print]\n"+tomlLine(t, f, w.value)+"\n") }},
				{"JSON", request, func() []byte {
					return s.pdf("POST", "/v1/pdf", map[string]any{"url": page, f.Name: typed(t, f, w.request())})
				}},
				{"query", request, func() []byte {
					return s.pdf("GET", "/v1/pdf?"+url.Values{"url": {page}, f.Name: {w.request()}}.Encode(), nil)
				}},
			}
			if !f.OfArticle {
				ways = append(ways, struct {
					name string
					want func() []byte
					got  func() []byte
				}{"TOML of the service", local, func() []byte {
					return startService(t, serviceConfig(tomlLine(t, f, w.value), nil)).pdf("POST", "/v1/pdf", map[string]any{"url": page})
				}}, struct {
					name string
					want func() []byte
					got  func() []byte
				}{"hook", request, func() []byte { return s.hooked(f.Name, page) }})
			}
			for _, way := range ways {
				if !bytes.Equal(way.got(), way.want()) {
					t.Errorf("%s: the value did not arrive", way.name)
				}
			}
			if f.OfArticle {
				c := hook.Config{Source: "generic", Verify: "none", URLPath: "url", Actions: []string{"render:" + f.Name + "=" + w.value}}
				if err := c.Validate(); err == nil || !strings.Contains(err.Error(), "render has no option "+f.Name) {
					t.Errorf("hook: %v, want a refusal: it belongs to one article", err)
				}
			}
		})
	}
}

// The command and the service make the same document of a house's own design,
// whose default step is another, or whose steps have other names.
func TestDesignsStepsHoldInTheService(t *testing.T) {
	page := wishes(t).URL + "/a.html"
	for _, c := range []struct {
		name   string
		change func(map[string]any)
		sizes  []string // "" for none
		same   string   // a size that asks for the same as none
	}{
		{"default step is giant", giantByDefault, []string{"", "medium", "giant"}, "giant"},
		{"steps of its own", stepsOfItsOwn, []string{"", "normal", "big", "14"}, "normal"},
	} {
		t.Run(c.name, func(t *testing.T) {
			print := fmt.Sprintf("template = %q", designFolder(t, c.change))
			s := startService(t, serviceConfig(print, map[string]string{"none": "render", "named": "render:" + c.same}))
			places := map[string]string{}
			for _, size := range c.sizes {
				want := byCommand(t, page, "[print]\n"+print+"\n")
				body := map[string]any{"url": page}
				if size != "" {
					want = byCommand(t, page, "[print]\n"+print+"\n", "--font-size", size)
					body["font_size"] = size
				}
				answer, pdf := s.ask("POST", "/v1/pdf", body)
				if answer.StatusCode != http.StatusOK || !bytes.Equal(pdf, want) {
					t.Errorf("font size %q: status %d, %d bytes, want the command's %d: %.300s", size, answer.StatusCode, len(pdf), len(want), pdf)
				}
				places[size] = answer.Header.Get("Content-Location")
			}
			if places[""] == "" || places[""] != places[c.same] {
				t.Errorf("no size is kept at %s and %s at %s: want one document", places[""], c.same, places[c.same])
			}
			if none, named := s.hooked("none", page), s.hooked("named", page); !bytes.Equal(none, named) {
				t.Error("the hook's actions render and render:" + c.same + " make two documents")
			}
		})
	}
}
