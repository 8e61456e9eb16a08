package paginate

import "offprint/typeset"

// slug is the least thing that a page break can stand behind: a line, a row of
// a table, or a picture. (A slug was one cast line of a Linotype.)
type slug struct {
	block  *typeset.SetBlock
	index  int // of the block in the galley
	lineNo int // of the line in its block
	lines  int // of the block
	figure bool

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

// cast makes the slugs of the blocks from first up to last.
func cast(g *typeset.Galley, first, last int) []slug {
	var slugs []slug
	cluster := 0
	for i := first; i < last; i++ {
		b := &g.Blocks[i]
		if i > first && !together(&g.Blocks[i-1], b) {
			cluster++
		}
		slugs = append(slugs, castBlock(b, i, cluster)...)
	}
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
	return a.Role == b.Role && (a.Role == typeset.RoleTable || a.Role == typeset.RolePre || a.Role == typeset.RoleDisclaimer)
}

// front are the roles over the body, which stand on the grid as one.
var front = map[typeset.Role]bool{typeset.RoleHeadline: true, typeset.RoleStandfirst: true, typeset.RoleByline: true, typeset.RoleBio: true}

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
	case len(b.Cells) > 0:
		one.height = rowHeight(b)
		one.lowest = one.height
		return []slug{one}
	}
	slugs := make([]slug, max(1, len(b.Lines)))
	for i := range slugs {
		s := one
		s.lineNo, s.lines = i, len(slugs)
		s.height = b.Style.Leading
		if i > 0 {
			s.before = 0
		}
		if i < len(slugs)-1 {
			s.after = 0
		} else if rest := b.Height - b.Style.Leading.Scale(int64(len(slugs)), 1); rest > 0 {
			s.height += rest // a drawing goes lower than the lines
		}
		s.lowest = s.height
		slugs[i] = s
	}
	return slugs
}

// rowHeight is the height of the highest cell of a table row.
func rowHeight(b *typeset.SetBlock) typeset.Length {
	var h typeset.Length
	for i := range b.Cells {
		lines := int64(max(1, len(b.CellLines[i])))
		h = max(h, b.Block.Cells[i].Style.Leading.Scale(lines, 1))
	}
	return h
}
