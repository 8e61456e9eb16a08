package dom

import (
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	root, err := Parse(`<p id=a>1<a id=b href=x>2<svg><a id=c href=y></a></svg></a></p><p id=d>3</p>`)
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct{ css, all, first string }{
		{"p", "a d", "a"},
		{"p, a", "a b c d", "a"},
		{"a:not(a a)", "b", "b"},
		{"p a", "b c", "b"},
		{"h1", "", ""},
	}
	for _, c := range cases {
		m := MustCompile(c.css)
		var ids []string
		for _, n := range Find(root, m) {
			ids = append(ids, Attr(n, "id"))
		}
		if got := strings.Join(ids, " "); got != c.all {
			t.Errorf("%s: %q, want %q", c.css, got, c.all)
		}
		if got := Attr(FindFirst(root, m), "id"); got != c.first {
			t.Errorf("%s: first %q, want %q", c.css, got, c.first)
		}
	}
	if Find(nil, MustCompile("p")) != nil || FindFirst(nil, MustCompile("p")) != nil {
		t.Error("something was found in nothing")
	}
}

// goquery itself takes a bad selector for one that matches nothing.
func TestCompileRefuses(t *testing.T) {
	for _, css := range []string{"", "h1[[", "p:nowhere", "a >"} {
		if m, err := Compile(css); err == nil || m != nil {
			t.Errorf("%q: %v, %v", css, m, err)
		}
	}
}
