#!/bin/sh
# golang.org/x/image v0.47.0, package webp: a lossy WebP comes as image.YCbCr, which
# package image turns into RGB as JPEG does, with luma from 0 to 255. The luma of VP8 goes
# from 16 to 235 (RFC 6386 section 9.2; libwebp and browsers show it so). So black comes
# as a dark grey, white as a light one, and all colours are dull.
#
# Seen: the file below, made by ImageMagick of a patch of 200, 60, 30, has 191, 67, 41 in
# its middle; with the luma stretched it has 201, 60, 30.
set -eu
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT INT TERM
cd "$work"
cat >go.mod <<'MOD'
module finding

go 1.25
MOD
cat >main.go <<'GO'
package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"os"

	"golang.org/x/image/webp"
)

const file = "UklGRoAAAABXRUJQVlA4IHQAAAAwBgCdASpAADAAPhkIg0EhBle3AAQAYSgDP2UF+AfgBqhXAPwA/VX/K1/4DPBCkk6BH4hYrfbKd0gAAP71uA3Y+pf7+/hrUwIQf97LX9BQXBBAW9ly9n2hX/cAYL9PbG14zitJiXP/9SG0R1nQbVgAAAAAAA=="

func main() {
	data, err := base64.StdEncoding.DecodeString(file)
	check(err)
	m, err := webp.Decode(bytes.NewReader(data))
	check(err)
	const x, y = 16, 12
	c := color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
	fmt.Printf("as decoded: %T, %d, %d, %d\n", m, c.R, c.G, c.B)
	p := m.(*image.YCbCr)
	luma := 255. / 219 * (float64(p.Y[p.YOffset(x, y)]) - 16)
	cb, cr := float64(p.Cb[p.COffset(x, y)])-128, float64(p.Cr[p.COffset(x, y)])-128
	fmt.Printf("by the luma of VP8: %.0f, %.0f, %.0f\n", luma+1.596*cr, luma-.392*cb-.813*cr, luma+2.017*cb)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}
GO
GOFLAGS=-mod=mod GOWORK=off go get -C . golang.org/x/image@v0.47.0 >/dev/null 2>&1
GOFLAGS=-mod=mod GOWORK=off go run . | tee seen
cat >want <<'WANT'
as decoded: *image.YCbCr, 191, 67, 41
by the luma of VP8: 201, 60, 30
WANT
cmp seen want
