package pdf

import "offprint/typeset"

// ruby makes the Ruby of a word with its reading (ISO 32000-1 §14.8.4.4.5). A reading
// that stands over its base is drawn behind the base's line, so that the line's text is
// in one piece; in the tree it follows its base.
func (t *tree) ruby(parent int, r *typeset.Ruby) int {
	n := t.add(parent, "Ruby")
	if t.rubies == nil {
		t.rubies = map[*typeset.Ruby]int{}
	}
	t.rubies[r] = n
	return n
}

// rubyPart gives the element of a part of a Ruby: RB and RT, or RB, RP, RT and RP.
func (t *tree) rubyPart(ruby int, part typeset.RubyPart) int {
	kind := "RB"
	switch part {
	case typeset.RubyReading:
		kind = "RT"
	case typeset.RubyBracket:
		kind = "RP"
	}
	if kids := t.elements[ruby].kids; len(kids) > 0 {
		if last := kids[len(kids)-1].number; t.elements[last].kind == kind {
			return last
		}
	}
	return t.add(ruby, kind)
}
