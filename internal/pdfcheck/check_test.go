package pdfcheck

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"maps"
	"slices"
	"strings"
	"testing"

	"offprint/article"
	"offprint/fonts/noto"
	"offprint/internal/picture"
	"offprint/render"
	"offprint/render/pdf"
	"offprint/templates"
	"offprint/typeset"
)

// sample is a small file that has one of everything.
func sample(t *testing.T, p typeset.Profile) []byte {
	t.Helper()
	design, err := templates.Load(templates.Default)
	if err != nil {
		t.Fatal(err)
	}
	var painted bytes.Buffer
	if err := png.Encode(&painted, image.NewRGBA(image.Rect(0, 0, 200, 80))); err != nil {
		t.Fatal(err)
	}
	pic, err := picture.Decode(painted.Bytes(), picture.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	text := func(s string) article.Block { return article.Block{Kind: article.Paragraph, Text: s} }
	cell := func(s string, header bool) article.Cell { return article.Cell{Text: s, Header: header} }
	art := &article.Article{
		Lang: "zh-Hans", Title: "港口的清晨", Canonical: "https://news.example/a",
		Blocks: []article.Block{
			{Kind: article.Heading, Level: 2, Text: "节"},
			{Kind: article.Heading, Level: 3, Text: "小节"},
			text(strings.Repeat("港口的清晨，5G。", 200)), text("\ue000 https://example.org/b"),
			{Kind: article.Heading, Level: 3, Inlines: []article.Inline{{Text: "渡口", Ruby: "dùkǒu"}}}, // in brackets
			{Kind: article.Paragraph, Inlines: []article.Inline{
				{Text: "在"}, {Text: "渡", Ruby: "dù"}, {Text: "口", Ruby: "kǒu"}, {Text: "边。"},
			}},
			{Kind: article.Figure, Image: &article.Image{URL: "a.png", Alt: "画", Caption: "图"}},
			{Kind: article.List, Ordered: true, Items: [][]article.Block{{text("一")}, {text("二")}}},
			{Kind: article.Table, Rows: [][]article.Cell{{cell("年", true), cell("吨", true)}, {cell("去年", true), cell("5", false)}}},
		},
	}
	doc, err := render.Layout(t.Context(), render.Input{
		Article: art, Design: design, Fonts: noto.Library(), Pictures: map[string]render.Picture{"a.png": {Picture: pic}},
	})
	if err != nil {
		t.Fatal(err)
	}
	doc.Profile = p
	if p == typeset.ProfileA3a {
		doc.Attached = []typeset.Attachment{{Name: "a.json", Type: "application/json", Data: []byte("{}")}}
	}
	file, err := pdf.File(t.Context(), doc)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// kindOf gives the first dictionary that has the value under the key.
func (f *file) with(key string, value any) dict {
	for _, v := range f.objects {
		d := f.dict(v)
		if d != nil && d[key] == value {
			return d
		}
	}
	panic(fmt.Sprintf("nothing has /%s %v", key, value))
}

func (f *file) firstPage() dict { return f.dict(f.pages()[0]) }

// rewrite changes a stream's data, which is not packed any more.
func (f *file) rewrite(number any, change func(string) string) {
	data, err := f.inflate(number)
	if err != nil {
		panic(err)
	}
	changed := change(string(data))
	if changed == string(data) {
		panic("the change changed nothing")
	}
	d := maps.Clone(f.objects[number.(ref)].(stream).dict)
	delete(d, "Filter")
	f.objects[number.(ref)] = stream{d, []byte(changed)}
}

func (f *file) content0(old, new string) {
	f.rewrite(f.firstPage()["Contents"], func(s string) string { return strings.Replace(s, old, new, 1) })
}

func (f *file) xmpChange(old, new string) {
	f.rewrite(f.dict(f.root())["Metadata"], func(s string) string { return strings.ReplaceAll(s, old, new) })
}

// mutations break each rule in one way, or in several.
var mutations = []struct {
	rule    string
	name    string
	profile typeset.Profile
	breaks  func(*file)
}{
	{"header", "version", "", func(f *file) { f.data = bytes.Replace(f.data, []byte("%PDF-1.7"), []byte("%PDF-1.4"), 1) }},
	{"header", "text behind the end", "", func(f *file) { f.data = append(f.data, "x"...) }},
	{"trailer", "no ID", "", func(f *file) { delete(f.trailer, "ID") }},
	{"trailer", "encrypted", "", func(f *file) { f.trailer["Encrypt"] = dict{} }},
	{"streams", "another filter", "", func(f *file) { f.with("Subtype", name("Image"))["Filter"] = name("LZWDecode") }},
	{"streams", "outside the file", "", func(f *file) { f.with("Subtype", name("Image"))["F"] = "a" }},
	{"names", "no UTF-8", "", func(f *file) { f.firstPage()["A#FF"] = 1 }},
	{"limits", "page size", "", func(f *file) { f.firstPage()["MediaBox"] = []any{0, 0, 2, 20000} }},
	{"limits", "number", "", func(f *file) { f.firstPage()["Big"] = 1 << 40 }},
	{"output-intent", "none", "", func(f *file) { delete(f.dict(f.root()), "OutputIntents") }},
	{"output-intent", "profile", "", func(f *file) {
		f.rewrite(f.dict(f.list(f.root(), "OutputIntents")[0])["DestOutputProfile"], func(s string) string { return s[:12] + "mntrCMYK" + s[20:] })
	}},
	{"colour", "CMYK picture", "", func(f *file) { f.with("Subtype", name("Image"))["ColorSpace"] = name("DeviceCMYK") }},
	{"colour", "CMYK text", "", func(f *file) { f.content0("BT", "0 0 0 1 k BT") }},
	{"images", "interpolated", "", func(f *file) { f.with("Subtype", name("Image"))["Interpolate"] = word("true") }},
	{"images", "form", "", func(f *file) { f.with("Subtype", name("Image"))["Subtype"] = name("Form") }},
	{"transparency", "blend mode", "", func(f *file) { f.firstPage()["Group"] = dict{"BM": name("Odd")} }},
	{"font-embedded", "no program", "", func(f *file) { delete(f.with("Type", name("FontDescriptor")), "FontFile2") }},
	{"font-embedded", "no tag", "", func(f *file) { f.with("Subtype", name("Type0"))["BaseFont"] = name("Noto") }},
	{"font-embedded", "font of nowhere", "", func(f *file) { f.content0("/F0 ", "/F99 ") }},
	{"font-cid", "another encoding", "", func(f *file) { f.with("Subtype", name("Type0"))["Encoding"] = name("Identity-V") }},
	{"font-cid", "no map", "", func(f *file) { delete(f.with("Subtype", name("CIDFontType2")), "CIDToGIDMap") }},
	{"font-widths", "usual width", "", func(f *file) { f.with("Subtype", name("CIDFontType2"))["DW"] = 990 }},
	{"font-widths", "width", "", func(f *file) { f.with("Subtype", name("CIDFontType2"))["W"] = []any{1, []any{3}} }},
	{"font-text", "no map", "", func(f *file) { delete(f.with("Subtype", name("Type0")), "ToUnicode") }},
	{"font-text", "U+FEFF", "", func(f *file) {
		f.rewrite(f.with("Subtype", name("Type0"))["ToUnicode"], func(s string) string {
			return mapping.ReplaceAllString(s, "<$1> <FEFF>")
		})
	}},
	{"font-notdef", ".notdef", "", func(f *file) { f.content0("[<", "[<0000") }},
	{"font-notdef", "beyond the font", "", func(f *file) { f.content0("[<", "[<FFFF") }},
	{"private-use", "no ActualText", "", func(f *file) {
		for _, page := range f.pages() {
			data, _ := f.inflate(page, "Contents")
			if bytes.Contains(data, []byte("/ActualText")) {
				f.rewrite(f.dict(page)["Contents"], func(s string) string { return strings.ReplaceAll(s, "/ActualText", "/ActualTexx") })
			}
		}
	}},
	{"annotations", "hidden", "", func(f *file) { f.with("Subtype", name("Link"))["F"] = 6 }},
	{"annotations", "no flags", "", func(f *file) { delete(f.with("Subtype", name("Link")), "F") }},
	{"annotations", "a film", "", func(f *file) { f.with("Subtype", name("Link"))["Subtype"] = name("Movie") }},
	{"actions", "opening", "", func(f *file) { f.dict(f.root())["OpenAction"] = dict{"S": name("JavaScript")} }},
	{"actions", "launch", "", func(f *file) { f.with("Subtype", name("Link"))["A"] = dict{"S": name("Launch")} }},
	{"forms", "form", "", func(f *file) { f.dict(f.root())["AcroForm"] = dict{} }},
	{"forms", "layers", "ua", func(f *file) { f.dict(f.root())["OCProperties"] = dict{} }},
	{"metadata", "not well-formed", "", func(f *file) { f.xmpChange("</dc:title>", "") }},
	{"xmp", "no schema", "", func(f *file) { f.xmpChange("pdfaSchema:prefix", "pdfaSchema:prefer") }},
	{"xmp", "another part", "", func(f *file) { f.xmpChange("<pdfaid:part>2", "<pdfaid:part>7") }},
	{"xmp", "another level", "", func(f *file) { f.xmpChange("<pdfaid:conformance>A", "<pdfaid:conformance>Z") }},
	{"attached", "to part 2", "", func(f *file) { f.dict(f.root())["Names"] = dict{"EmbeddedFiles": dict{}} }},
	{"attached", "no relation", "a3a", func(f *file) { delete(f.with("Type", name("Filespec")), "AFRelationship") }},
	{"attached", "tied to nothing", "a3a", func(f *file) { delete(f.dict(f.root()), "AF") }},
	{"attached", "nothing", "a3a", func(f *file) { delete(f.dict(f.root()), "Names") }},
	{"ua-id", "another part", "", func(f *file) { f.xmpChange("<pdfuaid:part>1", "<pdfuaid:part>3") }},
	{"marked", "no", "", func(f *file) { delete(f.dict(f.root()), "MarkInfo") }},
	{"marked", "suspects", "", func(f *file) { f.dict(f.root(), "MarkInfo")["Suspects"] = word("true") }},
	{"marked", "no tree", "a2a", func(f *file) { delete(f.dict(f.root(), "StructTreeRoot"), "Type") }},
	{"content", "untagged text", "", func(f *file) { f.content0("/P <</MCID 0>> BDC", "") }},
	{"content", "nested", "", func(f *file) { f.content0("BT", "/Artifact <<>> BDC BT") }},
	{"content", "untagged picture", "", func(f *file) {
		f.rewrite(f.firstPage()["Contents"], func(s string) string { return "/I1 Do " + s })
	}},
	{"parent-tree", "an entry gone", "", func(f *file) {
		parents := f.dict(f.root(), "StructTreeRoot", "ParentTree")
		parents["Nums"] = parents["Nums"].([]any)[2:]
	}},
	{"parent-tree", "an element of another", "", func(f *file) {
		entry := f.list(f.root(), "StructTreeRoot", "ParentTree", "Nums")[1].([]any)
		entry[0], entry[len(entry)-1] = entry[len(entry)-1], entry[0]
	}},
	{"parent-tree", "no OBJR", "", func(f *file) {
		link := f.with("S", name("Link"))
		link["K"] = link["K"].([]any)[:1]
	}},
	{"types", "of our own", "", func(f *file) { f.with("S", name("P"))["S"] = name("Absatz") }},
	{"types", "no parent", "", func(f *file) { delete(f.with("S", name("P")), "P") }},
	{"grammar", "P in L", "", func(f *file) { f.with("S", name("LI"))["S"] = name("P") }},
	{"grammar", "TR in P", "", func(f *file) { f.with("S", name("Table"))["S"] = name("P") }},
	{"grammar", "RT before RB", "", func(f *file) { slices.Reverse(f.with("S", name("Ruby"))["K"].([]any)) }},
	{"grammar", "RB alone", "", func(f *file) {
		ruby := f.with("S", name("Ruby"))
		ruby["K"] = ruby["K"].([]any)[:1]
	}},
	{"grammar", "an empty RT", "", func(f *file) { delete(f.with("S", name("RT")), "K") }},
	{"grammar", "RT in P", "", func(f *file) { f.with("S", name("Ruby"))["S"] = name("P") }},
	{"grammar", "one RP", "", func(f *file) { f.with("S", name("RP"))["S"] = name("RB") }},
	{"title", "no title", "", func(f *file) { f.xmpChange("dc:title", "dc:tytle") }},
	{"title", "not shown", "", func(f *file) { delete(f.dict(f.root()), "ViewerPreferences") }},
	{"language", "none", "", func(f *file) { delete(f.dict(f.root()), "Lang") }},
	{"language", "no tag", "", func(f *file) { f.with("S", name("P"))["Lang"] = "zh_Hans" }},
	{"figures", "no Alt", "", func(f *file) { delete(f.with("S", name("Figure")), "Alt") }},
	{"figures", "no place", "", func(f *file) { delete(f.with("S", name("Figure")), "A") }},
	{"headings", "gap", "", func(f *file) { f.with("S", name("H2"))["S"] = name("H3") }},
	{"headings", "no first", "", func(f *file) { f.with("S", name("H1"))["S"] = name("P") }},
	{"tables", "no scope", "", func(f *file) { delete(f.with("S", name("TH")), "A") }},
	{"tables", "ragged", "", func(f *file) { f.with("S", name("TD"))["A"] = dict{"ColSpan": 3} }},
	{"tables", "too high", "", func(f *file) { f.with("S", name("TD"))["A"] = dict{"RowSpan": 3} }},
	{"lists", "no numbering", "", func(f *file) { delete(f.with("S", name("L")), "A") }},
	{"notes", "no ID", "", func(f *file) { f.with("S", name("P"))["S"] = name("Note") }},
	{"links", "no words", "", func(f *file) { delete(f.with("Subtype", name("Link")), "Contents") }},
	{"links", "in no Link", "", func(f *file) { f.with("S", name("Link"))["S"] = name("Span") }},
	{"tabs", "none", "", func(f *file) {
		for _, page := range f.pages() {
			delete(f.dict(page), "Tabs")
		}
	}},
}

// TestRulesCanFail breaks a sound file in each way: the checker must say so, by the
// rule that is broken.
func TestRulesCanFail(t *testing.T) {
	tried := map[string]bool{}
	for _, m := range mutations {
		tried[m.rule] = true
		t.Run(m.rule+"/"+m.name, func(t *testing.T) {
			f, err := parse(sample(t, m.profile))
			if err != nil {
				t.Fatal(err)
			}
			if _, faults := f.check(); len(faults) > 0 {
				t.Fatalf("the file was not sound: %v", faults)
			}
			m.breaks(f)
			_, faults := f.check()
			named := func(fault Fault) bool { return fault.Rule == m.rule }
			if !slices.ContainsFunc(faults, named) {
				t.Errorf("nobody saw it; faults: %v", faults)
			}
		})
	}
	for _, r := range rules {
		if !tried[r.name] {
			t.Errorf("no mutation breaks the rule %s", r.name)
		}
	}
}

func TestWhatIsNoFileIsAFault(t *testing.T) {
	whole := sample(t, "")
	for name, data := range map[string][]byte{
		"nothing": nil, "text": []byte("text"), "half": whole[:len(whole)/2],
		"a shifted table": bytes.Replace(whole, []byte("1 0 obj"), []byte(" 1 0 obj"), 1),
	} {
		if _, faults := Check(data); len(faults) == 0 {
			t.Errorf("%s: no fault", name)
		}
	}
}
