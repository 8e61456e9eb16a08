//go:build ignore

// Command looks compares the pictures of pages, two by two, and says where they
// differ.
//
//	go run scripts/looks.go BEFORE-FOLDER AFTER-FOLDER
//
// Both folders hold portable greymaps of the same names. A pixel differs when it
// is darker or lighter, by more than a quarter of the range, than every pixel of
// the other picture within a pixel of it: what programs that draw glyphs on whole
// pixels make of a fraction of a pixel is none. Pixels that differ and lie within
// 12 of each other are one place. It prints the count of each page, and the places.
package main

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"path/filepath"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: looks BEFORE-FOLDER AFTER-FOLDER")
		os.Exit(2)
	}
	names, err := filepath.Glob(filepath.Join(os.Args[1], "*.pgm"))
	if err != nil || len(names) == 0 {
		fmt.Fprintln(os.Stderr, "looks: no pictures in", os.Args[1], err)
		os.Exit(2)
	}
	pages, pixels, touched, differ, spots, most := 0, 0, 0, 0, 0, 0
	for _, name := range names {
		a, err := read(name)
		check(err)
		b, err := read(filepath.Join(os.Args[2], filepath.Base(name)))
		check(err)
		pages++
		pixels += len(a.Pix)
		if a.Rect != b.Rect {
			fmt.Printf("%s: %v before, %v now\n", filepath.Base(name), a.Rect.Max, b.Rect.Max)
			differ++
			continue
		}
		found, changed, largest := compare(a, b)
		touched += changed
		most = max(most, largest)
		if len(found) == 0 {
			continue
		}
		boxes := places(found)
		differ += len(found)
		spots += len(boxes)
		fmt.Printf("%s: %d pixels in %d places:", filepath.Base(name), len(found), len(boxes))
		for i, box := range boxes {
			if i == 8 {
				fmt.Print(" …")
				break
			}
			fmt.Printf(" %v", box)
		}
		fmt.Println()
	}
	fmt.Printf("looks: %d pages of %d pixels: %d are not equal, %d differ by more than the noise, in %d places; "+
		"the largest difference from all pixels round it is %d of 255\n", pages, pixels, touched, differ, spots, most)
	if differ > 0 {
		os.Exit(1)
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "looks:", err)
		os.Exit(2)
	}
}

// compare gives the pixels that differ, how many are not equal, and how far the
// worst is from all that lie round it.
func compare(a, b *image.Gray) (found []image.Point, changed, largest int) {
	const noise = 64
	for y := range a.Rect.Max.Y {
		for x := range a.Rect.Max.X {
			i := a.PixOffset(x, y)
			if a.Pix[i] == b.Pix[i] {
				continue
			}
			changed++
			off := max(outside(a, b.Pix[i], x, y), outside(b, a.Pix[i], x, y))
			largest = max(largest, off)
			if off > noise {
				found = append(found, image.Pt(x, y))
			}
		}
	}
	return found, changed, largest
}

// outside is how far v lies outside the range of the pixels round x, y.
func outside(m *image.Gray, v uint8, x, y int) int {
	low, high := 255, 0
	for yy := max(0, y-1); yy <= min(m.Rect.Max.Y-1, y+1); yy++ {
		for xx := max(0, x-1); xx <= min(m.Rect.Max.X-1, x+1); xx++ {
			p := int(m.Pix[m.PixOffset(xx, yy)])
			low, high = min(low, p), max(high, p)
		}
	}
	return max(low-int(v), int(v)-high, 0)
}

// places gathers pixels that lie close into boxes.
func places(points []image.Point) []image.Rectangle {
	var boxes []image.Rectangle
	for _, p := range points {
		dot := image.Rect(p.X, p.Y, p.X+1, p.Y+1)
		joined := false
		for i := range boxes {
			if boxes[i].Inset(-12).Overlaps(dot) {
				boxes[i], joined = boxes[i].Union(dot), true
				break
			}
		}
		if !joined {
			boxes = append(boxes, dot)
		}
	}
	return boxes
}

func read(name string) (*image.Gray, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var w, h, most int
	if _, err := fmt.Fscanf(bytes.NewReader(data[:min(len(data), 60)]), "P5\n%d %d\n%d\n", &w, &h, &most); err != nil {
		return nil, fmt.Errorf("%s: not a greymap: %w", name, err)
	}
	if most != 255 || len(data) < w*h {
		return nil, fmt.Errorf("%s: not a greymap of 8 bits", name)
	}
	return &image.Gray{Pix: data[len(data)-w*h:], Stride: w, Rect: image.Rect(0, 0, w, h)}, nil
}
