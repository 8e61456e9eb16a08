package main

import (
	"bytes"
	"fmt"
	"image/jpeg"
	"image/png"
	"log"
	"os"
	"path/filepath"
	"strings"
)

// scene paints one picture on a canvas of the size wanted.
type scene struct {
	path  string
	w, h  int
	paint func(*canvas)
}

var scenes = []scene{
	{"demo/hans/harbour.jpg", 1200, 500, fishingHarbour},
	{"demo/hans/racks.jpg", 600, 800, coldAisle},
	{"demo/hans/prices.jpg", 900, 600, priceCurve},
	{"demo/hant/skyline.jpg", 900, 600, skylineAtDusk},
	{"demo/hant/lift.jpg", 600, 800, oldLift},
	{"demo/hant/street.jpg", 1200, 500, neonStreet},
	{"testdata/articles/page-tech-hans/outline.jpg", 900, 600, glyphOutline},
	{"testdata/articles/page-tech-hans/weights.jpg", 900, 600, glyphWeights},
	{"testdata/articles/page-market-hant/stall.jpg", 900, 600, marketStall},
	{"testdata/articles/page-market-hant/takings.jpg", 900, 600, takingsChart},
}

// logo is a wordmark with a small emblem before it.
type logo struct {
	path, name, latin string
	face              face
	ink, accent       rgb
	emblem            func(c *canvas, box float64, l logo)
}

var logos = []logo{
	{"demo/hans/logo.png", "海岸线财经", "COASTLINE DAILY", sansSC, hex(0x0b3a52), hex(0x0b7a8f), waves},
	{"demo/hant/logo.png", "維港經濟", "VICTORIA LEDGER", sansHK, hex(0x5a1320), hex(0xb8862f), junk},
	{"testdata/articles/page-tech-hans/logo.png", "字里行间", "BETWEEN THE LINES", sansSC, hex(0x22252b), hex(0xd2452d), bars},
	{
		"testdata/articles/page-market-hant/logo.png", "街坊財計", "NEIGHBOURHOOD SUMS",
		sansHK, hex(0x1d4a35), hex(0xd08a1e), abacus,
	},
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("paint: ")
	for _, s := range scenes {
		if wanted(s.path) {
			c := newCanvas(s.w, s.h)
			s.paint(c)
			write(s.path, encodeJPEG(c))
		}
	}
	for _, l := range logos {
		if wanted(l.path) {
			write(l.path, encodePNG(drawLogo(l)))
		}
	}
}

// wanted reports whether the path contains one of the arguments, if there are any.
func wanted(path string) bool {
	for _, part := range os.Args[1:] {
		if strings.Contains(path, part) {
			return true
		}
	}
	return len(os.Args) == 1
}

// encodeJPEG takes the best quality from 90 down that keeps the file under 112 KB,
// so that a demo's three pictures stay under 340 KB.
func encodeJPEG(c *canvas) []byte {
	for quality := 90; ; quality -= 2 {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, c.opaque(), &jpeg.Options{Quality: quality}); err != nil {
			log.Fatalf("encode picture: %v", err)
		}
		if b.Len() <= 112_000 || quality <= 60 {
			return b.Bytes()
		}
	}
}

func encodePNG(c *canvas) []byte {
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestCompression}
	if err := enc.Encode(&b, c.transparent()); err != nil {
		log.Fatalf("encode logo: %v", err)
	}
	return b.Bytes()
}

func write(path string, data []byte) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		log.Fatalf("make folder: %v", err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		log.Fatalf("write picture: %v", err)
	}
	fmt.Printf("%7d  %s\n", len(data), path)
}
