package fonts

// movedSize is the record of a composite of one part: the header, flags, the
// part's number, and how far it is moved, as words.
const movedSize = glyphHeader + 8

// writeMoved writes a glyph that is another one of the subset, moved to the right
// (glyf table, "Composite Glyph Description").
func writeMoved(record []byte, of view, shift, holder int) {
	put16(record, -1)
	put16(record[2:], of.i16(2)+shift)
	put16(record[4:], of.i16(4))
	put16(record[6:], of.i16(6)+shift)
	put16(record[8:], of.i16(8))
	put16(record[10:], argsAreWords|argsAreOffsets|unscaledOffsets)
	put16(record[12:], holder)
	put16(record[14:], shift)
	put16(record[16:], 0)
}

// extend makes room in the font's bounding box for a glyph that is moved.
func extend(head []byte, of view, shift int) {
	const left, right = 36, 40
	box := view(head)
	put16(head[left:], min(box.i16(left), of.i16(2)+shift))
	put16(head[right:], max(box.i16(right), of.i16(6)+shift))
}

// maxima are what a rasteriser has to make room for beyond what the face's own
// glyphs ask (maxp table).
type maxima struct{ points, contours, elements, depth int }

// addMoved counts a glyph that is written as a composite of the outline record.
func (m *maxima) addMoved(record view) {
	m.elements = max(m.elements, 1)
	if isComposite(record) {
		m.depth = max(m.depth, 2) // and see raise: the face's own depth is added
		return
	}
	points, contours := simpleSize(record)
	m.points, m.contours, m.depth = max(m.points, points), max(m.contours, contours), max(m.depth, 1)
}

// addForm counts a form that is made of simple glyphs.
func (m *maxima) addForm(f *Font, parts []component) {
	points, contours := 0, 0
	for _, part := range parts {
		record, _ := f.record(part.glyph)
		p, c := simpleSize(record)
		points, contours = points+p, contours+c
	}
	m.points, m.contours = max(m.points, points), max(m.contours, contours)
	m.elements, m.depth = max(m.elements, len(parts)), max(m.depth, 1)
}

// simpleSize counts the points and contours of a glyph that is no composite.
func simpleSize(record view) (points, contours int) {
	contours = max(record.i16(0), 0)
	if contours == 0 {
		return 0, 0
	}
	return record.u16(glyphHeader+2*(contours-1)) + 1, contours
}

// raise writes the maxima into a maxp table where they are larger than what is
// there.
func (m *maxima) raise(maxp []byte) {
	const points, contours, elements, depth = 10, 12, 28, 30
	table := view(maxp)
	deepest := m.depth
	if m.depth > 1 {
		deepest = max(table.u16(depth), 1) + 1
	}
	for at, most := range map[int]int{points: m.points, contours: m.contours, elements: m.elements, depth: deepest} {
		put16(maxp[at:], min(max(table.u16(at), most), 1<<16-1))
	}
}
