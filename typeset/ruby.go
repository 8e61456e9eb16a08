package typeset

// Ruby ties the parts of a word with its reading. The spans and runs of one word share
// one.
type Ruby struct {
	// Reading is set over the base. Where it has no room there it has no text, and
	// stands in brackets behind the base, as spans of the block.
	Reading Span
}

// RubyPart says which part of a word with its reading a span or run is.
type RubyPart uint8

// The parts.
const (
	NoRuby      RubyPart = iota
	RubyBase             // the word itself
	RubyReading          // over it, or behind it in brackets
	RubyBracket          // such a bracket
)

// HasReadingOver reports whether a reading stands over the span.
func (s *Span) HasReadingOver() bool {
	return s.Ruby != nil && s.Ruby.Reading.Text != "" && s.RubyPart == RubyBase
}
