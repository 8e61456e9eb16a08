package pdf

import (
	"encoding/binary"
	"math"
	"os"
	"testing"
)

// TestProfileIsSRGB makes the colour profile again from the numbers of IEC 61966-2-1
// (transfer curve, primaries, white D65) with Bradford's adaptation to D50 (ICC.1
// annex E), and holds the embedded file against it.
func TestProfileIsSRGB(t *testing.T) {
	want := string(makeSRGB())
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile("srgb.icc", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if srgb != want {
		t.Errorf("srgb.icc has %d bytes that are not the %d of the standard's numbers", len(srgb), len(want))
	}
}

func makeSRGB() []byte {
	tags := []struct {
		names []string
		data  []byte
	}{
		{[]string{"desc"}, described("sRGB IEC 61966-2-1")},
		{[]string{"cprt"}, append([]byte("text\x00\x00\x00\x00"), "No rights reserved\x00"...)},
		// The adapted primaries and white as ICC profiles of sRGB have them: the columns
		// add up to D50.
		{[]string{"wtpt"}, xyz(0.9505, 1, 1.0891)},
		{[]string{"rXYZ"}, xyz(0.43607, 0.22249, 0.01392)},
		{[]string{"gXYZ"}, xyz(0.38515, 0.71687, 0.09708)},
		{[]string{"bXYZ"}, xyz(0.14307, 0.06061, 0.71410)},
		{[]string{"rTRC", "gTRC", "bTRC"}, curve(1024)},
	}
	var table, data []byte
	count := 0
	for _, tag := range tags {
		count += len(tag.names)
	}
	start := 128 + 4 + 12*count
	for _, tag := range tags {
		for _, name := range tag.names {
			table = append(table, name...)
			table = binary.BigEndian.AppendUint32(table, uint32(start+len(data)))
			table = binary.BigEndian.AppendUint32(table, uint32(len(tag.data)))
		}
		data = append(data, tag.data...)
		for len(data)%4 != 0 {
			data = append(data, 0)
		}
	}
	head := make([]byte, 128)
	binary.BigEndian.PutUint32(head, uint32(start+len(data)))
	binary.BigEndian.PutUint32(head[8:], 0x02400000) // version 2.4
	copy(head[12:], "mntrRGB XYZ ")
	for i, v := range []uint16{2025, 1, 1} {
		binary.BigEndian.PutUint16(head[24+2*i:], v)
	}
	copy(head[36:], "acsp")
	copy(head[68:], xyz(0.9642, 1, 0.8249)[8:]) // D50
	out := binary.BigEndian.AppendUint32(head, uint32(count))
	return append(append(out, table...), data...)
}

func xyz(x, y, z float64) []byte {
	b := []byte("XYZ \x00\x00\x00\x00")
	for _, v := range []float64{x, y, z} {
		b = binary.BigEndian.AppendUint32(b, uint32(math.Round(v*65536)))
	}
	return b
}

// curve is the transfer curve of IEC 61966-2-1, sampled.
func curve(n int) []byte {
	b := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), uint32(n))
	for i := range n {
		v := float64(i) / float64(n-1)
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		b = binary.BigEndian.AppendUint16(b, uint16(math.Round(v*65535)))
	}
	return b
}

// described is a textDescriptionType (ICC.1:2001-04 §6.5.17): ASCII, and neither
// Unicode nor ScriptCode.
func described(text string) []byte {
	b := binary.BigEndian.AppendUint32([]byte("desc\x00\x00\x00\x00"), uint32(len(text)+1))
	b = append(append(b, text...), 0)
	return append(b, make([]byte, 4+4+2+1+67)...)
}
