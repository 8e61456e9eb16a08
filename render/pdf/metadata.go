package pdf

import (
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// metadata writes the Info dictionary and the XMP packet, which say the same.
func (f *finisher) metadata() error {
	created, err := date("created", f.doc.Created)
	if err != nil {
		return err
	}
	modified, err := date("modified", f.doc.Modified)
	if err != nil {
		return err
	}
	f.modified = modified
	if modified.IsZero() {
		f.modified = created
	}
	f.info(created, modified)
	f.xmp(created, modified)
	return nil
}

// date reads one of the document's dates. A fraction of a second is dropped.
func date(which, stamp string) (time.Time, error) {
	if stamp == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339, stamp)
	if err != nil || t.Year() < 1 {
		return time.Time{}, fmt.Errorf("the document was %s %q, which is not a date of RFC 3339", which, stamp)
	}
	return t.Truncate(time.Second), nil
}

// info writes the document information dictionary (ISO 32000-1 §14.3.3).
func (f *finisher) info(created, modified time.Time) {
	f.begin(f.at.info)
	f.add("<<")
	for _, entry := range [...]struct{ key, value string }{
		{"/Title ", f.doc.Title},
		{"/Author ", strings.Join(f.doc.Authors, "; ")},
		{"/Subject ", f.doc.Subject},
		{"/Keywords ", strings.Join(f.doc.Keywords, ", ")},
		{"/Producer ", f.doc.Producer},
		{"/CreationDate ", pdfDate(created)},
		{"/ModDate ", pdfDate(modified)},
	} {
		if entry.value != "" {
			f.add(entry.key)
			f.buf = append(appendText(f.buf, entry.value), '\n')
		}
	}
	f.add(">>")
	f.end()
}

// pdfDate writes a date with its own zone, as D:20250721104519+08'00' (ISO
// 32000-1 §7.9.4).
func pdfDate(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	stamp := t.Format("D:20060102150405")
	if _, offset := t.Zone(); offset == 0 {
		return stamp + "Z"
	}
	return stamp + t.Format("-07") + "'" + t.Format("-0700")[3:] + "'"
}

// xmp writes the metadata stream (ISO 16684-1; ISO 32000-1 §14.3.2). It stays
// uncompressed, so that programs that know no PDF can find it.
func (f *finisher) xmp(created, modified time.Time) {
	packet := f.packet(created, modified)
	f.begin(f.at.xmp)
	f.add("<</Type /Metadata /Subtype /XML /Length")
	f.int(len(packet))
	f.add(">>\nstream\n")
	f.add(packet)
	f.add("\nendstream")
	f.end()
}

func (f *finisher) packet(created, modified time.Time) string {
	var b strings.Builder
	b.WriteString("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n" +
		"<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" " +
		"xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n" +
		"<dc:format>application/pdf</dc:format>\n")
	array(&b, "dc:title", "rdf:Alt", " xml:lang=\"x-default\"", f.doc.Title)
	array(&b, "dc:creator", "rdf:Seq", "", f.doc.Authors...)
	array(&b, "dc:description", "rdf:Alt", " xml:lang=\"x-default\"", f.doc.Subject)
	array(&b, "dc:subject", "rdf:Bag", "", f.doc.Keywords...)
	array(&b, "dc:language", "rdf:Bag", "", f.doc.Lang)
	property(&b, "pdf:Keywords", strings.Join(f.doc.Keywords, ", "))
	property(&b, "pdf:Producer", f.doc.Producer)
	property(&b, "xmp:CreateDate", xmpDate(created))
	property(&b, "xmp:ModifyDate", xmpDate(modified))
	b.WriteString("</rdf:Description>\n")
	claims(&b, f.doc.Profile)
	b.WriteString("</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>")
	return b.String()
}

func xmpDate(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// property writes a simple property, or nothing for an empty one.
func property(b *strings.Builder, name, value string) {
	if value == "" {
		return
	}
	b.WriteString("<" + name + ">")
	escape(b, value)
	b.WriteString("</" + name + ">\n")
}

// array writes an array property of the values that are not empty, or nothing
// if there are none.
func array(b *strings.Builder, name, kind, attribute string, values ...string) {
	var items strings.Builder
	for _, value := range values {
		if value != "" {
			items.WriteString("<rdf:li" + attribute + ">")
			escape(&items, value)
			items.WriteString("</rdf:li>")
		}
	}
	if items.Len() > 0 {
		b.WriteString("<" + name + "><" + kind + ">" + items.String() + "</" + kind + "></" + name + ">\n")
	}
}

// escape writes text as XML text; what XML has no room for becomes U+FFFD.
func escape(b *strings.Builder, s string) {
	// A strings.Builder takes everything.
	_ = xml.EscapeText(b, []byte(s))
}
