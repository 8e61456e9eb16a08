package pdf

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"offprint/typeset"
)

// checkClaims refuses a document of which the file could not be what it would claim.
func checkClaims(doc *typeset.Document) error {
	switch doc.Profile {
	case "", typeset.ProfileA2a, typeset.ProfileA2u, typeset.ProfileUA, typeset.ProfileA3a, typeset.ProfilePlain:
	default:
		return fmt.Errorf("the profile %q is not known", doc.Profile)
	}
	if len(doc.Attached) > 0 && doc.Profile != typeset.ProfileA3a {
		return fmt.Errorf("files can be attached under the profile %s alone", typeset.ProfileA3a)
	}
	if !doc.Profile.Accessible() {
		return nil
	}
	if strings.TrimSpace(doc.Title) == "" {
		return errors.New("the document has no title, which PDF/UA asks for (ISO 14289-1 §7.1)")
	}
	if !typeset.IsLanguageTag(doc.Lang) {
		return fmt.Errorf("the document's language is %q, which is no language tag: PDF/UA asks for one "+
			"(ISO 14289-1 §7.2)", doc.Lang)
	}
	for i := range doc.Pages {
		for j := range doc.Pages[i].Items {
			item := &doc.Pages[i].Items[j]
			shown := item.Kind == typeset.PlacedImage && !item.Artifact
			if shown && strings.TrimSpace(item.Alt) == "" {
				return fmt.Errorf("page %d: item %d: a picture without alternative text, which PDF/UA asks for "+
					"(ISO 14289-1 §7.3)", i+1, j)
			}
		}
	}
	return nil
}

// claims writes into the XMP packet which standards the file keeps: the
// identification schemas of PDF/UA (ISO 14289-1 §5) and PDF/A (ISO 19005-2 §6.6.4).
// PDF/A does not know the first one, which has to be described to it (§6.6.2.3).
func claims(b *strings.Builder, p typeset.Profile) {
	part, level := p.Archive()
	if p.Accessible() {
		b.WriteString(`<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">` +
			"\n<pdfuaid:part>1</pdfuaid:part>\n</rdf:Description>\n")
	}
	if part == 0 {
		return
	}
	b.WriteString(`<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">` + "\n")
	property(b, "pdfaid:part", strconv.Itoa(part))
	property(b, "pdfaid:conformance", level)
	b.WriteString("</rdf:Description>\n")
	if p.Accessible() {
		b.WriteString(extensionSchema)
	}
}

const extensionSchema = `<rdf:Description rdf:about=""` +
	` xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"` +
	` xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"` +
	` xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
`

// colours writes the profile that says what the numbers of the file's colours mean.
func (f *finisher) colours() {
	if f.at.colours == 0 {
		return
	}
	f.begin(f.at.colours)
	f.buf = append(f.buf, packedSRGB()...)
	f.end()
}

// packedSRGB is the profile's stream, which is packed once.
var packedSRGB = sync.OnceValue(func() []byte { return appendStream(nil, "/N 3 ", []byte(srgb)) })

// outputIntent says in the catalogue that the colours are those of sRGB (ISO 19005-2
// §6.2.3).
func (f *finisher) outputIntent() {
	if f.at.colours == 0 {
		return
	}
	f.add(" /OutputIntents [<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB)" +
		" /Info (sRGB IEC 61966-2-1)")
	f.entry(" /DestOutputProfile", f.at.colours)
	f.add(">>]")
}
