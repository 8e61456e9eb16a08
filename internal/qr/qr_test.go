package qr

import (
	"fmt"
	"strings"
	"testing"
)

// Versions 1 to 3 have one block, so that their codewords lie in order and the
// text can be read back without error correction.
func TestEncodeReadsBack(t *testing.T) {
	for _, text := range []string{
		"a",
		"https://n.cn/1",
		"https://example.org/a/20250721",
		"𨋢🎉",
		strings.Repeat("x", 42),
	} {
		t.Run(text, func(t *testing.T) {
			m, err := Encode(text)
			if err != nil {
				t.Fatal(err)
			}
			if m.Size > 29 {
				t.Fatalf("%d bytes took %d modules, want a version up to 3 (29)", len(text), m.Size)
			}
			if got := read(m); got != text {
				t.Errorf("read %q, want %q", got, text)
			}
		})
	}
}

// zbar, for one, reads UTF-8 without a mark as Shift JIS.
func TestEncodeWritesAddressesInASCII(t *testing.T) {
	for text, want := range map[string]string{
		"https://a.cn/新?b=%E9":    "https://a.cn/%E6%96%B0?b=%E9",
		"http://例.cn":             "http://%E4%BE%8B.cn",
		"新 http://a.cn":           "新 http://a.cn",
		"https://a.cn/plain#x(1)": "https://a.cn/plain#x(1)",
	} {
		m, err := Encode(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := read(m); got != want {
			t.Errorf("%s: read %q, want %q", text, got, want)
		}
	}
}

func TestEncodeShape(t *testing.T) {
	for _, n := range []int{1, 14, 15, 100, 300, 1000, maxBytes} {
		m, err := Encode(strings.Repeat("m", n))
		if err != nil {
			t.Fatal(err)
		}
		if m.Size < 21 || m.Size > 177 || m.Size%4 != 1 {
			t.Errorf("%d bytes: size %d is not 21, 25, … 177", n, m.Size)
		}
		for _, corner := range [][2]int{{0, 0}, {m.Size - 7, 0}, {0, m.Size - 7}} {
			if got := finder(m, corner[0], corner[1]); got != wantFinder {
				t.Errorf("%d bytes: finder pattern at %v:\n%s", n, corner, got)
			}
		}
		if m.Dark(-1, 0) || m.Dark(0, m.Size) {
			t.Errorf("%d bytes: a module outside the code is dark", n)
		}
	}
}

func TestEncodeRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"empty":     "",
		"too long":  strings.Repeat("m", maxBytes+1),
		"bad UTF-8": "https://example.org/\xff",
	} {
		if m, err := Encode(text); err == nil {
			t.Errorf("%s: got a code of %d modules, want an error", name, m.Size)
		}
	}
}

const wantFinder = `#######
#.....#
#.###.#
#.###.#
#.###.#
#.....#
#######
`

func finder(m *Matrix, x0, y0 int) string {
	var b strings.Builder
	for y := range 7 {
		for x := range 7 {
			b.WriteByte(".#"[truth(m.Dark(x0+x, y0+y))])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// read walks the code as ISO/IEC 18004 §7.7.3 places the codewords: two columns
// at a time from the right, up and down in turn, past the timing column.
func read(m *Matrix) string {
	mask := 0
	for i := range 3 {
		mask = mask<<1 | truth(m.Dark(2+i, 8))
	}
	mask ^= 0b101 // the format mask's part of these three bits
	var bits []int
	up := true
	for right := m.Size - 1; right > 0; right -= 2 {
		if right == 6 {
			right--
		}
		for i := range m.Size {
			y := i
			if up {
				y = m.Size - 1 - i
			}
			for x := right; x > right-2; x-- {
				if !function(m.Size, x, y) {
					bits = append(bits, truth(m.Dark(x, y) != masked(mask, x, y)))
				}
			}
		}
		up = !up
	}
	take := func(n int) (v int) {
		for range n {
			v, bits = v<<1|bits[0], bits[1:]
		}
		return v
	}
	if mode := take(4); mode != 0b0100 {
		return fmt.Sprintf("mode %04b", mode)
	}
	text := make([]byte, take(8))
	for i := range text {
		text[i] = byte(take(8))
	}
	return string(text)
}

// function tells the modules of versions 1 to 3 that carry no data.
func function(size, x, y int) bool {
	switch {
	case x < 9 && y < 9, x >= size-8 && y < 9, x < 9 && y >= size-8:
		return true // finder patterns, separators, format
	case x == 6 || y == 6:
		return true // timing
	case size > 21 && x >= size-9 && x < size-4 && y >= size-9 && y < size-4:
		return true // alignment pattern
	}
	return false
}

func masked(mask, x, y int) bool {
	switch mask {
	case 0:
		return (x+y)%2 == 0
	case 1:
		return y%2 == 0
	case 2:
		return x%3 == 0
	case 3:
		return (x+y)%3 == 0
	case 4:
		return (y/2+x/3)%2 == 0
	case 5:
		return x*y%2+x*y%3 == 0
	case 6:
		return (x*y%2+x*y%3)%2 == 0
	}
	return ((x+y)%2+x*y%3)%2 == 0
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func BenchmarkEncode(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Encode("https://example.org/news/2025/07/21/article-123456"); err != nil {
			b.Fatal(err)
		}
	}
}
