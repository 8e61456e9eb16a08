package paginate

import "offprint/typeset"

// slug is the least thing that a page break can stand behind: a line, the lines
// of a table's row that stand side by side, or a picture. (A slug was one cast
// line of a Linotype.)
type slug struct {
	block  *typeset.SetBlock
	index  int // of the block in the galley
	lineNo int // of the line in its block
	lines  int // of the block
	figure bool
	tall   bool   // its block is higher than a page, and has to be parted
	heads  []slug // of a table's row: the rows that are set again over it at the top of a column
	again  bool   // it is such a row, set again

	// Slugs of one cluster share the white that rounds them to the grid: a
	// picture and its caption, the paragraphs of a tinted box, a paragraph.
	cluster int

	height        typeset.Length // without white
	lowest        typeset.Length // as low as a picture may be made; height otherwise
	before, after typeset.Length // white; before is dropped at the top of a page
}

func (s *slug) style() *typeset.Style { return &s.block.Style }
func (s *slug) role() typeset.Role    { return s.block.Role }

// sameBlock reports whether slugs[j] belongs to the block of s.
func (s *slug) sameBlock(slugs []slug, j int) bool {
	return j < len(slugs) && slugs[j].index == s.index
}

// cast makes the slugs of the blocks from first up to last, for pages of the frame.
func cast(g *typeset.Galley, first, last int, frame *Frame) []slug {
	var slugs []slug
	cluster := 0
	for i := first; i < last; i++ {
		b := &g.Blocks[i]
		if i > first && !together(&g.Blocks[i-1], b) {
			cluster++
		}
		slugs = append(slugs, castBlock(b, i, cluster)...)
	}
	repeatHeads(slugs, frame)
	markTall(slugs, frame)
	return slugs
}

// together reports whether two neighbours share a cluster.
func together(a, b *typeset.SetBlock) bool {
	switch {
	case a.Role == typeset.RoleFigure && b.Role == typeset.RoleCaption:
		return true
	case a.Decor.Box != 0 && a.Decor.Box == b.Decor.Box:
		return true
	case front[a.Role] && front[b.Role]:
		return true
	}
	if a.Role != b.Role {
		return false
	}
	switch a.Role {
	case typeset.RoleTable:
		return a.Table == b.Table
	case typeset.RoleQuote, typeset.RolePre, typeset.RoleDisclaimer:
		return true
	}
	return false
}

// front are the roles over the body, which stand on the grid as one.
var front = map[typeset.Role]bool{
	typeset.RoleHeadline: true, typeset.RoleStandfirst: true, typeset.RoleByline: true, typeset.RoleBio: true,
}

func castBlock(b *typeset.SetBlock, index, cluster int) []slug {
	one := slug{block: b, index: index, cluster: cluster, lines: 1}
	one.before, one.after = b.Style.Before+b.Decor.Above, b.Style.After+b.Decor.Below
	switch {
	case b.Figure != nil:
		one.figure = true
		one.height = b.Figure.H
		one.lowest = b.Figure.H
		if w := b.Figure.MinW; w > 0 && w < b.Figure.W && b.Figure.Picture != nil {
			one.lowest = b.Figure.H.Scale(int64(w), int64(b.Figure.W))
		}
		return []slug{one}
	}
	lines, leading := linesOf(b)
	slugs := make([]slug, max(1, lines))
	for i := range slugs {
		s := one
		s.lineNo, s.lines = i, len(slugs)
		s.height = leading
		if i > 0 {
			s.before = 0
		}
		if i < len(slugs)-1 {
			s.after = 0
		} else if rest := b.Height - leading.Scale(int64(len(slugs)), 1); rest > 0 {
			s.height += rest // a drawing goes lower than the lines
		}
		s.lowest = s.height
		slugs[i] = s
	}
	return slugs
}

// linesOf gives the number of a block's lines and their leading. Those of a
// table's row are as many as its longest cell has.
func linesOf(b *typeset.SetBlock) (lines int, leading typeset.Length) {
	if len(b.Cells) == 0 {
		return len(b.Lines), b.Style.Leading
	}
	for i := range b.Cells {
		lines = max(lines, len(b.CellLines[i]))
		leading = max(leading, b.Block.Cells[i].Style.Leading)
	}
	return lines, leading
}
