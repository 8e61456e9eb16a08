package fonts

// view is a stretch of a font file, big endian. Reading past its end gives 0,
// so a damaged font may yield wrong shapes but no panic. Where a 0 would hide
// that a font is cut short, the caller checks the length first.
type view string

func (v view) u8(at int) int {
	if uint(at) >= uint(len(v)) {
		return 0
	}
	return int(v[at])
}

func (v view) u16(at int) int {
	if at < 0 || at > len(v)-2 {
		return 0
	}
	return int(v[at])<<8 | int(v[at+1])
}

func (v view) i16(at int) int { return int(int16(v.u16(at))) }

func (v view) u32(at int) int {
	if at < 0 || at > len(v)-4 {
		return 0
	}
	return int(uint32(v[at])<<24 | uint32(v[at+1])<<16 | uint32(v[at+2])<<8 | uint32(v[at+3]))
}

func (v view) i32(at int) int { return int(int32(v.u32(at))) }

// from is the view from at to the end, empty when at lies outside.
func (v view) from(at int) view {
	if at < 0 || at > len(v) {
		return ""
	}
	return v[at:]
}

// part is n bytes from at; ok is false when they do not all lie inside.
func (v view) part(at, n int) (part view, ok bool) {
	if at < 0 || n < 0 || at > len(v) || n > len(v)-at {
		return "", false
	}
	return v[at : at+n], true
}
