package pdf

// An attached file is two objects: what is said of it, and its bytes (ISO 32000-1
// §7.11.3 and 7.11.4; ISO 19005-3 §6.8).
const attachmentObjects = 2

func (f *finisher) attachments() {
	for i := range f.doc.Attached {
		a, n := &f.doc.Attached[i], f.at.attached+attachmentObjects*i
		f.begin(n)
		f.add("<</Type /Filespec /AFRelationship /Source /F ")
		f.buf = appendText(f.buf, a.Name)
		f.buf = appendText(append(f.buf, " /UF "...), a.Name)
		f.buf = appendText(append(f.buf, " /Desc "...), a.Description)
		f.entry(" /EF <</F", n+1)
		f.entry(" /UF", n+1)
		f.add(">>>>")
		f.end()

		f.begin(n + 1)
		extra := appendName([]byte("/Type /EmbeddedFile /Subtype "), a.Type)
		extra = appendInt(append(extra, " /Params <</Size"...), len(a.Data))
		if stamp := pdfDate(f.modified); stamp != "" {
			extra = appendText(append(extra, " /ModDate "...), stamp)
		}
		f.buf = appendStream(f.buf, string(append(extra, ">> "...)), a.Data)
		f.end()
	}
}

// attachedFiles lists the attached files in the catalogue: by name, and as what the
// document was made from.
func (f *finisher) attachedFiles() {
	if len(f.doc.Attached) == 0 {
		return
	}
	f.add(" /AF [")
	for i := range f.doc.Attached {
		f.ref(f.at.attached + attachmentObjects*i)
	}
	f.add("] /Names <</EmbeddedFiles <</Names [")
	for i := range f.doc.Attached {
		f.buf = appendText(f.buf, f.doc.Attached[i].Name)
		f.ref(f.at.attached + attachmentObjects*i)
	}
	f.add("]>>>>")
}
