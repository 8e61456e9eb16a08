package store

import (
	"strings"
	"testing"
)

func sampleInputs() *Inputs {
	return &Inputs{
		Engine:   "0.1.0",
		Article:  []byte(`{"schema":1,"title":"潮水"}`),
		Options:  []byte(`{"font_size":"medium"}`),
		Design:   []byte("design"),
		Logo:     []byte("logo"),
		Pictures: map[string]Key{"https://a.example/1.jpg": ContentKey([]byte("1")), "https://a.example/2.jpg": ContentKey([]byte("2"))},
		Fonts:    []Key{ContentKey([]byte("song")), ContentKey([]byte("hei"))},
	}
}

func TestInputsDecideTheKey(t *testing.T) {
	cases := []struct {
		name   string
		change func(*Inputs)
		same   bool
	}{
		{"nothing", func(*Inputs) {}, true},
		{"order of fonts", func(in *Inputs) { in.Fonts[0], in.Fonts[1] = in.Fonts[1], in.Fonts[0] }, true},
		{"font named twice", func(in *Inputs) { in.Fonts = append(in.Fonts, in.Fonts[0]) }, true},
		{"engine", func(in *Inputs) { in.Engine = "0.1.1" }, false},
		{"article", func(in *Inputs) { in.Article = append(in.Article, ' ') }, false},
		{"options", func(in *Inputs) { in.Options = nil }, false},
		{"design", func(in *Inputs) { in.Design = []byte("other") }, false},
		{"logo", func(in *Inputs) { in.Logo = nil }, false},
		{"picture's bytes", func(in *Inputs) { in.Pictures["https://a.example/1.jpg"] = ContentKey([]byte("x")) }, false},
		{"picture's address", func(in *Inputs) {
			in.Pictures["https://a.example/3.jpg"] = in.Pictures["https://a.example/1.jpg"]
			delete(in.Pictures, "https://a.example/1.jpg")
		}, false},
		{"pictures swapped", func(in *Inputs) {
			a, b := "https://a.example/1.jpg", "https://a.example/2.jpg"
			in.Pictures[a], in.Pictures[b] = in.Pictures[b], in.Pictures[a]
		}, false},
		{"font", func(in *Inputs) { in.Fonts = in.Fonts[:1] }, false},
		{"bytes that move to the next field", func(in *Inputs) {
			in.Options = append(in.Options, in.Design[0])
			in.Design = in.Design[1:]
		}, false},
	}
	want := sampleInputs().Key()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			in := sampleInputs()
			c.change(in)
			if got := in.Key(); (got == want) != c.same {
				t.Errorf("key %s, sample's %s: same is %v, want %v", got, want, got == want, c.same)
			}
		})
	}
}

func TestParseKey(t *testing.T) {
	good := ContentKey([]byte("x")).String()
	cases := []struct {
		name, text string
		ok         bool
	}{
		{"key", good, true},
		{"upper case", strings.ToUpper(good), false},
		{"short", good[1:], false},
		{"long", good + "0", false},
		{"path", "../" + good[3:], false},
		{"slash inside", good[:10] + "/" + good[11:], false},
		{"empty", "", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			k, err := ParseKey(c.text)
			if (err == nil) != c.ok {
				t.Fatalf("error %v, want good: %v", err, c.ok)
			}
			if c.ok && k.String() != c.text {
				t.Errorf("comes back as %s", k)
			}
		})
	}
}

func TestPartsDiffer(t *testing.T) {
	k := ContentKey([]byte("pdf"))
	if a, b := k.Part("page 1"), k.Part("page 2"); a == b || a == k {
		t.Errorf("parts %s, %s of %s are not three keys", a, b, k)
	}
}
