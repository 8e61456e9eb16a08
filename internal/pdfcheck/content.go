package pdfcheck

import (
	"fmt"
	"slices"
)

// content is what the content stream of a page draws.
type content struct {
	marks  []mark  // tagged sequences, by MCID
	shown  []shown // glyphs
	used   map[string]bool
	faults []string // of its own form
}

// mark is a tagged sequence of marked content.
type mark struct {
	tag  string
	lang string
}

// shown is a glyph that is drawn.
type shown struct {
	font string
	cid  int
	mcid int  // −1 in an artifact
	said bool // what it stands in has an ActualText
}

// operators are those of a content stream (ISO 32000-1 annex A), as far as render/pdf
// and fpdf write them.
var operators = map[word]bool{
	"q": true, "Q": true, "cm": true, "w": true, "J": true, "j": true, "re": true, "f": true, "rg": true, "RG": true,
	"g": true, "G": true, "BT": true, "ET": true, "Tf": true, "Td": true, "Tm": true, "TJ": true, "Tj": true, "Tc": true,
	"Tw": true, "Tz": true, "Ts": true, "Tr": true, "Do": true, "BDC": true, "BMC": true, "EMC": true, "gs": true,
}

// draws are the operators that leave something on the page.
var draws = []word{"Tj", "TJ", "f", "Do"}

func (f *file) content(page any) (c content) {
	c.used = map[string]bool{}
	defer func() {
		if r := recover(); r != nil {
			c.fault("its content cannot be read: %v", r)
		}
	}()
	data, err := f.inflate(page, "Contents")
	if err != nil {
		c.fault("its content cannot be read: %v", err)
		return c
	}
	var stack []any
	var font string
	depth, mcid, said := 0, none, false
	open := "" // the tag of the open sequence
	l := &lexer{data: data}
	for v := l.next(); v != nil; v = l.next() {
		op, isOp := v.(word)
		if !isOp {
			stack = append(stack, v)
			continue
		}
		if !operators[op] {
			c.fault("operator %s (ISO 19005-2 §6.2.2)", op)
		}
		if open == "" && slices.Contains(draws, op) {
			c.fault("%s is neither tagged nor an artifact (ISO 14289-1 §7.1)", op)
		}
		switch op {
		case "q":
			if depth++; depth > 28 {
				c.fault("q is nested more than 28 deep (ISO 19005-2 §6.1.13)")
			}
		case "Q":
			depth--
		case "BDC", "BMC":
			if open != "" {
				c.fault("marked content within marked content (ISO 14289-1 §7.1)")
			}
			tag := stack[0].(name)
			properties, _ := stack[len(stack)-1].(dict)
			open, mcid = string(tag), none
			_, said = properties["ActualText"]
			if tag == "Artifact" {
				break
			}
			number, ok := properties["MCID"].(int)
			if !ok || number != len(c.marks) {
				c.fault("the sequence of %s has MCID %v, not %d", tag, properties["MCID"], len(c.marks))
				break
			}
			mcid = number
			c.marks = append(c.marks, mark{string(tag), f.text(properties["Lang"])})
		case "EMC":
			if open == "" {
				c.fault("EMC without BDC")
			}
			open, said = "", false
		case "Tf":
			font = string(stack[0].(name))
			c.used[font] = true
		case "Do":
			c.used[string(stack[0].(name))] = true
		case "Tj":
			c.show(stack[0], shown{font: font, mcid: mcid, said: said})
		case "TJ":
			for _, part := range stack[0].([]any) {
				c.show(part, shown{font: font, mcid: mcid, said: said})
			}
		}
		stack = stack[:0]
	}
	if depth != 0 || open != "" {
		c.fault("q or BDC is left open")
	}
	return c
}

const none = -1

func (c *content) fault(format string, a ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, a...))
}

// show notes the glyphs of a string, which are shown as like says.
func (c *content) show(part any, like shown) {
	s, ok := part.(string)
	if !ok {
		return // a number, which moves the pen
	}
	for i := 0; i+1 < len(s); i += 2 {
		like.cid = int(s[i])<<8 | int(s[i+1])
		c.shown = append(c.shown, like)
	}
}
