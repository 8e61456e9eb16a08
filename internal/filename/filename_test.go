package filename

import "testing"

func TestSafe(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"Chinese", "渡口的早班船", "渡口的早班船"},
		{"full-width marks stay", "机会？还是泡沫：一问", "机会？还是泡沫：一问"},
		{"path", "../../etc/passwd", "etc-passwd"},
		{"Windows path", `C:\a|b`, "C--a-b"},
		{"shell and listing", "a*b?\"c\"<d>", "abcd"},
		{"placeholder", "{date}", "date"},
		{"white space", " 一\t\n二　三 ", "一 二 三"},
		{"control characters", "a\x00b\x1b[31mc\u202ed\u200be", "ab[31mcde"},
		{"flag", "--help", "help"},
		{"hidden", ".profile", "profile"},
		{"home", "~root", "root"},
		{"end", "一. .", "一"},
		{"device", "con", "_con"},
		{"device with ending", "NUL.pdf", "_NUL.pdf"},
		{"broken UTF-8", "一\xff二", "一二"},
		{"nothing left", " ./? ", "fallback"},
		{"empty", "", "fallback"},
	}
	for _, c := range cases {
		if got := Safe(c.text, "fallback"); got != c.want {
			t.Errorf("%s: Safe(%q) = %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

func TestCutKeepsCharactersWhole(t *testing.T) {
	cases := []struct {
		text string
		n    int
		want string
	}{
		{"字字", 5, "字"},
		{"字字", 1, "字"},           // never nothing
		{"ae\u0301", 2, "a"},     // e and its accent stay together
		{"一 - 二", 6, "一"},        // no dash or space at the end
		{"a👩\u200d💻", 6, "a"},    // a joined emoji
		{"字\U000E0100字", 5, "字"}, // a variation selector goes with what it varies
		{"渡口的早班船", 18, "渡口的早班船"}, // fits
	}
	for _, c := range cases {
		if got := Cut(c.text, c.n); got != c.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", c.text, c.n, got, c.want)
		}
	}
}
