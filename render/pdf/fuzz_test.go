package pdf

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"offprint/typeset"
)

// FuzzWrite: whatever an article's words and addresses hold, the file is sound,
// has the title that was given, and has a link only to an address that may be
// opened.
func FuzzWrite(f *testing.F) {
	f.Add("港口𨋢", "https://example.org/a(b)\\", "zh-Hans")
	f.Add(")>>endobj\n", "mailto:a@b", "en) /X (y")
	f.Add("\xff\xfe\x00", "javascript:alert(1)", "\\")
	c := compose()
	picture := pngPicture(f, corners(8, 8))
	glyph := c.run("字").Glyphs[0]
	f.Fuzz(func(t *testing.T, title, href, lang string) {
		c := compose()
		c.doc.Title, c.doc.Lang, c.doc.Authors = title, lang, []string{title, href}
		c.doc.Outline = []typeset.OutlineEntry{{Level: 1, Title: title}}
		b := c.block(typeset.RoleBody, 0)
		run := c.run("字")
		run.Glyphs[0] = glyph
		run.Glyphs[0].Text = title
		run.Href, run.Lang = href, lang
		c.place(b, run, 0)
		c.figure(picture, title)
		var out bytes.Buffer
		if err := Write(t.Context(), &out, c.doc); err != nil {
			if named := strings.TrimSpace(title) != "" && typeset.IsLanguageTag(lang); named {
				t.Fatal(err)
			}
			c.doc.Profile = typeset.ProfileA2u // claims less
			if err := Write(t.Context(), &out, c.doc); err != nil {
				t.Fatal(err)
			}
		}
		file := sound(t, out.Bytes())
		if got, _ := file.path(file.trailer["Info"], "Title").(string); utf8.ValidString(title) && text(got) != title {
			t.Errorf("title %q reads as %q", title, text(got))
		}
		annots, _ := file.path(file.pages()[0], "Annots").([]any)
		if _, live := liveAddress(href); live != (len(annots) == 1) {
			t.Errorf("%q gave %d links", href, len(annots))
		}
	})
}
