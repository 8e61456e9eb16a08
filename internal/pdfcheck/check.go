package pdfcheck

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Claims are the standards that a file says it keeps.
type Claims struct {
	UA    int    // part of ISO 14289
	Part  int    // of ISO 19005
	Level string // A, U or B
}

// Fault is a rule that a file breaks.
type Fault struct {
	Rule   string // its name in the table of rules
	Clause string // of which standard
	Says   string
}

func (f Fault) String() string { return f.Rule + " (" + f.Clause + "): " + f.Says }

// rule is something that a standard asks for.
type rule struct {
	name   string
	clause string
	holds  func(Claims) bool // for which files
	check  func(*report)
}

func archive(c Claims) bool    { return c.Part != 0 }
func accessible(c Claims) bool { return c.UA != 0 }
func levelA(c Claims) bool     { return c.Level == "A" }
func levelAU(c Claims) bool    { return c.Level == "A" || c.Level == "U" || c.UA != 0 }
func tagged(c Claims) bool     { return accessible(c) || levelA(c) }
func either(c Claims) bool     { return c.Part != 0 || c.UA != 0 }

// report gathers the faults of a file.
type report struct {
	*file
	claims   Claims
	packet   packet
	contents []content // by page
	rule     *rule
	faults   []Fault
}

func (r *report) fault(format string, a ...any) {
	r.faults = append(r.faults, Fault{r.rule.name, r.rule.clause, fmt.Sprintf(format, a...)})
}

// Check gives what a file claims to be and the rules that it breaks.
func Check(data []byte) (Claims, []Fault) {
	f, err := parse(data)
	if err != nil {
		return Claims{}, []Fault{{"file", "ISO 32000-1 §7.5", err.Error()}}
	}
	return f.check()
}

// check holds the file against all rules that its claims bring with them.
func (f *file) check() (Claims, []Fault) {
	r := &report{file: f}
	r.rule = &rule{name: "metadata", clause: "ISO 19005-2 §6.6.2.1"}
	r.readPacket()
	for _, page := range f.pages() {
		r.contents = append(r.contents, f.content(page))
	}
	for i := range rules {
		if rules[i].holds == nil || rules[i].holds(r.claims) {
			r.rule = &rules[i]
			r.run()
		}
	}
	return r.claims, r.faults
}

func (r *report) run() {
	defer func() {
		if p := recover(); p != nil {
			r.fault("it could not be checked: %v", p)
		}
	}()
	r.rule.check(r)
}

// packet is what the XMP packet says: the text of its properties by their names.
type packet map[string]string

// readPacket reads the packet. A property has its prefix as it stands in the file,
// since the prefixes of PDF/A and PDF/UA are fixed.
func (r *report) readPacket() {
	r.packet = packet{}
	data, err := r.inflate(r.root(), "Metadata")
	if err != nil {
		r.fault("no metadata: %v", err)
		return
	}
	spaces := map[string]string{
		"http://www.aiim.org/pdfua/ns/id/": "pdfuaid", "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
		"http://purl.org/dc/elements/1.1/": "dc", "http://ns.adobe.com/xap/1.0/": "xmp",
		"http://www.aiim.org/pdfa/ns/extension/": "pdfaExtension", "http://www.aiim.org/pdfa/ns/schema#": "pdfaSchema",
		"http://www.aiim.org/pdfa/ns/property#": "pdfaProperty",
	}
	d := xml.NewDecoder(strings.NewReader(string(data)))
	var open []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			r.fault("the packet is not well-formed: %v", err)
			return
		}
		switch token := token.(type) {
		case xml.StartElement:
			open = append(open, spaces[token.Name.Space]+":"+token.Name.Local)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			for i := len(open) - 1; i >= 0 && strings.TrimSpace(string(token)) != ""; i-- {
				if !strings.HasPrefix(open[i], ":") {
					r.packet[open[i]] += strings.TrimSpace(string(token))
					break
				}
			}
		}
	}
	number := func(key string) int {
		n := 0
		_, _ = fmt.Sscan(r.packet[key], &n)
		return n
	}
	r.claims = Claims{UA: number("pdfuaid:part"), Part: number("pdfaid:part"), Level: r.packet["pdfaid:conformance"]}
}
