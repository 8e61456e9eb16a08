package main

import (
	"bytes"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPageIsAsLargeAsItsNameSays(t *testing.T) {
	t.Chdir("..") // the faces are found from the repository's root
	dir := t.TempDir()
	page, err := buildPage(dir)
	if err != nil {
		t.Fatal(err)
	}
	if page.characters > wantCharacters || page.characters < wantCharacters-300 {
		t.Errorf("article has %d characters, want %d or up to 300 fewer", page.characters, wantCharacters)
	}
	html, err := os.ReadFile(page.path)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"harbour.jpg", "racks.jpg", "prices.jpg", "skyline.jpg"} {
		if !strings.Contains(string(html), `src="`+name+`"`) {
			t.Errorf("page does not show %s", name)
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := jpeg.DecodeConfig(bytes.NewReader(data)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if len(data) < wantPicture*9/10 || len(data) > wantPicture*3/2 {
			t.Errorf("%s has %d bytes, want about %d", name, len(data), wantPicture)
		}
	}
}

func TestCutDropsBodyParagraphsFromTheEnd(t *testing.T) {
	const page = "<h1>题</h1>\n" +
		"<p>&nbsp; &nbsp;一二三</p>\n" +
		"<p><b>小题</b></p>\n" +
		"<p>&nbsp; &nbsp;四五六</p>\n" +
		"<p class=\"notice\">完</p>"
	short, n := cut(page, 7) // 题 + 一二三 + 小题 + 完 = 7
	if n != 7 || strings.Contains(short, "四五六") || !strings.Contains(short, "一二三") {
		t.Errorf("cut to 7 gave %d characters: %q", n, short)
	}
}

func TestCommandLineSurvivesBlanksAndQuotes(t *testing.T) {
	got := commandLine([]string{"print", "my page.html", "it's"})
	if want := `'print' 'my page.html' 'it'\''s'`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestTableStatesTheRatio(t *testing.T) {
	report := table(builtPage{characters: 3000, pictureBytes: 500}, []row{
		{name: "quick", time: timing{Median: .1}, peak: memory{tree: 50 << 20}, pdf: 700, overhead: 200},
		{name: "slow", time: timing{Median: 1.5}, peak: memory{tree: 400 << 20}, pdf: 900, overhead: 400},
	}, nil)
	for _, want := range []string{"slow takes 15.0 times as long as quick, and 8.0 times its memory", "| +200 |"} {
		if !strings.Contains(report, want) {
			t.Errorf("report lacks %q:\n%s", want, report)
		}
	}
}
